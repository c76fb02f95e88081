/**
 * The log marginal likelihood and its gradient.
 *
 * K = σ_f²·k(X, X) + σ_n²·I + diag(noise) (n,n), L its lower Cholesky factor, α = K⁻¹(y − c):
 *   ln p(y) = −½ (y−c)ᵀα − ½ ln det K − ½ n ln 2π
 *   ∂/∂θ    = ½ tr((ααᵀ − K⁻¹)·∂K/∂θ),   ∂/∂c = Σᵢ αᵢ
 */
import {
  cholesky,
  choleskyInverse,
  choleskySolve,
  dot,
  logdet,
  matrix,
  type Cholesky,
  type Matrix,
} from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import type { Hyperparameters } from './hyperparameters.js';
import { scaled, squaredDistance, type Kernel } from './kernel.js';

const logTwoPi = 1.8378770664093453;

/** Everything about the training rows that predictions need. */
export interface Factorised extends Cholesky {
  /** X with each column divided by its lengthscale (n,d). */
  readonly scaledX: Matrix;
  /** α (n) */
  readonly alpha: Float64Array;
  readonly logMarginalLikelihood: number;
}

export function factorise(kernel: Kernel, data: TrainingData, hyper: Hyperparameters): Factorised {
  const { X, y, noise } = data;
  const n = X.rows;
  const scaledX = scaled(X, hyper.lengthscales);
  const K = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = hyper.signalVariance * kernel.value(squaredDistance(scaledX, i, scaledX, j));
      K.data[i * n + j] = value;
      K.data[j * n + i] = value;
    }
    K.data[i * n + i] = hyper.signalVariance + hyper.noiseVariance + (noise?.[i] ?? 0);
  }
  const { L, jitter } = cholesky(K);
  const residual = y.map((value) => value - hyper.mean);
  const alpha = choleskySolve(L, residual);
  const logMarginalLikelihood = -0.5 * (dot(residual, 0, alpha, 0, n) + logdet(L) + n * logTwoPi);
  return { L, jitter, scaledX, alpha, logMarginalLikelihood };
}

/** ∂ ln p(y)/∂[ln ℓ (d), ln σ_f², ln σ_n², c] (d+3). */
export function likelihoodGradient(
  kernel: Kernel,
  hyper: Hyperparameters,
  factorised: Factorised,
): Float64Array {
  const { scaledX, L, alpha } = factorised;
  const n = scaledX.rows;
  const d = scaledX.cols;
  const x = scaledX.data;
  const inverse = choleskyInverse(L).data;
  const gradient = new Float64Array(d + 3);
  let signal = 0;
  let diagonal = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      // (ααᵀ − K⁻¹)ᵢⱼ; each pair stands twice in the trace, which takes the ½ away.
      const weight = hyper.signalVariance * (alpha[i]! * alpha[j]! - inverse[i * n + j]!);
      const r2 = squaredDistance(scaledX, i, scaledX, j);
      const pull = -2 * weight * kernel.slope(r2);
      for (let c = 0; c < d; c++) {
        const difference = x[i * d + c]! - x[j * d + c]!;
        gradient[c] = gradient[c]! + pull * difference * difference;
      }
      signal += weight * kernel.value(r2);
    }
    diagonal += alpha[i]! * alpha[i]! - inverse[i * n + i]!;
  }
  gradient[d] = signal + 0.5 * hyper.signalVariance * diagonal;
  gradient[d + 1] = 0.5 * hyper.noiseVariance * diagonal;
  gradient[d + 2] = alpha.reduce((sum, value) => sum + value, 0);
  return gradient;
}
