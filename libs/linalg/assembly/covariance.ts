// Covariances of one part of a kernel, and what its lengthscales do to the likelihood.
//
// Inputs are scaled by 1/ℓ and stored by columns: x[q] begins q·length doubles after x. s is what a part makes of two rows:
//   SQUARES   Σ (x − x')²       MISMATCH  Σ w·[x ≠ x']       PRODUCTS  Σ x·x'       TABLE  w[x, x'] for whole x below d
// V(s) is the value and E(s) the slope: ∂V/∂ln ℓ_q = E·δ_q, with δ_q the share of column q in s (Hamming: in w).
import { both, bytes, multiplyAdd, pair, sumOfLanes } from './lanes';
import { expEach, logPair } from './exp';

const SQUARES: i32 = 0;
const MISMATCH: i32 = 1;
const TABLE: i32 = 3;

const RBF: i32 = 0;
const MATERN12: i32 = 1;
const MATERN32: i32 = 2;
const MATERN52: i32 = 3;
const RATIONAL: i32 = 4;
const LINEAR: i32 = 6;
const COREGION: i32 = 7;

const root3: f64 = 1.7320508075688772;
const root5: f64 = 2.23606797749979;

/** The share of one column in s, for the value u of the left row and two right rows; only a mismatch looks at the weight. */
// @ts-ignore: decorator
@inline function share(mode: i32, u: v128, v: v128, weight: usize): v128 {
  if (mode == SQUARES) {
    const difference = f64x2.sub(u, v);
    return f64x2.mul(difference, difference);
  }
  if (mode == MISMATCH) return v128.and(f64x2.ne(u, v), both(weight));
  return f64x2.mul(u, v);
}

/** Columns in threes, so that the left row's values stay in registers. */
// @ts-ignore: decorator
@inline function sumsOfRow(
  mode: i32, left: usize, leftBytes: usize, right: usize, rightBytes: usize, d: i32, weights: usize, count: i32, out: usize,
): void {
  memory.fill(out, 0, bytes(count));
  const end = out + bytes(count);
  let q = 0;
  for (; q + 3 <= d; q += 3) {
    const w = weights + bytes(q);
    const u0 = both(left), u1 = both(left + leftBytes), u2 = both(left + 2 * leftBytes);
    let v0 = right, v1 = v0 + rightBytes, v2 = v1 + rightBytes;
    for (let at = out; at < end; at += 32, v0 += 32, v1 += 32, v2 += 32) {
      let s = f64x2.add(pair(at), share(mode, u0, pair(v0), w)), t = f64x2.add(pair(at, 16), share(mode, u0, pair(v0, 16), w));
      s = f64x2.add(s, share(mode, u1, pair(v1), w + 8)); t = f64x2.add(t, share(mode, u1, pair(v1, 16), w + 8));
      s = f64x2.add(s, share(mode, u2, pair(v2), w + 16)); t = f64x2.add(t, share(mode, u2, pair(v2, 16), w + 16));
      v128.store(at, s);
      v128.store(at, t, 16);
    }
    left += 3 * leftBytes;
    right += 3 * rightBytes;
  }
  for (; q < d; q++) {
    const w = weights + bytes(q);
    const u = both(left);
    let v = right;
    for (let at = out; at < end; at += 32, v += 32) {
      v128.store(at, f64x2.add(pair(at), share(mode, u, pair(v), w)));
      v128.store(at, f64x2.add(pair(at, 16), share(mode, u, pair(v, 16), w)), 16);
    }
    left += leftBytes;
    right += rightBytes;
  }
}

/** Where the row of a table (d,d) begins that the number at `left` names. */
// @ts-ignore: decorator
@inline function rowOfTable(table: usize, d: i32, left: usize): usize {
  return table + bytes(<i32>load<f64>(left) * d);
}

/** The double of a row of a table that the number at `right` names. */
// @ts-ignore: decorator
@inline function placeInRow(row: usize, right: usize): usize {
  return row + bytes(<i32>load<f64>(right));
}

