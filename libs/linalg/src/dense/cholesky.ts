import { log } from '../special/log.js';
import { NotPositiveDefiniteError, InvalidArgumentError } from '../errors.js';
import { packedLength, padded } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireFinite, requireLength, requireNonzeroDiagonal, requireSquare } from './checks.js';
import { dot } from './dot.js';
import { jitterLadder } from './jitter.js';
import { matrix, requireMatrix, type Matrix } from './matrix.js';
import { loadLower, readNegated, readPacked } from './strips.js';
import { triangularSolve } from './triangular.js';

const { abs, sqrt } = Math;
const { isFinite } = Number;

/**
 * A = L·Lᵀ with L lower triangular. `jitter` is what had to be added to the diagonal of A for that to hold: 0 when
 * nothing had to.
 */
export interface Cholesky {
  readonly L: Matrix;
  readonly jitter: number;
}

/**
 * The Cholesky factor of a symmetric A (n,n), of which only the lower triangle is read. Where a pivot is not positive the
 * next rung of `jitterLadder` is tried; after the last one a NotPositiveDefiniteError says so. O(n³/3).
 */
export function cholesky(A: Matrix): Cholesky {
  requireSquare('A', A);
  requireMatrix('A', A);
  const n = A.rows;
  const core = currentCore();
  return core.scope((allocate) => {
    const block = loadLower(A, allocate);
    const [packed, inverses] = [allocate(packedLength(padded(n)), 'unset'), allocate(padded(n), 'unset')];
    const factored = () => core.cholesky(block, padded(n), packed, inverses) === 0;
    if (hasFiniteDiagonal(A) && factored()) return { L: readPacked(packed.values, n), jitter: 0 };
    // A NaN or an infinity below the diagonal has made a pivot fail too: only now is there a reason to look for one.
    requireFinite('A', A.data);
    const scale = meanDiagonal(A);
    for (const rung of jitterLadder.slice(1)) {
      const jitter = rung * scale;
      const values = block.values;
      for (let i = 0; i < n; i++) values[i * padded(n) + i] = A.data[i * n + i]! + jitter;
      if (factored()) return { L: readPacked(packed.values, n), jitter };
    }
    throw new NotPositiveDefiniteError('A', jitterLadder.at(-1)! * scale);
  });
}

function hasFiniteDiagonal(A: Matrix): boolean {
  for (let i = 0; i < A.rows; i++) if (!isFinite(A.data[i * A.cols + i]!)) return false;
  return true;
}

function meanDiagonal(A: Matrix): number {
  let sum = 0;
  for (let i = 0; i < A.rows; i++) sum += abs(A.data[i * A.cols + i]!);
  return sum > 0 ? sum / A.rows : 1;
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

/** (L·Lᵀ)⁻¹ (n,n), symmetric to the bit. O(n³·2/3). */
export function choleskyInverse(L: Matrix): Matrix {
  requireSquare('L', L);
  requireNonzeroDiagonal('L', L);
  const n = padded(L.rows);
  const core = currentCore();
  return core.scope((allocate) => {
    const block = loadLower(L, allocate);
    const [packed, inverses] = [allocate(packedLength(n)), allocate(n)];
    core.packTriangle(block, n, packed, inverses);
    const inverse = allocate(packedLength(n));
    core.invertTriangle(packed, inverses, n, inverse);
    core.minusGramOfInverse(inverse, n, block);
    return readNegated(block.values, L.rows);
  });
}

/** ln det(L·Lᵀ) = 2·Σ ln Lᵢᵢ, from the Cholesky factor L (n,n). */
export function logdet(L: Matrix): number {
  requireSquare('L', L);
  let sum = 0;
  for (let i = 0; i < L.rows; i++) sum += log(L.data[i * L.cols + i]!);
  return 2 * sum;
}
