/**
 * Elastic net and lasso: linear models that leave inputs out. The penalty is given, or the one of a path under which folds predict each other best; what is left out
 * is what the folds say. Coefficients that are not 0 are believed as those of ridge on their features alone. That some were chosen among many is no part of it: all
 * variances are multiplied by the mean square of the left-out errors over what was said of them, where that is above 1.
 */
import { InvalidArgumentError, matrix, requireCount, type Matrix } from '@ionloop/linalg';
import type { LeftOut, SurrogateFactory, TrainingData } from '../contract.js';
import { ownData, plainCapabilities, standardisation } from '../data.js';
import { onRowsThatCount, rowsOf } from '../ignoredRows.js';
import { leftOutOf } from '../leftOut.js';
import { requirePositive } from '../options.js';
import type { Fold } from '../selection/folds.js';
import { foldsFor } from '../selection/leftOutBy.js';
import { coefficientsAlong, penaltyPath, type Lasso } from './coordinateDescent.js';
import { noiseOf, ofFullRank } from './design.js';
import { featureMap, featuresAt, type FeatureMap, type FeatureOptions } from './features.js';
import { LinearModel, linearModelFrom, predictFeatures, type LinearBelief } from './linearModel.js';
import { importancesOf } from './solve.js';

const { max, sqrt } = Math;

export interface LassoOptions extends FeatureOptions {
  /** α, for weights of mean 1; chosen by folds where it is left out. */
  readonly penalty?: number;
  /** 5 where it is left out. */
  readonly folds?: number;
}

export interface ElasticNetOptions extends LassoOptions {
  /** Of the penalty that is L1, above 0 and at most 1; ½ where it is left out. */
  readonly share?: number;
}

const capabilities = { ...plainCapabilities, weights: true };

/** Takes inputs of any scale. */
export function elasticNet(options: ElasticNetOptions = {}): SurrogateFactory {
  return factory('elastic-net', options.share ?? 0.5, options);
}

/** Takes inputs of any scale. */
export function lasso(options: LassoOptions = {}): SurrogateFactory {
  return factory('lasso', 1, options);
}

function factory(kind: string, share: number, options: LassoOptions): SurrogateFactory {
  const { penalty, folds = 5 } = options;
  requireCount('options.degree', options.degree ?? 1, 1);
  requireCount('options.folds', folds, 2);
  if (!(share > 0 && share <= 1))
    throw new InvalidArgumentError('options.share', `must be above 0 and at most 1, not ${share}`);
  if (penalty !== undefined) requirePositive('options.penalty', penalty);
  return {
    kind,
    capabilities,
    fit: (data, rng) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const { belief, leftOut } = fitted(counting, share, penalty, options, (rows) =>
          foldsFor(rows, folds, rng.split('folds')),
        );
        return {
          leftOut,
          noiseVariance: belief.noiseVariance,
          model: (told) => new LinearModel(kind, belief, told),
        };
      }),
    fromJSON: (json) => linearModelFrom(kind, json),
  };
}

/** By the folds that `divide` gives; null where there is too little to divide. */
function fitted(
  data: TrainingData,
  share: number,
  given: number | undefined,
  options: FeatureOptions,
  divide: (data: TrainingData) => readonly Fold[] | null,
): { belief: LinearBelief; leftOut: LeftOut } {
  const all = prepare(data, options);
  const path = given === undefined ? penaltyPath(all, share) : Float64Array.of(given);
  const folds = divide(data);
  const { centre, spread } = standardisation(data.y);
  if (path.length === 0 || folds === null) {
    const belief = beliefOf(all, new Float64Array(all.columns.length), share, path[0] ?? 0);
    const variance = data.y.map(() => spread * spread);
    const mean = data.y.map(() => centre);
    return { belief, leftOut: leftOutOf(mean, variance, data.y) };
  }
  const parts = folds.map((fold) => partOf(data, fold, share, path, options));
  const chosen = leastError(data, parts, path.length);
  const alpha = path[chosen]!;
  const leftOut = leftOutAt(data, parts, chosen, share, alpha);
  const belief = beliefOf(
    all,
    coefficientsAlong(all, share, path.subarray(0, chosen + 1))[chosen]!,
    share,
    alpha,
  );
  const errors = leftOut.mean.map((value, i) => (value - data.y[i]!) ** 2);
  const wider = max(
    1,
    errors.reduce((sum, error, i) => sum + (leftOut.variance[i]! > 0 ? error / leftOut.variance[i]! : 0), 0) /
      errors.length,
  );
  const widened = leftOut.variance.map((value) => wider * value);
  return { belief: widenedBy(belief, wider), leftOut: leftOutOf(leftOut.mean, widened, data.y) };
}