function lookUp(left: usize, right: usize, d: i32, table: usize, count: i32, out: usize): void {
  const row = rowOfTable(table, d, left);
  for (let o: usize = 0; o < bytes(count); o += 8) store<f64>(out + o, load<f64>(placeInRow(row, right + o)));
}

/** s between one left row and `count` right rows (a multiple of 4). */
function sums(
  mode: i32, left: usize, leftBytes: usize, right: usize, rightBytes: usize, d: i32, weights: usize, count: i32, out: usize,
): void {
  if (mode == SQUARES) sumsOfRow(SQUARES, left, leftBytes, right, rightBytes, d, weights, count, out);
  else if (mode == MISMATCH) sumsOfRow(MISMATCH, left, leftBytes, right, rightBytes, d, weights, count, out);
  else if (mode == TABLE) lookUp(left, right, d, weights, count, out);
  else sumsOfRow(2, left, leftBytes, right, rightBytes, d, weights, count, out);
}

/** The same between `count` left rows and four right ones, which stay in registers for three columns at a time. */
// @ts-ignore: decorator
@inline function sumsOfStrip(
  mode: i32, left: usize, leftBytes: usize, right: usize, rightBytes: usize, d: i32, weights: usize, count: i32, out: usize,
): void {
  const end = out + bytes(4 * count);
  let q = 0;
  if (d >= 3) {
    threeOfStrip(mode, true, left, leftBytes, right, rightBytes, weights, out, end);
    q = 3;
  } else memory.fill(out, 0, end - out);
  left += <usize>q * leftBytes;
  right += <usize>q * rightBytes;
  for (; q + 3 <= d; q += 3) {
    threeOfStrip(mode, false, left, leftBytes, right, rightBytes, weights + bytes(q), out, end);
    left += 3 * leftBytes;
    right += 3 * rightBytes;
  }
  for (; q < d; q++) {
    const w = weights + bytes(q);
    const y = pair(right), z = pair(right, 16);
    let u = left;
    for (let at = out; at < end; at += 32, u += 8) {
      v128.store(at, f64x2.add(pair(at), share(mode, both(u), y, w)));
      v128.store(at, f64x2.add(pair(at, 16), share(mode, both(u), z, w)), 16);
    }
    left += leftBytes;
    right += rightBytes;
  }
}

/** Three columns of them, which are the first or come to those before. */
// @ts-ignore: decorator
@inline function threeOfStrip(
  mode: i32, first: bool, left: usize, leftBytes: usize, right: usize, rightBytes: usize, w: usize, out: usize, end: usize,
): void {
  const y0 = pair(right), z0 = pair(right, 16);
  const y1 = pair(right + rightBytes), z1 = pair(right + rightBytes, 16);
  const y2 = pair(right + 2 * rightBytes), z2 = pair(right + 2 * rightBytes, 16);
  const zero = f64x2.splat(0);
  let u0 = left, u1 = u0 + leftBytes, u2 = u1 + leftBytes;
  for (let at = out; at < end; at += 32, u0 += 8, u1 += 8, u2 += 8) {
    let u = both(u0);
    let s = share(mode, u, y0, w), t = share(mode, u, z0, w);
    // A square is not −0: added to 0 it stays what it is.
    if (!first) {
      s = f64x2.add(pair(at), s);
      t = f64x2.add(pair(at, 16), t);
    } else if (mode != SQUARES) {
      s = f64x2.add(zero, s);
      t = f64x2.add(zero, t);
    }
    u = both(u1);
    s = f64x2.add(s, share(mode, u, y1, w + 8)); t = f64x2.add(t, share(mode, u, z1, w + 8));
    u = both(u2);
    v128.store(at, f64x2.add(s, share(mode, u, y2, w + 16)));
    v128.store(at, f64x2.add(t, share(mode, u, z2, w + 16)), 16);
  }
}

