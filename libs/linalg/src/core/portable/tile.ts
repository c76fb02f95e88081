/** The micro-kernel of assembly/tile.ts, one double at a time. */

/** C[r,c] −= Σ_{k<depth} left[k,r]·right[k,c], one k after the other, for the 4 × 4 tile of C at `at` with rows `stride` apart. */
export function subtractProduct(
  depth: number,
  left: Float64Array,
  l: number,
  right: Float64Array,
  r: number,
  C: Float64Array,
  at: number,
  stride: number,
): void {
  if (depth <= 0) return;
  subtractHalf(depth, left, l, right, r, C, at, stride);
  subtractHalf(depth, left, l, right, r + 2, C, at + 2, stride);
}

/** Two of the four columns: eight differences fit a machine's registers, sixteen do not. */
function subtractHalf(
  depth: number,
  left: Float64Array,
  l: number,
  right: Float64Array,
  r: number,
  C: Float64Array,
  at: number,
  stride: number,
): void {
  const at1 = at + stride;
  const at2 = at1 + stride;
  const at3 = at2 + stride;
  let c00 = C[at]!;
  let c01 = C[at + 1]!;
  let c10 = C[at1]!;
  let c11 = C[at1 + 1]!;
  let c20 = C[at2]!;
  let c21 = C[at2 + 1]!;
  let c30 = C[at3]!;
  let c31 = C[at3 + 1]!;
  for (let end = l + 4 * depth; l < end; l += 4, r += 4) {
    const b0 = right[r]!;
    const b1 = right[r + 1]!;
    let a = left[l]!;
    c00 -= a * b0;
    c01 -= a * b1;
    a = left[l + 1]!;
    c10 -= a * b0;
    c11 -= a * b1;
    a = left[l + 2]!;
    c20 -= a * b0;
    c21 -= a * b1;
    a = left[l + 3]!;
    c30 -= a * b0;
    c31 -= a * b1;
  }
  C[at] = c00;
  C[at + 1] = c01;
  C[at1] = c10;
  C[at1 + 1] = c11;
  C[at2] = c20;
  C[at2 + 1] = c21;
  C[at3] = c30;
  C[at3 + 1] = c31;
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
