/**
 * Several θ drawn from their posterior instead of the likeliest one: K processes that are averaged as a mixture. Drawn is the density whose largest value
 * the likeliest θ has, taken as one of θ: its priors are normal (priors.ts).
 *
 * Intervals become wider than those of the likeliest θ, too wide with a handful of rows; the density of fresh rows is higher from some 15 rows on and lower
 * with 5 to 8 rows of a smooth response.
 *
 * A draw costs evaluations of the likelihood, O(n³) each, and every member a conditioning and its predictions: K times a single one's.
 */
import {
  crossTimes,
  ellipticalSliceSample,
  exp,
  kernelMatrix,
  leaveOneOut,
  matrix,
  nuts,
  posteriorMarginals,
  posteriorMeans,
  priorVariances,
  row,
  sliceSample,
  solveConditioned,
  withMarginalLikelihood,
  type Conditioned,
  type GaussianData,
  type GaussianMarginals,
  type Kernel,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { orInfinity, subset, withPosteriorDensity } from './fit.js';
import { normalOf, type Hyperparameter } from './priors.js';
import { samplePosterior } from './sample.js';

const { max, sqrt } = Math;

export const hyperparameterSamplers = ['nuts', 'slice', 'elliptical'] as const;
export type HyperparameterSampler = (typeof hyperparameterSamplers)[number];

export interface AveragingOptions {
  /** How many θ are drawn, 8 where it is left out: each is a process of its own. */
  readonly draws?: number;
  /** 'slice' where it is left out. */
  readonly sampler?: HyperparameterSampler;
  /** Moves of the chain before the first draw, 20 where it is left out, 100 for nuts, which needs them to find its step. */
  readonly warmup?: number;
  /** Moves from draw to draw; 5 where it is left out. */
  readonly every?: number;
}

/** Above so many rows the density is that of some of them, somewhat wider. */
const mostRows = 300;

/** K vectors θ, from a chain that begins at `mode`. */
export function drawHyperparameters(
  kernel: Kernel,
  data: GaussianData,
  hyperparameters: readonly Hyperparameter[],
  mode: Float64Array,
  options: AveragingOptions,
  rng: Philox,
): Float64Array[] {
  const n = data.X.rows;
  const rows = n > mostRows ? subset(data, rng.split('rows').choose(n, mostRows)) : data;
  const free = hyperparameters.flatMap(({ lower, upper }, i) => (lower < upper ? [i] : []));
  const whole = (x: Float64Array) => {
    const theta = mode.slice();
    free.forEach((place, k) => (theta[place] = x[k]!));
    return theta;
  };
  const inside = (x: Float64Array) =>
    free.every((place, k) => {
      const { lower, upper } = hyperparameters[place]!;
      return x[k]! >= lower && x[k]! <= upper;
    });
  const problem: Chain = {
    kernel,
    rows,
    whole,
    inside,
    free,
    priors: free.map((place) => normalOf(hyperparameters[place]!)),
    hyperparameters,
    start: Float64Array.from(free, (place) => mode[place]!),
  };
  const draws = samplers[options.sampler ?? 'slice'](problem, options, rng.split('chain'));
  return Array.from({ length: draws.rows }, (_, k) => whole(row(draws, k)));
}

/** What of θ moves, and where it may. */
interface Chain {
  readonly kernel: Kernel;
  readonly rows: GaussianData;
  readonly hyperparameters: readonly Hyperparameter[];
  readonly free: readonly number[];
  readonly priors: readonly { readonly mean: number; readonly sd: number }[];
  readonly start: Float64Array;
  whole(x: Float64Array): Float64Array;
  inside(x: Float64Array): boolean;
}

type Sampler = (chain: Chain, options: AveragingOptions, rng: Philox) => Matrix;

const samplers: Readonly<Record<HyperparameterSampler, Sampler>> = {
  slice: (
    { kernel, rows, hyperparameters, start, whole, inside },
    { draws = 8, warmup = 20, every = 5 },
    rng,
  ) =>
    withPosteriorDensity(kernel, rows, hyperparameters, (density) => {
      const logDensity = (x: Float64Array) => (inside(x) ? -density.value(whole(x)) : -Infinity);
      return sliceSample(logDensity, start, { draws, warmup, every, along: 'lines', width: 2 }, rng).draws;
    }),

  elliptical: ({ kernel, rows, priors, start, whole, inside }, { draws = 8, warmup = 20, every = 5 }, rng) =>
    withMarginalLikelihood(kernel, rows, (likelihood) => {
      const logLikelihood = (x: Float64Array) =>
        inside(x) ? -orInfinity(() => -likelihood.value(whole(x))) : -Infinity;
      const d = start.length;
      const L = matrix(d, d);
      priors.forEach(({ sd }, k) => (L.data[k * d + k] = sd));
      const mean = priors.map((prior) => prior.mean);
      return ellipticalSliceSample(logLikelihood, L, start, { draws, warmup, every, mean }, rng).draws;
    }),

  nuts: (chain, { draws = 8, warmup = 100, every = 5 }, rng) => {
    const { kernel, rows, hyperparameters, priors, free, start, whole, inside } = chain;
    return withPosteriorDensity(kernel, rows, hyperparameters, (density) => {
      const slopes = new Float64Array(hyperparameters.length);
      const logDensity = (x: Float64Array, gradient: Float64Array) => {
        if (!inside(x)) return -Infinity;
        const value = -density.valueAndGradient(whole(x), slopes);
        free.forEach((place, k) => (gradient[k] = -slopes[place]!));
        return value;
      };
      const variances = priors.map(({ sd }) => sd * sd);
      const all = nuts(
        logDensity,
        start,
        { draws: draws * every, warmup, variances, maxDepth: 6 },
        rng,
      ).draws;
      const kept = matrix(draws, start.length);
      for (let k = 0; k < draws; k++) kept.data.set(row(all, (k + 1) * every - 1), k * start.length);
      return kept;
    });
  },
};

/** Means (m) and variances (m) of each member as those of their mixture. */
export function mixed(each: readonly GaussianMarginals[], weights?: (member: number, i: number) => number) {
  const [only] = each;
  if (each.length === 1) return only!;
  const m = only!.mean.length;
  const weight = weights ?? (() => 1 / each.length);
  const mean = new Float64Array(m);
  const variance = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    each.forEach((one, k) => (mean[i]! += weight(k, i) * one.mean[i]!));
    each.forEach((one, k) => {
      const off = one.mean[i]! - mean[i]!;
      variance[i]! += weight(k, i) * (one.variance[i]! + off * off);
    });
  }
  return { mean, variance };
}

