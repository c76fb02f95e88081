/**
 * Inputs coded for growing trees: every value of a column becomes the number of its bin. With a bin for each distinct value the splits are exact;
 * with fewer, neighbouring values share a bin of about as many rows as any other.
 */
import { InvalidArgumentError, type Matrix } from '@ionloop/linalg';

const { isNaN } = Number;
const { floor } = Math;

/** Exact splits tell this many values of a column apart; beyond it, neighbours share bins. */
export const mostBins = 65534;

export interface Column {
  readonly bins: number;
  /** Smallest and largest value of each bin; of a categorical column, its categories in ascending order. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly categorical: boolean;
}

export interface Columns {
  readonly n: number;
  readonly d: number;
  readonly columns: readonly Column[];
  /** (d·n), column after column: the bin of row i, or `bins` where its value is missing. */
  readonly codes: Uint16Array;
}

/** Rows of weight 0 have no say in where bins begin. */
export function codeColumns(
  X: Matrix,
  maxBins = mostBins,
  categorical: readonly number[] = [],
  weights?: Float64Array,
): Columns {
  const { rows: n, cols: d } = X;
  const codes = new Uint16Array(d * n);
  const columns = Array.from({ length: d }, (_, j) => {
    const values = Float64Array.from({ length: n }, (_row, i) => X.data[i * d + j]!);
    const counted = weights === undefined ? values : values.filter((_, i) => weights[i]! > 0);
    const column = categorical.includes(j) ? categoriesOf(j, counted) : binsOf(counted, maxBins);
    for (let i = 0; i < n; i++) codes[j * n + i] = codeOf(column, values[i]!);
    return column;
  });
  return { n, d, columns, codes };
}

function categoriesOf(j: number, values: Float64Array): Column {
  const column = binsOf(values, Infinity);
  if (column.bins > mostBins)
    throw new InvalidArgumentError('data.categorical', `column ${j} has more than ${mostBins} categories`);
  return { ...column, categorical: true };
}

function binsOf(values: Float64Array, maxBins: number): Column {
  const sorted = values.filter((value) => !isNaN(value)).sort();
  const first: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) first.push(i);
  const starts = first.length <= maxBins ? first : evenBins(first, sorted.length, maxBins);
  const low = Float64Array.from(starts, (i) => sorted[i]!);
  const high = Float64Array.from(starts, (_, b) => sorted[(starts[b + 1] ?? sorted.length) - 1]!);
  return { bins: starts.length, low, high, categorical: false };
}

/** Of the places where a new value begins, those where a new bin of about n/maxBins rows does. */
function evenBins(first: readonly number[], n: number, maxBins: number): number[] {
  const starts: number[] = [];
  let bin = -1;
  for (const i of first) {
    const here = floor((i * maxBins) / n);
    if (here > bin) starts.push(i);
    bin = here;
  }
  return starts;
}

/** The bin that holds `value` or the gap before which it stands; `bins` for a missing value, an unknown category included. */
export function codeOf({ bins, low, categorical }: Column, value: number): number {
  if (isNaN(value)) return bins;
  const bin = binBelow(low, value);
  return categorical && low[bin] !== value ? bins : bin;
}

/** The last bin whose smallest value is at most `value`; the first where there is none. */
export function binBelow(low: Float64Array, value: number): number {
  let from = 0;
  let to = low.length;
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if (low[middle]! <= value) from = middle;
    else to = middle;
  }
  return from;
}

/** Half-way between the largest value of one bin and the smallest of a later one, and never so large as the latter. */
export function thresholdBetween({ low, high }: Column, left: number, right: number): number {
  const middle = high[left]! / 2 + low[right]! / 2;
  return middle < low[right]! ? middle : high[left]!;
}
