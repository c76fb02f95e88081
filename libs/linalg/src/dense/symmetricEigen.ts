import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { requireFinite, requireSquare } from './checks.js';
import { matrix, toRows, type Matrix } from './matrix.js';

/** A·V = V·diag(values): `values` ascending, V's columns orthonormal, each with its largest element positive. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** The eigenvalues and vectors of a symmetric A (n,n), by ml-matrix: for small matrices, out of hot paths. */
export function symmetricEigen(A: Matrix): SymmetricEigen {
  requireSquare('A', A);
  requireFinite('A', A.data);
  const n = A.rows;
  if (n === 0) return { values: new Float64Array(0), vectors: matrix(0, 0) };
  const found = new EigenvalueDecomposition(new MlMatrix(toRows(A)), { assumeSymmetric: true });
  const order = found.realEigenvalues.map((_, i) => i);
  order.sort((a, b) => found.realEigenvalues[a]! - found.realEigenvalues[b]! || a - b);
  const vectors = matrix(n, n);
  order.forEach((from, to) => {
    const column = found.eigenvectorMatrix.getColumn(from);
    let largest = 0;
    for (const value of column) if (Math.abs(value) > Math.abs(largest)) largest = value;
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors.data[i * n + to] = sign * column[i]!;
  });
  return { values: Float64Array.from(order, (i) => found.realEigenvalues[i]!), vectors };
}
