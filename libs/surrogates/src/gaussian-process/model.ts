/**
 * A Gaussian process from inputs to units of y: X → the kernel's rows (inputMap.ts) → mean and variance of one or several conditioned processes
 * (averaging.ts) → units of y → plus the mean function, if there is one (meanFunction.ts).
 */
import {
  conditionGaussian,
  exp,
  kernelParameters,
  layoutOf,
  log,
  matrix,
  requireCount,
  row,
  withGrowingGaussian,
  type Conditioned,
  type GaussianData,
  type Kernel,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import {
  meansOf,
  type CovaryingSurrogate,
  type Diagnostics,
  type GrowingSurrogate,
  type OutliningSurrogate,
  type Prediction,
  type SurrogateJson,
  type TrainingData,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, type Standardisation } from '../data.js';
import { leftOutOf } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import {
  averageOver,
  covarianceOf,
  leftOutOfMembers,
  marginalsOf,
  meansOfMembers,
  outlineOf,
  sampleInTurn,
} from './averaging.js';
import { joinedSites, logEvidence, sitesOfMore, withSites, type Sites } from './censoring.js';
import type { InputMap } from './inputMap.js';
import { kernelToJson } from './kernels.js';
import type { LearnedInputs } from './learn.js';
import { meanWithRows, type MeanFunction } from './meanFunction.js';
import { kind, written } from './written.js';

const { max, sqrt } = Math;

/** Up to so many rows, and up to 1/`appendedShare` of all, are appended one by one; with more all are sooner conditioned on anew, in blocks. */
const fewRows = 8;
const appendedShare = 16;

/** All that a model is made from; everything else follows from it, to the bit. */
export interface Description {
  readonly kernel: Kernel;
  /** At the largest posterior density. */
  readonly theta: Float64Array;
  /** What is averaged over, where that is not θ alone. */
  readonly draws: readonly Float64Array[] | null;
  readonly data: TrainingData;
  readonly inputs: InputMap;
  readonly mean: MeanFunction | null;
  /** Of the response, less the mean function. */
  readonly units: Standardisation;
  readonly sites: Sites | null;
  /** How many of the last rows came one by one, without a new fit. */
  readonly appended: number;
}

/** The rows in standard units, less the mean function, with bounds as they are. */
export function standardRows(
  { X, y, noise }: TrainingData,
  mean: MeanFunction | null,
  { centre, spread }: Standardisation,
): GaussianData {
  return {
    X,
    y: y.map((value, i) => (value - (mean?.leftOut[i] ?? 0) - centre) / spread),
    ...(noise && { noise: noise.map((variance) => variance / (spread * spread)) }),
  };
}

/** As the processes see them. */
function processRows({ data, mean, units, inputs, sites }: Description): GaussianData {
  const rows = withSites(standardRows(data, mean, units), sites);
  return { ...rows, X: inputs.apply(rows.X) };
}

export class GaussianProcess implements GrowingSurrogate, CovaryingSurrogate, OutliningSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  private constructor(
    readonly description: Description,
    private readonly members: readonly Conditioned[],
  ) {
    this.dimension = description.data.X.cols;
  }

  static of(description: Description): GaussianProcess {
    const { kernel, theta, draws, data, appended } = description;
    const all = processRows(description);
    const at = data.X.rows - appended;
    const members = (draws ?? [theta]).map((one) =>
      grown(conditionGaussian(kernel, one, rowsOf(all, 0, at)), rowsOf(all, at, data.X.rows)),
    );
    return new GaussianProcess(description, members);
  }

  /** What was learned, if it was for this kernel. */
  learnedFor(kernel: Kernel): LearnedInputs | undefined {
    const own = this.description;
    const same = JSON.stringify(kernelToJson(kernel)) === JSON.stringify(kernelToJson(own.kernel));
    return same ? own : undefined;
  }

  predict(X: Matrix): Prediction {
    return this.predictionBy(marginalsOf, X);
  }

  outline(X: Matrix): Prediction {
    return this.predictionBy(outlineOf, X);
  }

  private predictionBy(of: typeof marginalsOf, X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { inputs, units } = this.description;
    const standard = of(this.members, inputs.apply(X));
    const squared = units.spread * units.spread;
    const variance = new Float64Array(X.rows);
    for (let i = 0; i < X.rows; i++) variance[i] = squared * standard.variance[i]!;
    return { mean: this.inUnits(standard.mean, X), variance };
  }

  means(X: Matrix): Float64Array {
    requireInputs(X, this.dimension);
    return this.inUnits(meansOfMembers(this.members, this.description.inputs.apply(X)), X);
  }

  private inUnits(standard: Float64Array, X: Matrix): Float64Array {
    const { mean, units } = this.description;
    const { centre, spread } = units;
    const base = mean && meansOf(mean.model, X);
    const inUnits = new Float64Array(X.rows);
    for (let i = 0; i < X.rows; i++)
      inUnits[i] = centre + spread * standard[i]! + (base === null ? 0 : base[i]!);
    return inUnits;
  }

  covariance(A: Matrix, B: Matrix): Matrix {
    requireInputs(A, this.dimension);
    requireInputs(B, this.dimension);
    const { inputs, units } = this.description;
    const standard = covarianceOf(this.members, inputs.apply(A), inputs.apply(B));
    const squared = units.spread * units.spread;
    return matrix(
      A.rows,
      B.rows,
      standard.data.map((value) => squared * value),
    );
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { inputs, mean, units } = this.description;
    const { centre, spread } = units;
    const draws = sampleInTurn(this.members, inputs.apply(X), count, rng);
    const base = mean && meansOf(mean.model, X);
    return matrix(
      count,
      X.rows,
      draws.data.map((value, at) => centre + spread * value + (base?.[at % X.rows] ?? 0)),
    );
  }

  withRows(added: TrainingData): GaussianProcess {
    const more = ownData(added, { ...plainCapabilities, noise: true, censored: true });
    requireInputs(more.X, this.dimension);
    const before = this.description;
    const data = joined(before.data, more);
    const description: Description = {
      ...before,
      data,
      mean: before.mean && meanWithRows(before.mean, more.X),
      appended: before.appended + more.X.rows,
    };
    const sites = joinedSites(before.sites, this.sitesOf(description, more));
    if (more.X.rows > max(fewRows, data.X.rows / appendedShare))
      return GaussianProcess.of({ ...description, appended: 0, sites });
    const all = processRows({ ...description, sites });
    const fresh = rowsOf(all, before.data.X.rows, data.X.rows);
    return new GaussianProcess(
      { ...description, sites },
      this.members.map((member) => grown(member, fresh)),
    );
  }

  /** What stands for those of the added rows that are bounds. */
  private sitesOf({ data, mean, units, inputs }: Description, { censored, X }: TrainingData): Sites | null {
    const first = data.X.rows - X.rows;
    const rows = Array.from({ length: X.rows }, (_, i) => first + i).filter((i) => censored?.[i - first]);
    if (rows.length === 0) return null;
    const standard = standardRows(data, mean, units);
    const { mean: means, variance } = marginalsOf(this.members, inputs.apply(X));
    const noise = averageOver(this.members, noiseOf);
    return sitesOfMore(
      rows,
      Float64Array.from(rows, (i) => standard.y[i]!),
      {
        mean: Float64Array.from(rows, (i) => means[i - first]!),
        variance: Float64Array.from(rows, (i) => variance[i - first]! + noise + (standard.noise?.[i] ?? 0)),
      },
    );
  }

  diagnostics(): Diagnostics {
    const { data, mean, units, sites, kernel, inputs } = this.description;
    const { spread } = units;
    const { leftOut, known } = this.leftOut();
    const relevance = relevanceOf(this.members, this.dimension, inputs);
    const total = relevance.reduce((sum, value) => sum + value, 0);
    const { terms } = layoutOf(kernel);
    const signal = averageOver(this.members, ({ theta }) =>
      terms.reduce((sum, { variance: place }) => sum + exp(theta[place]!), 0),
    );
    const evidence = averageOver(this.members, (member) => logEvidence(member, sites));
    const plain = inputs.toJSON() === null;
    return {
      kind,
      n: data.y.length,
      logMarginalLikelihood: evidence - (data.y.length - (sites?.rows.length ?? 0)) * log(spread),
      ...(plain && { lengthscales: relevance.map((value) => 1 / value) }),
      signalVariance: spread * spread * signal,
      noiseVariance: spread * spread * averageOver(this.members, noiseOf),
      // With a mean function the process alone does not say what matters.
      ...(mean === null && { importances: relevance.map((value) => value / total) }),
      leftOut,
      metrics: metricsOf(leftOutOf(known(leftOut.mean), known(leftOut.variance), known(leftOut.actual))),
    };
  }

  /** Of all rows; `known` picks those whose response is more than a bound, if there are any. */
  private leftOut() {
    const { data, mean, units, sites } = this.description;
    const { centre, spread } = units;
    const standard = leftOutOfMembers(this.members);
    const variance = standard.variance.slice();
    // A pseudo-observation is less certain than a measurement would be.
    sites?.rows.forEach((at, k) => (variance[at] = variance[at]! - sites.variance[k]!));
    const bounds = new Set(sites?.rows ?? []);
    const all = bounds.size === data.y.length;
    return {
      leftOut: leftOutOf(
        standard.mean.map((value, i) => centre + spread * value + (mean?.leftOut[i] ?? 0)),
        variance.map((value) => spread * spread * value),
        data.y,
      ),
      known: (values: readonly number[]) => values.filter((_, i) => all || !bounds.has(i)),
    };
  }

  toJSON(): SurrogateJson {
    return written(this.description);
  }
}

