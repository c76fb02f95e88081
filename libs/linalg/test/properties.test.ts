import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cholesky,
  choleskyAppend,
  choleskyInverse,
  choleskySolve,
  conditionGaussian,
  gemm,
  identity,
  jitterLadder,
  latinHypercube,
  logdet,
  matrix,
  Philox,
  posteriorMarginals,
  singleKernel,
  svd,
  syrk,
  transpose,
  triangularSolve,
  type Matrix,
} from '../src/index.js';

const epsilon = 2 ** -52;
const seeds = fc.integer({ min: 1, max: 1e6 });
const sizes = fc.integer({ min: 1, max: 40 });

const normals = (rows: number, cols: number, seed: number | string): Matrix =>
  matrix(rows, cols, Philox.fromSeed(seed).normals(rows * cols));

/** Q of the QR of a random matrix, by Gram and Schmidt twice over. */
function orthonormal(n: number, seed: number): Matrix {
  const Q = normals(n, n, seed);
  for (let j = 0; j < n; j++) {
    for (let round = 0; round < 2; round++)
      for (let k = 0; k < j; k++) {
        let along = 0;
        for (let i = 0; i < n; i++) along += Q.data[i * n + j]! * Q.data[i * n + k]!;
        for (let i = 0; i < n; i++) Q.data[i * n + j] = Q.data[i * n + j]! - along * Q.data[i * n + k]!;
      }
    let length = 0;
    for (let i = 0; i < n; i++) length += Q.data[i * n + j]! ** 2;
    for (let i = 0; i < n; i++) Q.data[i * n + j] = Q.data[i * n + j]! / Math.sqrt(length);
  }
  return Q;
}

/** Symmetric, with eigenvalues from 1 down to 1/condition. */
function withCondition(n: number, condition: number, seed: number): Matrix {
  const Q = orthonormal(n, seed);
  const scaled = matrix(
    n,
    n,
    Q.data.map((value, at) => value * condition ** (-0.5 * (n === 1 ? 0 : (at % n) / (n - 1)))),
  );
  return syrk(scaled);
}

