/**
 * Max-value entropy search (Wang and Jegelka 2017): what a measurement would tell about the maximum f° of the response. With γ = (f° − μ)/σ the
 * entropy of f falls by g(γ) = γφ(γ)/(2Φ(γ)) − ln Φ(γ) where f is known not to exceed f°; the score is its mean over draws of f°.
 */
import { erfcx, log, log1p, normCdf, requireCount, type Philox } from '@ionloop/linalg';
import type { LogAcquisition } from './contract.js';
import { hazard } from './improvement.js';
import { logSumExp } from './logSpace.js';
import { spreads } from './pointwise.js';

const { max, sqrt } = Math;

const rootHalf = 0.7071067811865476;
const rootHalfPi = 1.2533141373155003;
const halfLogTwoPi = 0.9189385332046728;

export interface MaxValueOptions {
  /** Of the maximum; 10 where it is left out. */
  readonly draws?: number;
}

/** ln of the mean drop in entropy, in nats. */
export function maxValueEntropy({ draws = 10 }: MaxValueOptions = {}): LogAcquisition {
  requireCount('options.draws', draws, 1);
  return {
    name: 'max-value entropy search',
    scale: 'log',
    score: (model, candidates, { rng }) => {
      const { mean, sd } = spreads(model, candidates);
      const maxima = gumbelMaxima(mean, sd, draws, rng);
      return mean.map((value, i) => logMeanEntropyDrop(value, sd[i]!, maxima));
    },
  };
}

/** ln of the mean of g over the draws of f°; −∞ where sd is 0. */
export function logMeanEntropyDrop(mean: number, sd: number, maxima: Float64Array): number {
  if (sd <= 0) return -Infinity;
  return logSumExp(maxima.map((maximum) => logEntropyDrop((maximum - mean) / sd))) - log(maxima.length);
}

/**
 * ln g(γ) for any γ, within 1e-11 (absolute, or relative where |ln g| > 1). Above 5: φ·(γ/(2Φ) + Q/φ·…) with Q = Φ(−γ), which keeps the order
 * where g underflows. Below −100, where γ(φ/Φ + γ) is −1 + 2γ⁻² − 10γ⁻⁴ to all digits, by that series.
 */
export function logEntropyDrop(gamma: number): number {
  if (gamma > 5) {
    const mills = rootHalfPi * erfcx(gamma * rootHalf);
    const tail = normCdf(-gamma);
    const lost = tail > 0 ? -log1p(-tail) / tail : 1;
    return -0.5 * gamma * gamma - halfLogTwoPi + log(gamma / (2 * normCdf(gamma)) + mills * lost);
  }
  if (gamma > -1) return log(0.5 * gamma * hazard(gamma) - log(normCdf(gamma)));
  return log(halfExcess(gamma) - log(0.5 * erfcx(-gamma * rootHalf)));
}

/** ½γ(φ/Φ + γ): what is left of g when −ln Φ has given up ½γ². */
function halfExcess(gamma: number): number {
  if (gamma > -100) return 0.5 * gamma * (hazard(gamma) + gamma);
  const z = 1 / (gamma * gamma);
  return -0.5 + z * (1 - 5 * z);
}

/**
 * Draws of the maximum of independent normals: P(f° ≤ y) = Π Φ((y − μᵢ)/σᵢ) is solved by bisection for its quartiles, and a Gumbel distribution
 * a − b·ln(−ln U) put through the outer two, with the median for its place. No draw lies below the largest mean.
 */
export function gumbelMaxima(mean: Float64Array, sd: Float64Array, count: number, rng: Philox): Float64Array {
  if (mean.length === 0) return new Float64Array(count);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => quantileOfMaximum(mean, sd, p)) as [
    number,
    number,
    number,
  ];
  const g = (p: number) => -log(-log(p));
  const scale = max((high - low) / (g(0.75) - g(0.25)), 0);
  const place = middle - scale * g(0.5);
  const least = mean.reduce((largest, value) => max(largest, value), -Infinity);
  return Float64Array.from({ length: count }, () => {
    const uniform = max(rng.uniform(), 1e-16);
    return max(place + scale * g(uniform), least);
  });
}

/** y with Π Φ((y − μᵢ)/σᵢ) = p, to all digits that bisection of the bracket gives. */
export function quantileOfMaximum(mean: Float64Array, sd: Float64Array, p: number): number {
  const root = sqrt(2 * log(max(mean.length, 2)));
  let low = mean.reduce((least, value, i) => max(least, value - 10 * sd[i]!), -Infinity);
  let high = mean.reduce((most, value, i) => max(most, value + (10 + root) * sd[i]!), -Infinity);
  for (let step = 0; step < 60 && low < high; step++) {
    const y = 0.5 * (low + high);
    if (probabilityBelow(mean, sd, y) < p) low = y;
    else high = y;
  }
  return 0.5 * (low + high);
}

function probabilityBelow(mean: Float64Array, sd: Float64Array, y: number): number {
  let product = 1;
  for (let i = 0; i < mean.length && product > 0; i++)
    if (sd[i]! > 0) product *= y - mean[i]! > 9 * sd[i]! ? 1 : normCdf((y - mean[i]!) / sd[i]!);
    else if (mean[i]! > y) return 0;
  return product;
}
