import { padded } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { InvalidArgumentError } from '../errors.js';
import { matrix, requireMatrix, type Matrix } from './matrix.js';
import { loadStrips, readNegated } from './strips.js';

/** op(A)·op(B), where op transposes when the option says so. O(mnk). */
export function gemm(
  A: Matrix,
  B: Matrix,
  options: { transposeA?: boolean; transposeB?: boolean } = {},
): Matrix {
  requireMatrix('A', A);
  requireMatrix('B', B);
  const { transposeA = false, transposeB = false } = options;
  const [m, k] = transposeA ? [A.cols, A.rows] : [A.rows, A.cols];
  const [kOfB, n] = transposeB ? [B.cols, B.rows] : [B.rows, B.cols];
  if (k !== kOfB)
    throw new InvalidArgumentError('B', `must fit A: ${m} × ${k} cannot multiply ${kOfB} × ${n}`);
  const core = currentCore();
  return core.scope((allocate) => {
    const depth = padded(k);
    const stride = padded(n);
    const C = allocate(padded(m) * stride);
    core.subtractStrips(
      loadStrips(A, transposeA, depth, allocate),
      padded(m) / 4,
      loadStrips(B, !transposeB, depth, allocate),
      stride / 4,
      depth,
      C,
      stride,
      false,
    );
    const result = matrix(m, n);
    const values = C.values;
    // The core takes products off: from 0, and 0 minus that, is the product itself.
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) result.data[i * n + j] = 0 - values[i * stride + j]!;
    return result;
  });
}

/** A·Aᵀ, or Aᵀ·A with `transpose`: symmetric to the bit, half the work of `gemm`. */
export function syrk(A: Matrix, options: { transpose?: boolean } = {}): Matrix {
  requireMatrix('A', A);
  const { transpose = false } = options;
  const [n, k] = transpose ? [A.cols, A.rows] : [A.rows, A.cols];
  const core = currentCore();
  return core.scope((allocate) => {
    const depth = padded(k);
    const strips = loadStrips(A, transpose, depth, allocate);
    const C = allocate(padded(n) * padded(n));
    core.subtractStrips(strips, padded(n) / 4, strips, padded(n) / 4, depth, C, padded(n), true);
    return readNegated(C.values, n);
  });
}
