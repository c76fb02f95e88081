// The micro-kernels: 4 × 4 tiles of products of packed strips.
//
// A strip holds four rows (or four columns) of a matrix side by side: element k of its four lines lies at strip[4k … 4k+3].
// Small functions of their own, because one big function would stay in the engine's slow tier for long.
import { both, multiplyAdd, pair } from './lanes';

/** What `multiplyTile` leaves: row r, column c at [4r + c]. */
@lazy export const TILE: usize = memory.data(128, 16);

/** TILE[r,c] = Σ_{k<depth} left[k,r]·right[k,c], by increasing k from 0. */
export function multiplyTile(depth: i32, left: usize, right: usize): void {
  let a00 = f64x2.splat(0), a01 = a00;
  let a10 = a00, a11 = a00;
  let a20 = a00, a21 = a00;
  let a30 = a00, a31 = a00;
  if (depth > 0)
    do {
      const b0 = v128.load(right);
      const b1 = v128.load(right, 16);
      let s = v128.load64_splat(left);
      a00 = multiplyAdd(s, b0, a00);
      a01 = multiplyAdd(s, b1, a01);
      s = v128.load64_splat(left, 8);
      a10 = multiplyAdd(s, b0, a10);
      a11 = multiplyAdd(s, b1, a11);
      s = v128.load64_splat(left, 16);
      a20 = multiplyAdd(s, b0, a20);
      a21 = multiplyAdd(s, b1, a21);
      s = v128.load64_splat(left, 24);
      a30 = multiplyAdd(s, b0, a30);
      a31 = multiplyAdd(s, b1, a31);
      left += 32;
      right += 32;
    } while (--depth);
  v128.store(TILE, a00);
  v128.store(TILE, a01, 16);
  v128.store(TILE, a10, 32);
  v128.store(TILE, a11, 48);
  v128.store(TILE, a20, 64);
  v128.store(TILE, a21, 80);
  v128.store(TILE, a30, 96);
  v128.store(TILE, a31, 112);
}

/** C[r,c] −= (or += where `add`) Σ_{k<depth} left[k,r]·right[k,c], for the 4 × 4 tile at C whose rows lie `stride` bytes apart. */
export function updateTile(depth: i32, left: usize, right: usize, C: usize, stride: usize, add: bool): void {
  let a00 = f64x2.splat(0), a01 = a00;
  let a10 = a00, a11 = a00;
  let a20 = a00, a21 = a00;
  let a30 = a00, a31 = a00;
  if (depth > 0)
    do {
      const b0 = v128.load(right);
      const b1 = v128.load(right, 16);
      let s = v128.load64_splat(left);
      a00 = multiplyAdd(s, b0, a00);
      a01 = multiplyAdd(s, b1, a01);
      s = v128.load64_splat(left, 8);
      a10 = multiplyAdd(s, b0, a10);
      a11 = multiplyAdd(s, b1, a11);
      s = v128.load64_splat(left, 16);
      a20 = multiplyAdd(s, b0, a20);
      a21 = multiplyAdd(s, b1, a21);
      s = v128.load64_splat(left, 24);
      a30 = multiplyAdd(s, b0, a30);
      a31 = multiplyAdd(s, b1, a31);
      left += 32;
      right += 32;
    } while (--depth);
  if (add) {
    v128.store(C, f64x2.add(v128.load(C), a00));
    v128.store(C, f64x2.add(v128.load(C, 16), a01), 16);
    C += stride;
    v128.store(C, f64x2.add(v128.load(C), a10));
    v128.store(C, f64x2.add(v128.load(C, 16), a11), 16);
    C += stride;
    v128.store(C, f64x2.add(v128.load(C), a20));
    v128.store(C, f64x2.add(v128.load(C, 16), a21), 16);
    C += stride;
    v128.store(C, f64x2.add(v128.load(C), a30));
    v128.store(C, f64x2.add(v128.load(C, 16), a31), 16);
  } else {
    v128.store(C, f64x2.sub(v128.load(C), a00));
    v128.store(C, f64x2.sub(v128.load(C, 16), a01), 16);
    C += stride;
    v128.store(C, f64x2.sub(v128.load(C), a10));
    v128.store(C, f64x2.sub(v128.load(C, 16), a11), 16);
    C += stride;
    v128.store(C, f64x2.sub(v128.load(C), a20));
    v128.store(C, f64x2.sub(v128.load(C, 16), a21), 16);
    C += stride;
    v128.store(C, f64x2.sub(v128.load(C), a30));
    v128.store(C, f64x2.sub(v128.load(C, 16), a31), 16);
  }
}

