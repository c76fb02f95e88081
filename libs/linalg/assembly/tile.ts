// The micro-kernel: what a product of packed strips takes off 4 × 4 tiles, and forward substitution in them.
//
// A strip holds four rows (or four columns) of a matrix side by side: element k of its four lines lies at strip[4k … 4k+3].
import { both, pair } from './lanes';

// @ts-ignore: decorator
@inline function minus(c: v128, a: v128, b: v128): v128 {
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** One tile of `subtractProducts`. */
// @ts-ignore: decorator
@inline export function subtractProduct(depth: i32, left: usize, right: usize, C: usize, stride: usize): void {
  if (depth > 0) subtractProducts(depth, left, 0, right, 0, C, stride, 0, 1);
}

/**
 * C[r,c] −= Σ_{k<depth} left[k,r]·right[k,c], one k after the other, for `count` tiles C (4,4) whose rows lie `stride` bytes apart and which
 * lie `tileBytes` apart, as their left strips lie `leftBytes` and their right ones `rightBytes`. As every element is a plain running
 * difference, no bit depends on how callers cut the depth into blocks.
 *
 * Sixteen steps a round, because the engine looks at its stack limit in each. The way out between them keeps their arithmetic apart: in one
 * straight line the compiler sorts it by sum and runs out of registers. `left` counts the steps, so that nothing else has to. Offsets are
 * immediates, which cost nothing. A function of its own and no more in it, because a big one would stay in the engine's slow tier for long.
 */
export function subtractProducts(
  depth: i32, leftStart: usize, leftBytes: usize, rightStart: usize, rightBytes: usize,
  C: usize, stride: usize, tileBytes: usize, count: i32,
): void {
  do {
    const C1 = C + stride, C2 = C1 + stride, C3 = C2 + stride;
    let a00 = pair(C), a01 = pair(C, 16);
    let a10 = pair(C1), a11 = pair(C1, 16);
    let a20 = pair(C2), a21 = pair(C2, 16);
    let a30 = pair(C3), a31 = pair(C3, 16);
    let left = leftStart, right = rightStart;
    const last = left + ((<usize>depth) << 5);
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
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 32), b1 = v128.load(right, 48);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 64), b1 = v128.load(right, 80);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 96), b1 = v128.load(right, 112);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 128), b1 = v128.load(right, 144);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 160), b1 = v128.load(right, 176);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 192), b1 = v128.load(right, 208);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

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
      if (left == last) break;

      {
        const b0 = v128.load(right, 256), b1 = v128.load(right, 272);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 288), b1 = v128.load(right, 304);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 320), b1 = v128.load(right, 336);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 352), b1 = v128.load(right, 368);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 384), b1 = v128.load(right, 400);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 416), b1 = v128.load(right, 432);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 448), b1 = v128.load(right, 464);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 480), b1 = v128.load(right, 496);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      right += 512;
    } while (left != last);
    v128.store(C, a00);
    v128.store(C, a01, 16);
    v128.store(C1, a10);
    v128.store(C1, a11, 16);
    v128.store(C2, a20);
    v128.store(C2, a21, 16);
    v128.store(C3, a30);
    v128.store(C3, a31, 16);
    C += tileBytes;
    leftStart += leftBytes;
    rightStart += rightBytes;
  } while (--count);
}

// @ts-ignore: decorator
@inline function less(y: v128, factor: usize, x: v128): v128 {
  return f64x2.sub(y, f64x2.mul(both(factor), x));
}

/**
 * T := D⁻¹·(T − Σ_{k<depth} left[k,·]·right[k,·]) for the tile T (4,4) without gaps, by forward substitution with the lower triangle D whose
 * element (r,c) is at [4c + r]; `inverses` holds 1/D[r,r]. One function, so that T stays in registers between the two.
 */
export function subtractAndSolve(depth: i32, left: usize, right: usize, T: usize, D: usize, inverses: usize): void {
  let a00 = pair(T), a01 = pair(T, 16);
  let a10 = pair(T, 32), a11 = pair(T, 48);
  let a20 = pair(T, 64), a21 = pair(T, 80);
  let a30 = pair(T, 96), a31 = pair(T, 112);
  const last = left + ((<usize>depth) << 5);
  if (depth > 0)
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
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 32), b1 = v128.load(right, 48);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 64), b1 = v128.load(right, 80);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 96), b1 = v128.load(right, 112);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 128), b1 = v128.load(right, 144);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 160), b1 = v128.load(right, 176);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

      {
        const b0 = v128.load(right, 192), b1 = v128.load(right, 208);
        const s0 = v128.load64_splat(left), s1 = v128.load64_splat(left, 8);
        const s2 = v128.load64_splat(left, 16), s3 = v128.load64_splat(left, 24);
        a00 = minus(a00, s0, b0); a01 = minus(a01, s0, b1);
        a10 = minus(a10, s1, b0); a11 = minus(a11, s1, b1);
        a20 = minus(a20, s2, b0); a21 = minus(a21, s2, b1);
        a30 = minus(a30, s3, b0); a31 = minus(a31, s3, b1);
      }
      left += 32;
      if (left == last) break;

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
    } while (left != last);

  let s = both(inverses);
  a00 = f64x2.mul(a00, s); a01 = f64x2.mul(a01, s);
  s = both(inverses + 8);
  a10 = f64x2.mul(less(a10, D + 8, a00), s); a11 = f64x2.mul(less(a11, D + 8, a01), s);
  s = both(inverses + 16);
  a20 = f64x2.mul(less(less(a20, D + 16, a00), D + 48, a10), s);
  a21 = f64x2.mul(less(less(a21, D + 16, a01), D + 48, a11), s);
  s = both(inverses + 24);
  a30 = f64x2.mul(less(less(less(a30, D + 24, a00), D + 56, a10), D + 88, a20), s);
  a31 = f64x2.mul(less(less(less(a31, D + 24, a01), D + 56, a11), D + 88, a21), s);
  v128.store(T, a00);
  v128.store(T, a01, 16);
  v128.store(T, a10, 32);
  v128.store(T, a11, 48);
  v128.store(T, a20, 64);
  v128.store(T, a21, 80);
  v128.store(T, a30, 96);
  v128.store(T, a31, 112);
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
