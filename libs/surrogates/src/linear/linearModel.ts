/**
 * A fitted linear model, whatever chose its coefficients. With φ(x) (p) centred features, Vₖ (p) orthonormal directions and gₖ the variance of
 * the coefficient along each,
 *
 *   mean = ȳ + φ·β,  variance = σ_b² + Σₖ gₖ·(φ·Vₖ)² + g_⊥·‖φ_⊥‖²,
 *
 * σ_b² that of the intercept, φ_⊥ the part of φ outside all directions, where the rows fitted say nothing.
 */
import {
  dot,
  gemm,
  matrix,
  requireCount,
  requireCols,
  requireLength,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type { Diagnostics, LeftOut, Prediction, Surrogate, SurrogateJson } from '../contract.js';
import { requireInputs } from '../data.js';
import { matrixFrom, matrixToJson, numberFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { featureMapFrom, featureMapToJson, featuresAt, type FeatureMap } from './features.js';

const { max, sqrt } = Math;
const version = 1;

export interface LinearBelief {
  readonly map: FeatureMap;
  /** ȳ */
  readonly centre: number;
  /** β (p) */
  readonly coefficients: Float64Array;
  /** Vᵀ (r,p) */
  readonly directions: Matrix;
  /** g (r) */
  readonly variances: Float64Array;
  /** σ_b² */
  readonly interceptVariance: number;
  /** g_⊥ */
  readonly varianceBeyond: number;
  /** Of a measurement, in units of y². */
  readonly noiseVariance: number;
  /** λ, the precision of the coefficients' prior in units of the noise's. */
  readonly lambda: number;
  /** (d), of sum 1: the sizes of the features' effects, shared out among the inputs they are made of. */
  readonly importances: Float64Array;
  readonly logMarginalLikelihood?: number;
}

export class LinearModel implements Surrogate {
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    readonly kind: string,
    readonly belief: LinearBelief,
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = belief.map.dimension;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    return predictFeatures(this.belief, featuresAt(X, this.belief.map));
  }

  /** Each draw is one set of coefficients. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { belief } = this;
    const { rows: r, cols: p } = belief.directions;
    const Phi = featuresAt(X, belief.map);
    const coefficients = matrix(count, p);
    const intercepts = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      intercepts[k] = belief.centre + sqrt(belief.interceptVariance) * rng.normal();
      const along = belief.variances.map((variance) => sqrt(variance) * rng.normal());
      const off = drawBeyond(belief, rng);
      for (let j = 0; j < p; j++) {
        let sum = belief.coefficients[j]! + off[j]!;
        for (let i = 0; i < r; i++) sum += along[i]! * belief.directions.data[i * p + j]!;
        coefficients.data[k * p + j] = sum;
      }
    }
    const draws = gemm(coefficients, Phi, { transposeB: true });
    for (let k = 0; k < count; k++)
      for (let i = 0; i < X.rows; i++) draws.data[k * X.rows + i]! += intercepts[k]!;
    return draws;
  }

  diagnostics(): Diagnostics {
    const { logMarginalLikelihood, noiseVariance } = this.belief;
    return {
      kind: this.kind,
      n: this.leftOut.actual.length,
      ...(logMarginalLikelihood === undefined ? {} : { logMarginalLikelihood }),
      noiseVariance,
      importances: Array.from(this.belief.importances),
      leftOut: this.leftOut,
      metrics: metricsOf(this.leftOut),
    };
  }

  toJSON(): SurrogateJson {
    const { belief } = this;
    return {
      kind: this.kind,
      version,
      dimension: this.dimension,
      features: featureMapToJson(belief.map),
      centre: belief.centre,
      coefficients: numbersToJson(belief.coefficients),
      directions: matrixToJson(belief.directions),
      variances: numbersToJson(belief.variances),
      interceptVariance: belief.interceptVariance,
      varianceBeyond: belief.varianceBeyond,
      noiseVariance: belief.noiseVariance,
      lambda: belief.lambda,
      importances: numbersToJson(belief.importances),
      logMarginalLikelihood: belief.logMarginalLikelihood ?? null,
      leftOut: leftOutToJson(this.leftOut),
    };
  }
}

export function predictFeatures(belief: LinearBelief, Phi: Matrix): Prediction {
  const { centre, coefficients, directions, variances, interceptVariance, varianceBeyond } = belief;
  const { rows: r, cols: p } = directions;
  const along = gemm(Phi, directions, { transposeB: true });
  const mean = new Float64Array(Phi.rows);
  const variance = new Float64Array(Phi.rows);
  for (let i = 0; i < Phi.rows; i++) {
    mean[i] = centre + dot(Phi.data, i * p, coefficients, 0, p);
    let outside = dot(Phi.data, i * p, Phi.data, i * p, p);
    let sum = interceptVariance;
    for (let k = 0; k < r; k++) {
      const length = along.data[i * r + k]!;
      sum += variances[k]! * length * length;
      outside -= length * length;
    }
    variance[i] = sum + varianceBeyond * max(outside, 0);
  }
  return { mean, variance };
}

/** A draw of N(0, g_⊥) for what lies outside all directions (p). */
function drawBeyond({ directions, varianceBeyond }: LinearBelief, rng: Philox): Float64Array {
  const { rows: r, cols: p } = directions;
  const spread = sqrt(varianceBeyond);
  const off = Float64Array.from({ length: p }, () => spread * rng.normal());
  for (let i = 0; i < r; i++) {
    const along = dot(directions.data, i * p, off, 0, p);
    for (let j = 0; j < p; j++) off[j] = off[j]! - along * directions.data[i * p + j]!;
  }
  return off;
}

export function linearModelFrom(kind: string, json: SurrogateJson): LinearModel {
  requireKind(json, kind, version);
  const numbers = (field: string) => numbersFrom(`json.${field}`, json[field]);
  const number = (field: string) => numberFrom(`json.${field}`, json[field]);
  const dimension = number('dimension');
  const map = featureMapFrom('json.features', json['features'], dimension);
  const p = map.features.centre.length;
  const belief = {
    map,
    centre: number('centre'),
    coefficients: numbers('coefficients'),
    directions: matrixFrom('json.directions', json['directions']),
    variances: numbers('variances'),
    interceptVariance: number('interceptVariance'),
    varianceBeyond: number('varianceBeyond'),
    noiseVariance: number('noiseVariance'),
    lambda: number('lambda'),
    importances: numbers('importances'),
    ...(json['logMarginalLikelihood'] === null
      ? {}
      : { logMarginalLikelihood: number('logMarginalLikelihood') }),
  };
  requireLength('json.coefficients', belief.coefficients, p);
  requireCols('json.directions', belief.directions, p);
  requireLength('json.variances', belief.variances, belief.directions.rows);
  requireLength('json.importances', belief.importances, dimension);
  return new LinearModel(kind, belief, leftOutFrom('json.leftOut', json['leftOut']));
}
