/**
 * Draws of whole functions. Few rows: by the Cholesky factor of their covariance, exact. Many: a draw of the prior by random Fourier features,
 * corrected towards the data (Wilson et al. 2020): f(x) = g(x) + k(x, X)·K⁻¹(y − c − g(X) − ε), ε ~ N(0, the noise of each row).
 */
import { cholesky, choleskySolve, cos, dot, matrix, row, type Matrix, type Philox } from '@ionloop/linalg';
import { predictJoint, type Posterior } from './posterior.js';
import { scaled, squaredDistance } from './kernel.js';

/** Above so many rows, the cube of their number is too much. */
export const mostExactRows = 1000;
const features = 1024;
const twoPi = 6.283185307179586;

/** (count, m) */
export function samplePosterior(posterior: Posterior, X: Matrix, count: number, rng: Philox): Matrix {
  return X.rows <= mostExactRows
    ? sampleExactly(posterior, X, count, rng)
    : samplePathwise(posterior, X, count, rng);
}

export function sampleExactly(posterior: Posterior, X: Matrix, count: number, rng: Philox): Matrix {
  const { mean, covariance } = predictJoint(posterior, X);
  const m = X.rows;
  // Rounding leaves the covariance short of positive definite by some 10⁻¹⁴ of the signal.
  for (let i = 0; i < m; i++)
    covariance.data[i * m + i] =
      Math.max(covariance.data[i * m + i]!, 0) + 1e-10 * posterior.hyper.signalVariance;
  const { L } = cholesky(covariance);
  const draws = matrix(count, m);
  for (let k = 0; k < count; k++) {
    const z = Float64Array.from({ length: m }, () => rng.normal());
    for (let i = 0; i < m; i++) draws.data[k * m + i] = mean[i]! + dot(L.data, i * m, z, 0, i + 1);
  }
  return draws;
}

export function samplePathwise(posterior: Posterior, X: Matrix, count: number, rng: Philox): Matrix {
  const { kernel, hyper, factorised, data } = posterior;
  const { frequencies, phases } = spectrum(kernel.spectralFreedom, X.cols, rng.split('features'));
  const amplitude = Math.sqrt((2 * hyper.signalVariance) / features);
  const n = data.X.rows;
  const phi = (at: Matrix, i: number) =>
    phases.map(
      (phase, f) =>
        amplitude *
        cos(boundedAngle(dot(frequencies.data, f * at.cols, at.data, i * at.cols, at.cols) + phase)),
    );

  const weights = matrix(
    count,
    features,
    Float64Array.from({ length: count * features }, () => rng.normal()),
  );
  const corrections = matrix(n, count);
  const noise = matrix(
    n,
    count,
    Float64Array.from({ length: n * count }, () => rng.normal()),
  );
  for (let i = 0; i < n; i++) {
    const atRow = phi(factorised.scaledX, i);
    const noiseSd = Math.sqrt(hyper.noiseVariance + (data.noise?.[i] ?? 0));
    for (let k = 0; k < count; k++) {
      const prior = dot(weights.data, k * features, atRow, 0, features);
      corrections.data[i * count + k] =
        data.y[i]! - hyper.mean - prior - noiseSd * noise.data[i * count + k]!;
    }
  }
  const solved = choleskySolve(factorised.L, corrections);
  const at = scaled(X, hyper.lengthscales);
  const draws = matrix(count, X.rows);
  for (let j = 0; j < X.rows; j++) {
    const atRow = phi(at, j);
    const update = new Float64Array(count);
    for (let i = 0; i < n; i++) {
      const k = hyper.signalVariance * kernel.value(squaredDistance(factorised.scaledX, i, at, j));
      const pull = row(solved, i);
      for (let c = 0; c < count; c++) update[c] = update[c]! + k * pull[c]!;
    }
    for (let c = 0; c < count; c++)
      draws.data[c * X.rows + j] =
        hyper.mean + dot(weights.data, c * features, atRow, 0, features) + update[c]!;
  }
  return draws;
}

/** Frequencies (features, d) drawn from the kernel's spectral density, a multivariate t of 2ν degrees of freedom, and phases. */
function spectrum(freedom: number, d: number, rng: Philox): { frequencies: Matrix; phases: Float64Array } {
  const frequencies = matrix(features, d);
  for (let f = 0; f < features; f++) {
    let chi2 = 0;
    if (Number.isFinite(freedom)) for (let k = 0; k < freedom; k++) chi2 += square(rng.normal());
    const stretch = Number.isFinite(freedom) ? Math.sqrt(freedom / chi2) : 1;
    for (let j = 0; j < d; j++) frequencies.data[f * d + j] = stretch * rng.normal();
  }
  return { frequencies, phases: Float64Array.from({ length: features }, () => twoPi * rng.uniform()) };
}

/** Frequencies of the roughest kernel can be huge: their angle, taken modulo 2π with what digits are left, is as good as any. */
function boundedAngle(angle: number): number {
  return Math.abs(angle) < 1e5 ? angle : angle % twoPi;
}

function square(x: number): number {
  return x * x;
}
