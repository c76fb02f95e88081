import { erf, erfc, erfcx, expOfSquare } from './erf.js';
import { exp } from './exp.js';
import { log, log1p } from './log.js';

const { sqrt } = Math;
const { isNaN } = Number;

const inverseRootTwoPi = 0.3989422804014327;
const rootTwoPi = 2.5066282746310002;
const rootHalf = 0.7071067811865476;
const rootHalfPi = 1.2533141373155003;

/** φ(x) = e^(−x²/2)/√(2π), any x, within 4 ulp where the result is normal. */
export function normPdf(x: number): number {
  if (x > 40 || x < -40) return 0;
  return inverseRootTwoPi * expOfSquare(x, -0.5);
}

/** Φ(x), any x, with a relative error below 10 ulp in the lower tail too, as long as the result is normal. */
export function normCdf(x: number): number {
  if (x < -40) return 0;
  if (x < -0.7) return 0.5 * expOfSquare(x, -0.5) * erfcx(-x * rootHalf);
  return 0.5 * erfc(-x * rootHalf);
}

/** ln Φ(x), any x, with a relative error below 10 ulp. */
export function logNormCdf(x: number): number {
  if (x > 0) return log1p(-normCdf(-x));
  if (x > -1) return log(normCdf(x));
  return log(0.5 * erfcx(-x * rootHalf)) - 0.5 * x * x;
}

/**
 * x with Φ(x) = p, for 0 ≤ p ≤ 1, with a relative error below 10 ulp: Hastings' formula (Abramowitz and
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
  return rootHalfPi * erfcx(-x * rootHalf) - rootTwoPi * exp(logP + 0.5 * x * x);
}
