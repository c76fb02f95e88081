/** What follows from a design once λ is chosen: coefficients, their spread, and the predictions of each row by the rest. Notation in design.ts. */
import { matrix } from '@ionloop/linalg';
import type { LeftOut } from '../contract.js';
import { leftOutOf } from '../leftOut.js';
import { noiseOf, residuals, shrinkage, type Design } from './design.js';
import { inputsOfFeatures } from './features.js';
import { predictFeatures, type LinearBelief } from './linearModel.js';

const { abs, max, sqrt } = Math;

/** RSS and n − tr H at λ. */
export function fitOf(
  plan: Design,
  lambda: number,
): { readonly rss: number; readonly freedom: number; readonly residual: Float64Array } {
  const d = shrinkage(plan, lambda);
  const { residual } = residuals(plan, d);
  const rss = residual.reduce((sum, value) => sum + value * value, 0);
  return { rss, freedom: plan.y.length - 1 - d.reduce((sum, value) => sum + value, 0), residual };
}

/**
 * The belief at λ and a noise variance σ². Outside of all directions the coefficients' prior holds, σ²/λ; least squares has none: there a
 * coefficient may be as large as y varies.
 */
export function beliefAt(plan: Design, lambda: number, noiseVariance: number): LinearBelief {
  const { map, centre, projected, total, spread, s, Vt: directions } = plan;
  const { rows: r, cols: p } = directions;
  const coefficients = new Float64Array(p);
  const variances = new Float64Array(r);
  for (let k = 0; k < r; k++) {
    const curvature = s[k]! * s[k]! + lambda;
    variances[k] = noiseVariance / curvature;
    const length = (s[k]! / curvature) * projected[k]!;
    for (let j = 0; j < p; j++) coefficients[j] = coefficients[j]! + length * directions.data[k * p + j]!;
  }
  return {
    map,
    centre: centre + 0,
    coefficients: coefficients.map((value) => value + 0),
    directions: matrix(
      r,
      p,
      directions.data.map((value) => value + 0),
    ),
    variances,
    interceptVariance: noiseVariance / total,
    varianceBeyond: r === p ? 0 : lambda === 0 ? spread * spread : noiseVariance / lambda,
    noiseVariance,
    lambda,
    importances: importancesOf(plan, coefficients),
  };
}

export function importancesOf(
  { map, Phi, weights, total }: Pick<Design, 'map' | 'Phi' | 'weights' | 'total'>,
  coefficients: Float64Array,
): Float64Array {
  const p = Phi.cols;
  const effects = new Float64Array(map.dimension);
  inputsOfFeatures(map).forEach((inputs, k) => {
    let squares = 0;
    for (let i = 0; i < Phi.rows; i++) {
      const value = Phi.data[i * p + k]!;
      squares += weights[i]! * value * value;
    }
    const effect = abs(coefficients[k]!) * sqrt(squares / total);
    for (const j of inputs) effects[j] = effects[j]! + effect / inputs.length;
  });
  const sum = effects.reduce((all, value) => all + value, 0);
  return effects.map((value) => (sum > 0 ? value / sum : 1 / map.dimension));
}

/**
 * Each row as the others predict it, by closed form; λ and the scale of the features stay, σ² is that of the others (`fixedNoise` where it
 * is a hyperparameter). A row without which its own direction is not determined is predicted by the shortest coefficients that fit the
 * others, the limit of ridge.
 */
export function leaveOneOut(plan: Design, belief: LinearBelief, fixedNoise?: number): LeftOut {
  const { U, weights, total, spread, y } = plan;
  const { lambda, noiseVariance } = belief;
  const d = shrinkage(plan, lambda);
  const { free, residual } = residuals(plan, d);
  const { rss, freedom } = fitOf(plan, lambda);
  const fitted = predictFeatures(belief, plan.Phi);
  const own = noiseVariance > 0 ? noiseVariance : 1;
  const unit = noiseVariance > 0 ? fitted : predictFeatures(beliefAt(plan, lambda, 1), plan.Phi);
  const r = d.length;
  const mean = new Float64Array(y.length);
  const variance = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const h = 1 - free[i]!;
    if (free[i] === 0) {
      const alone = undetermined(plan, i);
      const noise = fixedNoise ?? noiseOf(rss, freedom, spread);
      mean[i] = y[i]! - alone.error;
      variance[i] = noise * (1 + 1 / total) + spread * spread * alone.distance;
      continue;
    }
    let square = weights[i]! / total;
    let pull = 0;
    for (let k = 0; k < r; k++) {
      const u = U.data[i * r + k]!;
      square += d[k]! * d[k]! * u * u;
      pull += d[k]! * u * (1 - d[k]!) * plan.projected[k]!;
    }
    const t = residual[i]! / free[i]!;
    const rssWithout = max(rss + 2 * t * pull + t * t * (square - 1), 0);
    const freedomWithout = freedom + h + (h * h - square) / free[i]! - 1;
    const noise = fixedNoise ?? noiseOf(rssWithout, freedomWithout, spread);
    mean[i] = fitted.mean[i]! - (h * (y[i]! - fitted.mean[i]!)) / free[i]!;
    variance[i] = noise * (1 + unit.variance[i]! / own / free[i]!);
  }
  return leftOutOf(mean, variance, y);
}

/** The error of row i, which decides its own fit, by the others' shortest coefficients, and its squared distance from what they span. */
function undetermined(
  { U, s, projected, weights, y, centre }: Design,
  i: number,
): {
  readonly error: number;
  readonly distance: number;
} {
  const r = s.length;
  let pull = 0;
  let stiffness = 0;
  s.forEach((value, k) => {
    const u = U.data[i * r + k]! / value;
    pull += u * (projected[k]! / value);
    stiffness += u * u;
  });
  if (stiffness === 0) return { error: y[i]! - centre, distance: 1 };
  const root = sqrt(weights[i]!);
  return { error: pull / stiffness / root, distance: 1 / stiffness / (root * root) };
}
