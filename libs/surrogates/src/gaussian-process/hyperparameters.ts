/**
 * θ, the vector that the optimiser sees: [ln ℓ (d), ln σ_f², ln σ_n², c] with ℓ lengthscales, σ_f² signal and σ_n² noise variance, c
 * the constant mean.
 */
import { exp } from '@ionloop/linalg';

export interface Hyperparameters {
  /** ℓ (d) */
  readonly lengthscales: Float64Array;
  /** σ_f² */
  readonly signalVariance: number;
  /** σ_n², added to the known variance of each row */
  readonly noiseVariance: number;
  /** c */
  readonly mean: number;
}

export function fromVector(theta: Float64Array): Hyperparameters {
  const d = theta.length - 3;
  return {
    lengthscales: theta.slice(0, d).map((value) => exp(value)),
    signalVariance: exp(theta[d]!),
    noiseVariance: exp(theta[d + 1]!),
    mean: theta[d + 2]!,
  };
}