export function marginalsOf(members: readonly Conditioned[], X: Matrix): GaussianMarginals {
  return mixed(members.map((member) => posteriorMarginals(member, X)));
}

/** The means of `marginalsOf`, and what its variances never exceed, without a solve. */
export function outlineOf(members: readonly Conditioned[], X: Matrix): GaussianMarginals {
  return mixed(
    members.map((member) => ({ mean: posteriorMeans(member, X), variance: priorVariances(member, X) })),
  );
}

/** The means of `marginalsOf`, to the bit. */
export function meansOfMembers(members: readonly Conditioned[], X: Matrix): Float64Array {
  const [only, ...others] = members.map((member) => posteriorMeans(member, X));
  if (others.length === 0) return only!;
  const weight = 1 / members.length;
  return only!.map((mean, i) => others.reduce((sum, other) => sum + weight * other[i]!, 0 + weight * mean));
}

/** k(A, B) − k(A, X)·(K + noise)⁻¹·k(X, B) of one process; of several its mean, and how their means go together. */
export function covarianceOf(members: readonly Conditioned[], A: Matrix, B: Matrix): Matrix {
  const result = matrix(A.rows, B.rows);
  const share = 1 / members.length;
  for (const member of members) {
    const prior = kernelMatrix(member.kernel, member.theta, A, B);
    const solved = solveConditioned(member, kernelMatrix(member.kernel, member.theta, member.X, B));
    const explained = crossTimes(member, A, solved);
    for (let at = 0; at < result.data.length; at++)
      result.data[at] = result.data[at]! + share * (prior.data[at]! - explained.data[at]!);
  }
  if (members.length === 1) return result;
  const [atA, atB] = [A, B].map((X) => members.map((member) => posteriorMeans(member, X)));
  const [meanA, meanB] = [centreOf(atA!), centreOf(atB!)];
  members.forEach((_, k) => {
    for (let i = 0; i < A.rows; i++)
      for (let j = 0; j < B.rows; j++)
        result.data[i * B.rows + j] =
          result.data[i * B.rows + j]! + share * (atA![k]![i]! - meanA[i]!) * (atB![k]![j]! - meanB[j]!);
  });
  return result;
}

function centreOf(means: readonly Float64Array[]): Float64Array {
  return means[0]!.map((_, i) => means.reduce((sum, mean) => sum + mean[i]!, 0) / means.length);
}

/** Draws of the members in turn, the first of them drawn. */
export function sampleInTurn(members: readonly Conditioned[], X: Matrix, count: number, rng: Philox): Matrix {
  if (members.length === 1) return samplePosterior(members[0]!, X, count, rng);
  const draws = matrix(count, X.rows);
  const first = rng.integer(members.length);
  members.forEach((member, k) => {
    const own: number[] = [];
    const offset = (k - first + members.length) % members.length;
    for (let draw = offset; draw < count; draw += members.length) own.push(draw);
    const drawn = samplePosterior(member, X, own.length, rng.split(`member ${k}`));
    own.forEach((draw, at) => draws.data.set(row(drawn, at), draw * X.rows));
  });
  return draws;
}

/**
 * Each row as predicted without it. The draws of θ have seen it: a member counts as 1/p(yᵢ | y₋ᵢ, θ), which makes of draws from p(θ | y) such from p(θ | y₋ᵢ).
 */
export function leftOutOfMembers(members: readonly Conditioned[]): GaussianMarginals {
  const each = members.map(leaveOneOut);
  if (each.length === 1) return each[0]!;
  const y = members[0]!.y;
  const weights = Array.from(y, (value, i) => {
    const surprise = each.map(({ mean, variance }) => {
      const z2 = ((value - mean[i]!) * (value - mean[i]!)) / variance[i]!;
      return { half: 0.5 * z2, sd: sqrt(variance[i]!) };
    });
    const most = surprise.reduce((top, { half }) => max(top, half), -Infinity);
    const raw = surprise.map(({ half, sd }) => sd * exp(half - most));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return raw.map((weight) => weight / total);
  });
  return mixed(each, (k, i) => weights[i]![k]!);
}

/** The mean of a number over the members. */
export function averageOver(members: readonly Conditioned[], of: (member: Conditioned) => number): number {
  const [only] = members;
  if (members.length === 1) return of(only!);
  return members.reduce((sum, member) => sum + of(member), 0) / members.length;
}
