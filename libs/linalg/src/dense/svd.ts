import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix';
import { requireFinite } from './checks.js';
import { matrix, toRows, type Matrix } from './matrix.js';

/**
 * A = U·diag(values)·Vᵀ with r = min(m, n): U (m,r) and V (n,r) with orthonormal columns, `values` (r) descending and not negative,
 * each column of V with its largest element positive.
 */
export interface Svd {
  readonly U: Matrix;
  readonly values: Float64Array;
  readonly V: Matrix;
}

/** The thin singular value decomposition of A (m,n), by ml-matrix: for small matrices, out of hot paths. */
export function svd(A: Matrix): Svd {
  requireFinite('A', A.data);
  const r = Math.min(A.rows, A.cols);
  const U = matrix(A.rows, r);
  const V = matrix(A.cols, r);
  if (r === 0) return { U, values: new Float64Array(0), V };
  const found = new SingularValueDecomposition(new MlMatrix(toRows(A)), { autoTranspose: true });
  const order = found.diagonal.map((_, i) => i);
  order.sort((a, b) => found.diagonal[b]! - found.diagonal[a]! || a - b);
  order.forEach((from, to) => {
    const right = found.rightSingularVectors.getColumn(from);
    const sign = signOfLargest(right);
    setColumn(V, to, right, sign);
    setColumn(U, to, found.leftSingularVectors.getColumn(from), sign);
  });
  return { U, values: Float64Array.from(order, (i) => found.diagonal[i]!), V };
}

function signOfLargest(values: readonly number[]): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}

function setColumn(into: Matrix, j: number, values: readonly number[], sign: number): void {
  for (let i = 0; i < into.rows; i++) into.data[i * into.cols + j] = sign * values[i]!;
}
