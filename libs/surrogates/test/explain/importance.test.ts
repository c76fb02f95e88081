import { describe, expect, it } from '@jest/globals';
import { fromRows, matrix, Philox } from '@ionloop/linalg';
import { ardRelevance, gaussianProcess, permutationImportance } from '@ionloop/surrogates';
import { expectClose, fixture } from '../analysis/fixture.js';
import { knownModel, tangled } from './knownModel.js';

const golden = fixture<{ X: number[][]; y: number[]; importance: number[]; spread: number[] }>(
  'dependence.json',
);
const X = fromRows(golden.X);
const y = Float64Array.from(golden.y);
const rng = () => Philox.fromSeed('permutations');
const model = knownModel(4, (x) => tangled([...x, x[0]!]));

describe('permutation importance', () => {
  it('agrees with the reference, up to the chance in 200 permutations', () => {
    const { groups, loss } = permutationImportance(model, { X, y }, rng(), { repeats: 200 });
    expect(loss).toBe('r2');
    groups.forEach(({ columns, importance, spread, rises }, j) => {
      expect(columns).toEqual([j]);
      // They permuted 400 times.
      const error = golden.spread[j]! * Math.sqrt(1 / 200 + 1 / 400);
      expect(Math.abs(importance - golden.importance[j]!)).toBeLessThan(4 * error);
      expect(Math.abs(spread / golden.spread[j]! - 1)).toBeLessThan(0.25);
      expect(rises).toHaveLength(200);
    });
  });

  it('of a sum is twice the squared slope times the variance of the column', () => {
    const slopes = [3, 1, 0, -2];
    const linear = knownModel(4, (x) => x.reduce((sum, value, j) => sum + slopes[j]! * value, 0));
    const exact = linear.predict(X).mean;
    const found = permutationImportance(linear, { X, y: exact }, rng(), { repeats: 200, loss: 'mse' });
    expect(found.baseline).toBe(0);
    found.groups.forEach(({ importance, spread }, j) => {
      const column = golden.X.map((row) => row[j]!);
      const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
      const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
      expect(Math.abs(importance - 2 * slopes[j]! ** 2 * variance)).toBeLessThan(
        4 * (spread / Math.sqrt(200)) + 1e-15,
      );
    });
    expect(found.groups[2]).toMatchObject({ importance: 0, spread: 0 });
  });

  it('deals the columns of a group out together', () => {
    const difference = knownModel(3, ([a, b]) => a! - b!);
    const rows = fromRows(Array.from({ length: 60 }, (_, i) => [i, i + (i % 2), 1]));
    const exact = difference.predict(rows).mean;
    const together = permutationImportance(difference, { X: rows, y: exact }, rng(), {
      groups: [[0, 1]],
      loss: 'mse',
    });
    expect(together.groups.map(({ columns }) => columns)).toEqual([[0, 1], [2]]);
    expect(together.groups[0]!.importance).toBeLessThan(1);
    const apart = permutationImportance(difference, { X: rows, y: exact }, rng(), { loss: 'mse' });
    expect(apart.groups[0]!.importance).toBeGreaterThan(100);
  });

  it('of a column does not depend on what else is asked, and repeats to the bit', () => {
    const few = permutationImportance(model, { X, y }, rng(), { repeats: 2 });
    const stream = rng();
    stream.normal();
    expect(
      permutationImportance(model, { X, y }, stream, { repeats: 3 }).groups[1]!.rises.slice(0, 2),
    ).toEqual(few.groups[1]!.rises);
    expect(permutationImportance(model, { X, y }, rng(), { repeats: 2, groups: [[3, 2]] }).groups[2]).toEqual(
      few.groups[1],
    );
    expect(permutationImportance(model, { X, y }, rng(), { repeats: 1 }).groups[0]!.spread).toBe(0);
    const [one, other] = few.groups[0]!.rises;
    expect(few.groups[0]!.spread).toBeCloseTo(Math.abs(one! - other!) / Math.SQRT2, 12);
  });

  it.each([
    ['mse', (e: number[]) => e.reduce((sum, value) => sum + value * value, 0) / e.length],
    ['rmse', (e: number[]) => Math.sqrt(e.reduce((sum, value) => sum + value * value, 0) / e.length)],
    ['mae', (e: number[]) => e.reduce((sum, value) => sum + Math.abs(value), 0) / e.length],
  ] as const)('knows the loss %s', (loss, of) => {
    const errors = Array.from(model.predict(X).mean, (value, i) => value - y[i]!);
    expect(permutationImportance(model, { X, y }, rng(), { loss, repeats: 1 }).baseline).toBeCloseTo(
      of(errors),
      12,
    );
  });

  it('takes 2000 rows of 50 columns', () => {
    const stream = rng();
    const many = matrix(
      2000,
      50,
      Float64Array.from({ length: 100_000 }, () => stream.uniform()),
    );
    const first = knownModel(50, ([a]) => a!);
    const before = performance.now();
    const { groups } = permutationImportance(first, { X: many, y: first.predict(many).mean }, rng(), {
      repeats: 1,
    });
    expect(performance.now() - before).toBeLessThan(5000);
    expect(groups[0]!.importance).toBeCloseTo(2, 0);
    expect(groups.slice(1).every(({ importance }) => importance === 0)).toBe(true);
  });

  it('refuses what it cannot use', () => {
    expect(() => permutationImportance(model, { X, y: y.slice(1) }, rng())).toThrow(/data.y must hold 200/);
    expect(() => permutationImportance(model, { X, y: y.map(() => NaN) }, rng())).toThrow(
      /data.y must be finite/,
    );
    expect(() => permutationImportance(model, { X, y }, rng(), { repeats: 0 })).toThrow(/options.repeats/);
    expect(() => permutationImportance(model, { X, y }, rng(), { groups: [[4]] })).toThrow(
      /options.groups must name/,
    );
    expect(() => permutationImportance(model, { X: matrix(2, 3), y }, rng())).toThrow(
      /data.X must have 4 columns/,
    );
  });
});

describe('relevance by lengthscales', () => {
  it('is the width of the inputs in lengthscales, of sum 1', () => {
    const found = ardRelevance({ lengthscales: [0.1, 0.4] })!;
    expectClose(found.relevance, [0.8, 0.2]);
    expectClose(ardRelevance({ lengthscales: [0.1, 0.4] }, [0.5, 2])!.relevance, [0.5, 0.5]);
    expect(ardRelevance({ lengthscales: [1, 2] }, [0, 0])!.relevance).toEqual([0.5, 0.5]);
    expect(() => ardRelevance({ lengthscales: [1] }, [1, 2])).toThrow(/spread must hold 1/);
    expect(() => ardRelevance({ lengthscales: [1] }, [NaN])).toThrow(/spread must hold finite/);
  });

  it('is there for a Gaussian process, and not for a model without lengthscales', () => {
    const rows = Array.from({ length: 25 }, (_, i) => [(i % 5) / 4, Math.floor(i / 5) / 4]);
    const train = { X: fromRows(rows), y: Float64Array.from(rows, ([a, b]) => Math.sin(6 * a!) + 0.05 * b!) };
    const { relevance } = ardRelevance(gaussianProcess().fit(train, rng()).diagnostics())!;
    expect(relevance[0]).toBeGreaterThan(3 * relevance[1]!);
    expect(ardRelevance({})).toBeUndefined();
  });
});
