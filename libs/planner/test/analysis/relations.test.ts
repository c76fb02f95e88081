import { describe, expect, it } from '@jest/globals';
import type { PlanRequest, Point, RelationsRequest, SpaceSpec } from '@ionloop/domain';
import type { Relations } from '../../src/index.js';
import { measured, plain } from '../support.js';
import { answer, inputOf, onSquare } from './support.js';

const { sqrt } = Math;
const ask = (campaign: PlanRequest, asked: Partial<RelationsRequest> = {}): Relations =>
  answer({ kind: 'relations', clusters: null, shown: 60, ...asked }, inputOf(campaign));

/** Ranks 1 2 3 4 5 of a, and 1 3 2 5 4 of b: both correlations are 0.8. */
const ranked: readonly Point[] = [
  { a: 0, b: 0 },
  { a: 0.25, b: 0.5 },
  { a: 0.5, b: 0.25 },
  { a: 0.75, b: 1 },
  { a: 1, b: 0.75 },
];
const values = [1, 2, 3, 4, 100];
const campaignOf = (points: readonly Point[], results: readonly number[]): PlanRequest =>
  onSquare({ observations: points.map((point, i) => ({ point, values: [results[i]!] })) });

describe('how columns and results hang together', () => {
  const told = ask(campaignOf(ranked, values));

  it('is worked out by hand for five results: values and ranks', () => {
    expect(told.columns).toEqual(['a', 'b', 'value']);
    const at = (map: Relations['pearson'], i: number, j: number): number => map[i]![j] ?? NaN;
    expect(at(told.pearson, 0, 1)).toBeCloseTo(0.8, 12);
    expect(at(told.spearman, 0, 1)).toBeCloseTo(0.8, 12);
    // Σ(x − x̄)(y − ȳ) of 0 … 1 and 1, 2, 3, 4, 100.
    const y = values.map((value) => value - 22);
    const across = y.reduce((sum, value, i) => sum + (0.25 * i - 0.5) * value, 0);
    const size = sqrt(0.625 * y.reduce((sum, value) => sum + value * value, 0));
    expect(at(told.pearson, 0, 2)).toBeCloseTo(across / size, 12);
    expect(at(told.spearman, 0, 2)).toBeCloseTo(1, 12);
    expect(at(told.spearman, 1, 2)).toBeCloseTo(0.8, 12);
  });

  it('says how much each column is a combination of the others: 1/(1 − r²) of two', () => {
    expect(told.inflation).toEqual([
      { column: 'a', factor: expect.closeTo(1 / (1 - 0.64), 10), collinearWith: [] },
      { column: 'b', factor: expect.closeTo(1 / (1 - 0.64), 10), collinearWith: [] },
    ]);
  });

  it('says which columns are the same', () => {
    const same = ranked.map(({ a }) => ({ a: a!, b: a! }));
    for (const { column, factor, collinearWith } of ask(campaignOf(same, values)).inflation) {
      expect(factor).toBeNull();
      expect(collinearWith).toEqual([column === 'a' ? 'b' : 'a']);
    }
  });

  it('finds the result that does not belong by median and MAD', () => {
    // The median is 3, the deviations 2, 1, 0, 1 and 97, whose median is 1.
    const z = (value: number): number => (value - 3) / 1.482602218505602;
    expect(told.results.map(({ number, robustZ, outlier }) => [number, robustZ, outlier])).toEqual(
      values.map((value, i) => [101 + i, expect.closeTo(z(value), 12), value === 100]),
    );
  });

  it('is in the direction of the property, whichever way the campaign goes', () => {
    const down = { ...campaignOf(ranked, values), objectives: [{ ...plain, goal: 'minimise' }] as const };
    // The map is drawn anew from the same streams, and is the same as well.
    expect(ask(down)).toEqual(told);
  });

  it('says which result stands apart', () => {
    const near = Array.from({ length: 12 }, (_, i) => ({
      a: 0.1 + 0.02 * (i % 4),
      b: 0.1 + 0.02 * Math.floor(i / 4),
    }));
    const points = [...near, { a: 0.95, b: 0.9 }];
    const { results } = ask(
      campaignOf(
        points,
        points.map((_, i) => i),
      ),
    );
    const apart = results.map(({ isolation }) => isolation);
    expect(apart.indexOf(Math.max(...apart))).toBe(12);
    for (const each of apart) {
      expect(each).toBeGreaterThan(0);
      expect(each).toBeLessThan(1);
    }
  });

  it('joins the nearest results first', () => {
    const { leaves, merges } = told.tree!;
    expect(leaves.map(({ numbers }) => numbers)).toEqual([[101], [102], [103], [104], [105]]);
    expect(merges).toHaveLength(4);
    // Of the three pairs that are √2/4 apart: with (0.25, 0.5) goes (0.5, 0.25), with (0.75, 1) (1, 0.75).
    const first = merges.slice(0, 2).map(({ left, right }) => [left, right]);
    expect(first).toEqual(
      expect.arrayContaining([
        [1, 2],
        [3, 4],
      ]),
    );
  });
});

