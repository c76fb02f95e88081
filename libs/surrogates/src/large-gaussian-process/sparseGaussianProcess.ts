/**
 * A Gaussian process by way of inducing rows, for n in the 10⁴s and 10⁵s (linalg: gaussian/sparse). Hyperparameters are those of the whole process of
 * some rows, polished by the variational bound of more; left-out predictions keep them and the inducing rows. O(nM²), a block of rows at a time.
 */
import {
  conditionSparse,
  gemm,
  kernelMatrix,
  kernelParameters,
  matrix,
  requireCount,
  requireLength,
  selectRows,
  sparseFactors,
  sparseJoint,
  sparseLeaveOneOut,
  sparseMarginals,
  triangularSolve,
  withSparseBound,
  type Matrix,
  type Philox,
  type SparseConditioned,
} from '@ionloop/linalg';
import type {
  Diagnostics,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, type Standardisation } from '../data.js';
import { ascend, posteriorDensity } from '../gaussian-process/fit.js';
import { kernelFrom, kernelToJson } from '../gaussian-process/kernels.js';
import { hyperparametersOf } from '../gaussian-process/priors.js';
import { drawJointly, mostExactRows } from '../gaussian-process/sample.js';
import { drawFeatures, featuresAt } from '../gaussian-process/spectrum.js';
import {
  fieldsFrom,
  matrixFrom,
  matrixToJson,
  numberFrom,
  numbersFrom,
  numbersToJson,
  requireKind,
} from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { diagnosticsOf, leftOutInUnits } from './diagnose.js';
import {
  largeSettings,
  learnFromSome,
  someRows,
  standardise,
  type LargeOptions,
  type LargeSettings,
  type Standard,
} from './hyperparameters.js';
import { inducingRows } from './inducing.js';

const { min } = Math;

export interface SparseGaussianProcessOptions extends LargeOptions {
  /** M, how many rows stand for all; 256 where it is left out. */
  readonly inducing?: number;
  /** How many rows the bound is polished on; 5000 where it is left out, and 0 for no polish. */
  readonly polishRows?: number;
}

const kind = 'sparse-gaussian-process';
const version = 1;
const polishSteps = 15;
const priorFeatures = 2048;
const block = 256;

/** Inputs in the unit cube. */
export function sparseGaussianProcess(options: SparseGaussianProcessOptions = {}): SurrogateFactory {
  const { inducing = 256, polishRows = 5000 } = options;
  const settings = largeSettings(options);
  requireCount('options.inducing', inducing, 1);
  requireCount('options.polishRows', polishRows);
  return {
    kind,
    capabilities: { ...plainCapabilities, noise: true, categorical: true },
    fit(data, rng) {
      const own = ownData(data, this.capabilities);
      const standard = standardise(own, settings);
      const { kernel, units } = standard;
      const coarse = learnFromSome(standard, settings, rng);
      const Z = inducingRows(kernel, coarse, own.X, inducing, rng.split('inducing'));
      const theta = polish(standard, settings, coarse, Z, polishRows, rng.split('polish'));
      const conditioned = conditionSparse(kernel, theta, standard.data, Z);
      const leftOut = leftOutInUnits(sparseLeaveOneOut(conditioned, standard.data), units, own.y);
      return new SparseGaussianProcess(conditioned, units, leftOut);
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const units = fieldsFrom('json.units', json['units']);
      const Z = matrixFrom('json.Z', json['Z']);
      const kernel = kernelFrom('json.kernel', json['kernel'], Z.cols);
      const theta = numbersFrom('json.theta', json['theta']);
      requireLength('json.theta', theta, kernelParameters(kernel) + 2);
      const weights = numbersFrom('json.weights', json['weights']);
      requireLength('json.weights', weights, Z.rows);
      return new SparseGaussianProcess(
        {
          kernel,
          theta,
          Z,
          packed: numbersFrom('json.packed', json['packed']),
          weights,
          bound: numberFrom('json.bound', json['bound']),
        },
        {
          centre: numberFrom('json.units.centre', units['centre']),
          spread: numberFrom('json.units.spread', units['spread']),
        },
        leftOutFrom('json.leftOut', json['leftOut']),
      );
    },
  };
}