function noiseOf({ kernel, theta }: Conditioned): number {
  return exp(theta[kernelParameters(kernel)]!);
}

function grown(conditioned: Conditioned, more: GaussianData): Conditioned {
  const count = more.X.rows;
  if (count === 0) return conditioned;
  return withGrowingGaussian(conditioned, count, (growing) => {
    for (let i = 0; i < count; i++) growing.append(row(more.X, i), more.y[i]!, more.noise?.[i] ?? 0);
    return growing.conditioned();
  });
}

/**
 * For each input the sum of 1/ℓ over the parts that look at it, on average over the members; of columns derived from inputs, times their spread. Inputs that
 * none looks at have a trace of it, so that 1/ℓ is a number.
 */
function relevanceOf(members: readonly Conditioned[], dimension: number, inputs: InputMap): number[] {
  const spread = inputs.toJSON() === null ? () => 1 : spreadsOf(members[0]!.X);
  const relevance = new Array<number>(dimension).fill(0);
  for (const { kernel, theta } of members)
    for (const { parts } of layoutOf(kernel).terms)
      for (const { part, lengthscales } of parts)
        lengthscales.forEach((place, q) => {
          const column = part.columns[q]!;
          const source = inputs.sources[column]!;
          relevance[source]! += (spread(column) * exp(-theta[place]!)) / members.length;
        });
  return relevance.map((value) => value || 1e-12);
}

function spreadsOf(Z: Matrix): (column: number) => number {
  const spreads = Array.from({ length: Z.cols }, (_, column) => {
    let [sum, squares] = [0, 0];
    for (let at = column; at < Z.data.length; at += Z.cols) sum += Z.data[at]! / Z.rows;
    for (let at = column; at < Z.data.length; at += Z.cols)
      squares += (Z.data[at]! - sum) * (Z.data[at]! - sum);
    return sqrt(squares / Z.rows);
  });
  return (column) => spreads[column]!;
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
  const noiseOfRows = ({ noise, y }: TrainingData) => noise ?? new Float64Array(y.length);
  const bounds = ({ censored, y }: TrainingData) => censored ?? new Uint8Array(y.length);
  return {
    X: matrix(a.X.rows + b.X.rows, a.X.cols, join(a.X.data, b.X.data)),
    y: join(a.y, b.y),
    ...((a.noise ?? b.noise) && { noise: join(noiseOfRows(a), noiseOfRows(b)) }),
    ...((a.censored ?? b.censored) && { censored: Uint8Array.from([...bounds(a), ...bounds(b)]) }),
  };
}
