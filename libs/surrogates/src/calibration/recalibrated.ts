/** Any model with its spread mended by what it said of rows that it had not seen. */
import { log, matrix, normQuantile, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  LeftOut,
  Metrics,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { ownData } from '../data.js';
import { onRowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, requireKind } from '../json.js';
import { leftOutFrom, leftOutOf, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { requireOneOf } from '../options.js';
import { foldsFor, leftOutBy, leftOutWays, type LeftOutWay } from '../selection/leftOutBy.js';
import { requireLevels, type HasQuantiles } from '../trees/rowsInLeaves.js';
import {
  learnStretch,
  momentsOf,
  recalibrations,
  stretched,
  stretchFrom,
  stretchToJson,
  unstretched,
  type Recalibration,
  type Stretch,
} from './stretch.js';

const { abs, max, sqrt } = Math;
const logRootTwoPi = 0.9189385332046727;
const kind = 'recalibrated';
const version = 1;

export interface RecalibratedOptions {
  /** Where left-out predictions come from; where it is left out folds for rows that have groups, else 'own'. */
  readonly leftOut?: LeftOutWay;
  /** 5 where it is left out. */
  readonly folds?: number;
  /** How the inner model is read back from JSON; by the factory where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

export interface RecalibratedSurrogate extends Surrogate, HasQuantiles {
  readonly model: Surrogate;
}

export interface RecalibratedFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): RecalibratedSurrogate;
  fromJSON(json: SurrogateJson): RecalibratedSurrogate;
}

/**
 * 'scale': one factor on every standard deviation, for the least CRPS; 'coverage': one for 80 and 95 % intervals that hold what they should. 'isotonic': a monotone map of predicted to observed probabilities, which also moves the mean and bends the tails.
 * Both are learned on left-out predictions alone.
 */
export function recalibrated(
  factory: SurrogateFactory,
  how: Recalibration,
  options: RecalibratedOptions = {},
): RecalibratedFactory {
  const { leftOut: way, folds = 5, read = (json: SurrogateJson) => factory.fromJSON(json) } = options;
  requireOneOf('how', how, recalibrations);
  if (way !== undefined) requireOneOf('options.leftOut', way, leftOutWays);
  requireCount('options.folds', folds, 2);
  const { capabilities } = factory;
  return {
    kind,
    capabilities,
    fit: (data, rng, previous) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const before = previous instanceof Recalibrated ? previous.model : undefined;
        const byFolds = way === 'folds' || (way === undefined && counting.groups !== undefined);
        const divided = byFolds ? foldsFor(counting, folds, rng.split('folds')) : null;
        const model = factory.fit(counting, rng.split('fit'), before);
        const inner = leftOutBy(factory, model, counting, divided, rng.split('left out'));
        const stretch = learnStretch(how, inner);
        return {
          leftOut: mended(inner, stretch),
          noiseVariance: (model.diagnostics().noiseVariance ?? 0) * momentsOf(stretch).variance,
          model: (all) => new Recalibrated(model, stretch, all),
        };
      }),
    fromJSON: (json) => readRecalibrated(json, read),
  };
}

/** A model mended by what it is known to leave out. */
export function recalibratedBy(
  model: Surrogate,
  how: Recalibration,
  leftOut: LeftOut,
): RecalibratedSurrogate {
  const stretch = learnStretch(how, leftOut);
  return new Recalibrated(model, stretch, mended(leftOut, stretch));
}

export function isRecalibrated(json: SurrogateJson): boolean {
  return json.kind === kind;
}

export function readRecalibrated(
  json: SurrogateJson,
  read: (json: SurrogateJson) => Surrogate,
): RecalibratedSurrogate {
  requireKind(json, kind, version);
  return new Recalibrated(
    read(fieldsFrom('json.model', json['model']) as SurrogateJson),
    stretchFrom('json.stretch', json['stretch']),
    leftOutFrom('json.leftOut', json['leftOut']),
  );
}

/** What was left out, with the moments of the mended distribution. */
function mended({ mean, variance, actual }: LeftOut, stretch: Stretch): LeftOut {
  const moments = momentsOf(stretch);
  return leftOutOf(
    mean.map((value, i) => value + sqrt(variance[i]!) * moments.mean),
    variance.map((value) => value * moments.variance),
    actual,
  );
}

class Recalibrated implements RecalibratedSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;
  private readonly moments: { readonly mean: number; readonly variance: number };
  /** A measurement's, by the inner model, once it has been asked for. */
  #noise: number | undefined;

  constructor(
    readonly model: Surrogate,
    private readonly stretch: Stretch,
    /** Mended. */
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = model.dimension;
    this.sampleIsJoint = model.sampleIsJoint;
    this.moments = momentsOf(stretch);
  }

  predict(X: Matrix): Prediction {
    const { mean, variance } = this.model.predict(X);
    return {
      mean: this.#shifted(mean, variance),
      variance: variance.map((value) => value * this.moments.variance),
    };
  }

  #shifted(mean: Float64Array, variance: Float64Array): Float64Array {
    const noise = this.#noiseVariance();
    return mean.map((value, i) => value + sqrt(variance[i]! + noise) * this.moments.mean);
  }

  #noiseVariance(): number {
    return (this.#noise ??= this.model.diagnostics().noiseVariance ?? 0);
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    const draws = this.model.sample(X, count, rng);
    const { mean, variance } = this.model.predict(X);
    const shifted = this.#shifted(mean, variance);
    const factor = sqrt(this.moments.variance);
    return matrix(
      count,
      X.rows,
      draws.data.map((value, at) => {
        const i = at % X.rows;
        return shifted[i]! + factor * (value - mean[i]!);
      }),
    );
  }

  /** Of a measurement. */
  quantiles(X: Matrix, levels: readonly number[]): Matrix {
    requireLevels(levels);
    const { mean, variance } = this.model.predict(X);
    const noise = this.#noiseVariance();
    const steps = levels.map((level) => stretched(this.stretch, normQuantile(level)));
    const result = matrix(X.rows, levels.length);
    for (let i = 0; i < X.rows; i++)
      steps.forEach((step, k) => {
        const sd = sqrt(variance[i]! + noise);
        // A spread of 0 times an infinite step is nothing.
        result.data[i * levels.length + k] = mean[i]! + (sd > 0 ? sd * step : 0);
      });
    return result;
  }

  diagnostics(): Diagnostics {
    const inner = this.model.diagnostics();
    const { noiseVariance } = inner;
    return {
      ...inner,
      kind,
      n: this.leftOut.actual.length,
      ...(noiseVariance !== undefined && { noiseVariance: noiseVariance * this.moments.variance }),
      leftOut: this.leftOut,
      metrics: this.#metrics(),
    };
  }

  /** Density and coverage are those of the mended distribution, which need not be normal. */
  #metrics(): Metrics {
    const { mean, variance, actual } = this.leftOut;
    const plain = metricsOf(this.leftOut);
    const size = actual.reduce((most, value) => max(most, abs(value)), 0) || 1;
    const found = actual.map((value, i) => {
      const sd = sqrt(max(variance[i]! / this.moments.variance, 1e-18 * size * size));
      const centre = mean[i]! - sd * this.moments.mean;
      return { sd, ...unstretched(this.stretch, (value - centre) / sd) };
    });
    const covered = (share: number) =>
      found.filter(({ t }) => abs(t) <= normQuantile((1 + share) / 2)).length / actual.length;
    const losses = found.map(({ t, slope, sd }) => 0.5 * t * t + logRootTwoPi + log(sd) + log(slope));
    return {
      ...plain,
      nlpd: losses.reduce((sum, value) => sum + value, 0) / actual.length,
      coverage50: covered(0.5),
      coverage80: covered(0.8),
      coverage95: covered(0.95),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      stretch: stretchToJson(this.stretch),
      leftOut: leftOutToJson(this.leftOut),
      model: this.model.toJSON(),
    };
  }
}
