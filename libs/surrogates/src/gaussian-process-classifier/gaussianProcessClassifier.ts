/**
 * Gaussian process classification: P(class 1) at x is the likelihood averaged over the latent f(x) ~ N(m + k·a, k(x,x) − ‖L⁻¹·√W·k‖²), k the
 * covariances of x with the rows. Far from all rows that is what m says, softened.
 */
import {
  cholesky,
  dot,
  matrix,
  requireLength,
  selectRows,
  triangularSolve,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type { Classifier, ClassifierFactory, LabelledData, SurrogateJson } from '../contract.js';
import { requireInputs } from '../data.js';
import {
  fieldsFrom,
  matrixFrom,
  matrixToJson,
  numberFrom,
  numbersFrom,
  numbersToJson,
  requireKind,
} from '../json.js';
import { ownLabels } from '../labels.js';
import { requireOneOf } from '../options.js';
import { classifierKernels, covariance, inLengthscales, type ClassifierKernel } from './covariance.js';
import { fitHyperparameters } from './fit.js';
import { laplace, type ClassifierHyperparameters, type ClassifierSettings } from './laplace.js';
import { classLikelihoods, likelihoods, type ClassLikelihood } from './likelihood.js';

export interface GaussianProcessClassifierOptions {
  /** `matern52` where it is left out. */
  readonly kernel?: ClassifierKernel;
  /** `probit` where it is left out. */
  readonly likelihood?: ClassLikelihood;
}

const kind = 'gaussian-process-classifier';
const version = 1;
const rowsPerBlock = 256;
const { max, min, sqrt } = Math;

/** Takes inputs in the unit cube. */
export function gaussianProcessClassifier(options: GaussianProcessClassifierOptions = {}): ClassifierFactory {
  const settings = {
    kernel: requireOneOf('options.kernel', options.kernel ?? 'matern52', classifierKernels),
    likelihood: requireOneOf('options.likelihood', options.likelihood ?? 'probit', classLikelihoods),
  };
  return {
    kind,
    fit(data, rng: Philox) {
      const own = ownLabels(data);
      const signed = { X: own.X, signs: Float64Array.from(own.labels, (label) => 2 * label - 1) };
      const hyper = fitHyperparameters(signed, settings, rng);
      const { latent } = laplace(signed, settings, hyper);
      return new GaussianProcessClassifier(settings, own, hyper, latent);
    },
    fromJSON,
  };
}

/** Written down are data, hyperparameters and latent values: everything else follows from them, to the bit. */
class GaussianProcessClassifier implements Classifier {
  readonly kind = kind;
  readonly dimension: number;
  readonly #rows: Matrix;
  /** a (n) */
  readonly #slope: Float64Array;
  /** √W (n) */
  readonly #root: Float64Array;
  readonly #L: Matrix;

  constructor(
    private readonly settings: ClassifierSettings,
    private readonly data: LabelledData,
    private readonly hyper: ClassifierHyperparameters,
    private readonly latent: Float64Array,
  ) {
    this.dimension = data.X.cols;
    this.#rows = inLengthscales(data.X, hyper.lengthscales);
    const at = Array.from(data.labels, (label, i) =>
      likelihoods[settings.likelihood].at(2 * label - 1, latent[i]!),
    );
    this.#slope = Float64Array.from(at, ({ slope }) => slope);
    this.#root = Float64Array.from(at, ({ curvature }) => sqrt(curvature));
    const n = data.labels.length;
    const B = covariance(this.#rows, this.#rows, settings.kernel, hyper.signalVariance);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        B.data[i * n + j] = this.#root[i]! * B.data[i * n + j]! * this.#root[j]! + (i === j ? 1 : 0);
    this.#L = cholesky(B).L;
  }

  probability(X: Matrix): Float64Array {
    requireInputs(X, this.dimension);
    const result = new Float64Array(X.rows);
    for (let from = 0; from < X.rows; from += rowsPerBlock) {
      const length = min(rowsPerBlock, X.rows - from);
      const block = selectRows(
        X,
        Array.from({ length }, (_, i) => from + i),
      );
      result.set(this.#probabilityOf(block), from);
    }
    return result;
  }

  #probabilityOf(X: Matrix): Float64Array {
    const { kernel, likelihood } = this.settings;
    const { lengthscales, signalVariance, mean } = this.hyper;
    const points = inLengthscales(X, lengthscales);
    const n = this.latent.length;
    const k = covariance(points, this.#rows, kernel, signalVariance);
    const pulled = matrix(n, X.rows);
    for (let i = 0; i < n; i++)
      for (let p = 0; p < X.rows; p++) pulled.data[i * X.rows + p] = this.#root[i]! * k.data[p * n + i]!;
    const solved = triangularSolve(this.#L, pulled);
    const variance = new Float64Array(X.rows).fill(signalVariance);
    solved.data.forEach((value, at) => {
      variance[at % X.rows] = variance[at % X.rows]! - value * value;
    });
    return variance.map((value, p) =>
      likelihoods[likelihood].average(mean + dot(k.data, p * n, this.#slope, 0, n), max(value, 0)),
    );
  }

  toJSON(): SurrogateJson {
    const { lengthscales, signalVariance, mean } = this.hyper;
    return {
      kind,
      version,
      kernel: this.settings.kernel,
      likelihood: this.settings.likelihood,
      X: matrixToJson(this.data.X),
      labels: numbersToJson(this.data.labels),
      hyperparameters: { lengthscales: numbersToJson(lengthscales), signalVariance, mean },
      latent: numbersToJson(this.latent),
    };
  }
}

function fromJSON(json: SurrogateJson): Classifier {
  requireKind(json, kind, version);
  const hyper = fieldsFrom('json.hyperparameters', json['hyperparameters']);
  const X = matrixFrom('json.X', json['X']);
  const labels = Uint8Array.from(numbersFrom('json.labels', json['labels']));
  const latent = numbersFrom('json.latent', json['latent']);
  const lengthscales = numbersFrom('json.hyperparameters.lengthscales', hyper['lengthscales']);
  requireLength('json.latent', latent, X.rows);
  requireLength('json.hyperparameters.lengthscales', lengthscales, X.cols);
  return new GaussianProcessClassifier(
    {
      kernel: requireOneOf('json.kernel', json['kernel'], classifierKernels),
      likelihood: requireOneOf('json.likelihood', json['likelihood'], classLikelihoods),
    },
    ownLabels({ X, labels }),
    {
      lengthscales,
      signalVariance: numberFrom('json.hyperparameters.signalVariance', hyper['signalVariance']),
      mean: numberFrom('json.hyperparameters.mean', hyper['mean']),
    },
    latent,
  );
}
