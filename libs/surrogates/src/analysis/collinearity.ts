/**
 * Variance inflation: 1/(1 − R²) of each column of X (n,d) regressed, with an intercept, on all others: the diagonal of C⁻¹, C (d,d) the
 * correlations. Where C is singular, the eigenvectors of eigenvalue 0 say which columns are combinations of which.
 */
import { matrix, symmetricEigen, syrk, type Matrix, type SymmetricEigen } from '@ionloop/linalg';
import { columnOf, isConstant, requireTable, scaled, standardScaling } from './table.js';

const { abs, max, sqrt } = Math;

/** Of eigenvalues, in units of the largest: beneath it a column is taken as a combination of others. */
const singular = 1e-12;
/** Of the projection on the eigenvectors of eigenvalue 0: beneath it a column has no part in them. */
const noPart = 1e-7;

export interface Inflation {
  readonly column: number;
  /** At least 1; `null` stands for infinite: the column is a combination of others, or constant. */
  readonly factor: number | null;
  /** The columns of whose combination it is part; empty for a constant column, which the intercept explains. */
  readonly collinearWith: readonly number[];
}

/** O(n·d² + d³). With fewer than d + 2 rows every column is a combination of the others. */
export function varianceInflation(X: Matrix): Inflation[] {
  requireTable('X', X, 2);
  const varying = Array.from({ length: X.cols }, (_, j) => j).filter((j) => !isConstant(columnOf(X, j)));
  const found = inflationOfVarying(selectColumns(X, varying)).map((one) => ({
    column: varying[one.column]!,
    factor: one.factor,
    collinearWith: one.collinearWith.map((j) => varying[j]!),
  }));
  return Array.from(
    { length: X.cols },
    (_, j) => found.find(({ column }) => column === j) ?? { column: j, factor: null, collinearWith: [] },
  );
}

function inflationOfVarying(X: Matrix): Inflation[] {
  if (X.cols === 0) return [];
  const eigen = symmetricEigen(correlations(X));
  const nothing = singular * eigen.values.at(-1)!;
  const rank = eigen.values.filter((value) => value > nothing).length;
  const none = X.cols - rank;
  return Array.from({ length: X.cols }, (_, j) => {
    if (sqrt(projection(eigen, none, j, j)) > noPart) {
      const others = Array.from({ length: X.cols }, (__, other) => other);
      const collinearWith = others.filter(
        (other) => other !== j && abs(projection(eigen, none, j, other)) > noPart,
      );
      return { column: j, factor: null, collinearWith };
    }
    return { column: j, factor: max(1, inverseDiagonal(eigen, none, j)), collinearWith: [] };
  });
}

function correlations(X: Matrix): Matrix {
  const C = syrk(scaled(X, standardScaling(X)), { transpose: true });
  for (let i = 0; i < C.data.length; i++) C.data[i] = C.data[i]! / (X.rows - 1);
  return C;
}

/** Element (i, j) of the projector on the first `none` eigenvectors. */
function projection({ vectors }: SymmetricEigen, none: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < none; k++)
    sum += vectors.data[i * vectors.cols + k]! * vectors.data[j * vectors.cols + k]!;
  return sum;
}

/** Element (j, j) of the inverse over the eigenvectors from `none` on. */
function inverseDiagonal({ values, vectors }: SymmetricEigen, none: number, j: number): number {
  let sum = 0;
  for (let k = none; k < values.length; k++) {
    const part = vectors.data[j * vectors.cols + k]!;
    sum += (part * part) / values[k]!;
  }
  return sum;
}

function selectColumns(X: Matrix, columns: readonly number[]): Matrix {
  const selected = matrix(X.rows, columns.length);
  for (let i = 0; i < X.rows; i++)
    columns.forEach((j, to) => (selected.data[i * columns.length + to] = X.data[i * X.cols + j]!));
  return selected;
}
