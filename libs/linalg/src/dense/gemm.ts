import { InvalidArgumentError } from '../errors.js';
import { dot } from './dot.js';
import { matrix, transpose, type Matrix } from './matrix.js';

/** op(A)·op(B), where op transposes when the option says so. Inner loops are dot products of contiguous rows. O(mnk). */
export function gemm(
  A: Matrix,
  B: Matrix,
  options: { transposeA?: boolean; transposeB?: boolean } = {},
): Matrix {
  const left = options.transposeA ? transpose(A) : A;
  const rightT = options.transposeB ? B : transpose(B);
  if (left.cols !== rightT.cols)
    throw new InvalidArgumentError(
      'B',
      `must fit A: ${left.rows} × ${left.cols} cannot multiply ${rightT.cols} × ${rightT.rows}`,
    );
  const result = matrix(left.rows, rightT.rows);
  const k = left.cols;
  for (let i = 0; i < left.rows; i++)
    for (let j = 0; j < rightT.rows; j++)
      result.data[i * rightT.rows + j] = dot(left.data, i * k, rightT.data, j * k, k);
  return result;
}

/** A·Aᵀ, or Aᵀ·A with `transpose`: symmetric to the bit, half the work of `gemm`. */
export function syrk(A: Matrix, options: { transpose?: boolean } = {}): Matrix {
  const left = options.transpose ? transpose(A) : A;
  const n = left.rows;
  const k = left.cols;
  const result = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(left.data, i * k, left.data, j * k, k);
      result.data[i * n + j] = value;
      result.data[j * n + i] = value;
    }
  return result;
}
