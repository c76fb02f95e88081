import {
  conditionGaussian,
  exp,
  InvalidArgumentError,
  kernelParameters,
  layoutOf,
  leaveOneOut,
  log,
  matrix,
  posteriorMarginals,
  requireCount,
  requireKernel,
  row,
  withGrowingGaussian,
  type Conditioned,
  type GaussianData,
  type Kernel,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type {
  Diagnostics,
  GrowingSurrogate,
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
import { kernelFrom, kernelOf, kernelToJson, requireKernelName, type KernelName } from './kernels.js';
import { relevanceOf } from './relevance.js';
import { samplePosterior } from './sample.js';
import { hasSources } from './sources.js';
import { fitSourcesProcess, readSourcesProcess } from './sourcesProcess.js';
import { readVersionOne } from './versionOne.js';

export interface GaussianProcessOptions {
  /** A name, for one part over all columns with categories apart, or a sum of products; `matern52` where it is left out. */
  readonly kernel?: KernelName | Kernel;
  /** Whether the signal variance of a kernel of one term is learned; where not (the default) it is the variance of y. */
  readonly learnSignal?: boolean;
  /** Starts of the optimiser, the priors' mode being the first; 3 where it is left out. */
  readonly starts?: number;
  /** In units of the unit cube; 0.025 where it is left out. */
  readonly smallestLengthscale?: number;
  /** In units of the variance of y; 1e-5 where it is left out. */
  readonly smallestNoise?: number;
  /** Of data from several sources: how many ways they have of varying together; where left out one less than there are sources, at most 2. */
  readonly sourceRank?: number;
}

const kind = 'gaussian-process';
const version = 2;

/** A Gaussian process on inputs in the unit cube; y is standardised on the way in and predictions come back in units of y. */
export function gaussianProcess(options: GaussianProcessOptions = {}): SurrogateFactory {
  const { kernel = 'matern52', learnSignal = false, starts = 3 } = options;
  const { smallestLengthscale = 0.025, smallestNoise = 1e-5, sourceRank } = options;
  if (typeof kernel === 'string') requireKernelName('options.kernel', kernel);
  requireCount('options.starts', starts, 1);
  if (sourceRank !== undefined) requireCount('options.sourceRank', sourceRank);
  requirePositive('options.smallestLengthscale', smallestLengthscale);
  requirePositive('options.smallestNoise', smallestNoise);
  const settings = { learnSignal, starts, smallestLengthscale, smallestNoise };
  return {
    kind,
    capabilities: { ...plainCapabilities, noise: true, categorical: true, source: true },
    fit(data, rng, previous) {
      const own = ownData(data, this.capabilities);
      const units = standardisation(own.y);
      const chosen = typeof kernel === 'string' ? kernelOf(kernel, own.X.cols, own.categorical) : kernel;
      requireKernel('options.kernel', chosen, own.X.cols);
      if (hasSources(own)) return fitSourcesProcess(kind, chosen, own, settings, sourceRank, rng, previous);
      const start = previous instanceof GaussianProcess ? previous.thetaFor(chosen) : undefined;
      const standard = standardised(own, units);
      const theta = fitHyperparameters(chosen, standard, settings, rng, start);
      return conditionOn(chosen, theta, own, units, 0);
    },
    fromJSON(json) {
      requireKind(json, kind, 1, version);
      if (json['sources'] !== undefined) return readSourcesProcess(json);
      const X = matrixFrom('json.X', json['X']);
      const y = numbersFrom('json.y', json['y']);
      const noise = json['noise'] === null ? undefined : numbersFrom('json.noise', json['noise']);
      const own = ownData({ X, y, ...(noise && { noise }) }, this.capabilities);
      if (json.version === 1) {
        const { kernel: read, theta } = readVersionOne(json, X.cols);
        return conditionOn(read, theta, own, standardisation(y), 0);
      }
      const units = fieldsFrom('json.units', json['units']);
      return conditionOn(
        kernelFrom('json.kernel', json['kernel'], X.cols),
        numbersFrom('json.theta', json['theta']),
        own,
        {
          centre: numberFrom('json.units.centre', units['centre']),
          spread: numberFrom('json.units.spread', units['spread']),
        },
        numberFrom('json.appended', json['appended']),
      );
    },
  };
}

/** The process of these hyperparameters given all rows, the last `appended` of them one by one as they came. */
function conditionOn(
  kernel: Kernel,
  theta: Float64Array,
  data: TrainingData,
  units: Standardisation,
  appended: number,
): GaussianProcess {
  const all = standardised(data, units);
  const at = data.X.rows - appended;
  const first = new GaussianProcess(data, units, conditionGaussian(kernel, theta, rowsOf(all, 0, at)), 0);
  return appended === 0 ? first : first.grownBy(data, rowsOf(all, at, data.X.rows));
}

/** Written down are the data, the hyperparameters and which rows came later: everything else follows from them, to the bit. */
class GaussianProcess implements GrowingSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    private readonly data: TrainingData,
    private readonly units: Standardisation,
    private readonly conditioned: Conditioned,
    private readonly appended: number,
  ) {
    this.dimension = data.X.cols;
  }

  /** θ, if it is one for this kernel. */
  thetaFor(kernel: Kernel): Float64Array | undefined {
    const same =
      JSON.stringify(kernelToJson(kernel)) === JSON.stringify(kernelToJson(this.conditioned.kernel));
    return same ? this.conditioned.theta : undefined;
  }

  predict(X: Matrix) {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.units;
    const { mean, variance } = posteriorMarginals(this.conditioned, X);
    return {
      mean: mean.map((value) => centre + spread * value),
      variance: variance.map((value) => spread * spread * value),
    };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { centre, spread } = this.units;
    const draws = samplePosterior(this.conditioned, X, count, rng);
    return matrix(
      count,
      X.rows,
      draws.data.map((value) => centre + spread * value),
    );
  }

  withRows(added: TrainingData): GaussianProcess {
    const more = ownData(added, { ...plainCapabilities, noise: true });
    requireInputs(more.X, this.dimension);
    return this.grownBy(joined(this.data, more), standardised(more, this.units));
  }

  /** The process with these rows too; `data` is all of them. */
  grownBy(data: TrainingData, more: GaussianData): GaussianProcess {
    const count = more.X.rows;
    const grown = withGrowingGaussian(this.conditioned, count, (growing) => {
      for (let i = 0; i < count; i++) growing.append(row(more.X, i), more.y[i]!, more.noise?.[i] ?? 0);
      return growing.conditioned();
    });
    return new GaussianProcess(data, this.units, grown, this.appended + count);
  }

  diagnostics(): Diagnostics {
    const { centre, spread } = this.units;
    const { kernel, theta, logMarginalLikelihood } = this.conditioned;
    const { mean, variance } = leaveOneOut(this.conditioned);
    const leftOut = {
      mean: Array.from(mean, (value) => centre + spread * value),
      variance: Array.from(variance, (value) => spread * spread * value),
      actual: Array.from(this.data.y),
    };
    const n = this.data.y.length;
    const relevance = relevanceOf(kernel, theta, this.dimension);
    const total = relevance.reduce((sum, value) => sum + value, 0);
    const layout = layoutOf(kernel);
    const signal = layout.terms.reduce((sum, { variance: place }) => sum + exp(theta[place]!), 0);
    return {
      kind,
      n,
      logMarginalLikelihood: logMarginalLikelihood - n * log(spread),
      lengthscales: relevance.map((value) => 1 / value),
      signalVariance: spread * spread * signal,
      noiseVariance: spread * spread * exp(theta[kernelParameters(kernel)]!),
      importances: relevance.map((value) => value / total),
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    const { X, y, noise } = this.data;
    const { kernel, theta } = this.conditioned;
    return {
      kind,
      version,
      kernel: kernelToJson(kernel),
      X: matrixToJson(X),
      y: numbersToJson(y),
      noise: noise === undefined ? null : numbersToJson(noise),
      theta: numbersToJson(theta.map((value) => value + 0)),
      units: { ...this.units },
      appended: this.appended,
    };
  }
}

function standardised({ X, y, noise }: TrainingData, { centre, spread }: Standardisation): GaussianData {
  return {
    X,
    y: y.map((value) => (value - centre) / spread),
    ...(noise && { noise: noise.map((variance) => variance / (spread * spread)) }),
  };
}

function rowsOf({ X, y, noise }: GaussianData, from: number, to: number): GaussianData {
  return {
    X: matrix(to - from, X.cols, X.data.slice(from * X.cols, to * X.cols)),
    y: y.slice(from, to),
    ...(noise && { noise: noise.slice(from, to) }),
  };
}

function joined(a: TrainingData, b: TrainingData): TrainingData {
  const join = (left: Float64Array, right: Float64Array) => Float64Array.from([...left, ...right]);
  const noiseOf = ({ noise, y }: TrainingData) => noise ?? new Float64Array(y.length);
  return {
    X: matrix(a.X.rows + b.X.rows, a.X.cols, join(a.X.data, b.X.data)),
    y: join(a.y, b.y),
    ...((a.noise ?? b.noise) && { noise: join(noiseOf(a), noiseOf(b)) }),
  };
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError(name, `must be above 0, not ${value}`);
}
