/** A Gaussian process of several sources, fitted: see sources.ts. */
import {
  conditionGaussian,
  coregionTable,
  exp,
  InvalidArgumentError,
  kernelParameters,
  leaveOneOut,
  log,
  matrix,
  posteriorMarginals,
  requireCount,
  requireLength,
  row,
  selectRows,
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
  Prediction,
  SourceReport,
  Surrogate,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, type Standardisation } from '../data.js';
import { fieldsFrom, matrixFrom, matrixToJson, numberFrom, numbersFrom, numbersToJson } from '../json.js';
import { metricsOf } from '../metrics.js';
import type { FitSettings } from './fit.js';
import { kernelFrom, kernelToJson } from './kernels.js';
import { relevanceOf } from './relevance.js';
import { samplePosterior } from './sample.js';
import { fitSources } from './sourcesFit.js';
import {
  coregionOf,
  kernelOfSources,
  noiseOfRows,
  sourcesOf,
  split,
  standardisedSources,
  termsOfSources,
  withSource,
  type Sources,
} from './sources.js';

const { min, sqrt } = Math;
const version = 2;
const capabilities = { ...plainCapabilities, noise: true, source: true };

/** What the data are taken for, and what was learned of them. */
interface Belief {
  readonly sources: Sources;
  readonly kernel: Kernel;
  /** [θ, ln σ_s²] */
  readonly values: Float64Array;
}

export function fitSourcesProcess(
  kind: string,
  ofOne: Kernel,
  data: TrainingData,
  settings: FitSettings,
  rank: number | undefined,
  rng: Philox,
  previous?: Surrogate,
): SourcesProcess {
  const sources = sourcesOf(data);
  const count = sources.labels.length;
  const kernel = kernelOfSources(ofOne, data.X.cols, count, rank ?? min(count - 1, 2));
  const start = previous instanceof SourcesProcess ? previous.valuesFor(kernel, sources) : undefined;
  const values = fitSources(kernel, ofOne, standardisedSources(data, sources), count, settings, rng, start);
  return conditionOn(kind, { sources, kernel, values }, data, 0);
}

export function readSourcesProcess(json: SurrogateJson): SourcesProcess {
  const X = matrixFrom('json.X', json['X']);
  const noise = json['noise'] === null ? undefined : numbersFrom('json.noise', json['noise']);
  const data = ownData(
    {
      X,
      y: numbersFrom('json.y', json['y']),
      source: Int32Array.from(numbersFrom('json.source', json['source'])),
      ...(noise && { noise }),
    },
    capabilities,
  );
  const { labels, centres, spreads } = fieldsFrom('json.sources', json['sources']);
  const spreadOf = numbersFrom('json.sources.spreads', spreads);
  const sources: Sources = {
    labels: [...numbersFrom('json.sources.labels', labels)],
    units: Array.from(numbersFrom('json.sources.centres', centres), (centre, s) => ({
      centre,
      spread: spreadOf[s]!,
    })),
  };
  const kernel = kernelFrom('json.kernel', json['kernel'], X.cols + 1);
  const values = numbersFrom('json.theta', json['theta']);
  requireLength('json.theta', values, kernelParameters(kernel) + 2 + sources.labels.length);
  return conditionOn(
    json.kind,
    { sources, kernel, values },
    data,
    numberFrom('json.appended', json['appended']),
  );
}

/** The process of this belief given all rows, the last `appended` of them one by one as they came. */
function conditionOn(kind: string, belief: Belief, data: TrainingData, appended: number): SourcesProcess {
  const { sources, kernel, values } = belief;
  const { theta } = split(values, sources.labels.length);
  const all = noisyRows(belief, data);
  const at = data.X.rows - appended;
  const first = conditionGaussian(kernel, theta, rowsOf(all, 0, at));
  const process = new SourcesProcess(kind, belief, data, first, 0);
  return appended === 0 ? process : process.grownBy(data, rowsOf(all, at, data.X.rows));
}

/** The rows as the process sees them, with the noise of their sources. */
function noisyRows({ sources, values }: Belief, data: TrainingData): Required<GaussianData> {
  const rows = standardisedSources(data, sources);
  return { ...rows, noise: noiseOfRows(rows, split(values, sources.labels.length).noise) };
}

function rowsOf({ X, y, noise }: Required<GaussianData>, from: number, to: number): Required<GaussianData> {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  return { X: selectRows(X, rows), y: y.slice(from, to), noise: noise.slice(from, to) };
}

