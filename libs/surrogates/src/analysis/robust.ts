/** Outliers of one column by median and MAD, and of responses given what a model says of them without having seen them. */
import { requireFinite, InvalidArgumentError } from '@ionloop/linalg';
import type { LeftOut } from '../contract.js';
import { meanOf } from './table.js';

const { abs, max, sqrt, floor } = Math;

// 1/Φ⁻¹(3/4) and √(π/2): what makes MAD and the mean absolute deviation estimate the standard deviation of normal values.
const fromMad = 1.482602218505602;
const fromMeanDeviation = 1.2533141373155003;

export interface RobustZ {
  readonly median: number;
  /** The estimated standard deviation; 0 where all values are the same. */
  readonly spread: number;
  /** (n): (value − median)/spread, all 0 where the spread is 0 */
  readonly z: readonly number[];
  /** The rows with |z| above the limit, the farthest first. */
  readonly outliers: readonly number[];
}

export interface OutlierOptions {
  /** The largest |z| that is no outlier; 3.5 where it is left out. */
  readonly limit?: number;
}

/**
 * The spread is 1.4826·MAD. Where more than half of the values are the same and MAD is 0, it is 1.2533 times the mean absolute deviation from
 * the median.
 */
export function robustZ(values: Float64Array, options: OutlierOptions = {}): RobustZ {
  const limit = requireLimit(options);
  if (values.length === 0) throw new InvalidArgumentError('values', 'must hold at least one number');
  requireFinite('values', values);
  const median = medianOf(values);
  const deviations = values.map((value) => abs(value - median));
  const spread = fromMad * medianOf(deviations) || fromMeanDeviation * meanOf(deviations);
  const z = Array.from(values, (value) => (spread > 0 ? (value - median) / spread : 0));
  return { median, spread, z, outliers: beyond(z, limit) };
}

export interface ResidualOutliers {
  /** (n): actual − predicted without having seen it */
  readonly residual: readonly number[];
  /** (n): in units of the left-out prediction's own standard deviation. */
  readonly studentised: readonly number[];
  /** The studentised ones by their own median and MAD: for a model that is too sure, or not sure enough, everywhere. */
  readonly robust: RobustZ;
  /** The rows with |studentised| above the limit, the farthest first. */
  readonly outliers: readonly number[];
}

/** For a linear model these are the externally studentised residuals of regression. */
export function residualOutliers(leftOut: LeftOut, options: OutlierOptions = {}): ResidualOutliers {
  const limit = requireLimit(options);
  const { mean, variance, actual } = leftOut;
  const lists = { mean, variance, actual };
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== actual.length)
      throw new InvalidArgumentError(
        `leftOut.${name}`,
        `must hold ${actual.length} numbers, not ${list.length}`,
      );
    requireFinite(`leftOut.${name}`, Float64Array.from(list));
  }
  const size = actual.reduce((most, value) => max(most, abs(value)), 0) || 1;
  const residual = actual.map((value, i) => value - mean[i]!);
  // A variance of 0 would make any miss infinite.
  const studentised = residual.map((value, i) => value / sqrt(max(variance[i]!, 1e-18 * size * size)));
  return {
    residual,
    studentised,
    robust: robustZ(Float64Array.from(studentised), options),
    outliers: beyond(studentised, limit),
  };
}

/** The middle value, or the mean of the two middle ones. */
export function medianOf(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const middle = floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
}

function requireLimit({ limit = 3.5 }: OutlierOptions): number {
  if (!(limit > 0)) throw new InvalidArgumentError('options.limit', `must be above 0, not ${limit}`);
  return limit;
}

function beyond(z: readonly number[], limit: number): number[] {
  return Array.from(z.keys())
    .filter((i) => abs(z[i]!) > limit)
    .sort((a, b) => abs(z[b]!) - abs(z[a]!) || a - b);
}
