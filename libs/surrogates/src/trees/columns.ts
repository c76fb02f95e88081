/**
 * Inputs coded for growing trees: every value of a column becomes the number of its bin. With a bin for each distinct value the splits are exact;
 * with fewer, neighbouring values share a bin of about as many rows as any other.
 */
import { InvalidArgumentError, type Matrix } from '@ionloop/linalg';
import { openWorkspace } from './workspace.js';

const { isNaN } = Number;
const { floor, min } = Math;

/** Exact splits tell this many values of a column apart; beyond it, neighbours share bins. */
export const mostBins = 65534;

export interface Column {
  readonly bins: number;
  /** Smallest and largest value of each bin; of a categorical column, its categories in ascending order. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly categorical: boolean;
  /** Whether the value of some row is missing. */
  readonly gaps: boolean;
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
  const columns: Column[] = [];
  const { arrays, kernels, close } = openWorkspace({
    sorted: ['f64', n],
    spare: ['f64', n],
    counts: ['i32', 2048],
    codes: ['u16', n],
  });
  const sort = (values: Float64Array, count: number): Float64Array => {
    arrays.sorted.set(values.subarray(0, count));
    const { sorted, spare, counts } = arrays;
    if (kernels === undefined) return sorted.subarray(0, count).sort();
    kernels.sortDoubles(sorted.byteOffset, count, spare.byteOffset, counts.byteOffset);
    return sorted.subarray(0, count);
  };
  for (let from = 0; from < d; from += columnsAtOnce) {
    const block = columnsOf(X, from, min(d, from + columnsAtOnce));
    block.forEach((values, k) => {
      const j = from + k;
      const kept = new Float64Array(n);
      const sorted = sort(kept, keepCounted(values, weights, kept));
      const bins = categorical.includes(j) ? categoriesOf(j, sorted) : binsOf(sorted, maxBins);
      const into = codes.subarray(j * n, (j + 1) * n);
      if (kernels === undefined || bins.categorical) fillCodes(bins, values, into);
      else {
        const { sorted: plain, spare: low } = arrays;
        plain.set(values);
        low.set(bins.low);
        kernels.codeValues(plain.byteOffset, n, low.byteOffset, bins.bins, arrays.codes.byteOffset);
        into.set(arrays.codes);
      }
      columns.push({ ...bins, gaps: into.includes(bins.bins) });
    });
  }
  close();
  return { n, d, columns, codes };
}

/** As many as share a line of the processor's cache. */
const columnsAtOnce = 8;

function columnsOf({ data, rows, cols }: Matrix, from: number, to: number): Float64Array[] {
  const block = Array.from({ length: to - from }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < block.length; k++) block[k]![i] = data[i * cols + from + k]!;
  return block;
}

type Bins = Omit<Column, 'gaps'>;

/** Those that are not missing, of rows of weight above 0, go into `kept`; returns their number. */
function keepCounted(values: Float64Array, weights: Float64Array | undefined, kept: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++)
    if (!isNaN(values[i]!) && (weights === undefined || weights[i]! > 0)) kept[count++] = values[i]!;
  return count;
}

function fillCodes(column: Bins, values: Float64Array, codes: Uint16Array): void {
  for (let i = 0; i < values.length; i++) codes[i] = codeOf(column, values[i]!);
}

function categoriesOf(j: number, sorted: Float64Array): Bins {
  const column = binsOf(sorted, Infinity);
  if (column.bins > mostBins)
    throw new InvalidArgumentError('data.categorical', `column ${j} has more than ${mostBins} categories`);
  return { ...column, categorical: true };
}

function binsOf(sorted: Float64Array, maxBins: number): Bins {
  const places = new Int32Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i]! !== sorted[i - 1]!) places[distinct++] = i;
  const first = places.subarray(0, distinct);
  const starts = first.length <= maxBins ? first : evenBins(first, sorted.length, maxBins);
  const bins = starts.length;
  const low = new Float64Array(bins);
  const high = new Float64Array(bins);
  for (let b = 0; b < bins; b++) {
    low[b] = sorted[starts[b]!]!;
    high[b] = sorted[(b + 1 < bins ? starts[b + 1]! : sorted.length) - 1]!;
  }
  return { bins, low, high, categorical: false };
}

/** Of the places where a new value begins, those where a new bin of about n/maxBins rows does. */
function evenBins(first: Int32Array, n: number, maxBins: number): Int32Array {
  const starts: number[] = [];
  let bin = -1;
  for (const i of first) {
    const here = floor((i * maxBins) / n);
    if (here > bin) starts.push(i);
    bin = here;
  }
  return Int32Array.from(starts);
}

/** The bin that holds `value` or the gap before which it stands; `bins` for a missing value, an unknown category included. */
export function codeOf({ bins, low, categorical }: Bins, value: number): number {
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
export function thresholdBetween({ low, high }: Bins, left: number, right: number): number {
  const middle = high[left]! / 2 + low[right]! / 2;
  return middle < low[right]! ? middle : high[left]!;
}
