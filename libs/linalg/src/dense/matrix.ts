import { InvalidArgumentError } from '../errors.js';

/** A dense matrix of doubles, row-major: element (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A `rows × cols` matrix over `data`, which is not copied; zeros where it is left out. */
export function matrix(rows: number, cols: number, data?: Float64Array): Matrix {
  if (!Number.isSafeInteger(rows) || rows < 0)
    throw new InvalidArgumentError('rows', `must be a whole number of at least 0, not ${rows}`);
  if (!Number.isSafeInteger(cols) || cols < 0)
    throw new InvalidArgumentError('cols', `must be a whole number of at least 0, not ${cols}`);
  if (data !== undefined && data.length !== rows * cols)
    throw new InvalidArgumentError(
      'data',
      `must hold ${rows} × ${cols} = ${rows * cols} numbers, not ${data.length}`,
    );
  return { rows, cols, data: data ?? new Float64Array(rows * cols) };
}

/** Refuses what only looks like a matrix: numbers that are too few or too many for its shape. */
export function requireMatrix(name: string, A: Matrix): void {
  if (A.data.length !== A.rows * A.cols)
    throw new InvalidArgumentError(
      `${name}.data`,
      `must hold ${A.rows} × ${A.cols} = ${A.rows * A.cols} numbers, not ${A.data.length}`,
    );
}

/** A matrix from its rows, which must all be as long as the first. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const result = matrix(rows.length, cols);
  rows.forEach((values, i) => {
    if (values.length !== cols)
      throw new InvalidArgumentError('rows', `must all be ${cols} long; row ${i} is ${values.length} long`);
    result.data.set(values, i * cols);
  });
  return result;
}

export function toRows(A: Matrix): number[][] {
  return Array.from({ length: A.rows }, (_, i) => Array.from(row(A, i)));
}

/** Row i as a view: writing to it writes to the matrix. */
export function row(A: Matrix, i: number): Float64Array {
  return A.data.subarray(i * A.cols, (i + 1) * A.cols);
}

/** The rows of A that `indices` names, in that order, as a copy. */
export function selectRows(A: Matrix, indices: ArrayLike<number>): Matrix {
  const result = matrix(indices.length, A.cols);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isSafeInteger(index) || index < 0 || index >= A.rows)
      throw new InvalidArgumentError('indices', `must lie in 0 … ${A.rows - 1}; found ${index}`);
    for (let j = 0, from = index * A.cols, to = i * A.cols; j < A.cols; j++)
      result.data[to + j] = A.data[from + j]!;
  }
  return result;
}

export function identity(n: number): Matrix {
  const result = matrix(n, n);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 1;
  return result;
}

export function transpose(A: Matrix): Matrix {
  const result = matrix(A.cols, A.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) result.data[j * A.rows + i] = A.data[i * A.cols + j]!;
  return result;
}
