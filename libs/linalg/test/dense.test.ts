import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cholesky,
  choleskyAppend,
  choleskyInverse,
  choleskySolve,
  fromRows,
  gemm,
  identity,
  InvalidArgumentError,
  logdet,
  matrix,
  NotPositiveDefiniteError,
  Philox,
  row,
  selectRows,
  symmetricEigen,
  syrk,
  toRows,
  transpose,
  triangularSolve,
  type Matrix,
} from '../src/index.js';

function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  const rng = Philox.fromSeed(seed);
  return matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => rng.normal()),
  );
}

/** B·Bᵀ + ridge·I */
function positiveDefinite(n: number, seed: number, ridge = 0.1): Matrix {
  const A = syrk(randomMatrix(n, n, seed));
  for (let i = 0; i < n; i++) A.data[i * n + i]! += ridge;
  return A;
}

function largestDifference(A: Matrix | Float64Array, B: Matrix | Float64Array): number {
  const a = A instanceof Float64Array ? A : A.data;
  const b = B instanceof Float64Array ? B : B.data;
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const sizes = fc.integer({ min: 1, max: 33 });
const seeds = fc.integer({ min: 0, max: 1e6 });

describe('Matrix', () => {
  it('is made of rows and read back', () => {
    const A = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(A).toMatchObject({ rows: 2, cols: 3 });
    expect(toRows(transpose(A))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect([...row(A, 1)]).toEqual([4, 5, 6]);
    expect(toRows(selectRows(A, [1, 0, 1]))).toEqual([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('refuses a shape that does not fit, naming the argument', () => {
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow('data must hold 2 × 2 = 4 numbers, not 3');
    expect(() => matrix(-1, 2)).toThrow('rows must be a whole number');
    expect(() => fromRows([[1, 2], [3]])).toThrow('rows must all be 2 long; row 1 is 1 long');
    expect(() => selectRows(identity(2), [2])).toThrow('indices must lie in 0 … 1');
  });
});

describe('cholesky', () => {
  it('gives a lower factor whose product is the matrix', () => {
    fc.assert(
      fc.property(sizes, seeds, (n, seed) => {
        const A = positiveDefinite(n, seed);
        const { L, jitter } = cholesky(A);
        expect(jitter).toBe(0);
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(L.data[i * n + j]).toBe(0);
        expect(largestDifference(syrk(L), A)).toBeLessThan(1e-12 * n);
      }),
    );
  });

  it('solves, inverts and takes the determinant', () => {
    fc.assert(
      fc.property(sizes, seeds, (n, seed) => {
        const A = positiveDefinite(n, seed, 1);
        const { L } = cholesky(A);
        const X = randomMatrix(n, 3, seed + 1);
        expect(largestDifference(choleskySolve(L, gemm(A, X)), X)).toBeLessThan(1e-9);
        const x = row(transpose(X), 0).slice();
        expect(largestDifference(choleskySolve(L, gemm(A, matrix(n, 1, x)).data), x)).toBeLessThan(1e-9);
        expect(largestDifference(gemm(A, choleskyInverse(L)), identity(n))).toBeLessThan(1e-9);
        const product = symmetricEigen(A).values.reduce((sum, value) => sum + Math.log(value), 0);
        expect(Math.abs(logdet(L) - product)).toBeLessThan(1e-9);
      }),
    );
  });

  it('adds jitter to a singular matrix by the ladder and says how much', () => {
    const ones = matrix(4, 4, new Float64Array(16).fill(1));
    const { L, jitter } = cholesky(ones);
    expect(jitter).toBeGreaterThan(0);
    expect(jitter).toBeLessThanOrEqual(1e-10);
    expect(largestDifference(syrk(L), ones)).toBeLessThan(1e-9);
  });

  it('stays close on a badly conditioned Hilbert matrix', () => {
    const n = 12;
    const H = matrix(n, n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) H.data[i * n + j] = 1 / (i + j + 1);
    const { L, jitter } = cholesky(H);
    expect(jitter).toBeLessThan(1e-9);
    expect(largestDifference(syrk(L), H)).toBeLessThan(1e-9);
  });

  it('refuses what is indefinite, not square or not finite, naming the argument', () => {
    expect(() =>
      cholesky(
        fromRows([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toThrow(NotPositiveDefiniteError);
    expect(() => cholesky(matrix(2, 3))).toThrow('A must be square, not 2 × 3');
    expect(() =>
      cholesky(
        fromRows([
          [1, 0],
          [NaN, 1],
        ]),
      ),
    ).toThrow('A must be finite; element 2 is NaN');
    // Wherever it stands: on the diagonal an infinity would pass for a pivot.
    for (const value of [NaN, Infinity, -Infinity])
      for (const [row, col] of [
        [0, 0],
        [2, 0],
        [3, 2],
        [4, 4],
      ] as const) {
        const A = identity(5);
        A.data[5 * row + col] = value;
        expect(() => cholesky(A)).toThrow(`A must be finite; element ${5 * row + col} is ${value}`);
      }
  });

  it('appends a row as if it had been there from the start', () => {
    fc.assert(
      fc.property(sizes, seeds, (n, seed) => {
        const A = positiveDefinite(n + 1, seed);
        const head = matrix(n, n);
        const column = new Float64Array(n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) head.data[i * n + j] = A.data[i * (n + 1) + j]!;
          column[i] = A.data[n * (n + 1) + i]!;
        }
        const { L } = choleskyAppend(cholesky(head).L, column, A.data[n * (n + 1) + n]!);
        expect(largestDifference(L, cholesky(A).L)).toBeLessThan(1e-8);
      }),
    );
  });

  it('appends a repeated row with jitter', () => {
    const { jitter } = choleskyAppend(cholesky(identity(2)).L, Float64Array.of(1, 0), 1);
    expect(jitter).toBeGreaterThan(0);
  });
});

describe('triangularSolve', () => {
  it('solves with L and with its transpose, vectors and matrices alike', () => {
    fc.assert(
      fc.property(sizes, seeds, (n, seed) => {
        const { L } = cholesky(positiveDefinite(n, seed, 1));
        const X = randomMatrix(n, 5, seed + 2);
        expect(largestDifference(triangularSolve(L, gemm(L, X)), X)).toBeLessThan(1e-9);
        const B = gemm(L, X, { transposeA: true });
        expect(largestDifference(triangularSolve(L, B, { transpose: true }), X)).toBeLessThan(1e-9);
        const b = transpose(B).data.slice(0, n);
        expect(
          largestDifference(triangularSolve(L, b, { transpose: true }), transpose(X).data.slice(0, n)),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  it('refuses a singular factor and a right-hand side that does not fit', () => {
    expect(() => triangularSolve(matrix(2, 2), new Float64Array(2))).toThrow('L is singular');
    expect(() => triangularSolve(identity(2), new Float64Array(3))).toThrow('B must hold 2 numbers, not 3');
    expect(() => triangularSolve(identity(2), matrix(3, 1))).toThrow('B must have 2 rows, not 3');
  });
});

describe('gemm and syrk', () => {
  it('agree with the definition, transposed or not', () => {
    const A = randomMatrix(4, 7, 1);
    const B = randomMatrix(7, 3, 2);
    const C = gemm(A, B);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let k = 0; k < 7; k++) sum += A.data[i * 7 + k]! * B.data[k * 3 + j]!;
        expect(C.data[i * 3 + j]).toBeCloseTo(sum, 12);
      }
    expect(gemm(transpose(A), B, { transposeA: true }).data).toEqual(C.data);
    expect(gemm(A, transpose(B), { transposeB: true }).data).toEqual(C.data);
    expect(largestDifference(syrk(A), gemm(A, A, { transposeB: true }))).toBe(0);
    expect(largestDifference(syrk(A, { transpose: true }), gemm(A, A, { transposeA: true }))).toBe(0);
  });

  it('refuse shapes that do not fit', () => {
    expect(() => gemm(matrix(2, 3), matrix(2, 3))).toThrow(InvalidArgumentError);
  });
});

/** |10 − i| on the diagonal, 1 beside it. */
function wilkinson(i: number, j: number): number {
  if (i === j) return Math.abs(10 - i);
  return Math.abs(i - j) === 1 ? 1 : 0;
}

describe('symmetricEigen', () => {
  it('takes a symmetric matrix apart, values ascending', () => {
    const A = positiveDefinite(6, 3);
    const { values, vectors } = symmetricEigen(A);
    expect([...values].sort((a, b) => a - b)).toEqual([...values]);
    expect(largestDifference(syrk(vectors), identity(6))).toBeLessThan(1e-12);
    const scaled = matrix(
      6,
      6,
      Float64Array.from(vectors.data, (v, at) => v * values[at % 6]!),
    );
    expect(largestDifference(gemm(scaled, vectors, { transposeB: true }), A)).toBeLessThan(1e-11);
  });

  it('finds the eigenpairs of second differences, which are known', () => {
    const n = 40;
    const A = matrix(n, n);
    for (let i = 0; i < n; i++) {
      A.data[i * n + i] = 2;
      if (i > 0) A.data[i * n + i - 1] = A.data[(i - 1) * n + i] = -1;
    }
    const { values, vectors } = symmetricEigen(A);
    for (let k = 0; k < n; k++) {
      const step = ((k + 1) * Math.PI) / (n + 1);
      expect(Math.abs(values[k]! - (2 - 2 * Math.cos(step)))).toBeLessThan(1e-13);
      // sin((i + 1)·step), of length 1; the sign is that of the largest element.
      const overlap = Array.from(
        { length: n },
        (_, i) => vectors.data[i * n + k]! * Math.sin((i + 1) * step) * Math.sqrt(2 / (n + 1)),
      ).reduce((sum, value) => sum + value, 0);
      expect(Math.abs(Math.abs(overlap) - 1)).toBeLessThan(1e-13);
      const column = Array.from({ length: n }, (_, i) => vectors.data[i * n + k]!);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
    }
  });

  it.each([
    ['of Wilkinson, with pairs that almost agree', 21, (i: number, j: number) => wilkinson(i, j)],
    ['of rank one beside the identity', 30, (i: number, j: number) => (i === j ? 2 : 1)],
    ['of zeros', 4, () => 0],
    ['of one row', 1, () => -3],
    ['that is diagonal', 7, (i: number, j: number) => (i === j ? 3 - i : 0)],
    ['in blocks', 12, (i: number, j: number) => (i >> 2 === j >> 2 ? 1 / (i + j + 1) : 0)],
    ['of huge numbers', 9, (i: number, j: number) => 1e200 / (i + j + 1)],
    ['of tiny numbers', 9, (i: number, j: number) => 1e-200 / (i + j + 1)],
  ])('holds A·V = V·diag(values) and Vᵀ·V = I for a matrix %s', (_name, n, element) => {
    const A = matrix(n, n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) A.data[i * n + j] = element(i, j);
    const size = A.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const { values, vectors } = symmetricEigen(A);
    const scaled = matrix(
      n,
      n,
      vectors.data.map((v, at) => (v * values[at % n]!) / size),
    );
    const product = gemm(
      matrix(
        n,
        n,
        A.data.map((value) => value / size),
      ),
      vectors,
    );
    expect(largestDifference(product, scaled)).toBeLessThan(1e-13);
    expect(largestDifference(gemm(vectors, vectors, { transposeA: true }), identity(n))).toBeLessThan(1e-13);
    expect([...values].sort((a, b) => a - b)).toEqual([...values]);
  });

  it('reads the lower triangle alone, and nothing of no rows', () => {
    const A = positiveDefinite(5, 4);
    const other = matrix(5, 5, A.data.slice());
    for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) other.data[i * 5 + j] = 7;
    expect(symmetricEigen(other)).toEqual(symmetricEigen(A));
    expect(symmetricEigen(matrix(0, 0)).values).toHaveLength(0);
  });
});
