import { chebyshev } from './chebyshev.js';
import { log } from './log.js';

// In Chebyshev polynomials, coefficients computed with 50 digits: ln Γ(1+z)/z on −½ ≤ z ≤ ¼ …
const aroundOne = Float64Array.of(
  -0.726799529028633,
  0.3693320419730712,
  -0.04098106449435798,
  0.0062808444973331415,
  -0.0010881057888609458,
  0.00020055070682786284,
  -3.835244121257664e-5,
  7.516454664785455e-6,
  -1.4993132578066838e-6,
  3.031064934335084e-7,
  -6.193083494893415e-8,
  1.276364552181483e-8,
  -2.649548717672851e-9,
  5.53377201726577e-10,
  -1.1618480964464713e-10,
  2.450515965266572e-11,
  -5.189228610740461e-12,
  1.1027689474778515e-12,
  -2.3509048351804007e-13,
  5.025887599697679e-14,
  -1.0772016422706385e-14,
  2.3141102086000295e-15,
  -4.981774638733467e-16,
  1.0745308172199857e-16,
  -2.3217733724975196e-17,
  5.024888671177648e-18,
);

// … ln Γ(2+z)/z on −⅜ ≤ z ≤ 11/16 …
const aroundTwo = Float64Array.of(
  0.46314841702017884,
  0.16279444131174936,
  -0.008509019150211778,
  0.0006493987233686779,
  -5.818969840324314e-5,
  5.68800330741254e-6,
  -5.864323220872799e-7,
  6.263153461452539e-8,
  -6.856168906692971e-9,
  7.641734054108234e-10,
  -8.634107532784129e-11,
  9.859410012170143e-12,
  -1.1354471754509976e-12,
  1.3167153026942013e-13,
  -1.5357595778989546e-14,
  1.8000211206593727e-15,
  -2.1186367186757937e-16,
  2.5027826751789636e-17,
);

// … and (ln Γ(x) − its minimum)/d², d = x − lowest, on |d| ≤ ¼.
const aroundLowest = Float64Array.of(
  0.4858824514107999,
  -0.03728759244628158,
  0.002055341945639346,
  -0.00013130348002221155,
  9.061748369122699e-6,
  -6.549014879197944e-7,
  4.877440917286034e-8,
  -3.7092739828216006e-9,
  2.864439372088066e-10,
  -2.238077626376465e-11,
  1.764949218295305e-12,
  -1.402362934350234e-13,
  1.1212718283434861e-14,
  -9.013002246320471e-16,
  7.278048549412615e-17,
  -5.900548093257954e-18,
);
const lowest = 1.4616321449683622;
const minimum = -0.12148629053584961;
const minimumLow = 3.3649914684731424e-18;

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

/** ln Γ(x) for x > 0, within 2.5 ulp, near its zeros at 1 and 2 too; ∞ at 0, NaN below. */
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
  if (x <= 0.25) return nearOne(x) - log(x);
  if (x < 0.5) return nearLowest(x - lowest + 1) - log(x);
  if (x < 1.25) return nearOne(x - 1);
  if (x < 1.65) return nearLowest(x - lowest);
  if (x < 2.65) return nearTwo(x - 2);
  // Γ(x) = (x−1)·Γ(x−1), down into [1.65, 2.65).
  let product = 1;
  let rest = x;
  while (rest >= 2.65) {
    rest -= 1;
    product *= rest;
  }
  return nearTwo(rest - 2) + log(product);
}

/** ln Γ(1+z) for −½ ≤ z ≤ ¼. */
function nearOne(z: number): number {
  return z * chebyshev(aroundOne, (8 * z + 1) / 3);
}

/** ln Γ(2+z) for −⅜ ≤ z ≤ 11/16. */
function nearTwo(z: number): number {
  return z * chebyshev(aroundTwo, (32 * z - 5) / 17);
}

/** ln Γ(lowest + d) for |d| ≤ ¼. */
function nearLowest(d: number): number {
  return minimum + (minimumLow + d * d * chebyshev(aroundLowest, 4 * d));
}
