import { InvalidArgumentError } from '../errors.js';

const { abs, floor } = Math;

// π/2 in pieces of 33 bits: n·piece is exact for n < 2²⁰.
const half1 = 1.5707963267341256;
const half2 = 6.077100506303966e-11;
const half3 = 2.0222662487111665e-21;
const half4 = 8.4784276603689e-32;
const twoOverPi = 0.6366197723675814;

/** The largest |x| that `sin` and `cos` take: beyond it the reduction by π/2 would lose bits. */
export const largestAngle = 1_000_000;

/** sin(r + tail) for |r| ≤ π/4, by Taylor's series. */
function sinOf(r: number, tail: number): number {
  const z = r * r;
  const p =
    z *
    (-1 / 6 +
      z *
        (1 / 120 +
          z *
            (-1 / 5040 +
              z *
                (1 / 362880 +
                  z *
                    (-1 / 39916800 +
                      z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000)))))));
  return r + (r * p + tail * (1 - 0.5 * z));
}

/** cos(r + tail) for |r| ≤ π/4. */
function cosOf(r: number, tail: number): number {
  const z = r * r;
  const half = 0.5 * z;
  const rest =
    z *
    z *
    (1 / 24 +
      z *
        (-1 / 720 +
          z *
            (1 / 40320 +
              z *
                (-1 / 3628800 +
                  z *
                    (1 / 479001600 +
                      z * (-1 / 87178291200 + z * (1 / 20922789888000 - z / 6402373705728000)))))));
  const w = 1 - half;
  return w + (1 - w - half + (rest - r * tail));
}

function rotate(name: string, x: number, quarter: number): number {
  if (!Number.isFinite(x) || abs(x) > largestAngle)
    throw new InvalidArgumentError(name, `must lie within ±${largestAngle}, not ${x}`);
  const n = floor(x * twoOverPi + 0.5);
  // Each subtraction is exact or its rounding is kept: x − n·π/2 = r + tail.
  const a = x - n * half1;
  const b = n * half2;
  const ab = a - b;
  const lostB = a - ab - b;
  const c = n * half3 - lostB;
  const r = ab - c;
  const tail = ab - r - c - n * half4;
  switch ((((n + quarter) % 4) + 4) % 4) {
    case 0:
      return sinOf(r, tail);
    case 1:
      return cosOf(r, tail);
    case 2:
      return -sinOf(r, tail);
    default:
      return -cosOf(r, tail);
  }
}

/** sin x for |x| ≤ 10⁶, within 1 ulp. */
export function sin(x: number): number {
  return rotate('the angle of sin', x, 0);
}

/** cos x for |x| ≤ 10⁶, within 1 ulp. */
export function cos(x: number): number {
  return rotate('the angle of cos', x, 1);
}
