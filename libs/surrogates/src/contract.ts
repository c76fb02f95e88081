/**
 * What every surrogate model is. n observations, d inputs, m candidates:
 * X (n,d) inputs, y (n) responses, `noise` (n) the variance of each response's error in units of y².
 */
import type { Matrix, Philox } from '@ionloop/linalg';

export interface TrainingData {
  /** NaN stands for a value that is missing: only for models that can take it. */
  readonly X: Matrix;
  readonly y: Float64Array;
  /** Variance of each row's error, in units of y²; left out where it is not known. */
  readonly noise?: Float64Array;
  /** How much each row counts, at least 0; 1 each where it is left out. */
  readonly weights?: Float64Array;
  /** 1 where the response is only known to lie below y, 0 where y is the response. */
  readonly censored?: Uint8Array;
  /** The source of each row (instrument, fidelity, earlier campaign): 0 is the one that is predicted. */
  readonly source?: Int32Array;
  /** (n) Rows of one group resemble each other (one paper, one sample): what a model leaves out to judge itself, it leaves out together. */
  readonly groups?: Int32Array;
  /** The columns of X that hold category numbers, whole and at least 0, which have no order. */
  readonly categorical?: readonly number[];
}

/** What of the training data a model can use. What it cannot use is refused by name before work starts, but for `noise`. */
export interface Capabilities {
  /** Rows' own noise is used; where not, the model finds its spread by itself and ignores it. */
  readonly noise: boolean;
  readonly weights: boolean;
  readonly missing: boolean;
  readonly categorical: boolean;
  readonly censored: boolean;
  readonly source: boolean;
}

/** What the model believes of the underlying response, without the noise of a measurement. */
export interface Prediction {
  /** (m) */
  readonly mean: Float64Array;
  /** (m), at least 0 */
  readonly variance: Float64Array;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** A model written down so that reading it back predicts the same to the bit. */
export interface SurrogateJson {
  readonly kind: string;
  readonly version: number;
  readonly [field: string]: Json;
}

/** Predictions of each training row by a model that has not seen it; the variance is that of a measurement. */
export interface LeftOut {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly actual: readonly number[];
}

/** Of the left-out predictions, taken as normal. */
export interface Metrics {
  readonly rmse: number;
  readonly mae: number;
  /** 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; where y does not vary, 1 if all errors are 0 and else 0. */
  readonly r2: number;
  /** Mean negative log predictive density. */
  readonly nlpd: number;
  /** Mean continuous ranked probability score, in units of y. */
  readonly crps: number;
  /** Share of the actual values inside the central 50, 80 and 95 % intervals. */
  readonly coverage50: number;
  readonly coverage80: number;
  readonly coverage95: number;
}

/** What a model makes of one source of its data. */
export interface SourceReport {
  readonly source: number;
  readonly n: number;
  /** Of its underlying response with that of source 0, offsets apart. */
  readonly correlation: number;
  /** Of its measurements, in units of y². */
  readonly noiseVariance: number;
}

export interface Diagnostics {
  readonly kind: string;
  readonly n: number;
  readonly logMarginalLikelihood?: number;
  /** (d), in units of the inputs. */
  readonly lengthscales?: readonly number[];
  /** In units of y². */
  readonly signalVariance?: number;
  readonly noiseVariance?: number;
  /** (d), at least 0, of sum 1. */
  readonly importances?: readonly number[];
  /** Of a model of several sources. */
  readonly sources?: readonly SourceReport[];
  readonly leftOut: LeftOut;
  /** Of the rows of source 0, where there are several sources. */
  readonly metrics: Metrics;
}

export interface Surrogate {
  readonly kind: string;
  /** d */
  readonly dimension: number;
  predict(X: Matrix): Prediction;
  /** `count` draws of the underlying response at the m rows of X: (count, m). */
  sample(X: Matrix, count: number, rng: Philox): Matrix;
  /** Whether a draw is one function over all rows of X, or each row is drawn on its own. */
  readonly sampleIsJoint: boolean;
  diagnostics(): Diagnostics;
  toJSON(): SurrogateJson;
}

/** A model whose means come at a fraction of the price of its variances. */
export interface MeanSurrogate extends Surrogate {
  /** (m), the mean of `predict` to the bit. */
  means(X: Matrix): Float64Array;
}

const hasMeans = (model: Surrogate): model is MeanSurrogate => 'means' in model;

/** What the model expects at the m rows of X, as cheaply as it can. */
export const meansOf = (model: Surrogate, X: Matrix): Float64Array =>
  hasMeans(model) ? model.means(X) : model.predict(X).mean;

/** A model that can say roughly what it believes, at the price of its means. */
export interface OutliningSurrogate extends MeanSurrogate {
  /** The mean of `predict`, to the bit, and a variance that is at least that of `predict`. */
  outline(X: Matrix): Prediction;
}

export const canOutline = (model: Surrogate): model is OutliningSurrogate => 'outline' in model;

/** A model that takes more rows without a new fit: what it learned of the world stays, what it knows of the response grows. */
export interface GrowingSurrogate extends Surrogate {
  withRows(added: TrainingData): GrowingSurrogate;
}

/** A model that knows how what it believes at some rows goes with what it believes at others. */
export interface CovaryingSurrogate extends Surrogate {
  /** Of the underlying response at the rows of A (a,d) with that at the rows of B (b,d): (a,b), exactly. */
  covariance(A: Matrix, B: Matrix): Matrix;
}

/** Fits forget the past, unless one is handed to them: the same data and stream give the same model to the bit. */
export interface SurrogateFactory {
  readonly kind: string;
  readonly capabilities: Capabilities;
  /** `previous`, a model of the same kind fitted to earlier data, may be where the fit starts. */
  fit(data: TrainingData, rng: Philox, previous?: Surrogate): Surrogate;
  fromJSON(json: SurrogateJson): Surrogate;
}

/** Rows of X (n,d) that are known to be of a class (1) or not (0). */
export interface LabelledData {
  readonly X: Matrix;
  /** (n), 0 or 1 */
  readonly labels: Uint8Array;
}

export interface Classifier {
  readonly kind: string;
  /** d */
  readonly dimension: number;
  /** The probability of the class at the m rows of X (m). */
  probability(X: Matrix): Float64Array;
  toJSON(): SurrogateJson;
}

export interface ClassifierFactory {
  readonly kind: string;
  fit(data: LabelledData, rng: Philox): Classifier;
  fromJSON(json: SurrogateJson): Classifier;
}