function largest(A: Matrix): number {
  return A.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function difference(A: Matrix, B: Matrix): number {
  expect([A.rows, A.cols]).toEqual([B.rows, B.cols]);
  return A.data.reduce((most, value, i) => Math.max(most, Math.abs(value - B.data[i]!)), 0);
}

describe('products', () => {
  it('are associative, distribute over sums and turn around when transposed, to rounding', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, seeds, (m, k, n, p, seed) => {
        const [A, B, C, D] = [
          normals(m, k, seed),
          normals(k, n, seed + 1),
          normals(n, p, seed + 2),
          normals(k, n, seed + 3),
        ];
        const AB = gemm(A, B);
        const bound =
          8 * (k + n) * epsilon * (1 + largest(A)) * (1 + largest(B)) * (1 + largest(C)) * (k + n);
        expect(difference(gemm(AB, C), gemm(A, gemm(B, C)))).toBeLessThanOrEqual(bound);
        const sum = matrix(
          k,
          n,
          B.data.map((value, i) => value + D.data[i]!),
        );
        const AD = gemm(A, D);
        const both = matrix(
          m,
          n,
          AB.data.map((value, i) => value + AD.data[i]!),
        );
        expect(difference(gemm(A, sum), both)).toBeLessThanOrEqual(bound);
        // The same products in the same order: to the bit.
        expect(transpose(gemm(transpose(B), transpose(A)))).toEqual(AB);
        expect(gemm(A, B, { transposeA: false })).toEqual(gemm(transpose(A), B, { transposeA: true }));
        expect(syrk(A)).toEqual(gemm(A, A, { transposeB: true }));
        expect(gemm(A, identity(k))).toEqual(A);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a factor', () => {
  it('multiplies back, solves, inverts and counts its determinant', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 6, noNaN: true }), seeds, (n, digits, seed) => {
        const condition = 10 ** digits;
        const A = withCondition(n, condition, seed);
        const { L, jitter } = cholesky(A);
        expect(jitter).toBe(0);
        expect(difference(syrk(L), A)).toBeLessThanOrEqual(4 * n * epsilon);
        const inverse = choleskyInverse(L);
        expect(difference(inverse, transpose(inverse))).toBe(0);
        expect(difference(gemm(A, inverse), identity(n))).toBeLessThanOrEqual(40 * n * condition * epsilon);
        const B = normals(n, 3, seed + 1);
        const X = choleskySolve(L, B);
        expect(difference(gemm(A, X), B)).toBeLessThanOrEqual(
          40 * n * condition * epsilon * (1 + largest(B)),
        );
        // det of the inverse
        expect(Math.abs(logdet(L) + logdet(cholesky(inverse).L))).toBeLessThanOrEqual(
          1e3 * n * n * condition * epsilon,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is as good as its matrix allows up to a condition of 10¹⁴, and takes no more jitter than it needs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 6, max: 14, noNaN: true }),
        seeds,
        (n, digits, seed) => {
          const A = withCondition(n, 10 ** digits, seed);
          const { L, jitter } = cholesky(A);
          const mean = A.data.reduce((sum, value, at) => sum + (at % (n + 1) === 0 ? value : 0), 0) / n;
          expect(jitter).toBeLessThanOrEqual(jitterLadder[2]! * mean);
          // Backward stable: whatever the condition, L·Lᵀ is the matrix that was given, jitter included.
          const jittered = matrix(
            n,
            n,
            A.data.map((value, at) => (at % (n + 1) === 0 ? value + jitter : value)),
          );
          expect(difference(syrk(L), jittered)).toBeLessThanOrEqual(4 * n * epsilon);
          const B = normals(n, 2, seed + 1);
          const X = choleskySolve(L, B);
          // The residual is small beside |A|·|X| although X itself may be far off.
          expect(difference(gemm(jittered, X), B)).toBeLessThanOrEqual(
            30 * n * epsilon * (n * largest(X) + largest(B)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not mind rows and columns in units that are 10¹⁵⁰ apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 24 }), seeds, (n, seed) => {
        const A = withCondition(n, 100, seed);
        const rng = Philox.fromSeed(seed);
        // Powers of two, so that scaling is exact and the factor must be the scaled factor to the bit.
        const scale = Float64Array.from({ length: n }, () => 2 ** Math.round(250 * (2 * rng.uniform() - 1)));
        const scaled = matrix(
          n,
          n,
          A.data.map((value, at) => value * scale[Math.floor(at / n)]! * scale[at % n]!),
        );
        const [plain, wide] = [cholesky(A), cholesky(scaled)];
        expect(wide.jitter).toBe(0);
        plain.L.data.forEach((value, at) => expect(wide.L.data[at]).toBe(value * scale[Math.floor(at / n)]!));
      }),
      { numRuns: 40 },
    );
  });

  it('of repeated rows is that of the matrix with the jitter that it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), seeds, (n, seed) => {
        const half = normals(n, 3, seed);
        const rows = matrix(2 * n, 3, Float64Array.from([...half.data, ...half.data]));
        const A = syrk(rows);
        const { L, jitter } = cholesky(A);
        const mean =
          A.data.reduce((sum, value, at) => sum + (at % (2 * n + 1) === 0 ? value : 0), 0) / (2 * n);
        expect(jitter).toBeLessThanOrEqual(jitterLadder[2]! * mean);
        const jittered = matrix(
          2 * n,
          2 * n,
          A.data.map((value, at) => (at % (2 * n + 1) === 0 ? value + jitter : value)),
        );
        expect(difference(syrk(L), jittered)).toBeLessThanOrEqual(8 * n * epsilon * (1 + largest(A)));
      }),
      { numRuns: 40 },
    );
  });

  it('grown by a row is the factor of the grown matrix', () => {
    fc.assert(
      fc.property(sizes, seeds, (n, seed) => {
        const A = withCondition(n + 1, 1e3, seed);
        const first = matrix(
          n,
          n,
          A.data.filter((_, at) => at % (n + 1) < n && at < n * (n + 1)),
        );
        const column = Float64Array.from({ length: n }, (_, i) => A.data[n * (n + 1) + i]!);
        const grown = choleskyAppend(cholesky(first).L, column, A.data.at(-1)!);
        expect(difference(grown.L, cholesky(A).L)).toBeLessThanOrEqual(1e3 * n * 100 * epsilon);
      }),
      { numRuns: 60 },
    );
  });
});

