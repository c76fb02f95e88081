/** What is learned of several sources: see sources.ts. */
import {
  conditionGaussian,
  kernelParameters,
  layoutOf,
  leaveOneOut,
  log,
  type Conditioned,
  type GaussianData,
  type Kernel,
  type Philox,
  type TermLayout,
} from '@ionloop/linalg';
import {
  ascend,
  fitHyperparameters,
  manyRows,
  mostRows,
  steps,
  subset,
  subsetRows,
  type FitSettings,
} from './fit.js';
import { hyperparametersOf, type Hyperparameter } from './priors.js';
import {
  coregionOf,
  hyperparametersOfSources,
  noiseOfRows,
  noScale,
  rowsForSpread,
  smallestOffset,
  sourceAt,
  split,
  termsOfSources,
  withSourcesDensity,
} from './sources.js';

const { max, min } = Math;

/** In nats over all rows of source 0: hyperparameters of several sources have seen those rows, and can please some by chance. */
const leastGain = 1;
/** Up to so many sources, a start each from where it alone shares with source 0. */
const mostSingled = 5;

/** Of rows of one source, or of some taken for one: θ of the kernel of one. */
type Alone = (sources: readonly number[]) => Float64Array;

/**
 * [θ, ln σ_s²] at that peak of the posterior density, of those found, that predicts the rows of source 0 best, each left out; but where that is
 * hardly better than a process of theirs alone, sources are kept apart.
 */
export function fitSources(
  kernel: Kernel,
  ofOne: Kernel,
  data: GaussianData,
  sources: number,
  settings: FitSettings,
  rng: Philox,
  previous?: Float64Array,
): Float64Array {
  const hyperparameters = hyperparametersOfSources(kernel, sources, settings);
  const rowsOf = (some: readonly number[]) =>
    Array.from(data.y.keys()).filter((i) => some.includes(sourceAt(data.X, i)));
  const alone = remembered((some) => {
    const rows = rowsOf(some);
    return rows.length === 0
      ? Float64Array.from(hyperparametersOf(ofOne, settings), ({ start }) => start)
      : fitHyperparameters(ofOne, subset(data, rows), settings, rng.split(`sources ${some.join(' ')}`));
  });
  const startWhere = (sharers: readonly number[]) =>
    startOf(kernel, ofOne, hyperparameters, sources, sharers, alone);
  const climb = (rows: GaussianData, start: Float64Array, iterations: number): Found =>
    withSourcesDensity(kernel, rows, hyperparameters, sources, (density) => {
      const { x, value } = ascend(density, hyperparameters, start, iterations);
      return { values: x, lack: value };
    });
  const sharedOrNot = (shared: Float64Array, rows: GaussianData): Float64Array => {
    const predicted = predictedRows(rows);
    if (predicted.length < rowsForSpread) return shared;
    const without = conditionGaussian(ofOne, alone([0]), subset(rows, predicted));
    const gain =
      leftOutDensity(conditioned(kernel, shared, rows, sources), predicted) -
      leftOutDensity(without, [...predicted.keys()]);
    return gain >= leastGain ? shared : separated(kernel, startWhere([]), alone([0]));
  };
  const all = rowsFor(data, mostRows, rng.split('most rows'));
  if (previous?.length === hyperparameters.length)
    return sharedOrNot(climb(all, previous, steps.continued).values, all);
  const some = all.y.length > manyRows ? rowsFor(all, subsetRows, rng.split('subset')) : all;
  const found = [
    Float64Array.from(hyperparameters, ({ start }) => start),
    ...sharersToTry(sources).map(startWhere),
    turnedOver(kernel, startWhere(others(sources))),
  ].map((start) => climb(some, start, steps.whole));
  const best = bestOf(kernel, found, some, sources);
  return sharedOrNot(some === all ? best : climb(all, best, steps.polish).values, all);
}

interface Found {
  /** [θ, ln σ_s²] */
  readonly values: Float64Array;
  /** −ln of the density there. */
  readonly lack: number;
}

/** What predicts the left-out rows of source 0 best; where those are too few, the likeliest. */
function bestOf(kernel: Kernel, found: readonly Found[], rows: GaussianData, sources: number): Float64Array {
  const predicted = predictedRows(rows);
  const scores = found.map(({ values, lack }) =>
    predicted.length < rowsForSpread
      ? -lack
      : leftOutDensity(conditioned(kernel, values, rows, sources), predicted),
  );
  let best = 0;
  scores.forEach((score, i) => (best = score > scores[best]! ? i : best));
  return found[best]!.values;
}

function conditioned(kernel: Kernel, values: Float64Array, rows: GaussianData, sources: number): Conditioned {
  const { theta, noise } = split(values, sources);
  return conditionGaussian(kernel, theta, { ...rows, noise: noiseOfRows(rows, noise) });
}

