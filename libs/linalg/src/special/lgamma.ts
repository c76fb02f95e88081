import { chebyshev } from './chebyshev.js';
import { log, log1p } from './log.js';

// ln Γ(2+z)/z on |z| ≤ ½ in Chebyshev polynomials of 2z; coefficients computed with 50 digits.
const aroundTwo = Float64Array.of(
  0.41418612492156676,
  0.16322170068760064,
  -0.008658972394126285,
  0.0006727515726001485,
  -6.139556963628233e-5,
  6.110065797003576e-6,
  -6.410003033826223e-7,
  6.962242692768951e-8,
  -7.747248733788217e-9,
  8.774075140687239e-10,
  -1.0070266869830198e-10,
  1.1678602130652374e-11,
  -1.3656871334744932e-12,
  1.6079351149711552e-13,
  -1.9039501088488732e-14,
  2.2653768767833064e-15,
  -2.706656814831896e-16,
  3.245660731626191e-17,
  -3.904483378457447e-18,
  4.710435641256405e-19,
);

// Stirling's series: B₂ₙ / (2n·(2n−1)).
const stirling = Float64Array.of(
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
);
const halfLogTwoPi = 0.9189385332046728;

/** ln Γ(x) for x > 0, within 6 ulp, near its zeros at 1 and 2 too; ∞ at 0, NaN below. */
export function lgamma(x: number): number {
  if (x === 0 || x === Infinity) return Infinity;
  if (!(x > 0)) return NaN;
  if (x >= 9) {
    const inverse = 1 / x;
    const z = inverse * inverse;
    let sum = 0;
    for (let n = stirling.length - 1; n >= 0; n--) sum = z * sum + stirling[n]!;
    return (x - 0.5) * (log(x) - 1) + (halfLogTwoPi - 0.5 + sum * inverse);
  }
  // Into [1.5, 2.5): Γ(x) = (x−1)·Γ(x−1) downwards, Γ(x) = Γ(x+1)/x upwards.
  if (x < 0.5) return lgammaNearTwo(x) - log(x) - log1p(x);
  if (x < 1.5) return lgammaNearTwo(x - 1) - log(x);
  let product = 1;
  let rest = x;
  while (rest >= 2.5) {
    rest -= 1;
    product *= rest;
  }
  return lgammaNearTwo(rest - 2) + (product === 1 ? 0 : log(product));
}

/** ln Γ(2+z) for |z| ≤ ½. */
function lgammaNearTwo(z: number): number {
  return z * chebyshev(aroundTwo, 2 * z);
}
