// eˣ and ln x on two lanes, operation by operation those of src/special/exp.ts and log.ts.
import { pair } from './lanes';

const ln2High: f64 = 0.6931471804855391;
const ln2Low: f64 = 7.440617110012397e-11;

// Constants lie in memory, each twice: the engine would build every splat anew in every round, with three instructions.
@lazy const CONSTANTS: usize = memory.data<f64>(
  [
    1.4426950408889634, 1.4426950408889634, // 1/ln 2
    6755399441055744.0, 6755399441055744.0, // 1.5·2⁵²: adding it leaves the nearest whole number in the low bits
    0.6931471804855391, 0.6931471804855391, // ln 2, its high part
    7.440617110012397e-11, 7.440617110012397e-11, // and the rest
    -708.0, -708.0,
    1.0, 1.0,
    1.0 / 2.0, 1.0 / 2.0, 1.0 / 6.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 120.0,
    1.0 / 720.0, 1.0 / 720.0, 1.0 / 5040.0, 1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 40320.0, 1.0 / 362880.0, 1.0 / 362880.0,
    1.0 / 3628800.0, 1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 479001600.0,
    1.0 / 6227020800.0, 1.0 / 6227020800.0,
  ],
  16,
);

/** Constant number i, in both lanes. */
// @ts-ignore: decorator
@inline function constant(i: usize): v128 {
  return v128.load(CONSTANTS + (i << 4));
}

/** c + r·d */
// @ts-ignore: decorator
@inline function two(c: v128, r: v128, d: v128): v128 {
  return f64x2.add(c, f64x2.mul(r, d));
}

/** y[i] := e^x[i] for −708 ≤ x ≤ 709 (below, e⁻⁷⁰⁸), over `count` doubles, a multiple of 4: two pairs a round, which share the constants. */
export function expEach(x: usize, y: usize, count: i32): void {
  for (let end = x + ((<usize>count) << 3); x < end; x += 32, y += 32) {
    let k = constant(4);
    const x0 = f64x2.pmax(k, pair(x)), x1 = f64x2.pmax(k, pair(x, 16));
    k = constant(0);
    const magic = constant(1);
    const t0 = f64x2.add(f64x2.mul(x0, k), magic), t1 = f64x2.add(f64x2.mul(x1, k), magic);
    const k0 = f64x2.sub(t0, magic), k1 = f64x2.sub(t1, magic);
    k = constant(2);
    const high0 = f64x2.sub(x0, f64x2.mul(k0, k)), high1 = f64x2.sub(x1, f64x2.mul(k1, k));
    k = constant(3);
    const low0 = f64x2.mul(k0, k), low1 = f64x2.mul(k1, k);
    const r0 = f64x2.sub(high0, low0), r1 = f64x2.sub(high1, low1);
    const s0 = f64x2.mul(r0, r0), s1 = f64x2.mul(r1, r1);
    const q0 = f64x2.mul(s0, s0), q1 = f64x2.mul(s1, s1);

    let c = constant(14), d = constant(15);
    let u0 = two(c, r0, d), u1 = two(c, r1, d);
    c = constant(16); d = constant(17);
    u0 = f64x2.add(u0, f64x2.mul(s0, two(c, r0, d))); u1 = f64x2.add(u1, f64x2.mul(s1, two(c, r1, d)));
    c = constant(10); d = constant(11);
    let v0 = two(c, r0, d), v1 = two(c, r1, d);
    c = constant(12); d = constant(13);
    v0 = f64x2.add(v0, f64x2.mul(s0, two(c, r0, d))); v1 = f64x2.add(v1, f64x2.mul(s1, two(c, r1, d)));
    u0 = f64x2.add(v0, f64x2.mul(q0, u0)); u1 = f64x2.add(v1, f64x2.mul(q1, u1));
    c = constant(6); d = constant(7);
    v0 = two(c, r0, d); v1 = two(c, r1, d);
    c = constant(8); d = constant(9);
    v0 = f64x2.add(v0, f64x2.mul(s0, two(c, r0, d))); v1 = f64x2.add(v1, f64x2.mul(s1, two(c, r1, d)));
    u0 = f64x2.mul(s0, f64x2.add(v0, f64x2.mul(q0, u0))); u1 = f64x2.mul(s1, f64x2.add(v1, f64x2.mul(q1, u1)));

    const one = constant(5);
    const e0 = f64x2.add(one, f64x2.add(high0, f64x2.sub(u0, low0)));
    const e1 = f64x2.add(one, f64x2.add(high1, f64x2.sub(u1, low1)));
    // The low bits of t hold k: moved into the exponent's place they multiply by 2ᵏ.
    v128.store(y, i64x2.add(e0, i64x2.shl(t0, 52)));
    v128.store(y, i64x2.add(e1, i64x2.shl(t1, 52)), 16);
  }
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

/** y[i] = ln x[i] for `count` doubles, an even number. */
export function logEach(x: usize, y: usize, count: i32): void {
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, y += 16) v128.store(y, logPair(pair(x)));
}