/** s between `count` left rows and four right ones, a strip. */
function stripSums(
  mode: i32, left: usize, leftBytes: usize, right: usize, rightBytes: usize, d: i32, weights: usize, count: i32, out: usize,
): void {
  if (mode == SQUARES) sumsOfStrip(SQUARES, left, leftBytes, right, rightBytes, d, weights, count, out);
  else if (mode == MISMATCH) sumsOfStrip(MISMATCH, left, leftBytes, right, rightBytes, d, weights, count, out);
  else if (mode == TABLE) for (let i = 0; i < count; i++) lookUp(left + bytes(i), right, d, weights, 4, out + bytes(4 * i));
  else sumsOfStrip(2, left, leftBytes, right, rightBytes, d, weights, count, out);
}

/** e := amplitude·e^(−r) with r = factor·√s, and r itself. */
function decay(s: usize, factor: f64, amplitude: f64, r: usize, e: usize, count: i32): void {
  const f = f64x2.splat(factor);
  for (let o: usize = 0; o < bytes(count); o += 16) {
    const radius = f64x2.mul(f64x2.sqrt(pair(s + o)), f);
    v128.store(r + o, radius);
    v128.store(e + o, f64x2.neg(radius));
  }
  expTimes(amplitude, e, count);
}

/** e := amplitude·eᵉ */
function expTimes(amplitude: f64, e: usize, count: i32): void {
  expEach(e, e, count);
  const a = f64x2.splat(amplitude);
  for (let o: usize = 0; o < bytes(count); o += 16) v128.store(e + o, f64x2.mul(pair(e + o), a));
}

/**
 * V(s)·amplitude in place of `count` s, a multiple of 4; E(s)·amplitude where `slopes` is not 0, and the slope ∂V/∂ln α of the rational
 * quadratic where `shapeSlopes` is not 0. `scratch` has room for twice as many. A loop a step: short loops keep their constants in registers.
 */
export function shape(
  kind: i32, values: usize, slopes: usize, shapeSlopes: usize, count: i32, amplitude: f64, alpha: f64, scratch: usize,
): void {
  const one = f64x2.splat(1);
  const end = bytes(count);
  const e = scratch;
  const r = scratch + end;
  if (kind == MATERN52) {
    decay(values, root5, amplitude, r, e, count);
    const c = f64x2.splat(5.0 / 3.0);
    for (let o: usize = 0; o < end; o += 16) {
      const decayed = pair(e + o);
      const p = f64x2.mul(f64x2.add(pair(r + o), one), decayed);
      v128.store(values + o, f64x2.add(p, f64x2.mul(f64x2.mul(pair(values + o), c), decayed)));
      if (slopes) v128.store(slopes + o, f64x2.mul(p, c));
    }
  } else if (kind == MATERN32) {
    decay(values, root3, amplitude, r, e, count);
    const three = f64x2.splat(3);
    for (let o: usize = 0; o < end; o += 16) {
      const decayed = pair(e + o);
      v128.store(values + o, f64x2.mul(f64x2.add(pair(r + o), one), decayed));
      if (slopes) v128.store(slopes + o, f64x2.mul(decayed, three));
    }
  } else if (kind == MATERN12) {
    decay(values, 1, amplitude, r, e, count);
    const zero = f64x2.splat(0);
    for (let o: usize = 0; o < end; o += 16) {
      const decayed = pair(e + o), radius = pair(r + o);
      v128.store(values + o, decayed);
      // At r = 0 the slope has no value; it only ever meets a distance that is 0 there.
      if (slopes) v128.store(slopes + o, v128.and(f64x2.div(decayed, radius), f64x2.gt(radius, zero)));
    }
  } else if (kind == RATIONAL) {
    const inverse = f64x2.splat(0.5 / alpha);
    const power = f64x2.splat(alpha);
    for (let o: usize = 0; o < end; o += 16) {
      const base = f64x2.add(one, f64x2.mul(pair(values + o), inverse));
      v128.store(e + o, f64x2.neg(f64x2.mul(power, logPair(base))));
    }
    if (shapeSlopes) memory.copy(shapeSlopes, e, end);
    expTimes(amplitude, e, count);
    for (let o: usize = 0; o < end; o += 16) {
      const z = f64x2.mul(pair(values + o), inverse);
      const base = f64x2.add(one, z);
      const decayed = pair(e + o);
      v128.store(values + o, decayed);
      if (slopes) v128.store(slopes + o, f64x2.div(decayed, base));
      // −α·ln B lies there already.
      if (shapeSlopes)
        v128.store(
          shapeSlopes + o,
          f64x2.mul(decayed, f64x2.add(f64x2.div(f64x2.mul(power, z), base), pair(shapeSlopes + o))),
        );
    }
  } else if (kind == LINEAR || kind == COREGION) {
    const a = f64x2.splat(amplitude);
    const slope = f64x2.splat(kind == LINEAR ? -2 * amplitude : amplitude);
    for (let o: usize = 0; o < end; o += 16) {
      v128.store(values + o, f64x2.mul(pair(values + o), a));
      if (slopes) v128.store(slopes + o, slope);
    }
  } else {
    const factor = f64x2.splat(kind == RBF ? -0.5 : -1);
    for (let o: usize = 0; o < end; o += 16) v128.store(values + o, f64x2.mul(pair(values + o), factor));
    expTimes(amplitude, values, count);
    if (slopes) memory.copy(slopes, values, end);
  }
}

