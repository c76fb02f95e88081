/** By Abramowitz and Stegun 7.1.26, to 1.5 × 10⁻⁷: plenty for a drawing. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** The share of a normal distribution that lies within `z` standard deviations of its middle. */
export const centralShare = (z: number): number => erf(Math.abs(z) / Math.SQRT2);

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const below = (z: number): number => (1 + erf(z / Math.SQRT2)) / 2;

/** What one result, drawn from a normal, is expected to add over the best so far; what is worse adds nothing. */
export function expectedGain(mean: number, sd: number, best: number, goal: 'maximise' | 'minimise'): number {
  const ahead = goal === 'maximise' ? mean - best : best - mean;
  if (!(sd > 0)) return Math.max(0, ahead);
  const z = ahead / sd;
  return Math.max(0, ahead * below(z) + sd * density(z));
}