function predictedRows({ X }: GaussianData): number[] {
  return Array.from({ length: X.rows }, (_, i) => i).filter((i) => sourceAt(X, i) === 0);
}

function remembered(compute: Alone): Alone {
  const found = new Map<string, Float64Array>();
  return (sources) => {
    const key = sources.join(' ');
    const value = found.get(key) ?? compute(sources);
    found.set(key, value);
    return value;
  };
}

function others(sources: number): number[] {
  return Array.from({ length: sources - 1 }, (_, s) => s + 1);
}

/** Where sources go down as source 0 goes up. */
function turnedOver(kernel: Kernel, start: Float64Array): Float64Array {
  const turned = start.slice();
  for (const term of termsOfSources(kernel).shared)
    for (const place of coregionOf(term).loadings.slice(1).flat()) turned[place] = -start[place]!;
  return turned;
}

/** All other sources, none, and each by itself. */
function sharersToTry(sources: number): readonly (readonly number[])[] {
  const singled = sources > 2 && sources <= mostSingled ? others(sources).map((s) => [s]) : [];
  return [others(sources), [], ...singled];
}

/**
 * From what processes of one source find: the sharers' shape is that of what is shared, which without sharers is that of source 0; the others'
 * shape is that of what is their own.
 */
function startOf(
  kernel: Kernel,
  ofOne: Kernel,
  hyperparameters: readonly Hyperparameter[],
  sources: number,
  sharers: readonly number[],
  alone: Alone,
): Float64Array {
  const start = Float64Array.from(hyperparameters, (one) => one.start);
  const { shared, own } = termsOfSources(kernel);
  const terms = layoutOf(ofOne).terms;
  const rest = others(sources).filter((s) => !sharers.includes(s));
  const shape = alone(sharers.length > 0 ? sharers : [0]);
  const restShape = rest.length > 0 ? alone(rest) : undefined;
  const noiseOf = (s: number) => (s === 0 ? alone([0]) : restShape && rest.includes(s) ? restShape : shape);
  for (let s = 0; s < sources; s++) start[start.length - sources + s] = noiseOf(s)[kernelParameters(ofOne)]!;
  shared.forEach((term, t) => {
    takeShape(start, term, shape, terms[t]!);
    const { loadings, scales } = coregionOf(term);
    for (const s of rest) {
      for (const place of loadings[s]!) start[place] = 0;
      start[scales![s]!] = -2;
    }
  });
  if (restShape)
    own.forEach((term, t) => {
      takeShape(start, term, restShape, terms[t]!);
      for (const s of rest) start[coregionOf(term).scales![s]!] = 0;
    });
  return start;
}

/** Lengthscales and the like of a term, from those of the same term in a process of one source. */
function takeShape(into: Float64Array, term: TermLayout, theta: Float64Array, from: TermLayout): void {
  from.parts.forEach(({ lengthscales, alpha }, p) => {
    const part = term.parts[p]!;
    lengthscales.forEach((place, q) => (into[part.lengthscales[q]!] = theta[place]!));
    if (alpha !== null) into[part.alpha!] = theta[alpha]!;
  });
}

/** Σ ln of the density of each of these rows, given all others. */
function leftOutDensity(conditioned: Conditioned, rows: readonly number[]): number {
  const { mean, variance } = leaveOneOut(conditioned);
  return rows.reduce((sum, i) => {
    const off = conditioned.y[i]! - mean[i]!;
    return sum - 0.5 * (log(variance[i]!) + (off * off) / variance[i]!);
  }, 0);
}

/** Source 0 as the process of its rows alone has it, others without a share in it. */
function separated(kernel: Kernel, apart: Float64Array, first: Float64Array): Float64Array {
  const values = apart.slice();
  const { shared, offsets } = termsOfSources(kernel);
  for (const term of shared) for (const place of coregionOf(term).scales!.slice(1)) values[place] = noScale;
  values[offsets.variance] = smallestOffset;
  values[kernelParameters(kernel) + 1] = first.at(-1)!;
  return values;
}

/** All rows, or so many at random, but of source 0 as many as there are, up to half. */
function rowsFor(data: GaussianData, count: number, rng: Philox): GaussianData {
  const n = data.X.rows;
  if (n <= count) return data;
  const predicted = predictedRows(data);
  const known = new Set(predicted);
  const rest = Array.from({ length: n }, (_, i) => i).filter((i) => !known.has(i));
  const pick = (from: readonly number[], some: number) => rng.choose(from.length, some).map((i) => from[i]!);
  const first = pick(predicted, min(max(count >> 1, count - rest.length), predicted.length));
  return subset(
    data,
    [...first, ...pick(rest, count - first.length)].sort((a, b) => a - b),
  );
}
