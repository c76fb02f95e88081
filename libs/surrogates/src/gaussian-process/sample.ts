/**
 * Draws of whole functions. Few rows: by the Cholesky factor of their covariance, exact. Many: a draw of the prior by random features,
 * corrected towards the data (Wilson et al. 2020): f(x) = g(x) + k(x, X)·K⁻¹(y − c − g(X) − ε), ε ~ N(0, the noise of each row).
 */
import {
  cholesky,
  crossTimes,
  exp,
  gemm,
  kernelParameters,
  matrix,
  posteriorJoint,
  solveConditioned,
  type Conditioned,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { drawFeatures, featuresAt } from './spectrum.js';

const { max, min, sqrt } = Math;

/** Above so many rows, the cube of their number is too much. */
export const mostExactRows = 1000;
const features = 2048;
const block = 256;

/** (count, m) */
export function samplePosterior(conditioned: Conditioned, X: Matrix, count: number, rng: Philox): Matrix {
  return X.rows <= mostExactRows
    ? sampleExactly(conditioned, X, count, rng)
    : samplePathwise(conditioned, X, count, rng);
}

export function sampleExactly(conditioned: Conditioned, X: Matrix, count: number, rng: Philox): Matrix {
  return drawJointly(posteriorJoint(conditioned, X), count, rng);
}

/** `count` draws of N(mean, covariance) (count, m); the covariance is written over. */
export function drawJointly(
  { mean, covariance }: { readonly mean: Float64Array; readonly covariance: Matrix },
  count: number,
  rng: Philox,
): Matrix {
  const m = mean.length;
  let size = 0;
  for (let i = 0; i < m; i++) size = max(size, covariance.data[i * m + i]!);
  // Rounding leaves the covariance short of positive definite by some 10⁻¹⁴ of the signal.
  for (let i = 0; i < m; i++)
    covariance.data[i * m + i] = max(covariance.data[i * m + i]!, 0) + 1e-10 * (size || 1);
  const { L } = cholesky(covariance);
  const draws = gemm(matrix(count, m, rng.normals(count * m)), L, { transposeB: true });
  for (let k = 0; k < count; k++)
    for (let i = 0; i < m; i++) draws.data[k * m + i] = draws.data[k * m + i]! + mean[i]!;
  return draws;
}

export function samplePathwise(conditioned: Conditioned, X: Matrix, count: number, rng: Philox): Matrix {
  const { kernel, theta, X: rows, y, noise } = conditioned;
  const [n, m] = [rows.rows, X.rows];
  const c = theta[kernelParameters(kernel) + 1]!;
  const noiseVariance = exp(theta[kernelParameters(kernel)]!);
  const phi = drawFeatures(kernel, theta, X.cols, features, rng.split('features'));
  const weights = matrix(count, phi.length, rng.normals(count * phi.length));
  const errors = rng.normals(n * count);
  const missing = matrix(n, count);
  forBlocks(phi, rows, weights, (i, k, prior) => {
    const sd = sqrt(noiseVariance + (noise?.[i] ?? 0));
    missing.data[i * count + k] = y[i]! - c - prior - sd * errors[i * count + k]!;
  });
  const corrections = crossTimes(conditioned, X, solveConditioned(conditioned, missing));
  const draws = matrix(count, m);
  forBlocks(phi, X, weights, (j, k, prior) => {
    draws.data[k * m + j] = c + prior + corrections.data[j * count + k]!;
  });
  return draws;
}

/** What each draw of the prior is at each row of X, some rows at a time. */
function forBlocks(
  phi: ReturnType<typeof drawFeatures>,
  X: Matrix,
  weights: Matrix,
  use: (row: number, draw: number, prior: number) => void,
): void {
  for (let from = 0; from < X.rows; from += block) {
    const rows = min(block, X.rows - from);
    const priors = gemm(featuresAt(phi, X, from, rows), weights, { transposeB: true });
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < weights.rows; k++) use(from + i, k, priors.data[i * weights.rows + k]!);
  }
}
