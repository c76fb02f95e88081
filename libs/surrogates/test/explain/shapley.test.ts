import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, InvalidArgumentError, matrix, Philox, type Matrix } from '@ionloop/linalg';
import { gaussianProcess, randomForest, shapleyValues, type ShapleyValues } from '@ionloop/surrogates';
import { expectClose, fixture } from '../analysis/fixture.js';
import { knownModel, tangled } from './knownModel.js';

const golden = fixture<{
  X: number[][];
  background: number[][];
  base: number;
  values: number[][];
  grouped: number[][];
}>('shapley.json');
const X = fromRows(golden.X);
const background = fromRows(golden.background);
const rng = () => Philox.fromSeed('shares');
const model = knownModel(5, tangled);

function expectEfficient({ base, rows }: ShapleyValues): void {
  for (const { prediction, values } of rows)
    expect(values.reduce((sum, value) => sum + value, base)).toBeCloseTo(prediction, 12);
}

function normalRows(n: number, d: number): Matrix {
  const stream = Philox.fromSeed('rows');
  return matrix(
    n,
    d,
    Float64Array.from({ length: n * d }, () => stream.normal()),
  );
}

describe('Shapley values over all coalitions', () => {
  it('agree with the reference', () => {
    const found = shapleyValues(model, X, background, rng());
    expect(found.exact).toBe(true);
    expect(found.base).toBeCloseTo(golden.base, 13);
    found.rows.forEach(({ values, standardErrors }, i) => {
      expectClose(values, golden.values[i]!);
      expect(standardErrors).toEqual([0, 0, 0, 0, 0]);
    });
    expectEfficient(found);
    expect(found.meanAbsolute[4]).toBeCloseTo(
      golden.values.reduce((sum, values) => sum + Math.abs(values[4]!) / golden.values.length, 0),
      12,
    );
  });

  it('agree with the reference where columns are one player', () => {
    const found = shapleyValues(model, X, background, rng(), { groups: [[0, 3]] });
    expect(found.groups).toEqual([[0, 3], [1], [2], [4]]);
    found.rows.forEach(({ values }, i) => expectClose(values, golden.grouped[i]!));
  });

  it('of a sum of functions of one column each are those functions, less their mean', () => {
    const parts = [(x: number) => 3 * x, (x: number) => x * x, (x: number) => 1 / (1 + x * x), () => 0];
    const additive = knownModel(4, (x) => parts.reduce((sum, part, j) => sum + part(x[j]!), 10));
    const rows = normalRows(6, 4);
    const some = normalRows(9, 4);
    const expected = (i: number) =>
      parts.map((part, j) => {
        const mean =
          Array.from({ length: 9 }, (_, b) => part(some.data[b * 4 + j]!)).reduce((a, b) => a + b) / 9;
        return part(rows.data[i * 4 + j]!) - mean;
      });
    for (const exactUpTo of [10, 0]) {
      const found = shapleyValues(additive, rows, some, rng(), { exactUpTo, pairs: 2 });
      found.rows.forEach(({ values }, i) => expectClose(values, expected(i), 1e-13));
      expect(found.rows[0]!.values[3]).toBe(0);
    }
  });

  it('take as many predictions as they say, in pieces', () => {
    const counted = knownModel(10, ([a]) => a!);
    shapleyValues(counted, normalRows(2, 10), normalRows(30, 10), rng());
    expect(counted.rowsPredicted).toBe(2 * 30 * (2 ** 10 - 2) + 30 + 2);
  });
});

