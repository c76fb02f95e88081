import { InvalidArgumentError } from '../errors.js';
import { requireLength, requireRows, requireSquare } from './checks.js';
import { dot } from './dot.js';
import { matrix, type Matrix } from './matrix.js';

/**
 * X with L·X = B, or Lᵀ·X = B with `transpose`, for L lower triangular (n,n), whose upper part is not read, and B a vector (n)
 * or a matrix (n,k). A zero on the diagonal is an error. O(n²k).
 */
export function triangularSolve(L: Matrix, B: Float64Array, options?: { transpose?: boolean }): Float64Array;
export function triangularSolve(L: Matrix, B: Matrix, options?: { transpose?: boolean }): Matrix;
export function triangularSolve(
  L: Matrix,
  B: Float64Array | Matrix,
  options: { transpose?: boolean } = {},
): Float64Array | Matrix {
  requireSquare('L', L);
  for (let i = 0; i < L.rows; i++)
    if (L.data[i * L.cols + i] === 0)
      throw new InvalidArgumentError('L', `is singular: its diagonal element ${i} is 0`);
  if (B instanceof Float64Array) {
    requireLength('B', B, L.rows);
    const x = Float64Array.from(B);
    if (options.transpose) backwardVector(L, x);
    else forwardVector(L, x);
    return x;
  }
  requireRows('B', B, L.rows);
  const X = matrix(B.rows, B.cols, Float64Array.from(B.data));
  if (options.transpose) backward(L, X);
  else forward(L, X);
  return X;
}

function forwardVector(L: Matrix, x: Float64Array): void {
  const n = L.rows;
  for (let i = 0; i < n; i++) x[i] = (x[i]! - dot(L.data, i * n, x, 0, i)) / L.data[i * n + i]!;
}

/** By rows of L, from the last: once x[i] is known it is taken out of the equations above. */
function backwardVector(L: Matrix, x: Float64Array): void {
  const n = L.rows;
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / L.data[i * n + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = x[k]! - L.data[i * n + k]! * value;
  }
}

/** Four columns-wide updates of contiguous rows: X[i,:] −= L[i,k]·X[k,:], then divided by the diagonal. */
function forward(L: Matrix, X: Matrix): void {
  const n = L.rows;
  const m = X.cols;
  const x = X.data;
  for (let i = 0; i < n; i++) {
    const target = i * m;
    let k = 0;
    for (; k + 3 < i; k += 4) subtractFour(x, target, m, L.data, i * n + k, 1, k * m);
    for (; k < i; k++) {
      const factor = L.data[i * n + k]!;
      for (let c = 0; c < m; c++) x[target + c] = x[target + c]! - factor * x[k * m + c]!;
    }
    const diagonal = L.data[i * n + i]!;
    for (let c = 0; c < m; c++) x[target + c] = x[target + c]! / diagonal;
  }
}

function backward(L: Matrix, X: Matrix): void {
  const n = L.rows;
  const m = X.cols;
  const x = X.data;
  for (let i = n - 1; i >= 0; i--) {
    const target = i * m;
    let k = i + 1;
    for (; k + 3 < n; k += 4) subtractFour(x, target, m, L.data, k * n + i, n, k * m);
    for (; k < n; k++) {
      const factor = L.data[k * n + i]!;
      for (let c = 0; c < m; c++) x[target + c] = x[target + c]! - factor * x[k * m + c]!;
    }
    const diagonal = L.data[i * n + i]!;
    for (let c = 0; c < m; c++) x[target + c] = x[target + c]! / diagonal;
  }
}

/** x[target + c] −= Σ_{q<4} l[at + q·step]·x[source + q·m + c] for the m columns c. */
function subtractFour(
  x: Float64Array,
  target: number,
  m: number,
  l: Float64Array,
  at: number,
  step: number,
  source: number,
): void {
  const f0 = l[at]!;
  const f1 = l[at + step]!;
  const f2 = l[at + 2 * step]!;
  const f3 = l[at + 3 * step]!;
  for (let c = 0; c < m; c++) {
    const s = source + c;
    x[target + c] =
      x[target + c]! - (f0 * x[s]! + f1 * x[s + m]! + (f2 * x[s + 2 * m]! + f3 * x[s + 3 * m]!));
  }
}
