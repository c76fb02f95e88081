import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, InvalidArgumentError, matrix, Philox } from '@ionloop/linalg';
import {
  averageRanks,
  correlationMap,
  pearson,
  spearman,
  varianceInflation,
} from '@ionloop/surrogates/analysis';
import { expectClose, fixture } from './fixture.js';

interface Golden {
  readonly X: number[][];
  readonly pearson: number[][];
  readonly spearman: number[][];
  readonly ranks: number[];
  readonly gaps: (number | null)[][];
  readonly gapsPearson: number[][];
  readonly gapsSpearman: number[][];
}

const golden = fixture<Golden>('correlation.json');
const flat = (map: readonly (readonly (number | null)[])[]) => map.flat() as number[];

describe('a correlation map', () => {
  it('agrees with the reference, ties among the ranks included', () => {
    const found = correlationMap(fromRows(golden.X));
    expectClose(flat(found.pearson), golden.pearson.flat());
    expectClose(flat(found.spearman), golden.spearman.flat());
    expect([...averageRanks(Float64Array.from(golden.X, (row) => row[1]!))]).toEqual(golden.ranks);
    expect(found.rows.flat().every((rows) => rows === 40)).toBe(true);
  });

  it('agrees with the reference where values are missing: each pair on the rows it shares', () => {
    const gaps = golden.gaps.map((row) => row.map((value) => value ?? NaN));
    const found = correlationMap(fromRows(gaps));
    expectClose(flat(found.pearson), golden.gapsPearson.flat());
    expectClose(flat(found.spearman), golden.gapsSpearman.flat());
    const shared = gaps.filter(([a, b]) => !Number.isNaN(a!) && !Number.isNaN(b!)).length;
    expect(found.rows[0]![1]).toBe(shared);
    expect(shared).toBeLessThan(40);
  });

  it('says null for what does not vary, even where its mean is not exact, and survives JSON', () => {
    const found = correlationMap(
      fromRows([
        [0.1, 1],
        [0.1, 2],
        [0.1, 4],
      ]),
    );
    expect(found.pearson).toEqual([
      [null, null],
      [null, 1],
    ]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(pearson(Float64Array.of(1, NaN), Float64Array.of(2, 3))).toBeNull();
  });

  it('is not upset by very large or very small values', () => {
    expect(
      pearson(Float64Array.of(1e300, 2e300, 4e300), Float64Array.of(1e-300, 2e-300, 4e-300)),
    ).toBeCloseTo(1, 14);
  });

  it('takes only the order of values into the rank correlation', () => {
    const columns = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
      minLength: 3,
      maxLength: 30,
    });
    fc.assert(
      fc.property(columns, (pairs) => {
        const x = Float64Array.from(pairs, ([a]) => a);
        const y = Float64Array.from(pairs, ([, b]) => b);
        const before = spearman(x, y);
        expect(
          spearman(
            x.map((value) => value ** 3),
            y,
          ),
        ).toBe(before);
        expect(spearman(y, x)).toBe(before);
        const opposite = spearman(
          x.map((value) => -value),
          y,
        );
        if (before === null) expect(opposite).toBeNull();
        else expect(opposite).toBeCloseTo(-before, 12);
      }),
    );
  });

  it('is the same whatever the units and the order of rows, and within −1 … 1', () => {
    const level = fc.integer({ min: -10_000, max: 10_000 }).map((value) => value / 999);
    const rows = fc.array(fc.tuple(level, level), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const x = Float64Array.from(pairs, ([a]) => a);
        const y = Float64Array.from(pairs, ([, b]) => b);
        const r = pearson(x, y);
        expect(
          pearson(
            x.map((value) => 1024 * value),
            y,
          ),
        ).toBe(r);
        if (r === null) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(pearson(x, x)).toBe(1);
        expect(pearson(x.toReversed(), y.toReversed())).toBeCloseTo(r, 12);
      }),
    );
  });

  it('refuses what has no correlation', () => {
    expect(() => averageRanks(Float64Array.of(1, NaN))).toThrow(/values must not be NaN/);
    expect(() => correlationMap(matrix(1, 2))).toThrow(
      new InvalidArgumentError('X', 'must have at least 2 rows, not 1'),
    );
    expect(() =>
      correlationMap(
        fromRows([
          [1, Infinity],
          [0, 1],
        ]),
      ),
    ).toThrow(/X must not be infinite/);
    expect(() => pearson(Float64Array.of(1, 2), Float64Array.of(1))).toThrow(/y must hold 2 numbers/);
  });
});

describe('variance inflation', () => {
  const { X, vif } = fixture<{ X: number[][]; vif: number[] }>('inflation.json');

  it('agrees with the reference', () => {
    const found = varianceInflation(fromRows(X));
    found.forEach(({ factor, collinearWith }, j) => {
      expect(Math.abs(factor! / vif[j]! - 1)).toBeLessThan(1e-10);
      expect(collinearWith).toEqual([]);
    });
    expect(vif[0]).toBeGreaterThan(50);
  });

  it('names the columns of a combination, and leaves the others as they were without it', () => {
    const rng = Philox.fromSeed('fractions');
    const rows = Array.from({ length: 40 }, () => {
      const [a, b, c, d] = Array.from({ length: 4 }, () => rng.uniform()) as [number, number, number, number];
      const all = a + b + c;
      return [a / all, d, b / all, 7, c / all, 0.5 * d + 0.1 * a + rng.uniform()];
    });
    const found = varianceInflation(fromRows(rows));
    expect(found.map(({ column }) => column)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found[0]).toEqual({ column: 0, factor: null, collinearWith: [2, 4] });
    expect(found[2]!.collinearWith).toEqual([0, 4]);
    expect(found[3]).toEqual({ column: 3, factor: null, collinearWith: [] });
    const without = varianceInflation(fromRows(rows.map((row) => [row[0]!, row[1]!, row[2]!, row[5]!])));
    expect(found[1]!.factor).toBeCloseTo(without[1]!.factor!, 10);
    expect(found[5]!.factor).toBeCloseTo(without[3]!.factor!, 10);
  });

  it('does not depend on units, and is 1 for a column alone', () => {
    const scaled = X.map((row) => row.map((value, j) => value * [1000, 1, 1e-6, 3][j]! + 5));
    const found = varianceInflation(fromRows(scaled));
    found.forEach(({ factor }, j) => expect(Math.abs(factor! / vif[j]! - 1)).toBeLessThan(1e-8));
    expect(varianceInflation(fromRows([[1], [2], [4]]))).toEqual([
      { column: 0, factor: 1, collinearWith: [] },
    ]);
  });

  it('refuses gaps and single rows', () => {
    expect(() =>
      varianceInflation(
        fromRows([
          [1, NaN],
          [2, 3],
        ]),
      ),
    ).toThrow(InvalidArgumentError);
    expect(() => varianceInflation(matrix(1, 2))).toThrow(/X must have at least 2 rows/);
    expect(() => varianceInflation(matrix(3, 0))).toThrow(/X must have at least one column/);
  });
});
