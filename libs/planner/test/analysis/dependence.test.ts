import { describe, expect, it } from '@jest/globals';
import type { PlanRequest } from '@ionloop/domain';
import type { Dependence } from '../../src/index.js';
import { answer, downhill, inputOf, kept, onSquare, predict, scattered } from './support.js';

const ask = (columns: readonly string[], campaign: PlanRequest = onSquare(), values = 5): Dependence =>
  answer({ kind: 'dependence', columns, values }, inputOf(campaign, { model: kept(campaign).model }));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const { surrogate } = kept(onSquare());
const known = scattered.map((point): readonly [number, number] => [
  point['a'] as number,
  point['b'] as number,
]);
/** Of 95 % of a normal. */
const z = 1.959963984540054;

describe('how a response goes with its columns', () => {
  it('is the mean prediction of all results with the column at each value', () => {
    const told = ask(['a']);
    const [values] = told.values;
    expect(told).toMatchObject({ columns: ['a'], coverage: 0.95 });
    expect([values![0], values!.at(-1)]).toEqual([
      Math.min(...known.map(([a]) => a)),
      Math.max(...known.map(([a]) => a)),
    ]);
    values!.forEach((value, i) => {
      const believed = predict(
        surrogate,
        known.map(([, b]) => [value, b]),
      );
      expect(told.mean[0]![i]).toBeCloseTo(mean(believed.mean), 10);
      expect(told.lower[0]![i]).toBeCloseTo(mean(believed.mean) - z * mean(believed.sd), 10);
      expect(told.upper[0]![i]).toBeCloseTo(mean(believed.mean) + z * mean(believed.sd), 10);
    });
    expect(ask(['a'])).toEqual(told);
  });

  it('of two columns has a line for each value of the second', () => {
    const told = ask(['b', 'a'], onSquare(), 4);
    expect(told.columns).toEqual(['b', 'a']);
    expect(told.values.map((each) => each.length)).toEqual([4, 4]);
    told.values[1]!.forEach((a, line) => {
      told.values[0]!.forEach((b, i) => {
        // Both columns are given: every result is predicted alike.
        const { mean: expected, sd } = predict(surrogate, [[a, b]]);
        expect(told.mean[line]![i]).toBeCloseTo(expected[0]!, 10);
        expect(told.lower[line]![i]).toBeCloseTo(expected[0]! - z * sd[0]!, 10);
        expect(told.upper[line]![i]).toBeCloseTo(expected[0]! + z * sd[0]!, 10);
      });
    });
  });

  it.each([[['a']], [['a', 'b']]])('of %j is turned with its bounds where less is better', (columns) => {
    const [up, down] = [ask(columns), ask(columns, downhill())];
    const flat = (lines: readonly (readonly number[])[]): readonly number[] => lines.flat();
    flat(down.mean).forEach((value, i) => expect(value).toBeCloseTo(-flat(up.mean)[i]!, 8));
    flat(down.lower).forEach((value, i) => expect(value).toBeCloseTo(-flat(up.upper)[i]!, 8));
    flat(down.upper).forEach((value, i) => expect(value).toBeCloseTo(-flat(up.lower)[i]!, 8));
  });

  it.each([
    [['c'], 'there is no column "c"; models see a, b'],
    [[], 'columns has 0 entries; it must name one or two'],
    [['a', 'b', 'a'], 'columns has 3 entries; it must name one or two'],
    [['b', 'b'], 'columns names b twice'],
  ])('is refused of %j', (columns, message) => {
    let refused: unknown;
    try {
      ask(columns);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'columns', message });
  });
});
