import { InvalidArgumentError, matrix, requireCols, type Matrix } from '@ionloop/linalg';

/** All rows of matrices of d columns, one beneath the other. */
export function stacked(parts: readonly Matrix[], d: number): Matrix {
  for (const part of parts) requireCols('X', part, d);
  const result = matrix(
    parts.reduce((sum, { rows }) => sum + rows, 0),
    d,
  );
  let at = 0;
  for (const { data } of parts) {
    result.data.set(data, at);
    at += data.length;
  }
  return result;
}

/** Columns from … from + count − 1 of a matrix, as one of its own. */
export function columns(A: Matrix, from: number, count: number): Matrix {
  const result = matrix(A.rows, count);
  for (let i = 0; i < A.rows; i++)
    result.data.set(A.data.subarray(i * A.cols + from, i * A.cols + from + count), i * count);
  return result;
}

/** Refuses a context without rows it needs. */
export function requireSome(name: string, X: Matrix | undefined): asserts X is Matrix {
  if (X === undefined || X.rows === 0) throw new InvalidArgumentError(name, 'must hold at least one row');
}

export function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0; k < A.cols; k++) {
    const difference = A.data[i * A.cols + k]! - B.data[j * B.cols + k]!;
    sum += difference * difference;
  }
  return sum;
}
