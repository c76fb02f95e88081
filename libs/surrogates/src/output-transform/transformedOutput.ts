/**
 * Any surrogate on a transformed response z = t(y), and back: draws and quantiles as they are, mean and variance as those of g(z) for a normal z,
 * a row's noise by the slope there, Var z ≈ t′(y)²·Var y.
 *
 * The density of left-out rows is that of y, p(z)·t′(y), and their coverage that of the quantiles, so neither takes y for normal. What has been
 * clipped is judged where it was clipped to; `leftOut.actual` is as it was measured.
 */
import { InvalidArgumentError, log, matrix, normQuantile, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  GrowingSurrogate,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData } from '../data.js';
import { rowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { leftOutOf } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { requireOneOf } from '../options.js';
import { hasQuantiles, requireLevels, type HasQuantiles } from '../trees/rowsInLeaves.js';
import {
  chainFrom,
  chainToJson,
  forwardThrough,
  inverseThrough,
  learnChain,
  slopeThrough,
  type Chain,
} from './chain.js';
import { momentsThrough } from './moments.js';
import { outputTransformNames, type OutputTransformName } from './transform.js';

const { sqrt } = Math;
const { isFinite } = Number;

const kind = 'transformed-output';
const version = 1;

export interface TransformedSurrogate extends Surrogate, HasQuantiles {
  /** The model of z. */
  readonly model: Surrogate;
}

export interface TransformedFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): TransformedSurrogate;
  fromJSON(json: SurrogateJson): TransformedSurrogate;
}

/**
 * Takes what the factory takes. Of several transforms the first is done first. `read` tells how the inner model is read back from JSON; the
 * factory does where it is left out.
 */
export function withTransformedOutput(
  factory: SurrogateFactory,
  transform: OutputTransformName | readonly OutputTransformName[],
  read: (json: SurrogateJson) => Surrogate = (json) => factory.fromJSON(json),
): TransformedFactory {
  const names = typeof transform === 'string' ? [transform] : transform;
  if (names.length === 0) throw new InvalidArgumentError('transform', 'must name at least one transform');
  for (const name of names) requireOneOf('transform', name, outputTransformNames);
  const { capabilities } = factory;
  return {
    kind,
    capabilities,
    fit(data, rng, previous) {
      const own = ownData(data, capabilities);
      const chain = learnChain(names, responsesToLearnFrom(own));
      const before = previous instanceof TransformedOutput ? previous.model : undefined;
      return transformed(own, chain, factory.fit(forward(chain, own), rng, before));
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const y = numbersFrom('json.y', json['y']);
      const known = Uint8Array.from(numbersFrom('json.known', json['known']));
      const chain = chainFrom('json.transforms', json['transforms']);
      const model = read(fieldsFrom('json.model', json['model']) as SurrogateJson);
      return withOrWithoutGrowth({ y, known, chain, model });
    },
  };
}

/** Those of the rows that count and are more than a bound, if there are any. */
function responsesToLearnFrom(data: TrainingData): Float64Array {
  const { y, censored } = rowsThatCount(data);
  const known = y.filter((_, i) => !censored?.[i]);
  return known.length > 0 ? known : y;
}

/** The data as the inner model sees them. */
function forward(chain: Chain, data: TrainingData): TrainingData {
  const { y, noise } = data;
  const z = y.map((value) => forwardThrough(chain, value));
  const at = z.findIndex((value) => !isFinite(value));
  if (at >= 0)
    throw new InvalidArgumentError(
      'data.y',
      `must be above 0 for this transform; element ${at} is ${y[at]!}`,
    );
  const slopes = noise && y.map((value) => slopeThrough(chain, value));
  return {
    ...data,
    y: z,
    ...(noise && { noise: noise.map((variance, i) => variance * slopes![i]! * slopes![i]!) }),
  };
}

interface Parts {
  /** (n) As measured. */
  readonly y: Float64Array;
  /** (n) 0 where y is only a bound. */
  readonly known: Uint8Array;
  readonly chain: Chain;
  readonly model: Surrogate;
}

function transformed({ y, censored }: TrainingData, chain: Chain, model: Surrogate): TransformedOutput {
  return withOrWithoutGrowth({
    y,
    known: Uint8Array.from(y, (_, i) => (censored?.[i] ? 0 : 1)),
    chain,
    model,
  });
}

function withOrWithoutGrowth(parts: Parts): TransformedOutput {
  const { model } = parts;
  return canGrow(model) ? new GrowingTransformedOutput(parts, model) : new TransformedOutput(parts);
}

function canGrow(model: Surrogate): model is GrowingSurrogate {
  return 'withRows' in model;
}