/**
 * V, E and ∂V/∂ln α between all rows of x (length `n`, of which `real` are real), the lower triangle and the rest of its diagonal tiles,
 * row-major with rows n apart. `scratch` has room for 2n.
 */
export function covarianceWithin(
  kind: i32, mode: i32, x: usize, n: i32, real: i32, d: i32, weights: usize, amplitude: f64, alpha: f64,
  values: usize, slopes: usize, shapeSlopes: usize, scratch: usize,
): void {
  const stride = bytes(n);
  for (let i = 0; i < real; i++) {
    const count = ((i >> 2) + 1) << 2;
    const offset = <usize>i * stride;
    sums(mode, x + bytes(i), stride, x, stride, d, weights, count, values + offset);
    shape(
      kind, values + offset, slopes ? slopes + offset : 0, shapeSlopes ? shapeSlopes + offset : 0, count, amplitude, alpha, scratch,
    );
  }
}

/** Adds `diagonal` (n) to K, and makes what stands for rows that are not real the identity. */
export function finishCovariance(K: usize, n: i32, real: i32, diagonal: usize): void {
  const stride = bytes(n);
  for (let i = 0; i < real; i++) {
    const at = K + <usize>i * stride + bytes(i);
    store<f64>(at, load<f64>(at) + load<f64>(diagonal + bytes(i)));
  }
  for (let i = real; i < n; i++) {
    memory.fill(K + <usize>i * stride, 0, stride);
    store<f64>(K + <usize>i * stride + bytes(i), 1);
  }
}

/**
 * V between the n rows of x and `count` strips of four columns of z (length `length`), as strips: the four of row i at [4i]; and E and
 * ∂V/∂ln α where `slopes` and `shapeSlopes` are not 0. Rows that are not real are 0 in V. `scratch` has room for 8n.
 */
export function covarianceStrips(
  kind: i32, mode: i32, x: usize, n: i32, real: i32, z: usize, length: i32, d: i32, weights: usize, amplitude: f64, alpha: f64,
  V: usize, slopes: usize, shapeSlopes: usize, count: i32, scratch: usize,
): void {
  const stripBytes = bytes(4 * n);
  for (let c = 0; c < count; c++) {
    const offset = <usize>c * stripBytes;
    const strip = V + offset;
    stripSums(mode, x, bytes(n), z + bytes(4 * c), bytes(length), d, weights, real, strip);
    shape(
      kind, strip, slopes ? slopes + offset : 0, shapeSlopes ? shapeSlopes + offset : 0, 4 * real, amplitude, alpha, scratch,
    );
    for (let at = strip + bytes(4 * real); at < strip + stripBytes; at += 16) v128.store(at, f64x2.splat(0));
  }
}

