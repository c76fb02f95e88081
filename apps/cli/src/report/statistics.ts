import { Philox } from '@ionloop/linalg';

export interface Estimate {
  readonly median: number;
  /** Of the median over the runs: the central 95 % of a seeded bootstrap. */
  readonly ci: readonly [number, number];
}

const resamples = 2000;

export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

export const quantileOf = (values: Iterable<number>, share: number): number =>
  quantile(ascending(values), share);

export const median = (values: Iterable<number>): number => quantileOf(values, 0.5);

/** The same values give the same interval: the stream is seeded by nothing but its name. */
export function estimate(values: readonly number[]): Estimate {
  const stream = Philox.fromSeed('bootstrap of a median');
  const medians = ascending(
    Array.from({ length: resamples }, () =>
      median(values.map(() => values[stream.integer(values.length)] ?? Number.NaN)),
    ),
  );
  return { median: median(values), ci: [quantile(medians, 0.025), quantile(medians, 0.975)] };
}

/** Of the difference of two medians, whose samples have nothing to do with each other. */
export function difference(values: readonly number[], others: readonly number[]): Estimate {
  const stream = Philox.fromSeed('bootstrap of a difference');
  const drawn = (from: readonly number[]): number =>
    median(from.map(() => from[stream.integer(from.length)] ?? Number.NaN));
  const gains = ascending(Array.from({ length: resamples }, () => drawn(values) - drawn(others)));
  return { median: median(values) - median(others), ci: [quantile(gains, 0.025), quantile(gains, 0.975)] };
}
