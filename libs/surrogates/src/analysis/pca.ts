/**
 * Principal components of X (n,d): k ≤ min(n − 1, d) orthonormal directions of falling variance, each with its largest element positive.
 * Components whose variance is lost in rounding are left out.
 */
import {
  gemm,
  InvalidArgumentError,
  matrix,
  requireCols,
  requireCount,
  requireFinite,
  symmetricEigen,
  syrk,
  toRows,
  fromRows,
  type Matrix,
} from '@ionloop/linalg';
import { requireTable, scaled, standardScaling, type Scaling } from './table.js';

const { abs, sqrt } = Math;
const epsilon = 2.220446049250313e-16;

export interface PcaOptions {
  /** At most so many; all where it is left out. */
  readonly components?: number;
  /** Whether columns are brought to standard deviation 1 first, so that units do not matter; false where it is left out. */
  readonly standardise?: boolean;
}

export interface Pca extends Scaling {
  /** (k,d): a row a direction, in units of the scaled columns */
  readonly components: readonly (readonly number[])[];
  /** (k), with n − 1; standardised, all d together sum to the number of columns that vary */
  readonly explainedVariance: readonly number[];
  /** (k), of the variance of all columns together */
  readonly explainedShare: readonly number[];
}

/** O(n·d·min(n, d)). */
export function pca(X: Matrix, options: PcaOptions = {}): Pca {
  requireTable('X', X, 2);
  const { components: most = X.cols, standardise = false } = options;
  requireCount('options.components', most, 1);
  const { centre, scale } = standardScaling(X);
  const scaling = { centre, scale: standardise ? scale : scale.map(() => 1) };
  const Z = scaled(X, scaling);
  const { values, directions } = Z.rows < Z.cols ? fromRowProducts(Z) : fromColumnProducts(Z);
  const least = epsilon * 4 * values.length * values[0]!;
  const rank = values.filter((value) => value > least).length;
  if (rank === 0) throw new InvalidArgumentError('X', 'must have a column that varies');
  const kept = values.slice(0, most < rank ? most : rank);
  const total = squares(Z.data) / (X.rows - 1);
  return {
    ...scaling,
    components: kept.map((_, k) => upright(directions(k))),
    explainedVariance: kept,
    explainedShare: kept.map((value) => value / total),
  };
}

/** The coordinates (m,k) of the m rows of X along the components. */
export function project(found: Pca, X: Matrix): Matrix {
  requireCols('X', X, found.centre.length);
  requireFinite('X', X.data);
  return gemm(scaled(X, found), fromRows(found.components), { transposeB: true });
}

/** The rows (m,d) whose coordinates along the components are those of `scores` (m,k): X again where all components were kept. */
export function unproject(found: Pca, scores: Matrix): Matrix {
  requireCols('scores', scores, found.components.length);
  requireFinite('scores', scores.data);
  const X = gemm(scores, fromRows(found.components));
  for (let i = 0, at = 0; i < X.rows; i++)
    for (let j = 0; j < X.cols; j++, at++) X.data[at] = X.data[at]! * found.scale[j]! + found.centre[j]!;
  return X;
}

/** Falling eigenvalues of ZᵀZ/(n − 1), and the direction of each. */
interface Directions {
  readonly values: number[];
  readonly directions: (k: number) => number[];
}

function fromColumnProducts(Z: Matrix): Directions {
  const { values, vectors } = eigenOfMean(syrk(Z, { transpose: true }), Z.rows);
  return { values, directions: (k) => vectors[k]! };
}

/** With fewer rows than columns: Z·Zᵀ has the same eigenvalues, and Zᵀu the directions. */
function fromRowProducts(Z: Matrix): Directions {
  const { values, vectors } = eigenOfMean(syrk(Z), Z.rows);
  const directions = (k: number) => {
    const along = Array.from(gemm(matrix(1, Z.rows, Float64Array.from(vectors[k]!)), Z).data);
    const length = sqrt(squares(along));
    return along.map((value) => value / length);
  };
  return { values, directions };
}

function eigenOfMean(products: Matrix, n: number): { values: number[]; vectors: number[][] } {
  const C = matrix(
    products.rows,
    products.cols,
    products.data.map((value) => value / (n - 1)),
  );
  const { values, vectors } = symmetricEigen(C);
  const columns = Array.from({ length: C.cols }, (_, k) => toRows(vectors).map((values) => values[k]!));
  return { values: Array.from(values).reverse(), vectors: columns.reverse() };
}

function squares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}

function upright(direction: readonly number[]): number[] {
  let largest = 0;
  for (const value of direction) if (abs(value) > abs(largest)) largest = value;
  return direction.map((value) => (largest < 0 ? 0 - value : value));
}
