import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, gemm, matrix, Philox, svd, transpose, type Matrix } from '../src/index.js';

const randomMatrix = (rows: number, cols: number, seed: number) =>
  matrix(rows, cols, Philox.fromSeed(seed).normals(rows * cols));

function largestDifference(A: Matrix, B: Matrix): number {
  expect([A.rows, A.cols]).toEqual([B.rows, B.cols]);
  return A.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - B.data[i]!)), 0);
}

function product(A: Matrix, values: Float64Array, V: Matrix): Matrix {
  const scaled = matrix(A.rows, A.cols);
  A.data.forEach((value, at) => (scaled.data[at] = value * values[at % A.cols]!));
  return gemm(scaled, transpose(V));
}

function fromIdentity(Q: Matrix): number {
  const gram = gemm(transpose(Q), Q);
  return gram.data.reduce(
    (largest, value, at) => Math.max(largest, Math.abs(value - (at % (Q.cols + 1) === 0 ? 1 : 0))),
    0,
  );
}

function expectDecomposition(A: Matrix): void {
  const { U, values, V } = svd(A);
  const r = Math.min(A.rows, A.cols);
  expect([U.rows, U.cols, values.length, V.rows, V.cols]).toEqual([A.rows, r, r, A.cols, r]);
  for (let i = 0; i < r; i++) expect(values[i]! >= 0 && (i === 0 || values[i]! <= values[i - 1]!)).toBe(true);
  const size = values[0] ?? 1;
  expect(largestDifference(product(U, values, V), A)).toBeLessThanOrEqual(1e-13 * size);
  expect(fromIdentity(U)).toBeLessThan(1e-13);
  expect(fromIdentity(V)).toBeLessThan(1e-13);
}

describe('svd', () => {
  it('takes tall, wide and square matrices apart and puts them together again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        (rows, cols, seed) => expectDecomposition(randomMatrix(rows, cols, seed)),
      ),
    );
  });

  it('gives orthonormal vectors where the rank is deficient', () => {
    const A = gemm(randomMatrix(9, 2, 1), randomMatrix(2, 6, 2));
    expectDecomposition(A);
    const { values } = svd(A);
    expect(values[1]!).toBeGreaterThan(0.1);
    for (const value of values.slice(2)) expect(value).toBeLessThan(1e-14 * values[0]!);
    expectDecomposition(matrix(4, 3));
    expectDecomposition(matrix(2, 5, new Float64Array(10).fill(1)));
  });

  it.each([1e-150, 1e150])('does not lose its digits at the scale %d', (scale) => {
    const A = randomMatrix(5, 4, 3);
    expectDecomposition(
      matrix(
        5,
        4,
        A.data.map((value) => value * scale),
      ),
    );
  });

  it('knows the values of small examples', () => {
    const { U, values, V } = svd(fromRows([[-3]]));
    expect([U.data[0], values[0], V.data[0]]).toEqual([-1, 3, 1]);
    // AᵀA = [[25, 20], [20, 25]] has the eigenvalues 45 and 5.
    const known = svd(
      fromRows([
        [3, 0],
        [4, 5],
      ]),
    );
    expect(known.values[0]).toBeCloseTo(Math.sqrt(45), 13);
    expect(known.values[1]).toBeCloseTo(Math.sqrt(5), 13);
    expect(known.V.data[0]!).toBeCloseTo(Math.SQRT1_2, 13);
  });

  it('makes the largest element of each right vector positive, so that negating changes U alone', () => {
    const A = randomMatrix(7, 4, 4);
    const { U, values, V } = svd(A);
    for (let j = 0; j < 4; j++) {
      const column = Array.from({ length: 4 }, (_, i) => V.data[i * 4 + j]!);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
    }
    const negated = svd(
      matrix(
        7,
        4,
        A.data.map((value) => -value),
      ),
    );
    expect(negated.values).toEqual(values);
    expect(largestDifference(negated.V, V)).toBeLessThan(1e-14);
    expect(
      largestDifference(
        matrix(
          7,
          4,
          negated.U.data.map((value) => -value),
        ),
        U,
      ),
    ).toBeLessThan(1e-14);
  });

  it.each([
    [0, 0],
    [0, 3],
    [3, 0],
  ])('of an empty matrix, %d × %d, is empty', (rows, cols) => {
    const { U, values, V } = svd(matrix(rows, cols));
    expect([U.rows, U.cols, values.length, V.rows, V.cols]).toEqual([rows, 0, 0, cols, 0]);
  });

  it('refuses what is not finite', () => {
    expect(() => svd(fromRows([[1, NaN]]))).toThrow('A must be finite; element 1 is NaN');
  });
});
