import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, InvalidArgumentError, matrix, Philox, selectRows } from '@ionloop/linalg';
import {
  chooseClusters,
  cutAtHeight,
  cutToClusters,
  kMeans,
  largestSilhouette,
  largestSpectral,
  largestWard,
  leafOrder,
  silhouette,
  spectralClusters,
  ward,
} from '@ionloop/surrogates/analysis';
import { lloyd } from '../../src/analysis/lloyd.js';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { expectClose, fixture, samePartition } from './fixture.js';

const golden = fixture<{
  X: number[][];
  kMeans4: { labels: number[]; inertia: number; centres: number[][] };
  kMeans3: { inertia: number };
  silhouette: number[];
  silhouetteByK: Record<string, number>;
  ward: number[][];
  cuts: Record<string, number[]>;
  leaves: number[];
}>('clusters.json');
const X = fromRows(golden.X);
const rng = () => Philox.fromSeed('clusters');

function uniformRows(n: number, d: number, seed: string): ReturnType<typeof matrix> {
  const stream = Philox.fromSeed(seed);
  return matrix(
    n,
    d,
    Float64Array.from({ length: n * d }, () => stream.uniform()),
  );
}

describe('k-means', () => {
  it('finds the clusters and the inertia of the reference', () => {
    const found = kMeans(X, 4, rng());
    expect(samePartition(found.labels, golden.kMeans4.labels)).toBe(true);
    expect(found.inertia).toBeCloseTo(golden.kMeans4.inertia, 10);
    found.centres.forEach((centre, c) => {
      const theirs = golden.kMeans4.labels[found.labels.indexOf(c)]!;
      expectClose(centre, golden.kMeans4.centres[theirs]!);
    });
    expect(found.converged).toBe(true);
    expect(kMeans(X, 3, rng()).inertia).toBeCloseTo(golden.kMeans3.inertia, 10);
  });

  it('numbers clusters by their size', () => {
    const { labels, sizes } = kMeans(fromRows([[9], [0], [0.1], [9.1], [0.2], [20]]), 3, rng());
    expect(labels).toEqual([1, 0, 0, 1, 0, 2]);
    expect(sizes).toEqual([3, 2, 1]);
  });

  it('finds the same clusters whatever the order of rows', () => {
    const order = rng().permutation(X.rows);
    const turned = kMeans(selectRows(X, order), 4, rng());
    expect(
      samePartition(
        turned.labels,
        order.map((i) => golden.kMeans4.labels[i]!),
      ),
    ).toBe(true);
  });

  it('gives every cluster a row, for any rows and k', () => {
    const rows = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.nat(), (values, pick) => {
        const k = 1 + (pick % values.length);
        const { sizes, labels, inertia, centres } = kMeans(
          fromRows(values.map((value) => [value])),
          k,
          rng(),
          {
            tolerance: 0,
          },
        );
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        const own = values.map((value, i) => (value - centres[labels[i]!]![0]!) ** 2);
        expect(inertia).toBeCloseTo(
          own.reduce((sum, value) => sum + value, 0),
          9,
        );
        if (k === values.length) expect(inertia).toBe(0);
        if (k > 1)
          expect(inertia).toBeLessThanOrEqual(
            kMeans(fromRows(values.map((value) => [value])), 1, rng()).inertia,
          );
      }),
      { numRuns: 60 },
    );
  });

  it('gives a centre that no row is near to the row that is farthest from its own', () => {
    const rows = fromRows([[0], [1], [10], [11], [30]]);
    const { labels, centres, inertia } = lloyd(rows, fromRows([[0], [500], [900]]), 100, 0);
    expect([...labels]).toEqual([0, 0, 2, 2, 1]);
    expect([...centres.data]).toEqual([0.5, 30, 10.5]);
    expect(inertia).toBe(1);
  });

  it('measures only what may have changed, and finds what measuring all would', () => {
    for (let seed = 0; seed < 40; seed++) {
      const rows = uniformRows(80, 1 + (seed % 3), `lloyd ${seed}`);
      const start = () => selectRows(rows, [0, 1, 2, 3].slice(0, 2 + (seed % 3)));
      const settled = lloyd(rows, start(), 100, 0);
      const centres = start();
      let labels: number[] = [];
      for (let step = 0; step < 100; step++) labels = [...lloyd(rows, centres, 1, 0).labels];
      expect([...settled.labels]).toEqual(labels);
      expect([...settled.centres.data]).toEqual([...centres.data]);
    }
  });

  it('refuses more clusters than rows, or than different rows', () => {
    expect(() => kMeans(X, 49, rng())).toThrow(
      new InvalidArgumentError('k', 'must be at most the number of rows, 48, not 49'),
    );
    expect(() => kMeans(fromRows([[1], [1], [2]]), 3, rng())).toThrow(
      /k must be at most the number of different rows, 2/,
    );
    expect(() => kMeans(X, 0, rng())).toThrow(/k must be a whole number of at least 1/);
    expect(() => kMeans(fromRows([[NaN]]), 1, rng())).toThrow(/X must be finite/);
    expect(() => kMeans(X, 2, rng(), { tolerance: -1 })).toThrow(/options.tolerance/);
  });

  it('takes 100 000 rows of 10 columns', () => {
    const many = matrix(100_000, 10);
    for (let at = 0; at < many.data.length; at++) many.data[at] = (at * at * 0.6180339887498949) % 1;
    const before = performance.now();
    const { sizes } = kMeans(many, 8, rng(), { restarts: 1 });
    expect(performance.now() - before).toBeLessThan(8000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(100_000);
  });
});

