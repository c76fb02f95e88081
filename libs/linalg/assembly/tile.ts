// The micro-kernel: what a product of packed strips takes off a 4 × 4 tile.
//
// A strip holds four rows (or four columns) of a matrix side by side: element k of its four lines lies at strip[4k … 4k+3].
import { both, pair } from './lanes';

// @ts-ignore: decorator
@inline function minus(c: v128, a: v128, b: v128): v128 {
  return f64x2.sub(c, f64x2.mul(a, b));
}

/**
 * C[r,c] −= Σ_{k<depth} left[k,r]·right[k,c], one k after the other, for the 4 × 4 tile at C whose rows lie `stride` bytes apart. As every
 * element is a plain running difference, no bit depends on how callers cut the depth into blocks.
 *
 * Eight steps a round, because the engine looks at its stack limit in each. The way out between them keeps their arithmetic apart: in one
 * straight line the compiler sorts it by sum and runs out of registers. Offsets are immediates, which cost nothing. A function of its own and
 * no more in it, because a big one would stay in the engine's slow tier for long.
 */
export function subtractProduct(depth: i32, left: usize, right: usize, C: usize, stride: usize): void {
  if (depth <= 0) return;
  const C1 = C + stride, C2 = C1 + stride, C3 = C2 + stride;
  let a00 = pair(C), a01 = pair(C, 16);
  let a10 = pair(C1), a11 = pair(C1, 16);
  let a20 = pair(C2), a21 = pair(C2, 16);
  let a30 = pair(C3), a31 = pair(C3, 16);
  do {
      {
        const b0 = v128.load(right, 0), b1 = v128.load(right, 16);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 32), b1 = v128.load(right, 48);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 64), b1 = v128.load(right, 80);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 96), b1 = v128.load(right, 112);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 128), b1 = v128.load(right, 144);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 160), b1 = v128.load(right, 176);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 192), b1 = v128.load(right, 208);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      if (--depth == 0) break;
      left += 32;

      {
        const b0 = v128.load(right, 224), b1 = v128.load(right, 240);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      right += 256;
  } while (--depth);
  v128.store(C, a00);
  v128.store(C, a01, 16);
  v128.store(C1, a10);
  v128.store(C1, a11, 16);
  v128.store(C2, a20);
  v128.store(C2, a21, 16);
  v128.store(C3, a30);
  v128.store(C3, a31, 16);
}

// @ts-ignore: decorator
@inline function less(y: v128, factor: usize, x: v128): v128 {
  return f64x2.sub(y, f64x2.mul(both(factor), x));
}

/**
 * T := D⁻¹·T by forward substitution, for the tile T (4,4) without gaps and the lower triangle D whose element (r,c) is at [4c + r];
 * `inverses` holds 1/D[r,r].
 */
export function solveTile(T: usize, D: usize, inverses: usize): void {
  let s = both(inverses);
  const t00 = f64x2.mul(pair(T), s);
  const t01 = f64x2.mul(pair(T, 16), s);
  s = both(inverses + 8);
  const t10 = f64x2.mul(less(pair(T, 32), D + 8, t00), s);
  const t11 = f64x2.mul(less(pair(T, 48), D + 8, t01), s);
  s = both(inverses + 16);
  const t20 = f64x2.mul(less(less(pair(T, 64), D + 16, t00), D + 48, t10), s);
  const t21 = f64x2.mul(less(less(pair(T, 80), D + 16, t01), D + 48, t11), s);
  s = both(inverses + 24);
  const t30 = f64x2.mul(less(less(less(pair(T, 96), D + 24, t00), D + 56, t10), D + 88, t20), s);
  const t31 = f64x2.mul(less(less(less(pair(T, 112), D + 24, t01), D + 56, t11), D + 88, t21), s);
  v128.store(T, t00);
  v128.store(T, t01, 16);
  v128.store(T, t10, 32);
  v128.store(T, t11, 48);
  v128.store(T, t20, 64);
  v128.store(T, t21, 80);
  v128.store(T, t30, 96);
  v128.store(T, t31, 112);
}

/** strip[c,r] := A[r,c]: four rows of A, `stride` bytes apart, turned into four steps of a strip. */
export function loadTransposed(strip: usize, A: usize, stride: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const upper = A + 2 * half * stride;
    const lower = upper + stride;
    const x0 = pair(upper), x1 = pair(upper, 16);
    const y0 = pair(lower), y1 = pair(lower, 16);
    const at = strip + (half << 4);
    v128.store(at, v128.shuffle<f64>(x0, y0, 0, 2));
    v128.store(at, v128.shuffle<f64>(x0, y0, 1, 3), 32);
    v128.store(at, v128.shuffle<f64>(x1, y1, 0, 2), 64);
    v128.store(at, v128.shuffle<f64>(x1, y1, 1, 3), 96);
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
