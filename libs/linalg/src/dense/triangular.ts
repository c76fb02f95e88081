import { packedLength, padded } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireLength, requireNonzeroDiagonal, requireRows, requireSquare } from './checks.js';
import { dot } from './dot.js';
import { matrix, type Matrix } from './matrix.js';
import { loadLower } from './strips.js';

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
  requireNonzeroDiagonal('L', L);
  if (B instanceof Float64Array) {
    requireLength('B', B, L.rows);
    const x = Float64Array.from(B);
    if (options.transpose) backwardVector(L, x);
    else forwardVector(L, x);
    return x;
  }
  requireRows('B', B, L.rows);
  return solveMatrix(L, B, options.transpose ?? false);
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

/** Lᵀ·X = B turned over: with rows and columns from the last to the first, Lᵀ is a lower triangle too. */
function solveMatrix(L: Matrix, B: Matrix, transposed: boolean): Matrix {
  const n = padded(L.rows);
  const last = L.rows - 1;
  const core = currentCore();
  return core.scope((allocate) => {
    const triangle = loadLower(transposed ? turnedOver(L) : L, allocate);
    const [packed, inverses] = [allocate(packedLength(n)), allocate(n)];
    core.packTriangle(triangle, n, packed, inverses);
    const strips = padded(B.cols) / 4;
    const [V, squares] = [allocate(4 * n * strips), allocate(4 * strips)];
    const place = (i: number, j: number) => (j >> 2) * 4 * n + 4 * (transposed ? last - i : i) + (j & 3);
    const before = V.values;
    for (let i = 0; i < B.rows; i++)
      for (let j = 0; j < B.cols; j++) before[place(i, j)] = B.data[i * B.cols + j]!;
    core.solveStrips(packed, inverses, n, V, strips, squares);
    const X = matrix(B.rows, B.cols);
    const after = V.values;
    for (let i = 0; i < B.rows; i++)
      for (let j = 0; j < B.cols; j++) X.data[i * B.cols + j] = after[place(i, j)]!;
    return X;
  });
}

/** The lower triangle T[i,j] = L[n−1−j, n−1−i]. */
function turnedOver(L: Matrix): Matrix {
  const n = L.rows;
  const T = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) T.data[i * n + j] = L.data[(n - 1 - j) * n + (n - 1 - i)]!;
  return T;
}