class TransformedOutput implements TransformedSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;
  readonly model: Surrogate;
  /** A measurement's, in units of z², once it has been asked for. */
  #noise: number | undefined;

  constructor(protected readonly parts: Parts) {
    this.model = parts.model;
    this.dimension = parts.model.dimension;
    this.sampleIsJoint = parts.model.sampleIsJoint;
  }

  predict(X: Matrix): Prediction {
    return momentsThrough(this.parts.chain, this.model.predict(X));
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    return this.back(this.model.sample(X, count, rng));
  }

  /** Those of the inner model where it knows them, else those of a normal z with the noise of a measurement. */
  quantiles(X: Matrix, levels: readonly number[]): Matrix {
    requireLevels(levels);
    if (hasQuantiles(this.model)) return this.back(this.model.quantiles(X, levels));
    const { mean, variance } = this.model.predict(X);
    const noiseVariance = (this.#noise ??= this.model.diagnostics().noiseVariance ?? 0);
    const steps = levels.map(normQuantile);
    const z = matrix(X.rows, levels.length);
    for (let i = 0; i < X.rows; i++)
      steps.forEach((step, k) => {
        const spread = sqrt(variance[i]! + noiseVariance);
        // A spread of 0 times an infinite step is nothing.
        z.data[i * levels.length + k] = mean[i]! + (spread > 0 ? spread * step : 0);
      });
    return this.back(z);
  }

  private back({ rows, cols, data }: Matrix): Matrix {
    return matrix(
      rows,
      cols,
      data.map((value) => inverseThrough(this.parts.chain, value)),
    );
  }

  diagnostics(): Diagnostics {
    const { y, chain } = this.parts;
    const inner = this.model.diagnostics();
    const { lengthscales, importances, logMarginalLikelihood, noiseVariance } = inner;
    const moments = momentsThrough(chain, {
      mean: Float64Array.from(inner.leftOut.mean),
      variance: Float64Array.from(inner.leftOut.variance),
    });
    const slopes = y.map((value) => slopeThrough(chain, value));
    return {
      kind,
      n: inner.n,
      ...(lengthscales && { lengthscales }),
      ...(importances && { importances }),
      ...(logMarginalLikelihood !== undefined && {
        logMarginalLikelihood: logMarginalLikelihood + this.sumOverKnown(slopes.map(log)),
      }),
      // On average over the rows: a constant noise of z is none of y.
      ...(noiseVariance !== undefined && {
        noiseVariance: slopes.reduce((sum, slope) => sum + noiseVariance / (slope * slope), 0) / y.length,
      }),
      leftOut: leftOutOf(moments.mean, moments.variance, y),
      metrics: this.metrics(moments, inner, slopes),
    };
  }

  private metrics({ mean, variance }: Prediction, inner: Diagnostics, slopes: Float64Array) {
    const { y, known, chain } = this.parts;
    const pick = (values: Float64Array) => values.filter((_, i) => known[i] === 1 || !known.includes(1));
    const judged = y.map((value) => inverseThrough(chain, forwardThrough(chain, value)));
    const { nlpd, coverage50, coverage80, coverage95 } = inner.metrics;
    const logSlopes = pick(slopes.map(log));
    return {
      ...metricsOf(leftOutOf(pick(mean), pick(variance), pick(judged))),
      nlpd: nlpd - logSlopes.reduce((sum, value) => sum + value, 0) / logSlopes.length,
      coverage50,
      coverage80,
      coverage95,
    };
  }

  private sumOverKnown(values: Float64Array): number {
    return values.reduce((sum, value, i) => sum + (this.parts.known[i] === 1 ? value : 0), 0);
  }

  toJSON(): SurrogateJson {
    const { y, known, chain } = this.parts;
    return {
      kind,
      version,
      transforms: chainToJson(chain),
      y: numbersToJson(y),
      known: numbersToJson(known),
      model: this.model.toJSON(),
    };
  }
}

/** The transforms stay as they were learned. */
class GrowingTransformedOutput extends TransformedOutput implements GrowingSurrogate {
  constructor(
    parts: Parts,
    private readonly growing: GrowingSurrogate,
  ) {
    super(parts);
  }

  withRows(added: TrainingData): GrowingTransformedOutput {
    const { y, known, chain } = this.parts;
    const model = this.growing.withRows(forward(chain, added));
    const fresh = Uint8Array.from(added.y, (_, i) => (added.censored?.[i] ? 0 : 1));
    const joined = { y: Float64Array.of(...y, ...added.y), known: Uint8Array.of(...known, ...fresh) };
    return new GrowingTransformedOutput({ ...joined, chain, model }, model);
  }
}
