import { scale } from './bits.js';

const { abs, floor } = Math;
const { isNaN } = Number;

// x = k·ln 2 + r, |r| ≤ ½ ln 2; eˣ = 2ᵏ·eʳ, with eʳ from its Taylor series. ln 2 is split so that k·ln2High is exact.
export const ln2High = 0.6931471804855391;
export const ln2Low = 7.440617110012397e-11;
const inverseLn2 = 1.4426950408889634;

const c2 = 1 / 2;
const c3 = 1 / 6;
const c4 = 1 / 24;
const c5 = 1 / 120;
const c6 = 1 / 720;
const c7 = 1 / 5040;
const c8 = 1 / 40320;
const c9 = 1 / 362880;
const c10 = 1 / 3628800;
const c11 = 1 / 39916800;
const c12 = 1 / 479001600;
const c13 = 1 / 6227020800;

/** 1.5·2⁵²: added to a small number it leaves the nearest whole one in the last bits. */
const magic = 6755399441055744;

/** eʳ − 1 − r for |r| ≤ 0.35: the terms left out are below 2⁻⁵⁷ of r². In fours, so that their sums do not wait for each other. */
function beyondLinear(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const first = c2 + r * c3 + r2 * (c4 + r * c5);
  const second = c6 + r * c7 + r2 * (c8 + r * c9);
  const third = c10 + r * c11 + r2 * (c12 + r * c13);
  return r2 * (first + r4 * (second + r4 * third));
}

/** eˣ for any x, within 1 ulp where the result is normal; 0 below −745.2, ∞ above 709.79. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (isNaN(x)) return x;
  const k = x * inverseLn2 + magic - magic;
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  // 1 + (r + (the rounding of r and the rest)), so that only the last addition rounds at full weight.
  const y = 1 + (high + (beyondLinear(r) - low));
  return k === 0 ? y : scale(y, k);
}

/** eˣ − 1 for any x, within 2 ulp, also where x is tiny. */
export function expm1(x: number): number {
  if (isNaN(x)) return x;
  if (x > 40 || x < -40) return exp(x) - 1;
  if (abs(x) <= 0.35) return x + beyondLinear(x);
  const k = floor(x * inverseLn2 + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const fraction = high + (beyondLinear(high - low) - low);
  const power = scale(1, k);
  return power * fraction + (power - 1);
}
