// eˣ and ln x on two lanes, operation by operation those of src/special/exp.ts and log.ts.
import { pair } from './lanes';

const magic: f64 = 6755399441055744.0; // 1.5·2⁵²: adding it leaves the nearest whole number in the low bits
const inverseLn2: f64 = 1.4426950408889634;
const ln2High: f64 = 0.6931471804855391;
const ln2Low: f64 = 7.440617110012397e-11;

// @ts-ignore: decorator
@inline function two(c0: f64, r: v128, c1: f64): v128 {
  return f64x2.add(f64x2.splat(c0), f64x2.mul(r, f64x2.splat(c1)));
}

/** eˣ for −708 ≤ x ≤ 709; below, e⁻⁷⁰⁸. */
// @ts-ignore: decorator
@inline export function expPair(x0: v128): v128 {
  const x = f64x2.pmax(f64x2.splat(-708.0), x0);
  const t = f64x2.add(f64x2.mul(x, f64x2.splat(inverseLn2)), f64x2.splat(magic));
  const k = f64x2.sub(t, f64x2.splat(magic));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(ln2High)));
  const low = f64x2.mul(k, f64x2.splat(ln2Low));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const first = f64x2.add(two(1.0 / 2.0, r, 1.0 / 6.0), f64x2.mul(r2, two(1.0 / 24.0, r, 1.0 / 120.0)));
  const second = f64x2.add(two(1.0 / 720.0, r, 1.0 / 5040.0), f64x2.mul(r2, two(1.0 / 40320.0, r, 1.0 / 362880.0)));
  const third = f64x2.add(
    two(1.0 / 3628800.0, r, 1.0 / 39916800.0),
    f64x2.mul(r2, two(1.0 / 479001600.0, r, 1.0 / 6227020800.0)),
  );
  const beyond = f64x2.mul(r2, f64x2.add(first, f64x2.mul(r4, f64x2.add(second, f64x2.mul(r4, third)))));
  const y = f64x2.add(f64x2.splat(1.0), f64x2.add(high, f64x2.sub(beyond, low)));
  // The low bits of t hold k: moved into the exponent's place they multiply by 2ᵏ.
  return i64x2.add(y, i64x2.shl(t, 52));
}

/** ln x for normal x > 0. */
// @ts-ignore: decorator
@inline export function logPair(x: v128): v128 {
  const bits = x;
  const exponent = i64x2.shr_u(bits, 52);
  const one = f64x2.splat(1.0);
  let m = v128.or(v128.and(bits, i64x2.splat(0x000fffffffffffff)), one);
  const above = f64x2.gt(m, f64x2.splat(1.4142135623730951));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, above);
  // A whole number below 2⁵² as the low bits of 2⁵² is that number added to it.
  const shifted = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0));
  const k = f64x2.add(f64x2.sub(shifted, f64x2.splat(1023.0)), v128.and(above, one));
  const f = f64x2.sub(m, one);
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2.0), f));
  const z = f64x2.mul(s, s);
  let R = f64x2.splat(2.0 / 21.0);
  R = f64x2.add(f64x2.splat(2.0 / 19.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 17.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 15.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 13.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 11.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 9.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 7.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 5.0), f64x2.mul(z, R));
  R = f64x2.add(f64x2.splat(2.0 / 3.0), f64x2.mul(z, R));
  R = f64x2.mul(z, R);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const correction = f64x2.sub(
    half,
    f64x2.add(f64x2.mul(s, f64x2.add(half, R)), f64x2.mul(k, f64x2.splat(ln2Low))),
  );
  return f64x2.add(f64x2.mul(k, f64x2.splat(ln2High)), f64x2.sub(f, correction));
}

/** y[i] = e^x[i] for `count` doubles, an even number. */
export function expEach(x: usize, y: usize, count: i32): void {
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, y += 16) v128.store(y, expPair(pair(x)));
}

/** y[i] = ln x[i] for `count` doubles, an even number. */
export function logEach(x: usize, y: usize, count: i32): void {
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, y += 16) v128.store(y, logPair(pair(x)));
}
