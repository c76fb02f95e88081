import { cholesky, matrix, transpose, triangularSolve, type Matrix, type Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { crossCovariance, noiseOf, type CovarianceOptions } from './covariance.js';
import { believing, isGrowing } from './growing.js';
import { stacked } from './rows.js';

const { max, sqrt } = Math;

/**
 * Standard deviations (m) at the rows of X once the rows of `pending` (p,d) have been measured, whatever the results: by the growing model
 * itself, else by σ² − cᵀ(C + σ_n²I)⁻¹c with correlations from joint draws.
 */
export function spreadGiven(
  model: Surrogate,
  X: Matrix,
  pending: Matrix | undefined,
  rng: Philox,
  options: CovarianceOptions = {},
): Float64Array {
  if (pending === undefined || pending.rows === 0 || X.rows === 0) return roots(model.predict(X).variance);
  if (isGrowing(model)) return roots(believing(model, pending).predict(X).variance);
  const all = stacked([pending, X], X.cols);
  const { covariance, variances } = crossCovariance(model, pending, all, rng, options);
  const p = pending.rows;
  const C = matrix(p, p);
  const cross = matrix(p, X.rows);
  const noise = noiseOf(model);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) C.data[i * p + j] = covariance.data[i * all.rows + j]!;
    C.data[i * p + i] = variances[0][i]! * (1 + 1e-8) + noise + 1e-300;
    cross.data.set(covariance.data.subarray(i * all.rows + p, (i + 1) * all.rows), i * X.rows);
  }
  const V = transpose(triangularSolve(cholesky(C).L, cross));
  return variances[1].slice(p).map((variance, j) => {
    let explained = 0;
    for (let i = 0; i < p; i++) explained += V.data[j * p + i]! * V.data[j * p + i]!;
    return sqrt(max(variance - explained, 0));
  });
}

function roots(variance: Float64Array): Float64Array {
  return variance.map((value) => sqrt(max(value, 0)));
}
