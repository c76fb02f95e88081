import { describe, expect, it } from '@jest/globals';
import type { ImportancesRequest, PlanRequest } from '@ionloop/domain';
import type { Importances } from '../../src/index.js';
import { answer, downhill, inputOf, kept, onSquare, predict, scattered, slope } from './support.js';

const ask = (campaign: PlanRequest, asked: Partial<ImportancesRequest> = {}, own = false): Importances =>
  answer(
    { kind: 'importances', point: null, repeats: 8, ...asked },
    inputOf(campaign, { model: own ? kept(campaign).model : null }),
  );
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Shapley's two players by their definition: what a adds before and after b, over the campaign's own results. */
function sharesOf(campaign: PlanRequest, a: number, b: number) {
  const { surrogate } = kept(campaign);
  const known = scattered.map((point): readonly [number, number] => [
    point['a'] as number,
    point['b'] as number,
  ]);
  const expected = (points: readonly (readonly [number, number])[]): number =>
    mean(predict(surrogate, points).mean);
  const none = expected(known);
  const onlyA = expected(known.map(([, other]) => [a, other]));
  const onlyB = expected(known.map(([other]) => [other, b]));
  const both = expected([[a, b]]);
  return { none, both, a: (onlyA - none + both - onlyB) / 2, b: (onlyB - none + both - onlyA) / 2 };
}

describe('what columns matter', () => {
  it('is more where the response follows them, by the model itself and where they are dealt out anew', () => {
    const { columns, baseline, weights, explained, results } = ask(onSquare());
    expect(columns.map(({ column }) => column)).toEqual(['a', 'b']);
    const [a, b] = columns;
    expect(a!.permutation).toBeGreaterThan(5 * b!.permutation);
    expect(a!.own).toBeGreaterThan(b!.own!);
    expect(a!.spread).toBeGreaterThan(0);
    expect(baseline).toBeLessThan(0.01);
    expect({ weights, explained, results }).toEqual({ weights: [], explained: null, results: null });
  });

  it('starts from 1 − R² of its own results', () => {
    const campaign = onSquare();
    const y = scattered.map(slope);
    const { surrogate } = kept(campaign);
    const told = predict(
      surrogate,
      scattered.map(({ a, b }) => [a as number, b as number]),
    );
    const square = (values: readonly number[]): number => mean(values.map((value) => value * value));
    const errors = square(y.map((value, i) => value - told.mean[i]!));
    const spread = square(y.map((value) => value - mean(y)));
    expect(ask(campaign, {}, true).baseline).toBeCloseTo(errors / spread, 12);
  });

  it('is by what a forest splits where the model is one, and the same again', () => {
    const forest = onSquare({ strategy: { name: 'forest-ucb', initial: 5 } });
    const { columns } = ask(forest);
    expect(columns.reduce((sum, { own }) => sum + own!, 0)).toBeCloseTo(1, 10);
    expect(ask(forest)).toEqual({ ...ask(forest), columns });
  });

  it('has the weights of a model of several models, the most first', () => {
    const campaign = onSquare({ strategy: { name: 'stack-ei', initial: 5 } });
    const { weights } = ask(campaign);
    expect(weights.length).toBeGreaterThan(1);
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(weights).toEqual(weights.toSorted((one, other) => other.weight - one.weight));
  });
});

describe('a prediction explained', () => {
  it('is shared out as Shapley does, worked out from the model’s own predictions', () => {
    const campaign = onSquare();
    const { explained } = ask(campaign, { point: { a: 0.9, b: 0.2 } }, true);
    const by = sharesOf(campaign, 0.9, 0.2);
    expect(explained).toEqual({
      base: expect.closeTo(by.none, 10),
      prediction: expect.closeTo(by.both, 10),
      exact: true,
      columns: [
        { column: 'a', value: expect.closeTo(by.a, 10), standardError: 0 },
        { column: 'b', value: expect.closeTo(by.b, 10), standardError: 0 },
      ],
    });
    expect(by.none + by.a + by.b).toBeCloseTo(by.both, 10);
  });

  it('is in the property’s own direction where less is better', () => {
    const up = ask(onSquare(), { point: { a: 0.9, b: 0.2 } }).explained!;
    const down = ask(downhill(), { point: { a: 0.9, b: 0.2 } }).explained!;
    expect(down.prediction).toBeCloseTo(-up.prediction, 8);
    expect(down.base).toBeCloseTo(-up.base, 8);
    down.columns.forEach(({ value }, i) => expect(value).toBeCloseTo(-up.columns[i]!.value, 8));
  });

  it('of results takes early and late ones, each as if it were asked for alone', () => {
    const campaign = onSquare();
    const { results } = ask(campaign, { results: 4 }, true);
    // 14 results: the first of each fourth.
    expect(results!.rows.map(({ number }) => number)).toEqual([101, 104, 108, 111]);
    expect(results).toMatchObject({ exact: true, columns: ['a', 'b'] });
    for (const { number, prediction, at, values } of results!.rows) {
      const { a, b } = scattered[number - 101]!;
      expect(at).toEqual([a, b]);
      const by = sharesOf(campaign, a as number, b as number);
      expect(prediction).toBeCloseTo(by.both, 10);
      expect(values).toEqual([expect.closeTo(by.a, 10), expect.closeTo(by.b, 10)]);
      expect(results!.base + values[0]! + values[1]!).toBeCloseTo(prediction, 10);
    }
    expect(ask(campaign, { results: 100 }).results!.rows).toHaveLength(14);
  });

  it('is refused of a point that the space does not have', () => {
    expect(() => ask(onSquare(), { point: { a: 2, b: 0 } })).toThrow(/a is 2/);
  });
});