// @ts-ignore: decorator
@inline function minus(factor: usize, x: v128, y: v128): v128 {
  return f64x2.sub(y, f64x2.mul(both(factor), x));
}

/**
 * T := D⁻¹·T by forward substitution, for the tile T (4,4) and the lower triangle D whose element (r,c) is at [4c + r]; `inverses`
 * holds 1/D[r,r].
 */
export function solveTile(T: usize, D: usize, inverses: usize): void {
  let s = both(inverses);
  const t00 = f64x2.mul(pair(T), s);
  const t01 = f64x2.mul(pair(T, 16), s);
  s = both(inverses + 8);
  const t10 = f64x2.mul(minus(D + 8, t00, pair(T, 32)), s);
  const t11 = f64x2.mul(minus(D + 8, t01, pair(T, 48)), s);
  s = both(inverses + 16);
  const t20 = f64x2.mul(minus(D + 48, t10, minus(D + 16, t00, pair(T, 64))), s);
  const t21 = f64x2.mul(minus(D + 48, t11, minus(D + 16, t01, pair(T, 80))), s);
  s = both(inverses + 24);
  const t30 = f64x2.mul(minus(D + 88, t20, minus(D + 56, t10, minus(D + 24, t00, pair(T, 96)))), s);
  const t31 = f64x2.mul(minus(D + 88, t21, minus(D + 56, t11, minus(D + 24, t01, pair(T, 112)))), s);
  v128.store(T, t00);
  v128.store(T, t01, 16);
  v128.store(T, t10, 32);
  v128.store(T, t11, 48);
  v128.store(T, t20, 64);
  v128.store(T, t21, 80);
  v128.store(T, t30, 96);
  v128.store(T, t31, 112);
}

/** target := source − TILE, both 4 × 4 without gaps. */
export function subtractTile(target: usize, source: usize): void {
  for (let q: usize = 0; q < 128; q += 16) v128.store(target + q, f64x2.sub(pair(source + q), pair(TILE + q)));
}

/** strip[c,r] := A[r,c] − TILE[c,r]: four rows of A, `stride` bytes apart, turned into four steps of a strip. */
export function loadTransposed(strip: usize, A: usize, stride: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const upper = A + 2 * half * stride;
    const lower = upper + stride;
    const x0 = pair(upper), x1 = pair(upper, 16);
    const y0 = pair(lower), y1 = pair(lower, 16);
    const at = half << 4;
    v128.store(strip + at, f64x2.sub(v128.shuffle<f64>(x0, y0, 0, 2), pair(TILE + at)));
    v128.store(strip + at + 32, f64x2.sub(v128.shuffle<f64>(x0, y0, 1, 3), pair(TILE + at + 32)));
    v128.store(strip + at + 64, f64x2.sub(v128.shuffle<f64>(x1, y1, 0, 2), pair(TILE + at + 64)));
    v128.store(strip + at + 96, f64x2.sub(v128.shuffle<f64>(x1, y1, 1, 3), pair(TILE + at + 96)));
  }
}

/** A[r,c] := strip[c,r]. */
export function storeTransposed(strip: usize, A: usize, stride: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const upper = A + 2 * half * stride;
    const lower = upper + stride;
    const at = strip + (half << 4);
    const c0 = pair(at), c1 = pair(at, 32), c2 = pair(at, 64), c3 = pair(at, 96);
    v128.store(upper, v128.shuffle<f64>(c0, c1, 0, 2));
    v128.store(upper, v128.shuffle<f64>(c2, c3, 0, 2), 16);
    v128.store(lower, v128.shuffle<f64>(c0, c1, 1, 3));
    v128.store(lower, v128.shuffle<f64>(c2, c3, 1, 3), 16);
  }
}
