/**
 * How the predictions at the rows of X (n,d) change with one column or two, all others staying as they are: the mean over the rows (partial dependence,
 * Friedman 2001), and the curve of single rows (individual conditional expectation, Goldstein et al. 2015).
 */
import { InvalidArgumentError, matrix, normQuantile, requireCount, type Matrix } from '@ionloop/linalg';
import { quantileGrid, requireGrid } from './grid.js';
import { requireColumn, requireRowsFor, type Predictor } from './predictor.js';

const { sqrt } = Math;

export interface CurveOptions {
  /** The values that the column takes; quantiles of it where they are left out. */
  readonly values?: readonly number[];
  /** How many quantiles; 20 where it is left out. */
  readonly points?: number;
  /** Of the intervals; 0.95 where it is left out. */
  readonly coverage?: number;
  /** The rows of X to draw a curve of their own; none where they are left out. */
  readonly rows?: readonly number[];
}

/** Means with the interval that the model gives them. */
export interface Curve {
  /** (g) */
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface PartialDependence extends Curve {
  readonly column: number;
  /** (g) */
  readonly values: readonly number[];
  readonly coverage: number;
  readonly curves: readonly (Curve & { readonly row: number })[];
}

/**
 * Predicts g·n rows. The interval of a row's curve is mean ± z·sd of the model's normal belief; that of the mean curve takes the mean of the sd, as if the
 * model erred at all rows alike, which is the widest it can be.
 */
export function partialDependence(
  model: Predictor,
  X: Matrix,
  column: number,
  options: CurveOptions = {},
): PartialDependence {
  requireRowsFor(model, 'X', X);
  requireColumn('column', column, model.dimension);
  const { points = 20, coverage = 0.95, rows = [] } = options;
  const z = halfWidth(coverage);
  requireRowNumbers(rows, X.rows);
  const values = options.values
    ? requireGrid('options.values', options.values)
    : quantileGrid(X, column, points);
  const beliefs = values.map((value) => beliefWith(model, X, [column], [value]));
  const curves = rows.map((row) => ({
    row,
    ...curveOf(
      beliefs.map(({ mean, sd }) => ({ mean: mean[row]!, sd: sd[row]! })),
      z,
    ),
  }));
  return { column, values, coverage, ...curveOf(beliefs.map(overall), z), curves };
}

export interface SurfaceOptions {
  /** The values that each of the two columns takes; quantiles where they are left out. */
  readonly values?: readonly [readonly number[], readonly number[]];
  /** How many quantiles of each; 10 where it is left out. */
  readonly points?: number;
  /** Of the intervals; 0.95 where it is left out. */
  readonly coverage?: number;
}

export interface PartialDependence2 {
  readonly columns: readonly [number, number];
  /** (g) of the first column and (h) of the second */
  readonly values: readonly [readonly number[], readonly number[]];
  readonly coverage: number;
  /** (g,h), and so are the bounds */
  readonly mean: readonly (readonly number[])[];
  readonly lower: readonly (readonly number[])[];
  readonly upper: readonly (readonly number[])[];
}

/** Predicts g·h·n rows. Intervals as in `partialDependence`. */
export function partialDependence2(
  model: Predictor,
  X: Matrix,
  columns: readonly [number, number],
  options: SurfaceOptions = {},
): PartialDependence2 {
  requireRowsFor(model, 'X', X);
  for (const column of columns) requireColumn('columns', column, model.dimension);
  if (columns[0] === columns[1]) throw new InvalidArgumentError('columns', 'must be two different ones');
  const { points = 10, coverage = 0.95 } = options;
  const z = halfWidth(coverage);
  const gridOf = (which: 0 | 1) =>
    options.values
      ? requireGrid(`options.values[${which}]`, options.values[which])
      : quantileGrid(X, columns[which], points);
  const values = [gridOf(0), gridOf(1)] as const;
  const lines = values[0].map((a) =>
    curveOf(
      values[1].map((b) => overall(beliefWith(model, X, columns, [a, b]))),
      z,
    ),
  );
  return {
    columns: [columns[0], columns[1]],
    values,
    coverage,
    mean: lines.map(({ mean }) => mean),
    lower: lines.map(({ lower }) => lower),
    upper: lines.map(({ upper }) => upper),
  };
}

interface Beliefs {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** At the rows of X with these columns set to these values. */
function beliefWith(
  model: Predictor,
  X: Matrix,
  columns: readonly number[],
  values: readonly number[],
): Beliefs {
  const set = matrix(X.rows, X.cols, Float64Array.from(X.data));
  columns.forEach((j, c) => {
    for (let i = 0; i < X.rows; i++) set.data[i * X.cols + j] = values[c]!;
  });
  const { mean, variance } = model.predict(set);
  return { mean, sd: variance.map((value) => sqrt(value)) };
}

interface Belief {
  readonly mean: number;
  readonly sd: number;
}

function overall({ mean, sd }: Beliefs): Belief {
  const average = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean: average(mean), sd: average(sd) };
}

function curveOf(beliefs: readonly Belief[], z: number): Curve {
  return {
    mean: beliefs.map(({ mean }) => mean),
    lower: beliefs.map(({ mean, sd }) => mean - z * sd),
    upper: beliefs.map(({ mean, sd }) => mean + z * sd),
  };
}

function halfWidth(coverage: number): number {
  if (!(coverage > 0 && coverage < 1))
    throw new InvalidArgumentError('options.coverage', `must lie between 0 and 1, not ${coverage}`);
  return normQuantile((1 + coverage) / 2);
}

function requireRowNumbers(rows: readonly number[], n: number): void {
  for (const row of rows) {
    requireCount('options.rows', row);
    if (row >= n) throw new InvalidArgumentError('options.rows', `must name rows 0 … ${n - 1}; found ${row}`);
  }
}
