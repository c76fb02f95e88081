import { propertyNames, propertyTable } from './elementProperties.js';

/** For each element its properties, in the order of their names; what is not known is the median of what is. */
export const elementDescriptors: ReadonlyMap<string, Float64Array> = readTable();

function readTable(): Map<string, Float64Array> {
  const rows = propertyTable
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
  const known = rows.map(([symbol = '', ...cells]) => ({
    symbol,
    values: Float64Array.from(cells, (cell) => (cell === '-' ? Number.NaN : Number(cell))),
  }));
  const medians = propertyNames.map((_, at) => medianOf(known.map(({ values }) => values[at] ?? Number.NaN)));
  return new Map(
    known.map(({ symbol, values }) => [
      symbol,
      values.map((value, at) => (Number.isNaN(value) ? (medians[at] ?? Number.NaN) : value)),
    ]),
  );
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
