/**
 * What is believed of the hyperparameters before data, for inputs in the unit cube and a standardised response (Hvarfner et al. 2024,
 * BoTorch 0.12): ℓ ~ LogNormal(√2 + ½·ln d, √3), σ_n² ~ LogNormal(−4, 1), σ_f² ~ LogNormal(0, 1) where it is learned, c ~ N(0, 1). Densities
 * are those of ℓ and σ², not of their logarithms; v = ln of the variable.
 */
import { log } from '@ionloop/linalg';

const root2 = 1.4142135623730951;

export interface LogNormal {
  readonly location: number;
  readonly scale: number;
}

export interface Priors {
  readonly lengthscale: LogNormal;
  readonly signalVariance: LogNormal;
  readonly noiseVariance: LogNormal;
}

export function defaultPriors(dimension: number): Priors {
  return {
    lengthscale: { location: root2 + 0.5 * log(dimension), scale: 1.7320508075688772 },
    signalVariance: { location: 0, scale: 1 },
    noiseVariance: { location: -4, scale: 1 },
  };
}

/** ln of the density at eᵛ, up to a constant. */
export function logDensity({ location, scale }: LogNormal, v: number): number {
  const z = (v - location) / scale;
  return -v - 0.5 * z * z;
}

/** d ln density / dv */
export function logDensitySlope({ location, scale }: LogNormal, v: number): number {
  return -1 - (v - location) / (scale * scale);
}

/** ln of the mode. */
export function logMode({ location, scale }: LogNormal): number {
  return location - scale * scale;
}