/** θ at a higher bound, of some rows. */
function polish(
  { kernel, data }: Standard,
  settings: LargeSettings,
  theta: Float64Array,
  Z: Matrix,
  rows: number,
  rng: Philox,
): Float64Array {
  // Where each row is an inducing one the bound is the likelihood that θ was learned by.
  if (rows === 0 || (Z.rows >= data.y.length && data.y.length <= settings.learnRows)) return theta;
  const hyperparameters = hyperparametersOf(kernel, settings);
  return withSparseBound(kernel, someRows(data, rows, rng), Z, (bound) => {
    const density = posteriorDensity(bound, hyperparameters);
    return Number.isFinite(density.value(theta))
      ? ascend(density, hyperparameters, theta, polishSteps).x
      : theta;
  });
}

class SparseGaussianProcess implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    private readonly conditioned: SparseConditioned,
    private readonly units: Standardisation,
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = conditioned.Z.cols;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.units;
    const { mean, variance } = sparseMarginals(this.conditioned, X);
    return {
      mean: mean.map((value) => centre + spread * value),
      variance: variance.map((value) => spread * spread * value),
    };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { centre, spread } = this.units;
    const draws =
      X.rows <= mostExactRows
        ? drawJointly(sparseJoint(this.conditioned, X), count, rng)
        : samplePathwise(this.conditioned, X, count, rng);
    return matrix(
      count,
      X.rows,
      draws.data.map((value) => centre + spread * value),
    );
  }

  diagnostics(): Diagnostics {
    const { kernel, theta, bound } = this.conditioned;
    return diagnosticsOf(kind, kernel, theta, this.units, this.dimension, bound, this.leftOut);
  }

  toJSON(): SurrogateJson {
    const { kernel, theta, Z, packed, weights, bound } = this.conditioned;
    return {
      kind,
      version,
      kernel: kernelToJson(kernel),
      theta: plain(theta),
      Z: matrixToJson(Z),
      packed: plain(packed),
      weights: plain(weights),
      bound,
      units: { ...this.units },
      leftOut: leftOutToJson(this.leftOut),
    };
  }
}

/** Without the −0 that JSON does not keep. */
function plain(values: Float64Array): readonly number[] {
  return numbersToJson(values.map((value) => value + 0));
}

/**
 * A draw of the prior by random features, corrected towards a draw of the inducing values u = c + L·(μ + L_A⁻ᵀε):
 * f(x) = c + g(x) + k(x, Z)·L⁻ᵀ(μ + L_A⁻ᵀε − L⁻¹g(Z)).
 */
function samplePathwise(conditioned: SparseConditioned, X: Matrix, count: number, rng: Philox): Matrix {
  const { kernel, theta, Z, weights: mu } = conditioned;
  const { L, LA } = sparseFactors(conditioned);
  const phi = drawFeatures(kernel, theta, Z.cols, priorFeatures, rng.split('features'));
  const weights = matrix(phi.length, count, rng.normals(phi.length * count));
  const prior = (rows: Matrix) => gemm(featuresAt(phi, rows, 0, rows.rows), weights);
  const errors = matrix(Z.rows, count, rng.normals(Z.rows * count));
  const target = triangularSolve(LA, errors, { transpose: true });
  const known = triangularSolve(L, prior(Z));
  for (let i = 0, at = 0; i < Z.rows; i++)
    for (let k = 0; k < count; k++, at++) target.data[at] = target.data[at]! + mu[i]! - known.data[at]!;
  const correction = triangularSolve(L, target, { transpose: true });
  const c = theta[kernelParameters(kernel) + 1]!;
  const draws = matrix(count, X.rows);
  for (let from = 0; from < X.rows; from += block) {
    const rows = selectRows(
      X,
      Array.from({ length: min(block, X.rows - from) }, (_, i) => from + i),
    );
    const [free, pull] = [prior(rows), gemm(kernelMatrix(kernel, theta, rows, Z), correction)];
    for (let i = 0, at = 0; i < rows.rows; i++)
      for (let k = 0; k < count; k++, at++)
        draws.data[k * X.rows + from + i] = c + free.data[at]! + pull.data[at]!;
  }
  return draws;
}
