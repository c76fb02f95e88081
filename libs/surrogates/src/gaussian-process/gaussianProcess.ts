import { InvalidArgumentError, log, matrix, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, standardisation, type Standardisation } from '../data.js';
import {
  fieldsFrom,
  matrixFrom,
  matrixToJson,
  numberFrom,
  numbersFrom,
  numbersToJson,
  requireKind,
} from '../json.js';
import { metricsOf } from '../metrics.js';
import { fitHyperparameters } from './fit.js';
import { fromVector, type Hyperparameters } from './hyperparameters.js';
import { kernelNames, kernels, type KernelName } from './kernel.js';
import { condition, leaveOneOut, predictMarginals, type Posterior } from './posterior.js';
import { samplePosterior } from './sample.js';

export interface GaussianProcessOptions {
  /** `matern52` where it is left out. */
  readonly kernel?: KernelName;
  /** Whether the signal variance is learned; where not (the default) it is the variance of y. */
  readonly learnSignal?: boolean;
  /** Starts of the optimiser, the priors' mode being the first; 3 where it is left out. */
  readonly starts?: number;
  /** In units of the unit cube; 0.025 where it is left out. */
  readonly smallestLengthscale?: number;
  /** In units of the variance of y; 1e-5 where it is left out. */
  readonly smallestNoise?: number;
}

const kind = 'gaussian-process';
const version = 1;

/** A Gaussian process on inputs in the unit cube; y is standardised on the way in and predictions come back in units of y. */
export function gaussianProcess(options: GaussianProcessOptions = {}): SurrogateFactory {
  const { kernel = 'matern52', learnSignal = false, starts = 3 } = options;
  const { smallestLengthscale = 0.025, smallestNoise = 1e-5 } = options;
  requireKernel('options.kernel', kernel);
  requireCount('options.starts', starts, 1);
  requirePositive('options.smallestLengthscale', smallestLengthscale);
  requirePositive('options.smallestNoise', smallestNoise);
  const settings = { kernel: kernels[kernel], learnSignal, starts, smallestLengthscale, smallestNoise };
  return {
    kind,
    capabilities: { ...plainCapabilities, noise: true },
    fit(data, rng) {
      const own = ownData(data);
      const units = standardisation(own.y);
      const theta = fitHyperparameters(standardised(own, units), settings, rng);
      return new GaussianProcess(kernel, own, units, fromVector(theta));
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const name = requireKernel('json.kernel', json['kernel']);
      const hyper = fieldsFrom('json.hyperparameters', json['hyperparameters']);
      const X = matrixFrom('json.X', json['X']);
      const y = numbersFrom('json.y', json['y']);
      const data =
        json['noise'] === null ? { X, y } : { X, y, noise: numbersFrom('json.noise', json['noise']) };
      return new GaussianProcess(name, ownData(data), standardisation(y), {
        lengthscales: numbersFrom('json.hyperparameters.lengthscales', hyper['lengthscales']),
        signalVariance: numberFrom('json.hyperparameters.signalVariance', hyper['signalVariance']),
        noiseVariance: numberFrom('json.hyperparameters.noiseVariance', hyper['noiseVariance']),
        mean: numberFrom('json.hyperparameters.mean', hyper['mean']),
      });
    },
  };
}

/** Written down are the data and the hyperparameters: everything else follows from them, to the bit. */
class GaussianProcess implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;
  readonly #posterior: Posterior;

  constructor(
    readonly kernel: KernelName,
    private readonly data: TrainingData,
    private readonly units: Standardisation,
    private readonly hyper: Hyperparameters,
  ) {
    this.dimension = data.X.cols;
    this.#posterior = condition(kernels[kernel], standardised(data, units), hyper);
  }

  predict(X: Matrix) {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.units;
    const { mean, variance } = predictMarginals(this.#posterior, X);
    return {
      mean: mean.map((value) => centre + spread * value),
      variance: variance.map((value) => spread * spread * value),
    };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { centre, spread } = this.units;
    const draws = samplePosterior(this.#posterior, X, count, rng);
    return matrix(
      count,
      X.rows,
      draws.data.map((value) => centre + spread * value),
    );
  }

  diagnostics(): Diagnostics {
    const { centre, spread } = this.units;
    const { mean, variance } = leaveOneOut(this.#posterior);
    const leftOut = {
      mean: Array.from(mean, (value) => centre + spread * value),
      variance: Array.from(variance, (value) => spread * spread * value),
      actual: Array.from(this.data.y),
    };
    const n = this.data.y.length;
    const relevance = this.hyper.lengthscales.map((value) => 1 / value);
    const total = relevance.reduce((sum, value) => sum + value, 0);
    return {
      kind,
      n,
      logMarginalLikelihood: this.#posterior.factorised.logMarginalLikelihood - n * log(spread),
      lengthscales: Array.from(this.hyper.lengthscales),
      signalVariance: spread * spread * this.hyper.signalVariance,
      noiseVariance: spread * spread * this.hyper.noiseVariance,
      importances: Array.from(relevance, (value) => value / total),
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    const { X, y, noise } = this.data;
    const { lengthscales, signalVariance, noiseVariance, mean } = this.hyper;
    return {
      kind,
      version,
      kernel: this.kernel,
      X: matrixToJson(X),
      y: numbersToJson(y),
      noise: noise === undefined ? null : numbersToJson(noise),
      hyperparameters: {
        lengthscales: numbersToJson(lengthscales),
        signalVariance,
        noiseVariance,
        mean: mean + 0,
      },
    };
  }
}

function standardised({ X, y, noise }: TrainingData, { centre, spread }: Standardisation): TrainingData {
  const own = { X, y: y.map((value) => (value - centre) / spread) };
  return noise === undefined ? own : { ...own, noise: noise.map((variance) => variance / (spread * spread)) };
}

function requireKernel(name: string, value: Json | undefined): KernelName {
  const known = kernelNames.find((kernel) => kernel === value);
  if (known === undefined)
    throw new InvalidArgumentError(
      name,
      `must be one of ${kernelNames.join(', ')}, not ${JSON.stringify(value)}`,
    );
  return known;
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError(name, `must be above 0, not ${value}`);
}
