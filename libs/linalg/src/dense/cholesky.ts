import { log } from '../special/log.js';
import { NotPositiveDefiniteError, InvalidArgumentError } from '../errors.js';
import { requireFinite, requireLength, requireSquare } from './checks.js';
import { dot } from './dot.js';
import { matrix, type Matrix } from './matrix.js';
import { triangularSolve } from './triangular.js';

const { abs, sqrt } = Math;

/**
 * A = L·Lᵀ with L lower triangular. `jitter` is what had to be added to the diagonal of A for that to hold: 0 when
 * nothing had to.
 */
export interface Cholesky {
  readonly L: Matrix;
  readonly jitter: number;
}

/** What is added to the diagonal, in turn, in units of the mean of the absolute diagonal. */
export const jitterLadder: readonly number[] = [0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4];

/**
 * The Cholesky factor of a symmetric A (n,n), of which only the lower triangle is read. Where a pivot is not positive the
 * next rung of `jitterLadder` is tried; after the last one a NotPositiveDefiniteError says so. O(n³/3).
 */
export function cholesky(A: Matrix): Cholesky {
  requireSquare('A', A);
  requireFinite('A', A.data);
  const n = A.rows;
  let scale = 0;
  for (let i = 0; i < n; i++) scale += abs(A.data[i * n + i]!);
  scale = n === 0 || scale === 0 ? 1 : scale / n;
  for (const rung of jitterLadder) {
    const L = matrix(n, n);
    const jitter = rung * scale;
    if (factorInto(L.data, A.data, n, jitter)) return { L, jitter };
  }
  throw new NotPositiveDefiniteError('A', jitterLadder.at(-1)! * scale);
}

/**
 * Row by row, two rows of L against two columns at a time: every inner loop runs along contiguous rows. False when a
 * pivot is not positive.
 */
function factorInto(L: Float64Array, A: Float64Array, n: number, jitter: number): boolean {
  for (let i = 0; i < n; i += 2) {
    const second = i + 1 < n;
    const rowI = i * n;
    const rowNext = rowI + n;
    for (let j = 0; j < i; j += 2) {
      // i is even, so j + 1 < i: the 2 × 2 block (i, i+1) × (j, j+1) is complete.
      const rowJ = j * n;
      const rowJ1 = rowJ + n;
      let s00 = A[rowI + j]!;
      let s01 = A[rowI + j + 1]!;
      let s10 = second ? A[rowNext + j]! : 0;
      let s11 = second ? A[rowNext + j + 1]! : 0;
      if (second) {
        for (let k = 0; k < j; k++) {
          const a0 = L[rowI + k]!;
          const a1 = L[rowNext + k]!;
          const b0 = L[rowJ + k]!;
          const b1 = L[rowJ1 + k]!;
          s00 -= a0 * b0;
          s01 -= a0 * b1;
          s10 -= a1 * b0;
          s11 -= a1 * b1;
        }
      } else {
        for (let k = 0; k < j; k++) {
          const a0 = L[rowI + k]!;
          s00 -= a0 * L[rowJ + k]!;
          s01 -= a0 * L[rowJ1 + k]!;
        }
      }
      const d0 = L[rowJ + j]!;
      const below = L[rowJ1 + j]!;
      const d1 = L[rowJ1 + j + 1]!;
      s00 /= d0;
      L[rowI + j] = s00;
      L[rowI + j + 1] = (s01 - s00 * below) / d1;
      if (second) {
        s10 /= d0;
        L[rowNext + j] = s10;
        L[rowNext + j + 1] = (s11 - s10 * below) / d1;
      }
    }
    const pivot = A[rowI + i]! + jitter - dot(L, rowI, L, rowI, i);
    if (!(pivot > 0)) return false;
    const d = sqrt(pivot);
    L[rowI + i] = d;
    if (second) {
      const below = (A[rowNext + i]! - dot(L, rowNext, L, rowI, i)) / d;
      L[rowNext + i] = below;
      const nextPivot = A[rowNext + i + 1]! + jitter - dot(L, rowNext, L, rowNext, i + 1);
      if (!(nextPivot > 0)) return false;
      L[rowNext + i + 1] = sqrt(nextPivot);
    }
  }
  return true;
}

/**
 * The factor of the (n+1, n+1) matrix that A = L·Lᵀ becomes when `column` (n) and `diagonal` are appended, in O(n²). The
 * same ladder of jitter as in `cholesky`, on the new pivot alone.
 */
export function choleskyAppend(L: Matrix, column: Float64Array, diagonal: number): Cholesky {
  requireSquare('L', L);
  requireLength('column', column, L.rows);
  requireFinite('column', column);
  if (!Number.isFinite(diagonal))
    throw new InvalidArgumentError('diagonal', `must be finite, not ${diagonal}`);
  const n = L.rows;
  const last = triangularSolve(L, column);
  const grown = matrix(n + 1, n + 1);
  for (let i = 0; i < n; i++) grown.data.set(L.data.subarray(i * n, i * n + i + 1), i * (n + 1));
  grown.data.set(last, n * (n + 1));
  const explained = dot(last, 0, last, 0, n);
  const scale = abs(diagonal) || 1;
  for (const rung of jitterLadder) {
    const pivot = diagonal + rung * scale - explained;
    if (pivot > 0) {
      grown.data[n * (n + 1) + n] = sqrt(pivot);
      return { L: grown, jitter: rung * scale };
    }
  }
  throw new NotPositiveDefiniteError('the matrix with the appended row', jitterLadder.at(-1)! * scale);
}

/** X with (L·Lᵀ)·X = B, for B a vector (n) or a matrix (n,k). */
export function choleskySolve(L: Matrix, B: Float64Array): Float64Array;
export function choleskySolve(L: Matrix, B: Matrix): Matrix;
export function choleskySolve(L: Matrix, B: Float64Array | Matrix): Float64Array | Matrix {
  return B instanceof Float64Array
    ? triangularSolve(L, triangularSolve(L, B), { transpose: true })
    : triangularSolve(L, triangularSolve(L, B), { transpose: true });
}

/** (L·Lᵀ)⁻¹ (n,n), symmetric to the bit, by way of L⁻ᵀ, whose rows are contiguous. O(n³·2/3). */
export function choleskyInverse(L: Matrix): Matrix {
  requireSquare('L', L);
  const n = L.rows;
  // T = L⁻ᵀ, upper: T[j,i] = −(Σ_{j≤k<i} L[i,k]·T[j,k]) / L[i,i]
  const T = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const diagonal = L.data[i * n + i]!;
    T[i * n + i] = 1 / diagonal;
    for (let j = 0; j < i; j++) T[j * n + i] = -dot(L.data, i * n + j, T, j * n + j, i - j) / diagonal;
  }
  const inverse = matrix(n, n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      const value = dot(T, a * n + a, T, b * n + a, n - a);
      inverse.data[a * n + b] = value;
      inverse.data[b * n + a] = value;
    }
  return inverse;
}

/** ln det(L·Lᵀ) = 2·Σ ln Lᵢᵢ, from the Cholesky factor L (n,n). */
export function logdet(L: Matrix): number {
  requireSquare('L', L);
  let sum = 0;
  for (let i = 0; i < L.rows; i++) sum += log(L.data[i * L.cols + i]!);
  return 2 * sum;
}
