import { erf, erfc, squared, squaredRest, times, timesErfcx } from './erf.js';
import { exp } from './exp.js';
import { log, log1p } from './log.js';

const { sqrt } = Math;
const { isNaN } = Number;

const inverseRootTwoPi = 0.3989422804014327;
const inverseRootTwoPiLow = -2.49232720227773e-17;
const rootTwoPi = 2.5066282746310002;
const rootHalf = 0.7071067811865476;
const rootHalfLow = -4.833646656726457e-17;
const rootHalfPi = 1.2533141373155003;

// √½ = rootHalf1 + rootHalf2 + rootHalfLow, the first two of 26 bits: their products with 26 bits of x are exact (Dekker 1971).
const rootHalf1 = 0.7071067839860916;
const rootHalf2 = -2.7995440410322203e-9;
const split = 134217729;

/** φ(x) = e^(−x²/2)/√(2π), any x, within 2 ulp where the result is normal. */
export function normPdf(x: number): number {
  if (x > 40 || x < -40) return 0;
  return times(squared(x, -0.5), squaredRest(x, -0.5), inverseRootTwoPi, inverseRootTwoPiLow);
}

/** Φ(x), any x, within 2.5 ulp, in the lower tail too, as long as the result is normal. */
export function normCdf(x: number): number {
  if (x < -40) return 0;
  if (x < -0.35) return scaledCdf(0.5 * squared(x, -0.5), squaredRest(x, -0.5), -x);
  return 0.5 * erfc(-x * rootHalf);
}

/** factor·(1 + excess)·erfcx(x/√2), with the rounding of x/√2 made good. */
function scaledCdf(factor: number, excess: number, x: number): number {
  const z = x * rootHalf;
  const a = split * x;
  const high = a - (a - x);
  const low = x - high;
  const lost = high * rootHalf1 - z + high * rootHalf2 + low * rootHalf1 + low * rootHalf2;
  return timesErfcx(factor, excess, z, lost + x * rootHalfLow);
}

/** ln Φ(x), any x, within 2.5 ulp where the result is normal. */
export function logNormCdf(x: number): number {
  if (x > 0) return log1p(-normCdf(-x));
  if (x > -1) return log(normCdf(x));
  return log(scaledCdf(0.5, 0, -x)) - 0.5 * x * x;
}

/**
 * x with Φ(x) = p, for 0 ≤ p ≤ 1, within 2.5 ulp: Hastings' formula (Abramowitz and
 * Stegun 26.2.23, good to 4.5e-4), then two steps of Halley's method. ∓∞ at 0 and 1, NaN outside.
 */
export function normQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return p > 1 ? NaN : -lowerQuantile(1 - p);
  return p < 0 ? NaN : lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  if (p === 0) return -Infinity;
  if (isNaN(p)) return NaN;
  const logP = log(p);
  const t = sqrt(-2 * logP);
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = numerator / denominator - t;
  for (let step = 0; step < 2; step++) {
    const error = scaledError(x, p, logP);
    x -= error / (1 + 0.5 * x * error);
  }
  return x;
}

/** (Φ(x) − p)/φ(x) for x ≤ 0: near 0 without cancelling, in the tail without a number that underflows. */
function scaledError(x: number, p: number, logP: number): number {
  if (x > -0.6) return (0.5 * erf(x * rootHalf) - (p - 0.5)) / normPdf(x);
  if (x > -5) return (normCdf(x) - p) / normPdf(x);
  return scaledCdf(rootHalfPi, 0, -x) - rootTwoPi * exp(logP + 0.5 * x * x);
}
