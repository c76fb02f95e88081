/**
 * Covariances of what a model believes at different rows. Some models know them. Of another growing model they are read off how its means move: with σ_n² the noise,
 * a response μ(x) + δ at x moves the mean at z by C(z, x)·δ/(C(x, x) + σ_n²), exactly so where the mean is linear in the responses.
 * Of others they are estimated from joint draws.
 */
import { gemm, matrix, requireCount, row, type Matrix, type Philox } from '@ionloop/linalg';
import type { CovaryingSurrogate, GrowingSurrogate, Surrogate } from '@ionloop/surrogates';
import { isGrowing } from './growing.js';
import { columns, stacked } from './rows.js';

const { max, min, sqrt } = Math;

/** Above so many columns to read off, draws are cheaper. */
const mostReadOff = 256;
const defaultDraws = 512;
/** Above so many numbers they would fill the memory. */
const mostKnown = 2e7;

export interface CovarianceOptions {
  /** Of joint draws, for models that cannot grow and for many rows; 512 where it is left out: correlations within some 0.04. */
  readonly draws?: number;
}

export interface CrossCovariance {
  /** (a,b) */
  readonly covariance: Matrix;
  /** (a), (b) */
  readonly variances: readonly [Float64Array, Float64Array];
  /** How many draws the estimate rests on; 0 where it is exact. */
  readonly draws: number;
}

/** Covariances of f at the rows of A (a,d) with f at the rows of B (b,d). */
export function crossCovariance(
  model: Surrogate,
  A: Matrix,
  B: Matrix,
  rng: Philox,
  { draws = defaultDraws }: CovarianceOptions = {},
): CrossCovariance {
  requireCount('options.draws', draws, 8);
  const variances = [model.predict(A).variance, model.predict(B).variance] as const;
  if (isCovarying(model) && A.rows * B.rows <= mostKnown)
    return { covariance: model.covariance(A, B), variances, draws: 0 };
  if (isGrowing(model) && min(A.rows, B.rows) <= mostReadOff) {
    const covariance =
      A.rows <= B.rows ? readOff(model, A, variances[0], B) : transposed(readOff(model, B, variances[1], A));
    return { covariance, variances, draws: 0 };
  }
  return { covariance: estimated(model, A, B, variances, draws, rng), variances, draws };
}

function isCovarying(model: Surrogate): model is CovaryingSurrogate {
  return 'covariance' in model;
}

/** σ_n², the variance of one more measurement's error, as far as the model tells it; else 0. */
export function noiseOf(model: Surrogate): number {
  return model.diagnostics().noiseVariance ?? 0;
}

function readOff(model: GrowingSurrogate, A: Matrix, variance: Float64Array, B: Matrix): Matrix {
  const result = matrix(A.rows, B.rows);
  for (let i = 0; i < A.rows; i++) {
    const sd = sqrt(max(variance[i]!, 0));
    if (sd > 0) result.data.set(column(model, matrix(1, A.cols, row(A, i)), sd, B), i * B.rows);
  }
  return result;
}

/** C(B, x), from two steps of the mean: their difference is free of rounding of the level. */
function column(model: GrowingSurrogate, x: Matrix, sd: number, B: Matrix): Float64Array {
  const mean = model.predict(x).mean[0]!;
  const both = stacked([x, B], B.cols);
  const up = model.withRows({ X: x, y: Float64Array.of(mean + sd) }).predict(both).mean;
  const down = model.withRows({ X: x, y: Float64Array.of(mean - sd) }).predict(both).mean;
  // What moved at x itself is C(x, x)/(C(x, x) + σ_n²)·2·sd.
  const own = up[0]! - down[0]!;
  if (!(own > 0)) return new Float64Array(B.rows);
  return Float64Array.from({ length: B.rows }, (_, j) => ((up[j + 1]! - down[j + 1]!) / own) * sd * sd);
}

function transposed(A: Matrix): Matrix {
  const result = matrix(A.cols, A.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) result.data[j * A.rows + i] = A.data[i * A.cols + j]!;
  return result;
}

/** Correlations of the draws times the standard deviations the model states. */
function estimated(
  model: Surrogate,
  A: Matrix,
  B: Matrix,
  [varianceA, varianceB]: readonly [Float64Array, Float64Array],
  draws: number,
  rng: Philox,
): Matrix {
  const same = A === B;
  const F = model.sample(same ? A : stacked([A, B], A.cols), draws, rng);
  const left = standardised(columns(F, 0, A.rows), varianceA);
  const right = same ? left : standardised(columns(F, A.rows, B.rows), varianceB);
  return gemm(left, right, { transposeA: true });
}

/** Each column centred and of the stated variance as its sum of squares. */
function standardised(F: Matrix, variance: Float64Array): Matrix {
  for (let j = 0; j < F.cols; j++) {
    let sum = 0;
    for (let s = 0; s < F.rows; s++) sum += F.data[s * F.cols + j]!;
    const mean = sum / F.rows;
    let squares = 0;
    for (let s = 0; s < F.rows; s++) {
      const centred = F.data[s * F.cols + j]! - mean;
      F.data[s * F.cols + j] = centred;
      squares += centred * centred;
    }
    const factor = squares > 0 ? sqrt(max(variance[j]!, 0) / squares) : 0;
    for (let s = 0; s < F.rows; s++) F.data[s * F.cols + j] = F.data[s * F.cols + j]! * factor;
  }
  return F;
}
