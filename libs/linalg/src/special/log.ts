import { exponent, scale } from './bits.js';
import { exp, expm1, ln2High, ln2Low } from './exp.js';

const { abs } = Math;

const sqrt2 = 1.4142135623730951;

// ln(1+f) = 2·artanh(s), s = f/(2+f): 2s + s·R(s²), R(z) = 2·Σ z^(k+1)/(2k+3), and 2s = f − s·f.
const a1 = 2 / 3;
const a2 = 2 / 5;
const a3 = 2 / 7;
const a4 = 2 / 9;
const a5 = 2 / 11;
const a6 = 2 / 13;
const a7 = 2 / 15;
const a8 = 2 / 17;
const a9 = 2 / 19;
const a10 = 2 / 21;

/** k·ln 2 + ln(1+f) + tail, for √½ − 1 ≤ f ≤ √2 − 1: the series leaves out less than 2⁻⁵⁸ of f. */
function combine(k: number, f: number, tail: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const R =
    z *
    (a1 + z * (a2 + z * (a3 + z * (a4 + z * (a5 + z * (a6 + z * (a7 + z * (a8 + z * (a9 + z * a10)))))))));
  const half = 0.5 * f * f;
  const correction = half - (s * (half + R) + (k * ln2Low + tail));
  return k === 0 ? f - correction : k * ln2High + (f - correction);
}

/** ln x for x > 0, subnormal numbers included, within 1 ulp; −∞ at 0, NaN below. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return Infinity;
  let k = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    m *= 18014398509481984; // 2⁵⁴
    k = -54;
  }
  const e = exponent(m);
  m = scale(m, -e);
  k += e;
  if (m > sqrt2) {
    m *= 0.5;
    k += 1;
  }
  return combine(k, m - 1, 0);
}

/** ln(1+x) for x > −1, within 1 ulp, also where x is tiny; −∞ at −1, NaN below. */
export function log1p(x: number): number {
  if (x === -1) return -Infinity;
  if (!(x > -1)) return NaN;
  if (x > -0.29 && x < 0.41) return abs(x) < 1e-17 ? x : combine(0, x, 0);
  if (x > 1e16) return log(x);
  // u = 1 + x rounded; ln(1+x) = ln u + ((1+x) − u)/u.
  const u = 1 + x;
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1);
  let k = exponent(u);
  let m = scale(u, -k);
  if (m > sqrt2) {
    m *= 0.5;
    k += 1;
  }
  return combine(k, m - 1, lost / u);
}

/** ln(1 − eˣ) for x < 0, within 2 ulp where the result is normal (Mächler 2012); −∞ at 0, NaN above. */
export function log1mexp(x: number): number {
  return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x));
}
