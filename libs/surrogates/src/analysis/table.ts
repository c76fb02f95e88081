/** What the analyses here take: X (n,d), n rows to be compared, d columns of numbers. */
import { InvalidArgumentError, matrix, requireFinite, requireLength, type Matrix } from '@ionloop/linalg';

const { sqrt } = Math;

/** Refuses tables without columns, with fewer than `leastRows` rows, or with NaN or infinite values. */
export function requireTable(name: string, X: Matrix, leastRows: number): void {
  requireShape(name, X, leastRows);
  requireFinite(name, X.data);
}

/** As `requireTable`, but NaN stands for a value that is missing. */
export function requireTableWithGaps(name: string, X: Matrix, leastRows: number): void {
  requireShape(name, X, leastRows);
  const at = X.data.findIndex((value) => value === Infinity || value === -Infinity);
  if (at >= 0) throw new InvalidArgumentError(name, `must not be infinite; element ${at} is ${X.data[at]!}`);
}

function requireShape(name: string, X: Matrix, leastRows: number): void {
  requireLength(`${name}.data`, X.data, X.rows * X.cols);
  if (X.cols < 1) throw new InvalidArgumentError(name, 'must have at least one column');
  if (X.rows < leastRows)
    throw new InvalidArgumentError(name, `must have at least ${leastRows} rows, not ${X.rows}`);
}

/** Column j as a copy. */
export function columnOf(X: Matrix, j: number): Float64Array {
  const values = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) values[i] = X.data[i * X.cols + j]!;
  return values;
}

export function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Standard deviation with n − 1; exactly 0 for a constant column, whatever its mean rounds to. */
export function spreadOf(values: Float64Array): number {
  if (isConstant(values)) return 0;
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) * (value - mean);
  return sqrt(sum / (values.length - 1));
}

/** Z = (X − centre)/scale, column by column. */
export interface Scaling {
  /** (d) */
  readonly centre: readonly number[];
  /** (d), above 0 */
  readonly scale: readonly number[];
}

/** Mean 0 and standard deviation 1 (with n − 1) for the columns that vary; constant ones become 0. */
export function standardScaling(X: Matrix): Scaling {
  requireTable('X', X, 1);
  const columns = Array.from({ length: X.cols }, (_, j) => columnOf(X, j));
  return {
    centre: columns.map((values) => (isConstant(values) ? values[0]! : meanOf(values))),
    scale: columns.map((values) => spreadOf(values) || 1),
  };
}

export function scaled(X: Matrix, { centre, scale }: Scaling): Matrix {
  const Z = matrix(X.rows, X.cols);
  for (let i = 0, at = 0; i < X.rows; i++)
    for (let j = 0; j < X.cols; j++, at++) Z.data[at] = (X.data[at]! - centre[j]!) / scale[j]!;
  return Z;
}

/** ‖a − b‖² of row i of A and row j of B, both of d columns. */
export function squaredDistance(A: Float64Array, i: number, B: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let c = 0, a = i * d, b = j * d; c < d; c++) {
    const step = A[a + c]! - B[b + c]!;
    sum += step * step;
  }
  return sum;
}

/** ‖xᵢ − xⱼ‖² of the rows i < j, row after row: n(n − 1)/2 numbers. */
export function condensedSquares(X: Matrix): Float64Array {
  const { rows: n, cols: d, data } = X;
  const squares = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, at++) squares[at] = squaredDistance(data, i, data, j, d);
  return squares;
}
