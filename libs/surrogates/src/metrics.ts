/** How well left-out predictions N(mean, variance) meet the actual values; z = (actual − mean)/sd. */
import { log, normCdf, normPdf } from '@ionloop/linalg';
import { spearman as rankCorrelation } from './analysis/correlation.js';
import type { LeftOut, Metrics } from './contract.js';

const logTwoPi = 1.8378770664093453;
const inverseRootPi = 0.5641895835477563;
// Quantiles of the standard normal at 75, 90 and 97.5 %.
const half50 = 0.6744897501960817;
const half80 = 1.2815515655446004;
const half95 = 1.959963984540054;

export function metricsOf({ mean, variance, actual }: LeftOut): Metrics {
  const n = actual.length;
  const centre = average(actual);
  const size = actual.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const errors = actual.map((value, i) => value - mean[i]!);
  // A variance of 0 would make one miss cost infinitely much.
  const sd = variance.map((value) => Math.sqrt(Math.max(value, 1e-18 * size * size)));
  const z = errors.map((error, i) => error / sd[i]!);
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const total = actual.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const covered = (half: number) => z.filter((value) => Math.abs(value) <= half).length / n;
  return {
    rmse: Math.sqrt(squares / n),
    mae: average(errors.map(Math.abs)),
    r2: total > 0 ? 1 - squares / total : squares === 0 ? 1 : 0,
    nlpd: average(z.map((value, i) => 0.5 * (logTwoPi + value * value) + log(sd[i]!))),
    crps: average(z.map((value, i) => sd[i]! * crpsOfStandard(value))),
    coverage50: covered(half50),
    coverage80: covered(half80),
    coverage95: covered(half95),
  };
}

/** The continuous ranked probability score of N(0, 1) where z happened. */
function crpsOfStandard(z: number): number {
  return z * (2 * normCdf(z) - 1) + 2 * normPdf(z) - inverseRootPi;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rank correlation, −1 … 1; 0 where either side does not vary, as a single value does not. */
export function spearman(actual: readonly number[], predicted: readonly number[]): number {
  return rankCorrelation(Float64Array.from(actual), Float64Array.from(predicted)) ?? 0;
}