describe('silhouettes', () => {
  it('agree with the reference', () => {
    const { mean, values } = silhouette(X, golden.kMeans4.labels);
    expectClose(values, golden.silhouette);
    expect(mean).toBeCloseTo(golden.silhouette.reduce((sum, value) => sum + value, 0) / 48, 12);
  });

  it('are 0 for a row alone, and for rows that lie on one another', () => {
    expect(silhouette(fromRows([[0], [1], [9]]), [0, 0, 5]).values[2]).toBe(0);
    expect(silhouette(matrix(4, 1), [0, 0, 1, 1]).mean).toBe(0);
  });

  it('choose the number of clusters that they choose in the reference', () => {
    const { best, tried } = chooseClusters(X, rng(), { to: 7 });
    expect(tried.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7]);
    expectClose(
      tried.slice(0, 4).map((one) => one.silhouette),
      ['2', '3', '4', '5'].map((k) => golden.silhouetteByK[k]!),
    );
    expect(best).toBe(3);
    const sampled = chooseClusters(X, rng(), { to: 7, rows: 24 });
    expect(sampled.tried.map(({ inertia }) => inertia)).toEqual(tried.map(({ inertia }) => inertia));
    expect(sampled.tried[1]!.silhouette).not.toBe(tried[1]!.silhouette);
  });

  it('refuse one cluster, labels that do not fit, and too many rows', () => {
    expect(() => silhouette(X, new Array<number>(48).fill(1))).toThrow(/labels must name at least two/);
    expect(() => silhouette(X, [1, 2])).toThrow(/labels must hold 48/);
    expect(() => silhouette(fromRows([[1], [2]]), [0, 0.5])).toThrow(/row 1 has 0.5/);
    expect(() => silhouette(matrix(largestSilhouette + 1, 1), [])).toThrow(/X must have at most/);
    expect(() => chooseClusters(X, rng(), { from: 1 })).toThrow(/options.from/);
  });
});

describe('Ward’s clusters', () => {
  const tree = ward(X);

  it('merge as in the reference', () => {
    expect(tree.merges.map(({ left, right }) => [left, right])).toEqual(golden.ward.map(([a, b]) => [a, b]));
    expectClose(
      tree.merges.map(({ height }) => height),
      golden.ward.map((merge) => merge[2]!),
    );
    expect(tree.merges.map(({ size }) => size)).toEqual(golden.ward.map((merge) => merge[3]!));
  });

  it('cut to k and ordered as in the reference', () => {
    for (const [k, labels] of Object.entries(golden.cuts))
      expect(samePartition(cutToClusters(tree, Number(k)), labels)).toBe(true);
    expect(leafOrder(tree)).toEqual(golden.leaves);
    expect(cutAtHeight(tree, tree.merges.at(-4)!.height)).toEqual(cutToClusters(tree, 4));
    expect(new Set(cutToClusters(tree, 48)).size).toBe(48);
    expect(new Set(cutToClusters(tree, 1)).size).toBe(1);
  });

  it('have heights that say what each merge adds to the inertia', () => {
    const added = tree.merges.reduce((sum, { height }) => sum + height ** 2 / 2, 0);
    expect(added).toBeCloseTo(kMeans(X, 1, rng()).inertia, 9);
  });

  it('are a tree for any rows, with ties and rows that lie on one another', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(rows, (values) => {
        const found = ward(fromRows(values.map((row) => [...row])));
        const heights = found.merges.map(({ height }) => height);
        expect(heights).toEqual([...heights].sort((a, b) => a - b));
        expect(found.merges.every(({ left, right }, i) => left < right && right < values.length + i)).toBe(
          true,
        );
        expect(new Set(found.merges.flatMap(({ left, right }) => [left, right])).size).toBe(
          2 * (values.length - 1),
        );
        expect(leafOrder(found).toSorted((a, b) => a - b)).toEqual(values.map((_, i) => i));
        const total = kMeans(fromRows(values.map((row) => [...row])), 1, rng()).inertia;
        expect(heights.reduce((sum, height) => sum + height ** 2 / 2, 0)).toBeCloseTo(total, 8);
      }),
    );
  });

  it('refuse what they cannot hold', () => {
    expect(() => ward(matrix(largestWard + 1, 1))).toThrow(/X must have at most 10000 rows, not 10001/);
    expect(() => ward(fromRows([[NaN]]))).toThrow(InvalidArgumentError);
    expect(() => cutToClusters(tree, 49)).toThrow(/k must be at most the number of rows, 48/);
    expect(() => cutAtHeight(tree, -1)).toThrow(/height must be at least 0/);
    expect(ward(fromRows([[1, 2]]))).toEqual({ n: 1, merges: [] });
  });

  it('take 2000 rows', () => {
    const before = performance.now();
    expect(ward(uniformRows(2000, 5, 'ward')).merges).toHaveLength(1999);
    expect(performance.now() - before).toBeLessThan(4000);
  });
});

