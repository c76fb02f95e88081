import { exponent, scale } from './bits.js';
import { erfcxPieces, pieceLength } from './erfcx-pieces.js';
import { exp } from './exp.js';

const { abs, floor, fround } = Math;
const { isNaN } = Number;

// erf(x) = x + x·Σ tₙ·x²ⁿ, tₙ = 2/√π·(−1)ⁿ/(n!·(2n+1)) and one less for n = 0; thirteen terms for |x| ≤ ½.
const series = new Float64Array(13);
{
  const twoOverRootPi = 1.1283791670955126;
  let factorial = 1;
  for (let n = 1; n < series.length; n++) {
    factorial *= n;
    series[n] = ((n % 2 === 0 ? 1 : -1) * twoOverRootPi) / (factorial * (2 * n + 1));
  }
  series[0] = 0.12837916709551256;
}

const inverseRootPi = 0.5641895835477563;
const inverseRootPiLow = 7.66772980658294e-18;

function erfSmall(x: number): number {
  const z = x * x;
  let sum = 0;
  for (let n = series.length - 1; n >= 0; n--) sum = z * sum + series[n]!;
  return x + x * sum;
}

/** factor·(1 + excess)·(high + low), where only the last addition and the first product round at full weight. */
export function times(factor: number, excess: number, high: number, low: number): number {
  return factor * high + factor * (low + excess * (high + low));
}

/**
 * factor·(1 + excess)·erfcx(x + tail) for x ≥ −1, a tail of about an ulp of x and an excess below 2⁻¹²: within 1 ulp of that product,
 * 1.5 from x = 32 on.
 */
export function timesErfcx(factor: number, excess: number, x: number, tail: number): number {
  if (x >= 32) {
    // 1/(x√π)·(1 − 1/(2x²) + 3/(2x²)² − 15/(2x²)³ …)
    const u = 1 / (2 * x * x);
    const rest = -u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u * (1 - 9 * u))));
    return times(factor, excess, inverseRootPi / x, (inverseRootPiLow + inverseRootPi * rest) / x);
  }
  const at = pieceLength * pieceOf(x);
  const d = x - erfcxPieces[at]! + tail;
  let p = 0;
  for (let k = at + pieceLength - 1; k >= at + 3; k--) p = p * d + erfcxPieces[k]!;
  return times(factor, excess, erfcxPieces[at + 1]!, erfcxPieces[at + 2]! + d * p);
}

function pieceOf(x: number): number {
  if (x < 0.5) return floor(8 * (x + 1));
  const e = exponent(x);
  return 12 + 4 * (e + 1) + floor(4 * (scale(x, -e) - 1));
}

/**
 * e^(f·x²) = squared(x, f)·(1 + squaredRest(x, f)) for f ±1 or ±½ and |x| < 64: x² in two parts, the first exact, so that its
 * rounding does not grow with x.
 */
export function squared(x: number, f: number): number {
  const high = fround(x);
  return exp(f * high * high);
}

export function squaredRest(x: number, f: number): number {
  const high = fround(x);
  const m = f * (x - high) * (x + high);
  return m * (1 + m * (1 / 2 + m * (1 / 6)));
}

/** The error function 2/√π·∫₀ˣ e^(−t²) dt, any x, within 1.5 ulp. */
export function erf(x: number): number {
  if (abs(x) <= 0.5) return erfSmall(x);
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
}

/** 1 − erf(x), any x, within 2.5 ulp where the result is normal; 0 from about 27.3 on. */
export function erfc(x: number): number {
  if (isNaN(x)) return x;
  if (abs(x) <= 0.25) return 1 - erfSmall(x);
  if (x < 0) return 2 - erfc(-x);
  if (x > 28) return 0;
  return timesErfcx(squared(x, -1), squaredRest(x, -1), x, 0);
}

/** e^(x²)·erfc(x), any x, within 2 ulp; ∞ below about −26.6. */
export function erfcx(x: number): number {
  if (isNaN(x)) return x;
  if (x >= -1) return timesErfcx(1, 0, x, 0);
  if (x < -27) return Infinity;
  return times(2 * squared(x, 1), squaredRest(x, 1), 1, 0) - timesErfcx(1, 0, -x, 0);
}