class SourcesProcess implements GrowingSurrogate {
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    readonly kind: string,
    private readonly belief: Belief,
    private readonly data: TrainingData,
    private readonly conditioned: Conditioned,
    private readonly appended: number,
  ) {
    this.dimension = data.X.cols;
  }

  /** What was learned, if it is for this kernel and these sources. */
  valuesFor(kernel: Kernel, { labels }: Sources): Float64Array | undefined {
    const { sources, values } = this.belief;
    const of = (one: Kernel, numbers: readonly number[]) => JSON.stringify([kernelToJson(one), numbers]);
    return of(kernel, labels) === of(this.belief.kernel, sources.labels) ? values : undefined;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.predicted;
    const { mean, variance } = posteriorMarginals(this.conditioned, withSource(X, predictedSource));
    return {
      mean: mean.map((value) => centre + spread * value),
      variance: variance.map((value) => spread * spread * value),
    };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { centre, spread } = this.predicted;
    const draws = samplePosterior(this.conditioned, withSource(X, predictedSource), count, rng);
    return matrix(
      count,
      X.rows,
      draws.data.map((value) => centre + spread * value),
    );
  }

  withRows(added: TrainingData): SourcesProcess {
    const more = ownData({ source: new Int32Array(added.y.length), ...added }, capabilities);
    requireInputs(more.X, this.dimension);
    const { labels } = this.belief.sources;
    const unknown = more.source!.find((label) => !labels.includes(label));
    if (unknown !== undefined)
      throw new InvalidArgumentError('data.source', `must be one of ${labels.join(', ')}, not ${unknown}`);
    return this.grownBy(joined(this.data, more), noisyRows(this.belief, more));
  }

  /** The process with these rows too; `data` is all of them. */
  grownBy(data: TrainingData, more: Required<GaussianData>): SourcesProcess {
    const count = more.X.rows;
    const grown = withGrowingGaussian(this.conditioned, count, (growing) => {
      for (let i = 0; i < count; i++) growing.append(row(more.X, i), more.y[i]!, more.noise[i]);
      return growing.conditioned();
    });
    return new SourcesProcess(this.kind, this.belief, data, grown, this.appended + count);
  }

  diagnostics(): Diagnostics {
    const { y } = this.data;
    const { kernel, theta, logMarginalLikelihood } = this.conditioned;
    const { mean, variance } = leaveOneOut(this.conditioned);
    const units = Array.from(this.data.source!, (label) => this.unitsOf(label));
    const leftOut = {
      mean: Array.from(mean, (value, i) => units[i]!.centre + units[i]!.spread * value),
      variance: Array.from(variance, (value, i) => units[i]!.spread * units[i]!.spread * value),
      actual: Array.from(y),
    };
    const relevance = relevanceOf(kernel, theta, this.dimension);
    const total = relevance.reduce((sum, value) => sum + value, 0);
    const sources = this.sourceReports();
    const table = this.table();
    return {
      kind: this.kind,
      n: y.length,
      logMarginalLikelihood: logMarginalLikelihood - units.reduce((sum, { spread }) => sum + log(spread), 0),
      lengthscales: relevance.map((value) => 1 / value),
      signalVariance: this.predicted.spread * this.predicted.spread * table[0]!,
      noiseVariance: sources[0]!.noiseVariance,
      importances: relevance.map((value) => value / total),
      sources,
      leftOut,
      metrics: metricsOf(this.leftOutOfPredicted(leftOut)),
    };
  }

  /** Those of source 0, if there are any. */
  private leftOutOfPredicted(leftOut: Diagnostics['leftOut']): Diagnostics['leftOut'] {
    const { source } = this.data;
    if (!source!.includes(0)) return leftOut;
    const pick = (values: readonly number[]) => values.filter((_, i) => source![i] === 0);
    return { mean: pick(leftOut.mean), variance: pick(leftOut.variance), actual: pick(leftOut.actual) };
  }

  private sourceReports(): SourceReport[] {
    const { sources, values } = this.belief;
    const S = sources.labels.length;
    const { theta, noise } = split(values, S);
    const table = this.table();
    return sources.labels.map((label, s) => {
      const { spread } = sources.units[s]!;
      return {
        source: label,
        n: this.data.source!.filter((one) => one === label).length,
        correlation: s === 0 ? 1 : table[s]! / sqrt(table[0]! * table[s * S + s]!),
        noiseVariance: spread * spread * (exp(theta[kernelParameters(this.belief.kernel)]!) + noise[s]!),
      };
    });
  }

  /** The prior covariance of the sources' responses at a place (S,S), offsets apart. */
  private table(): Float64Array {
    const { kernel, theta } = this.conditioned;
    const sum = new Float64Array(this.belief.sources.labels.length ** 2);
    const { shared, own } = termsOfSources(kernel);
    for (const term of [...shared, ...own]) {
      const amplitude = exp(theta[term.variance]!);
      coregionTable(coregionOf(term), theta).forEach((value, at) => (sum[at] = sum[at]! + amplitude * value));
    }
    return sum;
  }

  private unitsOf(label: number): Standardisation {
    const { labels, units } = this.belief.sources;
    return units[labels.indexOf(label)]!;
  }

  private get predicted(): Standardisation {
    return this.unitsOf(0);
  }

  toJSON(): SurrogateJson {
    const { X, y, noise, source } = this.data;
    const { sources, kernel, values } = this.belief;
    return {
      kind: this.kind,
      version,
      kernel: kernelToJson(kernel),
      X: matrixToJson(X),
      y: numbersToJson(y),
      noise: noise === undefined ? null : numbersToJson(noise),
      source: numbersToJson(source!),
      sources: {
        labels: [...sources.labels],
        centres: sources.units.map(({ centre }) => centre + 0),
        spreads: sources.units.map(({ spread }) => spread),
      },
      theta: numbersToJson(values.map((value) => value + 0)),
      appended: this.appended,
    };
  }
}

function predictedSource(): number {
  return 0;
}

function joined(a: TrainingData, b: TrainingData): TrainingData {
  const join = (left: Float64Array, right: Float64Array) => Float64Array.from([...left, ...right]);
  const noiseOf = ({ noise, y }: TrainingData) => noise ?? new Float64Array(y.length);
  return {
    X: matrix(a.X.rows + b.X.rows, a.X.cols, join(a.X.data, b.X.data)),
    y: join(a.y, b.y),
    source: Int32Array.from([...a.source!, ...b.source!]),
    ...((a.noise ?? b.noise) && { noise: join(noiseOf(a), noiseOf(b)) }),
  };
}
