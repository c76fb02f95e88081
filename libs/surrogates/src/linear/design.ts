/**
 * The rows of a linear model, decomposed once. w (n) weights of mean 1, all above 0, W their sum; φᵢ (p) centred features; ỹ = √w·(y − ȳ), Φ̃ = √w·Φ = U·diag(s)·Vᵀ. The intercept is free. With prior precision λ (ridge) on the coefficients, and λ → 0 for
 * least squares,
 *
 *   β = V·diag(s/(s² + λ))·Uᵀỹ,  dₖ = sₖ²/(sₖ² + λ),  H = √w·√wᵀ/W + U·diag(d)·Uᵀ,  r̃ = (I − H)·ỹ,
 *
 * with the r directions whose sₖ is above 10⁻¹² of the largest: the others, which hold rounding, count as absent.
 */
import { dot, gemm, matrix, selectRows, svd, transpose, type Matrix } from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { standardisation } from '../data.js';
import { featureMap, type FeatureMap, type FeatureOptions } from './features.js';

const { sqrt } = Math;

export interface Design {
  readonly map: FeatureMap;
  readonly y: Float64Array;
  /** ȳ */
  readonly centre: number;
  /** The size of y's variation; what is taken for it where y does not vary. */
  readonly spread: number;
  /** (n) w */
  readonly weights: Float64Array;
  /** W */
  readonly total: number;
  /** (n,p) */
  readonly Phi: Matrix;
  readonly U: Matrix;
  readonly s: Float64Array;
  readonly Vt: Matrix;
  /** (r) Uᵀỹ */
  readonly projected: Float64Array;
  /** (n) ỹ − U·Uᵀỹ: what no coefficients can reach */
  readonly beyond: Float64Array;
}

export function design({ X, y, weights: given }: TrainingData, options: FeatureOptions): Design {
  const n = X.rows;
  const sum = given === undefined ? n : given.reduce((all, w) => all + w, 0);
  const weights = Float64Array.from(y, (_, i) => ((given?.[i] ?? 1) * n) / sum);
  const total = weights.reduce((all, w) => all + w, 0);
  const centre = y.reduce((all, value, i) => all + weights[i]! * value, 0) / total;
  const { map, Phi } = featureMap(X, weights, options);
  const p = Phi.cols;
  const root = weights.map((w) => sqrt(w));
  const whitened = matrix(
    n,
    p,
    Phi.data.map((value, at) => root[(at - (at % p)) / p]! * value),
  );
  const { U, s, Vt } = ofFullRank(whitened);
  const target = matrix(
    n,
    1,
    y.map((value, i) => root[i]! * (value - centre)),
  );
  const projected = gemm(U, target, { transposeA: true }).data;
  const beyond = target.data.map((value, i) => value - dot(U.data, i * U.cols, projected, 0, U.cols));
  const { spread } = standardisation(y);
  return { map, y, centre, spread, weights, total, Phi, U, s, Vt, projected, beyond };
}

/** The decomposition without directions that hold rounding alone. */
export function ofFullRank(A: Matrix): Pick<Design, 'U' | 's' | 'Vt'> {
  const { U, values, V } = svd(A);
  const least = 1e-12 * (values[0] ?? 0);
  const s = values.filter((value) => value > least);
  const kept = Array.from(s.keys());
  return { U: transpose(selectRows(transpose(U), kept)), s, Vt: selectRows(transpose(V), kept) };
}

/** d (r) at λ; least squares where λ is 0. */
export function shrinkage({ s }: Design, lambda: number): Float64Array {
  return s.map((value) => (value * value) / (value * value + lambda));
}

/** 1 − Hᵢᵢ and r̃ᵢ (n) at the shrinkage d; a row that decides its own fit has 1 − Hᵢᵢ of 0. */
export function residuals(
  { U, weights, total, projected, beyond }: Design,
  d: Float64Array,
): { free: Float64Array; residual: Float64Array } {
  const r = d.length;
  const free = new Float64Array(weights.length);
  const residual = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    let outside = 1 - weights[i]! / total;
    let within = 0;
    let left = beyond[i]!;
    for (let k = 0; k < r; k++) {
      const u = U.data[i * r + k]!;
      outside -= u * u;
      within += (1 - d[k]!) * u * u;
      left += (1 - d[k]!) * u * projected[k]!;
    }
    // Below 10⁻¹⁰ what is outside of all directions is the rounding of nothing.
    free[i] = (outside > 1e-10 ? outside : 0) + within;
    residual[i] = left;
  }
  return { free, residual };
}

/** RSS over what is left of the n rows' freedom; with less than one row's freedom left nothing is known but the size of y. */
export function noiseOf(rss: number, freedom: number, spread: number): number {
  return freedom >= 1 ? rss / freedom : spread * spread;
}