/** Two groups of candidates on a line: features (x, 2x). */
const groups: SpaceSpec = {
  parameters: [
    {
      kind: 'pool',
      name: 'material',
      features: ['x', 'y'],
      candidates: Array.from({ length: 20 }, (_, i) => {
        const x = (i < 10 ? 0 : 50) + (i % 10);
        return { id: `M${i}`, values: [x, 2 * x] };
      }),
    },
  ],
};
const fromGroups = (ids: readonly number[]): PlanRequest =>
  onSquare({
    space: groups,
    observations: measured(
      ids.map((i) => ({ material: `M${i}` })),
      ({ material }) => Number((material as string).slice(1)),
    ),
  });

describe('a map of candidates', () => {
  const campaign = fromGroups([0, 4, 9, 12, 19]);
  const map = ask(campaign).map!;
  const groupOf = ({ material }: Point): number => (Number((material as string).slice(1)) < 10 ? 0 : 1);

  it('has all variance of a line along one direction', () => {
    expect(map.explained).toEqual([expect.closeTo(1, 10)]);
    expect(map.directions[0]!.map(Math.abs)).toEqual([
      expect.closeTo(sqrt(0.5), 10),
      expect.closeTo(sqrt(0.5), 10),
    ]);
  });

  it('finds the two groups that there are, and counts results to them', () => {
    expect(map.clusters).toBe(2);
    const best = map.tried.reduce((a, b) => (b.silhouette > a.silhouette ? b : a));
    expect(best.k).toBe(2);
    expect(map.candidates).toHaveLength(20);
    const labelOf = new Map(map.candidates.map(({ point, cluster }) => [groupOf(point), cluster]));
    expect(new Set(labelOf.values()).size).toBe(2);
    for (const { point, cluster } of [...map.candidates, ...map.results]) {
      expect(cluster).toBe(labelOf.get(groupOf(point)));
    }
    expect(map.results.map(({ number }) => number)).toEqual([101, 102, 103, 104, 105]);
  });

  it('puts a result where its candidate is', () => {
    for (const { point, x, y } of map.results) {
      const same = map.candidates.find((one) => one.point['material'] === point['material'])!;
      expect([x, y]).toEqual([expect.closeTo(same.x, 12), expect.closeTo(same.y, 12)]);
    }
  });

  it('makes as many groups as it is asked to, and the same again', () => {
    const four = ask(campaign, { clusters: 4 });
    expect(four.map).toMatchObject({ clusters: 4, tried: [] });
    expect(new Set(four.map!.candidates.map(({ cluster }) => cluster)).size).toBe(4);
    expect(ask(campaign, { clusters: 4 })).toEqual(four);
    expect(ask(campaign, { clusters: 50 }).map?.clusters).toBe(20);
    expect(ask(campaign, { shown: 7 }).map?.candidates).toHaveLength(7);
  });

  it('is none where there is nothing to tell apart', () => {
    expect(ask(campaign, { shown: 2 }).map).toBeNull();
    const alike = onSquare({
      space: {
        parameters: [
          {
            kind: 'pool',
            name: 'material',
            features: ['x'],
            candidates: ['A', 'B', 'C', 'D'].map((id) => ({ id, values: [1] })),
          },
        ],
      },
      observations: measured([{ material: 'A' }, { material: 'B' }, { material: 'C' }], () => 1),
    });
    expect(ask(alike).map).toBeNull();
  });

  it('has one direction where there is one column', () => {
    const line = onSquare({
      space: { parameters: [{ kind: 'continuous', name: 'a', min: 0, max: 1 }] },
      observations: measured([{ a: 0 }, { a: 0.5 }, { a: 1 }], ({ a }) => a as number),
    });
    const { candidates, results } = ask(line).map!;
    for (const { y } of [...candidates, ...results]) expect(y).toBe(0);
    // The middle lies midway, wherever the origin of the map is.
    expect(results[1]!.x).toBeCloseTo((results[0]!.x + results[2]!.x) / 2, 12);
  });

  it('needs three results', () => {
    expect(() => ask(fromGroups([0, 1]))).toThrow(
      'the campaign has 2 accepted results; a model needs at least 3',
    );
  });
});
