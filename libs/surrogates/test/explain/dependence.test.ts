import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, matrix, Philox, selectRows } from '@ionloop/linalg';
import { nearestTested, partialDependence, partialDependence2 } from '@ionloop/surrogates';
import { quantileGrid } from '../../src/explain/grid.js';
import { expectClose, fixture } from '../analysis/fixture.js';
import { knownModel, tangled } from './knownModel.js';

const golden = fixture<{
  X: number[][];
  values: number[];
  column0: number[];
  row7: number[];
  columns03: number[][];
  quantiles: number[];
}>('dependence.json');
const X = fromRows(golden.X);
const model = knownModel(4, (x) => tangled([...x, x[0]!]));

describe('partial dependence', () => {
  it('and the curve of one row agree with the reference', () => {
    const found = partialDependence(model, X, 0, { values: golden.values, rows: [7] });
    expectClose(found.mean, golden.column0);
    expectClose(found.curves[0]!.mean, golden.row7);
    expect(found.curves[0]!.row).toBe(7);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('of two columns agrees with the reference', () => {
    const found = partialDependence2(model, X, [0, 3], { values: [golden.values, golden.values] });
    expectClose(found.mean.flat(), golden.columns03.flat());
    const turned = partialDependence2(model, X, [3, 0], { values: [golden.values, golden.values] });
    expectClose(
      turned.mean.map((line) => line[1]!),
      found.mean[1]!,
    );
  });

  it('takes the quantiles of the column, or its values where they are few', () => {
    expectClose(quantileGrid(X, 1, 7), golden.quantiles);
    expect(quantileGrid(fromRows([[2], [1], [2], [NaN]]), 0, 5)).toEqual([1, 2]);
    expect(quantileGrid(fromRows([[0], [0], [0], [0], [0], [0], [0], [1], [2], [3]]), 0, 3)).toEqual([0, 3]);
    expect(partialDependence(model, X, 2).values).toHaveLength(20);
    expect(partialDependence2(model, X, [1, 2], { points: 3 }).values.map((one) => one.length)).toEqual([
      3, 3,
    ]);
  });

  it('carries the interval of the model, at the coverage asked for', () => {
    const unsure = knownModel(
      2,
      ([a]) => a!,
      ([a, b]) => a! + b!,
    );
    const rows = fromRows([
      [0, 1],
      [0, 3],
    ]);
    const { mean, lower, upper, curves } = partialDependence(unsure, rows, 0, { values: [0, 5], rows: [1] });
    expect(mean).toEqual([0, 5]);
    // The mean of the standard deviations is 2, then 7.
    expectClose(upper, [1.959963984540054 * 2, 5 + 1.959963984540054 * 7]);
    expectClose(lower, [-1.959963984540054 * 2, 5 - 1.959963984540054 * 7]);
    expectClose(curves[0]!.upper, [1.959963984540054 * 3, 5 + 1.959963984540054 * 8]);
    const half = partialDependence(unsure, rows, 0, { values: [0], coverage: 0.5 });
    expectClose(half.upper, [0.6744897501960817 * 2]);
    const plane = partialDependence2(unsure, rows, [0, 1], { values: [[1], [2]] });
    expectClose(plane.upper.flat(), [1 + 1.959963984540054 * 3]);
  });

  it('of a sum is its own part of it, shifted, whatever the order of rows', () => {
    const additive = knownModel(3, ([a, b, c]) => a! * a! + 2 * b! + c!);
    const rows = selectRows(
      fromRows(golden.X.map((row) => row.slice(0, 3))),
      Array.from({ length: 50 }, (_, i) => i),
    );
    const { mean, values } = partialDependence(additive, rows, 0);
    values.forEach((value, g) => expect(mean[g]! - mean[0]!).toBeCloseTo(value ** 2 - values[0]! ** 2, 12));
    const turned = selectRows(rows, Philox.fromSeed(1).permutation(50));
    expectClose(partialDependence(additive, turned, 0).mean, mean);
  });

  it('takes 2000 rows of 50 columns', () => {
    const first = knownModel(50, ([a]) => a!);
    const before = performance.now();
    expect(partialDependence(first, matrix(2000, 50), 0, { values: [1, 2, 3], rows: [1999] }).mean).toEqual([
      1, 2, 3,
    ]);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('refuses what it cannot use', () => {
    expect(() => partialDependence(model, X, 4)).toThrow(/column must name columns 0 … 3; found 4/);
    expect(() => partialDependence(model, X, 0, { values: [] })).toThrow(/options.values must hold/);
    expect(() => partialDependence(model, X, 0, { values: [NaN] })).toThrow(/options.values must be finite/);
    expect(() => partialDependence(model, X, 0, { points: 1 })).toThrow(/options.points/);
    expect(() => partialDependence(model, X, 0, { coverage: 1 })).toThrow(/options.coverage/);
    expect(() => partialDependence(model, X, 0, { rows: [200] })).toThrow(
      /options.rows must name rows 0 … 199/,
    );
    expect(() => partialDependence(model, matrix(0, 4), 0)).toThrow(/X must have at least one row/);
    expect(() => partialDependence2(model, X, [1, 1])).toThrow(/columns must be two different/);
    expect(() => partialDependence2(model, X, [1, 9])).toThrow(/columns must name/);
    expect(() => partialDependence(model, fromRows([[NaN, 1, 1, 1]]), 0)).toThrow(
      /X must have a value in column 0/,
    );
  });
});

describe('the nearest tested rows', () => {
  const tested = fromRows([
    [0, 0, 7],
    [10, 0, 7],
    [0, 2, 7],
    [10, 2, 7],
  ]);

  it('are counted in the ranges of the columns, ties by the first row', () => {
    const [found] = nearestTested(tested, fromRows([[5, 0.5, 7]]), { count: 3 });
    expect(found!.map(({ row }) => row)).toEqual([0, 1, 2]);
    expect(found![0]!.distance).toBeCloseTo(Math.sqrt(0.25 + 0.0625), 14);
    expect(found![0]!.steps).toEqual([0.5, 0.25, 0]);
  });

  it('count in given scales, and a column that does not vary in its own unit', () => {
    const [found] = nearestTested(tested, fromRows([[4, 0, 9]]), { count: 1, scales: [100, 1, 1] });
    expect(found).toEqual([{ row: 0, distance: Math.sqrt(0.04 * 0.04 + 4), steps: [0.04, 0, 2] }]);
    expect(nearestTested(tested, fromRows([[0, 0, 9]]))[0]![0]!.distance).toBe(2);
    expect(nearestTested(tested, tested, { count: 9 })[3]).toHaveLength(4);
  });

  it('are those that sorting all finds, and the row itself at 0', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (pairs, count) => {
        const table = fromRows(pairs.map((pair) => [...pair]));
        const [found] = nearestTested(table, fromRows([[3, 3]]), { count, scales: [1, 1] });
        const all = pairs
          .map(([a, b], row) => ({ row, distance: Math.sqrt((3 - a) ** 2 + (3 - b) ** 2) }))
          .sort((a, b) => a.distance - b.distance || a.row - b.row);
        expect(found!.map(({ row }) => row)).toEqual(all.slice(0, count).map(({ row }) => row));
        expect(nearestTested(table, table, { count: 1 }).every(([one]) => one!.distance === 0)).toBe(true);
      }),
    );
  });

  it('refuse what they cannot use', () => {
    expect(() => nearestTested(matrix(0, 2), matrix(1, 2))).toThrow(/tested must have at least one row/);
    expect(() => nearestTested(tested, matrix(1, 2))).toThrow(/candidates must have 3 columns/);
    expect(() => nearestTested(tested, fromRows([[NaN, 0, 0]]))).toThrow(/candidates must be finite/);
    expect(() => nearestTested(tested, tested, { count: 0 })).toThrow(/options.count/);
    expect(() => nearestTested(tested, tested, { scales: [1, 1] })).toThrow(/options.scales must hold 3/);
    expect(() => nearestTested(tested, tested, { scales: [1, 0, 1] })).toThrow(
      /options.scales must hold finite/,
    );
  });
});
