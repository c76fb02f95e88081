/** Correlations of the columns of X (n,d). Each pair of columns uses the rows in which neither is missing (NaN). */
import { InvalidArgumentError, requireLength, type Matrix } from '@ionloop/linalg';
import { columnOf, isConstant, meanOf, requireTableWithGaps } from './table.js';

const { abs, max, min, sqrt } = Math;
const { isNaN } = Number;

/** `null` where a correlation is not defined: one of the two does not vary over the rows they share, or there are fewer than two. */
export type Correlation = number | null;

export interface CorrelationMap {
  /** (d,d), symmetric */
  readonly pearson: readonly (readonly Correlation[])[];
  /** (d,d), symmetric; ties share the mean of their ranks */
  readonly spearman: readonly (readonly Correlation[])[];
  /** (d,d): how many rows each pair has in common */
  readonly rows: readonly (readonly number[])[];
}

/** O(d²·n), with gaps O(d²·n·ln n). */
export function correlationMap(X: Matrix): CorrelationMap {
  requireTableWithGaps('X', X, 2);
  const columns = Array.from({ length: X.cols }, (_, j) => withRanks(columnOf(X, j)));
  const table = <T>(cell: (pair: SharedRows) => T): T[][] => {
    const cells = columns.map((): T[] => []);
    columns.forEach((a, i) =>
      columns.slice(0, i + 1).forEach((b, j) => (cells[i]![j] = cells[j]![i] = cell(sharedRows(a, b)))),
    );
    return cells;
  };
  return {
    pearson: table(({ x, y }) => momentCorrelation(x, y)),
    spearman: table(({ xRanks, yRanks }) => momentCorrelation(xRanks(), yRanks())),
    rows: table(({ x }) => x.length),
  };
}

/** Of two columns (n) of the same rows. */
export function pearson(x: Float64Array, y: Float64Array): Correlation {
  const pair = checkedPair(x, y);
  return momentCorrelation(pair.x, pair.y);
}

/** Of two columns (n) of the same rows. */
export function spearman(x: Float64Array, y: Float64Array): Correlation {
  const pair = checkedPair(x, y);
  return momentCorrelation(pair.xRanks(), pair.yRanks());
}

/** 1 for the smallest; ties share the mean of their ranks. */
export function averageRanks(values: Float64Array): Float64Array {
  if (values.some(isNaN)) throw new InvalidArgumentError('values', 'must not be NaN');
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + to + 1) / 2;
  }
  return ranks;
}

interface Column {
  readonly values: Float64Array;
  /** Where no value is missing. */
  readonly ranks?: Float64Array;
}

interface SharedRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly xRanks: () => Float64Array;
  readonly yRanks: () => Float64Array;
}

function withRanks(values: Float64Array): Column {
  return values.some(isNaN) ? { values } : { values, ranks: averageRanks(values) };
}

function sharedRows(a: Column, b: Column): SharedRows {
  const { ranks: xRanks } = a;
  const { ranks: yRanks } = b;
  if (xRanks && yRanks) return { x: a.values, y: b.values, xRanks: () => xRanks, yRanks: () => yRanks };
  const both = (_: number, i: number) => !isNaN(a.values[i]!) && !isNaN(b.values[i]!);
  const x = a.values.filter(both);
  const y = b.values.filter(both);
  return { x, y, xRanks: () => averageRanks(x), yRanks: () => averageRanks(y) };
}

function checkedPair(x: Float64Array, y: Float64Array): SharedRows {
  requireLength('y', y, x.length);
  for (const [name, values] of [
    ['x', x],
    ['y', y],
  ] as const)
    if (values.some((value) => abs(value) === Infinity))
      throw new InvalidArgumentError(name, 'must not be infinite');
  return sharedRows(withRanks(x), withRanks(y));
}

function momentCorrelation(x: Float64Array, y: Float64Array): Correlation {
  if (x.length < 2 || isConstant(x) || isConstant(y)) return null;
  const u = deviations(x);
  const v = deviations(y);
  let uu = 0;
  let vv = 0;
  let uv = 0;
  for (let i = 0; i < u.length; i++) {
    uu += u[i]! * u[i]!;
    vv += v[i]! * v[i]!;
    uv += u[i]! * v[i]!;
  }
  return max(-1, min(1, uv / sqrt(uu * vv)));
}

/** From the mean, in units of the largest, so that squares neither overflow nor vanish. */
function deviations(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const from = values.map((value) => value - mean);
  const largest = from.reduce((most, value) => max(most, abs(value)), 0);
  return from.map((value) => value / largest);
}
