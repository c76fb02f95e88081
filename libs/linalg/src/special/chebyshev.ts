/** Σ cₙTₙ(t) for |t| ≤ 1 by Clenshaw's recurrence. */
export function chebyshev(coefficients: Float64Array, t: number): number {
  const twice = 2 * t;
  let b1 = 0;
  let b2 = 0;
  for (let n = coefficients.length - 1; n > 0; n--) {
    const b0 = twice * b1 - b2 + coefficients[n]!;
    b2 = b1;
    b1 = b0;
  }
  return t * b1 - b2 + coefficients[0]!;
}
