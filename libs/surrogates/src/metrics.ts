/** How well left-out predictions N(mean, variance) meet the actual values; z = (actual − mean)/sd. */
import { log, normCdf, normPdf } from '@ionloop/linalg';
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

/** Rank correlation, −1 … 1; equal values share the mean of their ranks. 0 where either side does not vary. */
export function spearman(actual: readonly number[], predicted: readonly number[]): number {
  const [a, b] = [ranksOf(actual), ranksOf(predicted)];
  const middle = (actual.length + 1) / 2;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  a.forEach((rank, i) => {
    both += (rank - middle) * (b[i]! - middle);
    ofA += (rank - middle) * (rank - middle);
    ofB += (b[i]! - middle) * (b[i]! - middle);
  });
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}

/** From 1; of equal values the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
