import { matrix, type Matrix, symmetricEigen } from '@ionloop/linalg';
import type { Block } from '@ionloop/space';

/**
 * Where points of a space lie for coverage: blocks in like units (numbers and descriptors as z-scores, amounts by their roots, a column for each category), each
 * divided by √(2·Σ variances) so that the mean squared distance of two rows is 1, numbers times the root of how many there are; then the first principal components.
 */
export interface Coordinates {
  /** (m, at most 10) */
  of(X: Matrix): Matrix;
  /** Mean squared distance of two of the rows that they were made from. */
  readonly meanSquare: number;
}

const mostComponents = 10;

/** One column of a block in its units: factor·form(x), where the form of a category is whether it is that one. */
interface Unit {
  readonly column: number;
  readonly form: (x: number) => number;
  readonly centre: number;
  readonly factor: number;
}

export function coordinatesOn(rows: Matrix, blocks: readonly Block[]): Coordinates {
  const units = blocks.flatMap((block) => unitsOf(rows, block));
  const d = units.length;
  const Z = inUnits(rows, units);
  const covariance = matrix(d, d);
  const sums = covariance.data;
  for (let from = 0; from < Z.data.length; from += d)
    for (let a = 0; a < d; a++) {
      const za = Z.data[from + a]! / rows.rows;
      if (za === 0) continue;
      for (let b = 0; b <= a; b++) sums[a * d + b] = sums[a * d + b]! + za * Z.data[from + b]!;
    }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) covariance.data[b * d + a] = at(covariance, a, b);
  const { values, vectors } = symmetricEigen(covariance);
  const kept = Array.from(values.keys())
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
    .slice(0, mostComponents);
  return {
    meanSquare: 2 * kept.reduce((sum, component) => sum + Math.max(0, values[component] ?? 0), 0),
    of(X) {
      const own = inUnits(X, units);
      const result = matrix(X.rows, kept.length);
      kept.forEach((component, q) => {
        const direction = Float64Array.from(units, (_, j) => at(vectors, j, component));
        for (let from = 0, to = q; from < own.data.length; from += d, to += kept.length) {
          let sum = 0;
          for (let j = 0; j < d; j++) sum += own.data[from + j]! * direction[j]!;
          result.data[to] = sum;
        }
      });
      return result;
    },
  };
}

function unitsOf(rows: Matrix, { kind, columns }: Block): readonly Unit[] {
  switch (kind) {
    case 'numbers': {
      const units = columns.flatMap((column) => standard(rows, column));
      return alike(rows, units, Math.sqrt(units.length));
    }
    case 'descriptors':
      return alike(
        rows,
        columns.flatMap((column) => standard(rows, column)),
        1,
      );
    case 'composition':
      return alike(
        rows,
        columns.map((column) => plain(column, (x) => Math.sqrt(Math.max(x, 0)))),
        1,
      );
    case 'categorical':
      return columns.flatMap((column) => alike(rows, indicators(rows, column), 1));
  }
}

const plain = (column: number, form: (x: number) => number): Unit => ({ column, form, centre: 0, factor: 1 });

/** Nothing where the column does not vary. */
function standard(rows: Matrix, column: number): readonly Unit[] {
  const unit = plain(column, (x) => x);
  const { mean, variance } = momentsOf(rows, unit);
  return variance > 1e-24 ? [{ ...unit, centre: mean, factor: 1 / Math.sqrt(variance) }] : [];
}

function indicators(rows: Matrix, column: number): readonly Unit[] {
  const values = Array.from({ length: rows.rows }, (_, i) => at(rows, i, column));
  const categories = [...new Set(values)].sort((a, b) => a - b);
  return categories.map((category) => plain(column, (x) => Number(x === category)));
}

/** Centred, with Σ variances = share²/2. */
function alike(rows: Matrix, units: readonly Unit[], share: number): readonly Unit[] {
  const moments = units.map((unit) => momentsOf(rows, unit));
  const total = moments.reduce((sum, { variance }) => sum + variance, 0);
  if (total === 0) return [];
  return units.map((unit, j) => ({
    ...unit,
    centre: unit.centre + (moments[j]?.mean ?? 0) / unit.factor,
    factor: (unit.factor * share) / Math.sqrt(2 * total),
  }));
}

function momentsOf(rows: Matrix, unit: Unit): { readonly mean: number; readonly variance: number } {
  const values = valuesOf(unit, rows);
  const { length } = values;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < length; i++) sum += values[i]! / length;
  for (let i = 0; i < length; i++) squares += ((values[i]! - sum) * (values[i]! - sum)) / length;
  return { mean: sum, variance: squares };
}

/** Of each row of X. */
function valuesOf({ column, form, centre, factor }: Unit, { rows, cols, data }: Matrix): Float64Array {
  const values = new Float64Array(rows);
  for (let i = 0, from = column; i < rows; i++, from += cols)
    values[i] = factor * (form(data[from]!) - centre);
  return values;
}

function inUnits(X: Matrix, units: readonly Unit[]): Matrix {
  const Z = matrix(X.rows, units.length);
  units.forEach((unit, j) => {
    const values = valuesOf(unit, X);
    for (let i = 0, to = j; i < values.length; i++, to += units.length) Z.data[to] = values[i]!;
  });
  return Z;
}

const at = ({ data, cols }: Matrix, i: number, j: number): number => data[i * cols + j] ?? Number.NaN;