describe('triangular solves', () => {
  it('undo their products, forwards and backwards, one column like many', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 13 }), seeds, (n, k, seed) => {
        const { L } = cholesky(withCondition(n, 1e4, seed));
        const X = normals(n, k, seed + 1);
        for (const turned of [false, true]) {
          const B = gemm(L, X, { transposeA: turned });
          const solved = triangularSolve(L, B, { transpose: turned });
          expect(difference(solved, X)).toBeLessThanOrEqual(1e3 * n * epsilon * 100 * (1 + largest(X)));
          for (let j = 0; j < k; j++) {
            const column = Float64Array.from({ length: n }, (_, i) => B.data[i * k + j]!);
            const alone = triangularSolve(L, matrix(n, 1, column), { transpose: turned });
            for (let i = 0; i < n; i++) expect(alone.data[i]).toBe(solved.data[i * k + j]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('singular values', () => {
  it('are the roots of the eigenvalues of AᵀA, and multiply to the determinant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), seeds, (n, seed) => {
        const A = withCondition(n, 1e3, seed);
        const { values } = svd(A);
        const logs = values.reduce((sum, value) => sum + Math.log(value), 0);
        expect(Math.abs(logs - logdet(cholesky(A).L))).toBeLessThanOrEqual(1e6 * n * epsilon);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a Gaussian process', () => {
  const kernel = singleKernel('matern52', 2);
  const theta = Float64Array.of(0.3, -1, -0.5, -5, 0.2);

  it('does not depend on the order of its rows, to rounding, nor on moving all inputs together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), seeds, (n, seed) => {
        const rng = Philox.fromSeed(seed);
        const X = latinHypercube(2, n, rng);
        const y = rng.normals(n);
        const order = rng.permutation(n);
        const at = latinHypercube(2, 5, rng);
        const base = posteriorMarginals(conditionGaussian(kernel, theta, { X, y }), at);
        const shuffled = posteriorMarginals(
          conditionGaussian(kernel, theta, {
            X: matrix(n, 2, Float64Array.from(order.flatMap((i) => [X.data[2 * i]!, X.data[2 * i + 1]!]))),
            y: Float64Array.from(order, (i) => y[i]!),
          }),
          at,
        );
        const moved = (A: Matrix) =>
          matrix(
            A.rows,
            2,
            A.data.map((value) => value + 0.25),
          );
        const away = posteriorMarginals(conditionGaussian(kernel, theta, { X: moved(X), y }), moved(at));
        for (const other of [shuffled, away])
          for (let j = 0; j < 5; j++) {
            expect(Math.abs(other.mean[j]! - base.mean[j]!)).toBeLessThanOrEqual(1e-9);
            expect(Math.abs(other.variance[j]! - base.variance[j]!)).toBeLessThanOrEqual(1e-9);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('is never less sure for having seen more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), seeds, (n, seed) => {
        const rng = Philox.fromSeed(seed);
        const X = latinHypercube(2, n + 1, rng);
        const y = rng.normals(n + 1);
        const at = latinHypercube(2, 8, rng);
        const fewer = { X: matrix(n, 2, X.data.slice(0, 2 * n)), y: y.slice(0, n) };
        const before = posteriorMarginals(conditionGaussian(kernel, theta, fewer), at).variance;
        const after = posteriorMarginals(conditionGaussian(kernel, theta, { X, y }), at).variance;
        after.forEach((value, j) => expect(value).toBeLessThanOrEqual(before[j]! + 1e-12));
      }),
      { numRuns: 40 },
    );
  });
});