/** out[column] = Σ_{i<n} weights[i]·V[i,column], by increasing row, for `count` strips of four columns. */
export function weighStrips(V: usize, n: i32, count: i32, weights: usize, out: usize): void {
  let at = V;
  for (let c = 0; c < count; c++) {
    let s = f64x2.splat(0), t = s;
    for (let i = 0; i < n; i++) {
      const weight = both(weights + bytes(i));
      s = multiplyAdd(weight, pair(at), s);
      t = multiplyAdd(weight, pair(at, 16), t);
      at += 32;
    }
    v128.store(out + bytes(4 * c), s);
    v128.store(out + bytes(4 * c), t, 16);
  }
}

/**
 * W := ααᵀ + W on the lower triangle, its diagonal then halved: with W = −K⁻¹ before, ∂ ln p/∂θ = Σ_{j≤i} W[i,j]·∂K[i,j]/∂θ. What lies
 * right of the diagonal in its pair becomes 0.
 */
export function likelihoodWeights(alpha: usize, W: usize, n: i32, real: i32): void {
  for (let i = 0; i < real; i++) {
    const row = W + <usize>i * bytes(n);
    const value = both(alpha + bytes(i));
    for (let j = 0; j <= i; j += 2)
      v128.store(row + bytes(j), f64x2.add(f64x2.mul(value, pair(alpha + bytes(j))), pair(row + bytes(j))));
    store<f64>(row + bytes(i), 0.5 * load<f64>(row + bytes(i)));
    if ((i & 1) == 0) store<f64>(row + bytes(i + 1), 0);
  }
}

/**
 * out[q] = Σ_{j≤i} W[i,j]·E[i,j]·δ_q(i,j) for each of the d columns; of a table (d,d) the sums of W·E over the pairs that look at each of its
 * elements. `products` has room for n doubles.
 */
export function contract(
  mode: i32, x: usize, n: i32, real: i32, d: i32, weights: usize, W: usize, E: usize, products: usize, sums: usize, out: usize,
): void {
  if (mode == TABLE) {
    contractTable(x, n, real, d, W, E, out);
    return;
  }
  memory.fill(sums, 0, bytes(2 * d));
  const stride = bytes(n);
  for (let i = 0; i < real; i++) {
    const count = (i >> 1) + 1;
    const row = <usize>i * stride;
    for (let o: usize = 0; o < bytes(2 * count); o += 16)
      v128.store(products + o, f64x2.mul(pair(W + row + o), pair(E + row + o)));
    if (mode == SQUARES) contractRow(SQUARES, x, stride, i, d, weights, products, count, sums);
    else if (mode == MISMATCH) contractRow(MISMATCH, x, stride, i, d, weights, products, count, sums);
    else contractRow(2, x, stride, i, d, weights, products, count, sums);
  }
  for (let q = 0; q < d; q++) store<f64>(out + bytes(q), sumOfLanes(pair(sums + bytes(2 * q))));
}

function contractTable(x: usize, n: i32, real: i32, d: i32, W: usize, E: usize, out: usize): void {
  memory.fill(out, 0, bytes(d * d));
  for (let i = 0; i < real; i++) {
    const row = rowOfTable(out, d, x + bytes(i));
    const offset = <usize>i * bytes(n);
    for (let o: usize = 0; o <= bytes(i); o += 8) addTo(placeInRow(row, x + o), load<f64>(W + offset + o) * load<f64>(E + offset + o));
  }
}

