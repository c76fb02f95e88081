/**
 * What is believed of the hyperparameters before data, for inputs in the unit cube and a standardised response (Hvarfner et al. 2024,
 * BoTorch 0.12): ℓ ~ LogNormal(√2 + ½·ln d, √3) with d the columns of its part, σ_n² ~ LogNormal(−4, 1), σ_f² ~ LogNormal(0, 1) where it is
 * learned, c ~ N(0, 1); besides, α of the rational quadratic ~ LogNormal(0, 1) and ℓ of categories ~ LogNormal(0, 1). Densities are those of ℓ and σ²,
 * not of their logarithms; v = ln of the variable.
 *
 * Of a coregion: the first loading λ of a source ~ N(3, 2), so that two sources at the mode correlate with 0.9, and it costs one of them
 * little more than a nat to go to 0, where they do not correlate at all; further loadings ~ N(0, 1); ln of a scale ~ N(0, ½).
 */
import { layoutOf, log, type CoregionLayout, type Kernel } from '@ionloop/linalg';
import { groupHyperparameters } from './groupPriors.js';

const { max, min } = Math;
const root2 = 1.4142135623730951;
const root3 = 1.7320508075688772;

export interface LogNormal {
  readonly location: number;
  readonly scale: number;
}

/** ln of the density at eᵛ, up to a constant. */
export function logDensity({ location, scale }: LogNormal, v: number): number {
  const z = (v - location) / scale;
  return -v - 0.5 * z * z;
}

/** d ln density / dv */
function logDensitySlope({ location, scale }: LogNormal, v: number): number {
  return -1 - (v - location) / (scale * scale);
}

/** ln of the mode. */
function logMode({ location, scale }: LogNormal): number {
  return location - scale * scale;
}

/** Of the element of θ itself. */
export interface Normal {
  readonly mean: number;
  readonly sd: number;
}

/** What one element of θ is: a logarithm with its prior, the mean c, or what of a coregion is normal. */
export interface Hyperparameter {
  readonly prior: LogNormal | Normal | 'standard normal';
  readonly start: number;
  /** How far a random start goes from there, as a standard deviation. */
  readonly spread: number;
  readonly lower: number;
  readonly upper: number;
  readonly role: 'variance' | 'lengthscale' | 'alpha' | 'loading' | 'scale' | 'noise' | 'mean';
}

export const priorSets = ['unit-cube', 'groups'] as const;
export type PriorSet = (typeof priorSets)[number];

export interface Limits {
  /** Those of this file, which the other fields belong to, or those of groups of inputs; 'unit-cube' where it is left out. */
  readonly priors?: PriorSet;
  /** Whether signal variances are learned; the one of a kernel of one term stays 1 where not. */
  readonly learnSignal: boolean;
  readonly smallestLengthscale: number;
  readonly smallestNoise: number;
}

const largestLengthscale = 1e3;

/** Of σ_n². */
export const noisePrior: LogNormal = { location: -4, scale: 1 };

/** θ, element by element: [the kernel's parameters, ln σ_n², c]. */
export function hyperparametersOf(kernel: Kernel, limits: Limits): Hyperparameter[] {
  const layout = layoutOf(kernel);
  if (limits.priors === 'groups') {
    const grouped = groupHyperparameters(kernel);
    for (const { parts } of layout.terms)
      for (const { coregion } of parts)
        if (coregion) Object.assign(grouped, coregionHyperparameters(coregion));
    return grouped;
  }
  const found: Hyperparameter[] = [];
  for (const { variance, parts } of layout.terms) {
    const learned = limits.learnSignal || layout.terms.length > 1;
    // Several terms share the variance of the response.
    const share = -log(layout.terms.length);
    found[variance] = {
      prior: { location: share, scale: 1 },
      start: share,
      spread: learned ? 0.7 : 0,
      lower: learned ? log(1e-3) : 0,
      upper: learned ? log(1e2) : 0,
      role: 'variance',
    };
    for (const { part, lengthscales, alpha, coregion } of parts) {
      if (coregion) Object.assign(found, coregionHyperparameters(coregion));
      const d = part.columns.length;
      const prior =
        part.kind === 'hamming'
          ? { location: 0, scale: 1 }
          : { location: root2 + 0.5 * log(d), scale: root3 };
      const lower = log(limits.smallestLengthscale);
      const upper = log(largestLengthscale);
      for (const place of lengthscales)
        found[place] = {
          prior,
          start: min(max(logMode(prior), lower), upper),
          spread: 1.2,
          lower,
          upper,
          role: 'lengthscale',
        };
      if (alpha !== null)
        found[alpha] = {
          prior: { location: 0, scale: 1 },
          start: 0,
          spread: 0.7,
          lower: log(0.05),
          upper: log(50),
          role: 'alpha',
        };
    }
  }
  const noise = noisePrior;
  const smallest = log(limits.smallestNoise);
  found.push(
    {
      prior: noise,
      start: max(logMode(noise), smallest),
      spread: 1.5,
      lower: smallest,
      upper: log(4),
      role: 'noise',
    },
    { prior: 'standard normal', start: 0, spread: 0, lower: -3, upper: 3, role: 'mean' },
  );
  return found;
}

const firstLoading = { mean: 3, sd: 2 };
const furtherLoading = { mean: 0, sd: 1 };
const scaleOfSource = { mean: 0, sd: 0.5 };

/** By their places in θ. */
function coregionHyperparameters({ loadings, scales }: CoregionLayout): Record<number, Hyperparameter> {
  const found: Record<number, Hyperparameter> = {};
  for (const places of loadings)
    places.forEach((place, k) => {
      const prior = k === 0 ? firstLoading : furtherLoading;
      // Loadings of 0 throughout would be a saddle.
      const start = k === 0 ? prior.mean : place % 2 ? 0.3 : -0.3;
      found[place] = { prior, start, spread: prior.sd, lower: -30, upper: 30, role: 'loading' };
    });
  for (const place of scales ?? [])
    found[place] = { prior: scaleOfSource, start: 0, spread: 0.3, lower: -3, upper: 3, role: 'scale' };
  return found;
}

/**
 * The prior as a normal density of the element of θ: that of a log-normal variable, written over its logarithm v, is one around the mode,
 * −v − (v − location)²/2scale² = −(v − (location − scale²))²/2scale² + a constant.
 */
export function normalOf({ prior }: Hyperparameter): Normal {
  if (prior === 'standard normal') return { mean: 0, sd: 1 };
  return 'sd' in prior ? prior : { mean: logMode(prior), sd: prior.scale };
}

/** ln p(θ), up to a constant; its slopes are added to `gradient`. */
export function addLogPrior(
  hyperparameters: readonly Hyperparameter[],
  theta: Float64Array,
  gradient: Float64Array,
): number {
  let sum = 0;
  hyperparameters.forEach(({ prior, lower, upper }, i) => {
    const value = theta[i]!;
    if (prior === 'standard normal') {
      sum -= 0.5 * value * value;
      gradient[i] = gradient[i]! - value;
    } else if (lower === upper) {
      return;
    } else if ('sd' in prior) {
      const z = (value - prior.mean) / prior.sd;
      sum -= 0.5 * z * z;
      gradient[i] = gradient[i]! - z / prior.sd;
    } else {
      sum += logDensity(prior, value);
      gradient[i] = gradient[i]! + logDensitySlope(prior, value);
    }
  });
  return sum;
}
