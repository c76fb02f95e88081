/** Options that all tree models share, checked once. */
import { InvalidArgumentError, requireCount } from '@ionloop/linalg';
import { mostBins } from './columns.js';

export interface TreeShape {
  /** Unlimited where it is left out. */
  readonly maxDepth?: number;
  /** The least weight of the rows in a leaf; a row weighs 1 unless the data say otherwise. */
  readonly minSamplesLeaf?: number;
  /** 'exact' looks between any two values; 'histogram' sorts them into at most 255 bins first. */
  readonly splits?: 'exact' | 'histogram';
  /** For each input 1 where the response must not fall with it, −1 where it must not rise, 0 where it is free. */
  readonly monotone?: readonly number[];
}

export const histogramBins = 255;

export function binsFor(splits: TreeShape['splits']): number {
  return splits === 'histogram' ? histogramBins : mostBins;
}

export function requireShape({ maxDepth, minSamplesLeaf, monotone }: TreeShape): void {
  if (minSamplesLeaf !== undefined && !(minSamplesLeaf > 0 && minSamplesLeaf < Infinity))
    throw new InvalidArgumentError('options.minSamplesLeaf', `must be above 0, not ${minSamplesLeaf}`);
  if (maxDepth !== undefined) requireCount('options.maxDepth', maxDepth, 1);
  for (const sign of monotone ?? [])
    if (sign !== 0 && sign !== 1 && sign !== -1)
      throw new InvalidArgumentError('options.monotone', `must hold −1, 0 or 1; found ${sign}`);
}

/** The signs for d inputs, undefined where all are free. */
export function monotoneSigns(
  monotone: readonly number[] | undefined,
  d: number,
  categorical: readonly number[] = [],
): Int8Array | undefined {
  if (monotone === undefined) return undefined;
  if (monotone.length !== d)
    throw new InvalidArgumentError('options.monotone', `must hold ${d} signs, not ${monotone.length}`);
  const ordered = categorical.find((j) => monotone[j] !== 0);
  if (ordered !== undefined)
    throw new InvalidArgumentError(
      'options.monotone',
      `must be 0 for column ${ordered}: categories have no order`,
    );
  return monotone.some((sign) => sign !== 0) ? Int8Array.from(monotone) : undefined;
}
