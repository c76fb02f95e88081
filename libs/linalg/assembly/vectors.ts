// Sums over vectors and what is done to each of their elements.
import { bytes, multiplyAdd, pair, sumOfLanes } from './lanes';

/** Σ_{j≤i} A[i,j]·B[i,j]; A must be 0 right of the diagonal in its pair. */
export function dotLower(A: usize, B: usize, n: i32, real: i32): f64 {
  let s = f64x2.splat(0);
  for (let i = 0; i < real; i++) {
    const row = <usize>i * bytes(n);
    for (let o: usize = 0; o <= bytes(i); o += 16) s = multiplyAdd(pair(A + row + o), pair(B + row + o), s);
  }
  return sumOfLanes(s);
}

/** Σ a[i]·b[i] over `count` doubles, an even number. */
export function dotEach(a: usize, b: usize, count: i32): f64 {
  let s = f64x2.splat(0);
  for (let o: usize = 0; o < bytes(count); o += 16) s = multiplyAdd(pair(a + o), pair(b + o), s);
  return sumOfLanes(s);
}

/** target[i] := a[i]·b[i] for `count` doubles, an even number. */
export function multiplyEach(a: usize, b: usize, target: usize, count: i32): void {
  for (let o: usize = 0; o < bytes(count); o += 16) v128.store(target + o, f64x2.mul(pair(a + o), pair(b + o)));
}

/** target[i] += a[i] for `count` doubles, an even number. */
export function addEach(a: usize, target: usize, count: i32): void {
  for (let o: usize = 0; o < bytes(count); o += 16) v128.store(target + o, f64x2.add(pair(target + o), pair(a + o)));
}
