/**
 * Maximum a posteriori hyperparameters by bounded quasi-Newton from several starts: the priors' mode, and the best of some draws around it.
 * Many rows are first fitted on some of them, then polished on all.
 */
import { lbfgsb, log, selectRows, type Philox } from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { fromVector } from './hyperparameters.js';
import type { Kernel } from './kernel.js';
import { factorise, likelihoodGradient } from './likelihood.js';
import { defaultPriors, logDensity, logDensitySlope, logMode, type Priors } from './priors.js';

export interface FitSettings {
  readonly kernel: Kernel;
  /** Whether σ_f² is learned; it stays 1 where not. */
  readonly learnSignal: boolean;
  readonly starts: number;
  readonly smallestLengthscale: number;
  readonly smallestNoise: number;
}

/** Above so many rows the starts are compared on `subsetRows` of them. */
const manyRows = 400;
const subsetRows = 250;
const largestLengthscale = 1e3;
const drawsPerStart = 4;

/** θ at the largest posterior density found, for a standardised response. */
export function fitHyperparameters(data: TrainingData, settings: FitSettings, rng: Philox): Float64Array {
  if (data.X.rows <= manyRows) return bestOfStarts(data, settings, rng);
  const rows = rng.split('subset').choose(data.X.rows, subsetRows);
  const coarse = bestOfStarts(subset(data, rows), settings, rng);
  return ascend(data, settings, coarse, 12).x;
}

function subset({ X, y, noise }: TrainingData, rows: readonly number[]): TrainingData {
  const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const part = { X: selectRows(X, rows), y: pick(y) };
  return noise === undefined ? part : { ...part, noise: pick(noise) };
}

function bestOfStarts(data: TrainingData, settings: FitSettings, rng: Philox): Float64Array {
  let best = ascend(data, settings, startingPoint(data.X.cols), 100);
  for (const start of drawnStarts(data, settings, rng.split('starts'))) {
    const found = ascend(data, settings, start, 100);
    if (found.value < best.value) best = found;
  }
  return best.x;
}

/** θ at the mode of the priors. */
function startingPoint(dimension: number): Float64Array {
  const priors = defaultPriors(dimension);
  const theta = new Float64Array(dimension + 3).fill(logMode(priors.lengthscale), 0, dimension);
  theta[dimension + 1] = logMode(priors.noiseVariance);
  return theta;
}

/** The best `starts − 1` of some draws around the mode, best first. */
function drawnStarts(data: TrainingData, settings: FitSettings, rng: Philox): Float64Array[] {
  const d = data.X.cols;
  const wanted = settings.starts - 1;
  const scratch = new Float64Array(d + 3);
  const objective = negativeLogPosterior(data, settings, false);
  return Array.from({ length: wanted * drawsPerStart }, () => {
    const theta = startingPoint(d);
    const common = rng.normal();
    for (let j = 0; j < d; j++) theta[j] = theta[j]! + 1.2 * (common + rng.normal());
    theta[d + 1] = theta[d + 1]! + 1.5 * rng.normal();
    const { lower, upper } = bounds(d, settings);
    const inside = theta.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!));
    return { theta: inside, value: objective(inside, scratch) };
  })
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)
    .slice(0, wanted)
    .map(({ theta }) => theta);
}

function ascend(data: TrainingData, settings: FitSettings, start: Float64Array, maxIterations: number) {
  return lbfgsb({
    objective: negativeLogPosterior(data, settings, true),
    ...bounds(data.X.cols, settings),
    start,
    maxIterations,
    tolerance: 1e-4,
    valueTolerance: 1e-9,
  });
}

function bounds(d: number, { learnSignal, smallestLengthscale, smallestNoise }: FitSettings) {
  const lower = new Float64Array(d + 3).fill(log(smallestLengthscale), 0, d);
  const upper = new Float64Array(d + 3).fill(log(largestLengthscale), 0, d);
  lower[d] = learnSignal ? log(1e-2) : 0;
  upper[d] = learnSignal ? log(1e2) : 0;
  lower[d + 1] = log(smallestNoise);
  upper[d + 1] = log(4);
  lower[d + 2] = -3;
  upper[d + 2] = 3;
  return { lower, upper };
}

/** −ln p(y|θ) − ln p(θ), up to a constant, and its gradient. */
export function negativeLogPosterior(
  data: TrainingData,
  { kernel, learnSignal }: Pick<FitSettings, 'kernel' | 'learnSignal'>,
  withGradient: boolean,
): (theta: Float64Array, gradient: Float64Array) => number {
  const d = data.X.cols;
  const priors = defaultPriors(d);
  return (theta, gradient) => {
    const hyper = fromVector(theta);
    const factorised = factorise(kernel, data, hyper);
    if (withGradient) {
      const slope = likelihoodGradient(kernel, hyper, factorised);
      addPriorSlope(slope, theta, priors, learnSignal);
      for (let i = 0; i < slope.length; i++) gradient[i] = -slope[i]!;
      // A fixed variable must not steer the others.
      if (!learnSignal) gradient[d] = 0;
    }
    return -(factorised.logMarginalLikelihood + logPrior(theta, priors, learnSignal));
  };
}

function logPrior(theta: Float64Array, priors: Priors, learnSignal: boolean): number {
  const d = theta.length - 3;
  let sum = logDensity(priors.noiseVariance, theta[d + 1]!) - 0.5 * theta[d + 2]! * theta[d + 2]!;
  if (learnSignal) sum += logDensity(priors.signalVariance, theta[d]!);
  for (let j = 0; j < d; j++) sum += logDensity(priors.lengthscale, theta[j]!);
  return sum;
}

function addPriorSlope(slope: Float64Array, theta: Float64Array, priors: Priors, learnSignal: boolean): void {
  const d = theta.length - 3;
  for (let j = 0; j < d; j++) slope[j] = slope[j]! + logDensitySlope(priors.lengthscale, theta[j]!);
  if (learnSignal) slope[d] = slope[d]! + logDensitySlope(priors.signalVariance, theta[d]!);
  slope[d + 1] = slope[d + 1]! + logDensitySlope(priors.noiseVariance, theta[d + 1]!);
  slope[d + 2] = slope[d + 2]! - theta[d + 2]!;
}
