/** The micro-kernels of assembly/tile.ts, one double at a time: the same sums in the same order. */

/** Element [4r + c] of `tile` := Σ_{k<depth} left[k,r]·right[k,c], by increasing k from 0. */
export function multiplyTile(
  depth: number,
  left: Float64Array,
  l: number,
  right: Float64Array,
  r: number,
  tile: Float64Array,
): void {
  multiplyHalf(depth, left, l, right, r, tile, 0);
  multiplyHalf(depth, left, l, right, r + 2, tile, 2);
}

/** Two of the four columns: eight sums fit a machine's registers, sixteen do not. */
function multiplyHalf(
  depth: number,
  left: Float64Array,
  l: number,
  right: Float64Array,
  r: number,
  tile: Float64Array,
  t: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let end = l + 4 * depth; l < end; l += 4, r += 4) {
    const b0 = right[r]!;
    const b1 = right[r + 1]!;
    let a = left[l]!;
    s00 += a * b0;
    s01 += a * b1;
    a = left[l + 1]!;
    s10 += a * b0;
    s11 += a * b1;
    a = left[l + 2]!;
    s20 += a * b0;
    s21 += a * b1;
    a = left[l + 3]!;
    s30 += a * b0;
    s31 += a * b1;
  }
  tile[t] = s00;
  tile[t + 1] = s01;
  tile[t + 4] = s10;
  tile[t + 5] = s11;
  tile[t + 8] = s20;
  tile[t + 9] = s21;
  tile[t + 12] = s30;
  tile[t + 13] = s31;
}

/** The 4 × 4 tile of C at `at`, rows `stride` apart, −= (or += with `add`) `tile`. */
export function updateTile(
  C: Float64Array,
  at: number,
  stride: number,
  tile: Float64Array,
  add: boolean,
): void {
  for (let r = 0; r < 4; r++)
    for (let c = 0; c < 4; c++) {
      const place = at + r * stride + c;
      C[place] = add ? C[place]! + tile[4 * r + c]! : C[place]! - tile[4 * r + c]!;
    }
}

/** T := D⁻¹·T by forward substitution: T (4,4) at [4r + c], the lower triangle D at [4c + r], `inverses` 1/D[r,r]. */
export function solveTile(
  T: Float64Array,
  t: number,
  D: Float64Array,
  d: number,
  inverses: Float64Array,
  i: number,
): void {
  for (let r = 0; r < 4; r++) {
    const inverse = inverses[i + r]!;
    for (let c = 0; c < 4; c++) {
      let value = T[t + 4 * r + c]!;
      for (let k = 0; k < r; k++) value -= D[d + 4 * k + r]! * T[t + 4 * k + c]!;
      T[t + 4 * r + c] = value * inverse;
    }
  }
}