describe('sampled Shapley values', () => {
  it('lie within their standard errors of the exact ones, where these are not 0', () => {
    const found = shapleyValues(model, X, background, rng(), { exactUpTo: 0, pairs: 200 });
    expect(found.exact).toBe(false);
    expectEfficient(found);
    // Columns 0, 2 and 3 meet in a product of three: only there the order matters once its reverse has been taken too.
    const z = found.rows.flatMap(({ values, standardErrors }, i) =>
      [0, 2, 3].map((p) => (values[p]! - golden.values[i]![p]!) / standardErrors[p]!),
    );
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(3.5);
    expect(Math.sqrt(z.reduce((sum, value) => sum + value * value, 0) / z.length)).toBeGreaterThan(0.3);
    expect(Math.min(...found.rows.map(({ standardErrors }) => standardErrors[0]!))).toBeGreaterThan(1e-3);
    found.rows.forEach(({ values, standardErrors }, i) => {
      expect(values[4]).toBeCloseTo(golden.values[i]![4]!, 12);
      expect(standardErrors[4]).toBeLessThan(1e-14);
    });
  });

  it('are exact for pairwise products: an order and its reverse cancel', () => {
    const products = knownModel(4, ([a, b, c, d]) => a! * b! + 2 * c! * d! - a! * d!);
    const rows = normalRows(3, 4);
    const some = normalRows(8, 4);
    const sampled = shapleyValues(products, rows, some, rng(), { exactUpTo: 0, pairs: 3 });
    const exact = shapleyValues(products, rows, some, rng());
    sampled.rows.forEach(({ values }, i) => expectClose(values, exact.rows[i]!.values, 1e-12));
  });

  it('of many columns on many rows are efficient, and the same from the same stream', () => {
    const wide = knownModel(
      50,
      (x) => x.reduce((sum, value, j) => sum + (j + 1) * value, 0) + x[0]! * x[1]! * x[2]!,
    );
    const rows = normalRows(3, 50);
    const some = normalRows(20, 50);
    const found = shapleyValues(wide, rows, some, rng(), { pairs: 5 });
    expectEfficient(found);
    expect(shapleyValues(wide, rows, some, rng(), { pairs: 5 })).toEqual(found);
    expect(
      shapleyValues(wide, fromRows([[...rows.data.subarray(0, 50)]]), some, rng(), { pairs: 5 }).rows[0],
    ).toEqual(found.rows[0]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('share out anything, fairly: what is alike gets alike, what does nothing gets nothing', () => {
    const tables = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(tables, fc.nat(), (numbers, seed) => {
        const symmetric = knownModel(3, ([a, b]) => a! * b! * (a! + b!));
        const rows = numbers.slice(0, 2).map((a) => [a, a, numbers[2]!]);
        const some = numbers.slice(3).map((b) => [b, b, 1]);
        for (const exactUpTo of [3, 0]) {
          const found = shapleyValues(symmetric, fromRows(rows), fromRows(some), Philox.fromSeed(seed), {
            exactUpTo,
          });
          for (const { values, prediction } of found.rows) {
            expect(values[2]).toBe(0);
            expect(values[0]! + values[1]! + found.base).toBeCloseTo(prediction, 8);
            expect(values[0]).toBeCloseTo(values[1]!, 8);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('Shapley values of fitted models', () => {
  const train = fromRows(Array.from({ length: 20 }, (_, i) => [(i % 5) / 4, Math.floor(i / 5) / 3]));
  const y = Float64Array.from({ length: 20 }, (_, i) => 3 * train.data[2 * i]! - train.data[2 * i + 1]!);

  it.each([
    ['a Gaussian process', gaussianProcess()],
    ['a random forest', randomForest({ trees: 20 })],
  ])('%s', (_, factory) => {
    const fitted = factory.fit({ X: train, y }, rng());
    const found = shapleyValues(
      fitted,
      fromRows([
        [1, 0],
        [0, 1],
      ]),
      train,
      rng(),
    );
    expectEfficient(found);
    const [best, worst] = found.rows;
    expect(best!.values[0]).toBeGreaterThan(best!.values[1]!);
    expect(worst!.values[0]).toBeLessThan(-0.5);
  });
});

describe('Shapley values refuse', () => {
  it('what they cannot use, by name', () => {
    const call = (options: object) => () => shapleyValues(model, X, background, rng(), options);
    expect(() => shapleyValues(model, matrix(1, 4), background, rng())).toThrow(/X must have 5 columns/);
    expect(() => shapleyValues(model, X, matrix(0, 5), rng())).toThrow(
      /background must have at least one row/,
    );
    expect(call({ groups: [[0, 5]] })).toThrow(
      new InvalidArgumentError('options.groups', 'must name columns 0 … 4; found 5'),
    );
    expect(call({ groups: [[0, 1], [1]] })).toThrow(/options.groups must name a column once; 1 comes again/);
    expect(call({ groups: [[]] })).toThrow(/options.groups must not hold an empty group/);
    expect(call({ pairs: 1 })).toThrow(/options.pairs/);
    expect(call({ exactUpTo: 21 })).toThrow(/options.exactUpTo must be at most 20/);
  });
});
