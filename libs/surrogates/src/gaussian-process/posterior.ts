/**
 * The process given the data. X* (m,d) new inputs, K* = σ_f²·k(X, X*) (n,m), V = L⁻¹K*:
 *   mean = c + K*ᵀα,  covariance = σ_f²·k(X*, X*) − VᵀV.
 * Left out (Rasmussen and Williams 5.10–5.12): μᵢ = yᵢ − αᵢ/(K⁻¹)ᵢᵢ, σᵢ² = 1/(K⁻¹)ᵢᵢ, a measurement's variance, its noise included.
 */
import { choleskyInverse, matrix, row, selectRows, triangularSolve, type Matrix } from '@ionloop/linalg';
import type { Prediction, TrainingData } from '../contract.js';
import type { Hyperparameters } from './hyperparameters.js';
import { covariance, scaled, squaredDistance, type Kernel } from './kernel.js';
import { factorise, type Factorised } from './likelihood.js';

export interface Posterior {
  readonly kernel: Kernel;
  readonly hyper: Hyperparameters;
  readonly data: TrainingData;
  readonly factorised: Factorised;
}

export function condition(kernel: Kernel, data: TrainingData, hyper: Hyperparameters): Posterior {
  return { kernel, hyper, data, factorised: factorise(kernel, data, hyper) };
}

/** Columns of K* that are worked on at a time; each column's arithmetic is its own, so the answer does not depend on it. */
const block = 256;

/** Mean (m) and noise-free variance (m) at the rows of X*. */
export function predictMarginals(posterior: Posterior, X: Matrix): Prediction {
  const mean = new Float64Array(X.rows);
  const variance = new Float64Array(X.rows);
  for (let from = 0; from < X.rows; from += block) {
    const rows = Array.from({ length: Math.min(block, X.rows - from) }, (_, i) => from + i);
    const { cross, V } = project(posterior, selectRows(X, rows));
    mean.set(meanFrom(posterior, cross), from);
    const left = new Float64Array(rows.length).fill(posterior.hyper.signalVariance);
    for (let i = 0; i < V.rows; i++) {
      const v = row(V, i);
      for (let j = 0; j < left.length; j++) left[j] = left[j]! - v[j]! * v[j]!;
    }
    variance.set(
      left.map((value) => Math.max(value, 0)),
      from,
    );
  }
  return { mean, variance };
}

/** Mean (m) and noise-free covariance (m,m) at the rows of X*. */
export function predictJoint(posterior: Posterior, X: Matrix): { mean: Float64Array; covariance: Matrix } {
  const { kernel, hyper } = posterior;
  const { cross, V } = project(posterior, X);
  const m = X.rows;
  const at = scaled(X, hyper.lengthscales);
  const result = matrix(m, m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++)
      result.data[i * m + j] = hyper.signalVariance * kernel.value(squaredDistance(at, i, at, j));
  for (let k = 0; k < V.rows; k++) {
    const v = row(V, k);
    for (let i = 0; i < m; i++) {
      const factor = v[i]!;
      for (let j = 0; j <= i; j++) result.data[i * m + j] = result.data[i * m + j]! - factor * v[j]!;
    }
  }
  for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) result.data[j * m + i] = result.data[i * m + j]!;
  return { mean: meanFrom(posterior, cross), covariance: result };
}

/** K* (n,m) and V = L⁻¹K* (n,m). */
function project({ kernel, hyper, factorised }: Posterior, X: Matrix): { cross: Matrix; V: Matrix } {
  const at = scaled(X, hyper.lengthscales);
  const cross = covariance(kernel, factorised.scaledX, at, hyper.signalVariance);
  return { cross, V: triangularSolve(factorised.L, cross) };
}

function meanFrom({ hyper, factorised }: Posterior, cross: Matrix): Float64Array {
  const mean = new Float64Array(cross.cols);
  for (let i = 0; i < cross.rows; i++) {
    const weight = factorised.alpha[i]!;
    const k = row(cross, i);
    for (let j = 0; j < mean.length; j++) mean[j] = mean[j]! + weight * k[j]!;
  }
  return mean.map((value) => value + hyper.mean);
}

/** Mean (n) and variance (n) of each measurement given all the others, at these hyperparameters, without a refit. */
export function leaveOneOut({ data, factorised }: Posterior): { mean: Float64Array; variance: Float64Array } {
  const n = data.X.rows;
  const inverse = choleskyInverse(factorised.L).data;
  const variance = Float64Array.from({ length: n }, (_, i) => 1 / inverse[i * n + i]!);
  return { mean: data.y.map((value, i) => value - factorised.alpha[i]! * variance[i]!), variance };
}
