/**
 * Maximum a posteriori hyperparameters by bounded quasi-Newton from several starts: the priors' mode, and the best of some draws around it.
 * Rows that repeat others cost nothing (replicates.ts). Many rows are first fitted on some of them, then polished on all; a fit that continues an earlier one starts where that ended.
 */
import {
  lbfgsb,
  log,
  NotPositiveDefiniteError,
  selectRows,
  withMarginalLikelihood,
  type GaussianData,
  type Kernel,
  type Philox,
} from '@ionloop/linalg';
import { addLogPrior, hyperparametersOf, type Hyperparameter, type Limits } from './priors.js';
import {
  noiseOfReplicates,
  replicatesOf,
  withReplicatedLikelihood,
  type Likelihood,
  type Replicates,
} from './replicates.js';

const { min, max } = Math;

export interface FitSettings extends Limits {
  readonly starts: number;
}

/** Above so many rows the starts are compared on some of them. */
export const manyRows = 300;
export const subsetRows = 200;
/** Above so many rows even the polish is done on some of them: a step of it would take a minute. */
export const mostRows = 3000;
/** On so few numbers a scatter of repeated measurements does not rest. */
const leastFreedom = 3;
const drawsPerStart = 4;
/** Iterations at most. With many rows an earlier fit lies close already, and each step is dear. */
export const steps = { whole: 100, polish: 12, continued: 20, continuedOnMany: 4 };

/** θ at the largest posterior density found, for a standardised response. */
export function fitHyperparameters(
  kernel: Kernel,
  data: GaussianData,
  settings: FitSettings,
  rng: Philox,
  previous?: Float64Array,
): Float64Array {
  const hyperparameters = hyperparametersOf(kernel, settings);
  const replicates = replicatesOf(data);
  const size = replicates?.counts.length ?? data.X.rows;
  const open = <T>(rows: GaussianData, use: (density: PosteriorDensity) => T) =>
    withPosteriorDensity(kernel, rows, hyperparameters, use);
  const choose = (label: string, count: number) => subset(data, rng.split(label).choose(data.X.rows, count));
  const all = size > mostRows ? choose('most rows', mostRows) : data;
  if (previous?.length === hyperparameters.length)
    return open(all, (density) =>
      ascend(density, hyperparameters, previous, size > manyRows ? steps.continuedOnMany : steps.continued),
    ).x;
  const best = (density: PosteriorDensity) =>
    bestOfStarts(
      density,
      hyperparameters,
      replicates ? startOfScatter(hyperparameters, replicates) : [],
      settings.starts,
      rng,
    );
  if (size <= manyRows) return open(all, best);
  const coarse = open(choose('subset', subsetRows), best);
  return open(all, (density) => ascend(density, hyperparameters, coarse, steps.polish)).x;
}

/** The priors' mode with the noise that repeated measurements show, if they do. */
function startOfScatter(hyperparameters: readonly Hyperparameter[], replicates: Replicates): Float64Array[] {
  const { variance, freedom } = noiseOfReplicates(replicates);
  if (freedom < leastFreedom || variance === 0) return [];
  return [
    Float64Array.from(hyperparameters, ({ role, start, lower, upper }) =>
      role === 'noise' ? min(max(log(variance), lower), upper) : start,
    ),
  ];
}

export function subset({ X, y, noise }: GaussianData, rows: readonly number[]): GaussianData {
  const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  return { X: selectRows(X, rows), y: pick(y), ...(noise && { noise: pick(noise) }) };
}

/** −ln p(y|θ) − ln p(θ), up to a constant. */
export interface PosteriorDensity {
  value(theta: Float64Array): number;
  valueAndGradient(theta: Float64Array, gradient: Float64Array): number;
}

/** The density lives while `use` runs. Where a covariance cannot be factored it is infinite: a place to step back from. */
export function withPosteriorDensity<T>(
  kernel: Kernel,
  data: GaussianData,
  hyperparameters: readonly Hyperparameter[],
  use: (density: PosteriorDensity) => T,
): T {
  const replicates = replicatesOf(data);
  const ofLikelihood = (likelihood: Likelihood) => use(posteriorDensity(likelihood, hyperparameters));
  return replicates
    ? withReplicatedLikelihood(kernel, replicates, ofLikelihood)
    : withMarginalLikelihood(kernel, data, ofLikelihood);
}

/** Of a likelihood, or of a bound of one. */
export function posteriorDensity(
  likelihood: Likelihood,
  hyperparameters: readonly Hyperparameter[],
): PosteriorDensity {
  const scratch = new Float64Array(likelihood.parameters);
  return {
    value: (theta) =>
      orInfinity(() => -(likelihood.value(theta) + addLogPrior(hyperparameters, theta, scratch))),
    valueAndGradient: (theta, gradient) =>
      orInfinity(() => {
        const value = likelihood.valueAndGradient(theta, gradient);
        const prior = addLogPrior(hyperparameters, theta, gradient);
        for (let i = 0; i < gradient.length; i++) {
          // A fixed variable must not steer the others.
          const { lower, upper } = hyperparameters[i]!;
          gradient[i] = lower < upper ? -gradient[i]! : 0;
        }
        return -(value + prior);
      }),
  };
}

/** What cannot be factored is no place to be. */
export function orInfinity(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return Infinity;
    throw error;
  }
}

function bestOfStarts(
  density: PosteriorDensity,
  hyperparameters: readonly Hyperparameter[],
  alsoFrom: readonly Float64Array[],
  starts: number,
  rng: Philox,
): Float64Array {
  let best = ascend(density, hyperparameters, startingPoint(hyperparameters), steps.whole);
  const drawn = drawnStarts(density, hyperparameters, starts - 1, rng.split('starts'));
  for (const start of [...alsoFrom, ...drawn]) {
    const found = ascend(density, hyperparameters, start, steps.whole);
    if (found.value < best.value) best = found;
  }
  return best.x;
}

/** θ at the mode of the priors. */
function startingPoint(hyperparameters: readonly Hyperparameter[]): Float64Array {
  return Float64Array.from(hyperparameters, ({ start }) => start);
}

/** The best of some draws around the mode, best first. Lengthscales move together as well as each by itself. */
function drawnStarts(
  density: PosteriorDensity,
  hyperparameters: readonly Hyperparameter[],
  wanted: number,
  rng: Philox,
): Float64Array[] {
  return Array.from({ length: wanted * drawsPerStart }, () => {
    const common = rng.normal();
    const theta = Float64Array.from(hyperparameters, ({ start, spread, lower, upper, role }) => {
      if (spread === 0) return start;
      const move = role === 'lengthscale' ? common + rng.normal() : rng.normal();
      return min(max(start + spread * move, lower), upper);
    });
    return { theta, value: density.value(theta) };
  })
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)
    .slice(0, wanted)
    .map(({ theta }) => theta);
}

export function ascend(
  density: PosteriorDensity,
  hyperparameters: readonly Hyperparameter[],
  start: Float64Array,
  maxIterations: number,
) {
  return lbfgsb({
    objective: (theta, gradient) => density.valueAndGradient(theta, gradient),
    lower: Float64Array.from(hyperparameters, ({ lower }) => lower),
    upper: Float64Array.from(hyperparameters, ({ upper }) => upper),
    start,
    maxIterations,
    tolerance: 1e-3,
    valueTolerance: 1e-8,
  });
}
