import { chebyshev } from './chebyshev.js';
import { exp } from './exp.js';

const { abs, fround } = Math;
const { isNaN } = Number;

const twoOverRootPi = 1.1283791670955126;

// erf(x) = 2x/√π · Σ (−x²)ⁿ / (n!·(2n+1)); thirteen terms for |x| ≤ ½.
const taylor = new Float64Array(13);
{
  let factorial = 1;
  for (let n = 0; n < taylor.length; n++) {
    if (n > 0) factorial *= n;
    taylor[n] = (n % 2 === 0 ? 1 : -1) / (factorial * (2 * n + 1));
  }
}

// (1+2x)·erfcx(x) on x ≥ 0 in Chebyshev polynomials of t = (x−3.75)/(x+3.75), the form of Shepherd and Laframboise (1981);
// coefficients computed with 50 digits.
const scaled = Float64Array.of(
  1.1775789345674017,
  -0.004590054580646478,
  -0.08424913336651792,
  0.05920993999819189,
  -0.026658668435305753,
  0.009074997670705265,
  -0.002413163540417608,
  0.0004907758365258086,
  -6.916973302501207e-5,
  4.13902798607301e-6,
  7.74038306619849e-7,
  -2.1886401049234397e-7,
  1.076499946567091e-8,
  4.521959811218287e-9,
  -7.754400208831351e-10,
  -6.318088340886684e-11,
  2.86879501093067e-11,
  1.9455868545777347e-13,
  -9.65469674843344e-13,
  3.25254814814874e-14,
  3.3478119482868056e-14,
  -1.864562880419313e-15,
  -1.2507950530688648e-15,
  7.418235256624044e-17,
  5.068148904796111e-17,
  -2.2370566594359995e-18,
  -2.187342944303018e-18,
  2.6766327399258762e-20,
  9.736561401741451e-20,
);

function erfSmall(x: number): number {
  const z = x * x;
  let sum = 0;
  for (let n = taylor.length - 1; n > 0; n--) sum = z * (taylor[n]! + sum);
  return twoOverRootPi * (x + x * sum);
}

function erfcxPositive(x: number): number {
  if (x > 1e8) return twoOverRootPi / (2 * x);
  return chebyshev(scaled, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
}

/** exp(factor·x²) for factor ±1 or ±½, where x² is taken in two parts so that its rounding does not grow with x. */
export function expOfSquare(x: number, factor: number): number {
  const high = fround(x);
  const rest = (x - high) * (x + high);
  return exp(factor * high * high) * exp(factor * rest);
}

/** The error function 2/√π·∫₀ˣ e^(−t²) dt, any x, within 3 ulp. */
export function erf(x: number): number {
  if (abs(x) <= 0.5) return erfSmall(x);
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
}

/** 1 − erf(x), any x, with a relative error below 8 ulp where the result is normal; 0 from about 27.3 on. */
export function erfc(x: number): number {
  if (isNaN(x)) return x;
  if (abs(x) <= 0.5) return 1 - erfSmall(x);
  if (x < 0) return 2 - erfc(-x);
  if (x > 28) return 0;
  return expOfSquare(x, -1) * erfcxPositive(x);
}

/** e^(x²)·erfc(x), any x, with a relative error below 8 ulp; ∞ below about −26.6. */
export function erfcx(x: number): number {
  if (isNaN(x)) return x;
  if (x >= 0) return erfcxPositive(x);
  if (x < -27) return Infinity;
  return 2 * expOfSquare(x, 1) - erfcxPositive(-x);
}
