/** Σₖ a[offsetA + k]·b[offsetB + k] over four running sums, always in this order: (s₀ + s₁) + (s₂ + s₃). */
export function dot(
  a: Float64Array,
  offsetA: number,
  b: Float64Array,
  offsetB: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  let k = 0;
  for (; k < whole; k += 4) {
    s0 += a[offsetA + k]! * b[offsetB + k]!;
    s1 += a[offsetA + k + 1]! * b[offsetB + k + 1]!;
    s2 += a[offsetA + k + 2]! * b[offsetB + k + 2]!;
    s3 += a[offsetA + k + 3]! * b[offsetB + k + 3]!;
  }
  for (; k < length; k++) s0 += a[offsetA + k]! * b[offsetB + k]!;
  return s0 + s1 + (s2 + s3);
}