// @ts-ignore: decorator
@inline function addTo(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/**
 * The same over the pairs of the rows of x and `count` strips of z, for W and E as strips; a strip after the other, by increasing row.
 * `products` has room for 4n doubles, `sums` for 4d.
 */
export function contractStrips(
  mode: i32, x: usize, n: i32, real: i32, z: usize, length: i32, d: i32, weights: usize, W: usize, E: usize, count: i32,
  products: usize, sums: usize, out: usize,
): void {
  const stripBytes = bytes(4 * n);
  const used = bytes(4 * real);
  if (mode == TABLE) memory.fill(out, 0, bytes(d * d));
  else memory.fill(sums, 0, bytes(4 * d));
  for (let c = 0; c < count; c++) {
    const left = W + <usize>c * stripBytes, right = E + <usize>c * stripBytes;
    const columns = z + bytes(4 * c);
    for (let o: usize = 0; o < used; o += 16) v128.store(products + o, f64x2.mul(pair(left + o), pair(right + o)));
    if (mode == SQUARES) contractStrip(SQUARES, x, bytes(n), real, columns, bytes(length), d, weights, products, sums);
    else if (mode == MISMATCH) contractStrip(MISMATCH, x, bytes(n), real, columns, bytes(length), d, weights, products, sums);
    else if (mode == TABLE) contractStripOfTable(x, real, columns, d, products, out);
    else contractStrip(2, x, bytes(n), real, columns, bytes(length), d, weights, products, sums);
  }
  if (mode == TABLE) return;
  for (let q = 0; q < d; q++) {
    const at = sums + bytes(4 * q);
    store<f64>(out + bytes(q), sumOfLanes(pair(at)) + sumOfLanes(pair(at, 16)));
  }
}

// @ts-ignore: decorator
@inline function contractStrip(
  mode: i32, x: usize, leftBytes: usize, real: i32, z: usize, rightBytes: usize, d: i32, weights: usize, products: usize, sums: usize,
): void {
  for (let q = 0; q < d; q++) {
    const v = pair(z), w = pair(z, 16);
    const weight = weights + bytes(q);
    const at = sums + bytes(4 * q);
    let s = pair(at), t = pair(at, 16);
    let p = products;
    for (let u = x; u < x + bytes(real); u += 8, p += 32) {
      const value = both(u);
      s = f64x2.add(s, f64x2.mul(pair(p), share(mode, value, v, weight)));
      t = f64x2.add(t, f64x2.mul(pair(p, 16), share(mode, value, w, weight)));
    }
    v128.store(at, s);
    v128.store(at, t, 16);
    x += leftBytes;
    z += rightBytes;
  }
}

function contractStripOfTable(x: usize, real: i32, z: usize, d: i32, products: usize, out: usize): void {
  for (let i = 0; i < real; i++) {
    const row = rowOfTable(out, d, x + bytes(i));
    for (let o: usize = 0; o < 32; o += 8) addTo(placeInRow(row, z + o), load<f64>(products + bytes(4 * i) + o));
  }
}

/** Columns in threes, so that their sums stay in registers. */
// @ts-ignore: decorator
@inline function contractRow(
  mode: i32, x: usize, stride: usize, i: i32, d: i32, weights: usize, products: usize, count: i32, sums: usize,
): void {
  let q = 0;
  for (; q + 3 <= d; q += 3) {
    let v0 = x + <usize>q * stride;
    let v1 = v0 + stride;
    let v2 = v1 + stride;
    const u0 = both(v0 + bytes(i)), u1 = both(v1 + bytes(i)), u2 = both(v2 + bytes(i));
    const w0 = weights + bytes(q), w1 = w0 + 8, w2 = w0 + 16;
    const at = sums + bytes(2 * q);
    let s0 = pair(at), s1 = pair(at, 16), s2 = pair(at, 32);
    let p = products;
    for (let j = count; j > 0; j--) {
      const h = pair(p);
      s0 = f64x2.add(s0, f64x2.mul(h, share(mode, u0, pair(v0), w0)));
      s1 = f64x2.add(s1, f64x2.mul(h, share(mode, u1, pair(v1), w1)));
      s2 = f64x2.add(s2, f64x2.mul(h, share(mode, u2, pair(v2), w2)));
      p += 16;
      v0 += 16;
      v1 += 16;
      v2 += 16;
    }
    v128.store(at, s0);
    v128.store(at, s1, 16);
    v128.store(at, s2, 32);
  }
  for (; q < d; q++) {
    let v = x + <usize>q * stride;
    const u = both(v + bytes(i));
    const w = weights + bytes(q);
    const at = sums + bytes(2 * q);
    let s = pair(at);
    let p = products;
    for (let j = count; j > 0; j--) {
      s = f64x2.add(s, f64x2.mul(pair(p), share(mode, u, pair(v), w)));
      p += 16;
      v += 16;
    }
    v128.store(at, s);
  }
}