describeGolden('Ward’s clusters against the shared reference numbers', () => {
  it('have their heights and their labels', () => {
    const shared = reference<{
      X: number[][];
      wardFirst20: { mergeDistances: number[]; labelsFor4Clusters: number[] };
    }>('regressors.json');
    const tree = ward(fromRows(shared.X.slice(0, 20)));
    expectClose(
      tree.merges.map(({ height }) => height),
      shared.wardFirst20.mergeDistances,
      1e-9,
    );
    expect(samePartition(cutToClusters(tree, 4), shared.wardFirst20.labelsFor4Clusters)).toBe(true);
  });
});

describe('spectral clusters', () => {
  interface Expected {
    readonly eigenvalues: number[];
    readonly labels: number[];
  }
  const moons = fixture<{
    X: number[][];
    rbf: Expected & { gamma: number };
    nearest: Expected & { neighbours: number };
  }>('spectral.json');
  const M = fromRows(moons.X);

  it.each([
    ['nearest rows', { kind: 'nearest', neighbours: moons.nearest.neighbours } as const, moons.nearest],
    ['radial functions', { kind: 'rbf', gamma: moons.rbf.gamma } as const, moons.rbf],
  ])('by %s tell two moons apart as the reference does, with its eigenvalues', (_, affinity, expected) => {
    const found = spectralClusters(M, 2, rng(), { affinity });
    expect(found.eigenvalues).toHaveLength(7);
    expectClose(found.eigenvalues, expected.eigenvalues, 1e-11);
    expect(samePartition(found.labels, expected.labels)).toBe(true);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('tell apart what k-means cannot', () => {
    const affinity = { kind: 'rbf', gamma: moons.rbf.gamma } as const;
    expect(spectralClusters(M, 2, rng(), { affinity }).sizes).toEqual([60, 60]);
    expect(samePartition(kMeans(M, 2, rng()).labels, moons.rbf.labels)).toBe(false);
  });

  it('count separate pieces by eigenvalues of 0, and give a row that is like no other a piece of its own', () => {
    const rows = [0, 0.1, 0.2, 50, 50.1, 1000].map((value) => [value]);
    const found = spectralClusters(fromRows(rows), 3, rng(), { affinity: { kind: 'rbf', gamma: 1 } });
    expect(found.eigenvalues.filter((value) => value < 1e-12)).toHaveLength(3);
    expect(found.labels).toEqual([0, 0, 0, 1, 1, 2]);
  });

  it('find the dense eigenvalues in many rows too', () => {
    const many = uniformRows(150, 2, 'many');
    const few = spectralClusters(many, 3, rng(), { eigenvalues: 6 });
    const all = spectralClusters(many, 3, rng(), { eigenvalues: 150 });
    expectClose(few.eigenvalues, all.eigenvalues.slice(0, 6), 1e-12);
  });

  it('refuse what they cannot use', () => {
    expect(() => spectralClusters(M, 121, rng())).toThrow(/k must be at most the number of rows/);
    expect(() => spectralClusters(matrix(largestSpectral + 1, 1), 2, rng())).toThrow(/X must have at most/);
    expect(() => spectralClusters(M, 2, rng(), { affinity: { kind: 'rbf', gamma: 0 } })).toThrow(
      /gamma must be above 0/,
    );
    expect(() => spectralClusters(M, 2, rng(), { affinity: { kind: 'nearest', neighbours: 120 } })).toThrow(
      /neighbours must be below/,
    );
    expect(() => spectralClusters(matrix(1, 1), 1, rng())).toThrow(/X must have at least 2 rows/);
  });
});
