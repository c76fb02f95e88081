/**
 * Mean and variance of y = g(z) for normal z. Through straight lines, and through one exponential between straight lines, they have a closed
 * form; else z is summed over a grid of h = ¼ standard deviations out to 10 of them, the trapezoidal rule, whose error falls as e^(−2π²/h²) where g is
 * smooth. Measured, in units of the spread: 1e-9 for Box–Cox away from its edge, 1e-5 for Yeo–Johnson, whose third derivative jumps, and at the
 * edge of Box–Cox, y = 0, where g has a corner, 1e-3 for powers up to 1 and 0.025 up to 2.
 */
import { exp, expm1 } from '@ionloop/linalg';
import type { Prediction } from '../contract.js';
import { inverseThrough, type Chain } from './chain.js';
import type { OutputTransform } from './transform.js';

const { max, min, sqrt } = Math;

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

export function momentsThrough(chain: Chain, { mean, variance }: Prediction): Prediction {
  const result = { mean: new Float64Array(mean.length), variance: new Float64Array(mean.length) };
  for (let i = 0; i < mean.length; i++) {
    const back = momentsOfOne(chain, { mean: mean[i]!, variance: variance[i]! });
    result.mean[i] = back.mean;
    result.variance[i] = back.variance;
  }
  return result;
}

function momentsOfOne(chain: Chain, z: Moments): Moments {
  const last = chain.at(-1);
  if (last === undefined) return z;
  const before = chain.slice(0, -1);
  if (last.shape === 'line') return momentsOfOne(before, throughLine(last, z));
  if (last.shape === 'exponential' && before.every(({ shape }) => shape === 'line'))
    return momentsOfOne(before, throughExponential(z));
  return onGrid((value) => inverseThrough(chain, value), z);
}

function throughLine({ inverse, slope }: OutputTransform, { mean, variance }: Moments): Moments {
  const rate = 1 / slope(mean);
  return { mean: inverse(mean), variance: variance * rate * rate };
}

/** Beyond, the square of a mean is not finite. */
const largestExponent = 300;

/** The log-normal distribution: mean e^(m + s²/2), variance mean²·(e^(s²) − 1). */
function throughExponential({ mean, variance }: Moments): Moments {
  const level = exp(min(mean + 0.5 * variance, largestExponent));
  return { mean: level, variance: level * level * expm1(min(variance, 0.25 * largestExponent)) };
}

const step = 0.25;
const nodes = Array.from({ length: 40 }, (_, k) => {
  const at = step * (k + 1);
  return { at, weight: exp(-0.5 * at * at) };
});
const total = nodes.reduce((sum, { weight }) => sum + 2 * weight, 1);

/** Both sides of the mean together: what is symmetric cancels to the bit. */
function onGrid(g: (z: number) => number, { mean, variance }: Moments): Moments {
  const spread = sqrt(variance);
  const centre = g(mean);
  let first = 0;
  let second = 0;
  for (const { at, weight } of nodes) {
    const above = g(mean + at * spread) - centre;
    const below = g(mean - at * spread) - centre;
    first += weight * (above + below);
    second += weight * (above * above + below * below);
  }
  const off = first / total;
  return { mean: centre + off, variance: max(second / total - off * off, 0) };
}
