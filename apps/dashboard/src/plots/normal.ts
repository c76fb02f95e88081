/** By Abramowitz and Stegun 7.1.26, to 1.5 × 10⁻⁷: plenty for a drawing. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** The share of a normal distribution that lies within `z` standard deviations of its middle. */
export const centralShare = (z: number): number => erf(Math.abs(z) / Math.SQRT2);