interface Prepared extends Lasso {
  readonly map: FeatureMap;
  readonly Phi: Matrix;
  readonly weights: Float64Array;
  readonly centre: number;
  readonly spread: number;
}

function prepare({ X, y, weights: given }: TrainingData, options: FeatureOptions): Prepared {
  const sum = given === undefined ? X.rows : given.reduce((all, w) => all + w, 0);
  const weights = Float64Array.from(y, (_, i) => ((given?.[i] ?? 1) * X.rows) / sum);
  const total = weights.reduce((all, w) => all + w, 0);
  const centre = y.reduce((all, value, i) => all + weights[i]! * value, 0) / total;
  const { map, Phi } = featureMap(X, weights, options);
  const root = weights.map((w) => sqrt(w));
  const columns = Array.from({ length: Phi.cols }, (_, j) =>
    root.map((value, i) => value * Phi.data[i * Phi.cols + j]!),
  );
  const target = y.map((value, i) => root[i]! * (value - centre));
  return { map, Phi, weights, total, centre, columns, target, spread: standardisation(y).spread };
}

/** The rows of a fold's training, β along the path, and what it says of the rows it has not seen. */
interface Part {
  readonly fold: Fold;
  readonly rows: Prepared;
  readonly along: readonly Float64Array[];
  readonly unseen: Matrix;
}

function partOf(
  data: TrainingData,
  fold: Fold,
  share: number,
  path: Float64Array,
  options: FeatureOptions,
): Part {
  const rows = prepare(rowsOf(data, fold.train), options);
  const unseen = featuresAt(rowsOf(data, fold.test).X, rows.map);
  return { fold, rows, along: coefficientsAlong(rows, share, path), unseen };
}

/** The place on the path where the weighted squares of left-out errors are least; the first of equals. */
function leastError({ y, weights }: TrainingData, parts: readonly Part[], length: number): number {
  let [best, least] = [0, Infinity];
  for (let k = 0; k < length; k++) {
    let sum = 0;
    for (const { fold, rows, along, unseen } of parts)
      fold.test.forEach((row, at) => {
        const error = y[row]! - rows.centre - timesRow(unseen, at, along[k]!);
        sum += (weights?.[row] ?? 1) * error * error;
      });
    if (sum < least) [best, least] = [k, sum];
  }
  return best;
}

function timesRow({ data, cols }: Matrix, row: number, beta: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[row * cols + j]! * beta[j]!;
  return sum;
}

function leftOutAt(
  { y }: TrainingData,
  parts: readonly Part[],
  chosen: number,
  share: number,
  alpha: number,
): LeftOut {
  const mean = new Float64Array(y.length);
  const variance = new Float64Array(y.length);
  for (const { fold, rows, along, unseen } of parts) {
    const belief = beliefOf(rows, along[chosen]!, share, alpha);
    const said = predictFeatures(belief, unseen);
    fold.test.forEach((row, at) => {
      mean[row] = said.mean[at]!;
      variance[row] = said.variance[at]! + belief.noiseVariance;
    });
  }
  return leftOutOf(mean, variance, y);
}

function beliefOf(rows: Prepared, coefficients: Float64Array, share: number, alpha: number): LinearBelief {
  const { map, centre, columns, target, total, spread } = rows;
  const p = columns.length;
  const n = target.length;
  const active = Array.from(coefficients.keys()).filter((j) => coefficients[j] !== 0);
  const A = matrix(n, active.length);
  active.forEach((j, k) => columns[j]!.forEach((value, i) => (A.data[i * active.length + k] = value)));
  const { s, Vt } = ofFullRank(A);
  const directions = matrix(s.length, p);
  for (let r = 0; r < s.length; r++)
    active.forEach((j, k) => (directions.data[r * p + j] = Vt.data[r * active.length + k]! + 0));
  const lambda = total * alpha * (1 - share);
  const freedom = s.reduce((sum, value) => sum + (value * value) / (value * value + lambda), 0);
  let rss = 0;
  for (let i = 0; i < n; i++) {
    let rest = target[i]!;
    for (const j of active) rest -= columns[j]![i]! * coefficients[j]!;
    rss += rest * rest;
  }
  const noiseVariance = noiseOf(rss, n - 1 - freedom, spread);
  return {
    map,
    centre: centre + 0,
    coefficients: coefficients.map((value) => value + 0),
    directions,
    variances: s.map((value) => noiseVariance / (value * value + lambda)),
    interceptVariance: noiseVariance / total,
    varianceBeyond: 0,
    noiseVariance,
    lambda: alpha,
    importances: importancesOf(rows, coefficients),
  };
}

function widenedBy(belief: LinearBelief, factor: number): LinearBelief {
  return {
    ...belief,
    variances: belief.variances.map((value) => factor * value),
    interceptVariance: factor * belief.interceptVariance,
    noiseVariance: factor * belief.noiseVariance,
  };
}
