/**
 * Laplace's approximation (Rasmussen and Williams 2006, chapters 3 and 5). f = m + K·a latent values (n), W the likelihood's curvature there,
 * B = I + √W·K·√W = L·Lᵀ. At the mode a is the likelihood's slope, and
 *
 *   ln Z = −½·aᵀ(f − m) + Σ ln p(tᵢ|fᵢ) − ½·ln|B|.
 *
 * With R = √W·B⁻¹·√W, Σ = (K⁻¹ + W)⁻¹, s = ½·diag(Σ)·∂³ and u = (I − R·K)·s, its slope by a hyperparameter that moves K by dK is
 * Σᵢⱼ dKᵢⱼ·(½·(aᵢaⱼ − Rᵢⱼ) + uᵢaⱼ); by m it is Σ (a + u).
 */
import { cholesky, choleskyInverse, choleskySolve, dot, logdet, matrix, type Matrix } from '@ionloop/linalg';
import {
  correlations,
  covariance,
  inLengthscales,
  squaredDistance,
  type ClassifierKernel,
} from './covariance.js';
import { likelihoods, type ClassLikelihood } from './likelihood.js';

const { abs, max, sqrt } = Math;

export interface ClassifierHyperparameters {
  /** ℓ (d) */
  readonly lengthscales: Float64Array;
  /** σ_f² */
  readonly signalVariance: number;
  /** m */
  readonly mean: number;
}

export interface ClassifierData {
  readonly X: Matrix;
  /** (n) ±1 */
  readonly signs: Float64Array;
}

export interface ClassifierSettings {
  readonly kernel: ClassifierKernel;
  readonly likelihood: ClassLikelihood;
}

export interface LaplaceMode {
  readonly hyper: ClassifierHyperparameters;
  /** X in lengthscales. */
  readonly rows: Matrix;
  readonly K: Matrix;
  /** f (n) */
  readonly latent: Float64Array;
  /** ∂ ln p (n) */
  readonly slope: Float64Array;
  /** √W (n) */
  readonly root: Float64Array;
  readonly L: Matrix;
  readonly logEvidence: number;
}

const mostSteps = 100;

/** The mode of the latent values, by Newton's method from `start` (n), the a of some mode nearby, or 0. */
export function laplace(
  data: ClassifierData,
  settings: ClassifierSettings,
  hyper: ClassifierHyperparameters,
  start?: Float64Array,
): LaplaceMode {
  const rows = inLengthscales(data.X, hyper.lengthscales);
  const K = covariance(rows, rows, settings.kernel, hyper.signalVariance);
  let a: Float64Array = new Float64Array(data.signs.length);
  let point = evaluate(data, settings, hyper, K, a);
  const warm = start && evaluate(data, settings, hyper, K, start);
  if (start && warm && warm.height > point.height) [a, point] = [start, warm];
  for (let step = 0; step < mostSteps; step++) {
    const { L, root } = factorised(K, point.curvature);
    const b = point.latent.map((f, i) => point.curvature[i]! * (f - hyper.mean) + point.slope[i]!);
    const pulled = choleskySolve(
      L,
      times(K, b).map((value, i) => root[i]! * value),
    );
    const target = b.map((value, i) => value - root[i]! * pulled[i]!);
    const next = climb(a, target, point.height, (at) => evaluate(data, settings, hyper, K, at));
    if (next === undefined) break;
    const gain = next.point.height - point.height;
    ({ a, point } = next);
    if (gain < 1e-12 * max(1, abs(point.height))) break;
  }
  const { L, root } = factorised(K, point.curvature);
  const { latent, slope, height } = point;
  return { hyper, rows, K, latent, slope, root, L, logEvidence: height - 0.5 * logdet(L) };
}

interface Point {
  readonly latent: Float64Array;
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
  /** −½·aᵀ(f − m) + Σ ln p */
  readonly height: number;
}

function evaluate(
  { signs }: ClassifierData,
  { likelihood }: ClassifierSettings,
  { mean }: ClassifierHyperparameters,
  K: Matrix,
  a: Float64Array,
): Point {
  const latent = times(K, a).map((value) => mean + value);
  const at = Array.from(signs, (t, i) => likelihoods[likelihood].at(t, latent[i]!));
  let height = 0;
  at.forEach(({ value }, i) => (height += value - 0.5 * a[i]! * (latent[i]! - mean)));
  return {
    latent,
    slope: Float64Array.from(at, (one) => one.slope),
    curvature: Float64Array.from(at, (one) => one.curvature),
    height,
  };
}

/** From a towards `target`, half as far until it is higher; undefined where it never is. */
function climb(
  a: Float64Array,
  target: Float64Array,
  height: number,
  evaluateAt: (a: Float64Array) => Point,
): { a: Float64Array; point: Point } | undefined {
  for (let length = 1; length > 1e-4; length /= 2) {
    const next = length === 1 ? target : a.map((value, i) => value + length * (target[i]! - value));
    const point = evaluateAt(next);
    // The last of Newton's steps gains less than heights can tell.
    const rounding = length === 1 ? 1e-13 * max(1, abs(height)) : 0;
    if (point.height > height - rounding) return { a: next, point };
  }
  return undefined;
}

function factorised(K: Matrix, curvature: Float64Array): { L: Matrix; root: Float64Array } {
  const n = K.rows;
  const root = curvature.map((value) => sqrt(value));
  const B = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) B.data[i * n + j] = root[i]! * K.data[i * n + j]! * root[j]!;
    B.data[i * n + i] = B.data[i * n + i]! + 1;
  }
  return { L: cholesky(B).L, root };
}

function times(A: Matrix, x: Float64Array): Float64Array {
  return x.map((_, i) => dot(A.data, i * A.cols, x, 0, A.cols));
}

/** ∂ ln Z / ∂ [ln ℓ (d), ln σ_f², m]. */
export function evidenceGradient(
  { signs }: ClassifierData,
  { kernel, likelihood }: ClassifierSettings,
  { hyper, rows, K, latent, slope: a, root, L }: LaplaceMode,
): Float64Array {
  const n = signs.length;
  const d = rows.cols;
  const inverse = choleskyInverse(L);
  const s = Float64Array.from(signs, (t, i) => {
    const { curvature, third } = likelihoods[likelihood].at(t, latent[i]!);
    const own = K.data[i * n + i]!;
    // Σᵢᵢ = (1 − B⁻¹ᵢᵢ)/Wᵢᵢ, which is Kᵢᵢ where the data say nothing.
    const spread = curvature > 1e-10 ? (1 - inverse.data[i * n + i]!) / curvature : own;
    return 0.5 * spread * third;
  });
  const R = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) R.data[i * n + j] = root[i]! * inverse.data[i * n + j]! * root[j]!;
  const RKs = times(R, times(K, s));
  const u = s.map((value, i) => value - RKs[i]!);
  const gradient = new Float64Array(d + 2);
  const { slope } = correlations[kernel];
  for (let i = 0; i < n; i++) {
    gradient[d + 1] = gradient[d + 1]! + a[i]! + u[i]!;
    for (let j = 0; j <= i; j++) {
      // K is symmetric: each pair counts twice, and with uᵢaⱼ its mirror image.
      const pair = (a[i]! * a[j]! - R.data[i * n + j]! + u[i]! * a[j]! + u[j]! * a[i]!) * (i === j ? 0.5 : 1);
      gradient[d] = gradient[d]! + pair * K.data[i * n + j]!;
      if (i === j) continue;
      const stretch = -2 * hyper.signalVariance * slope(squaredDistance(rows, i, rows, j)) * pair;
      for (let k = 0; k < d; k++) {
        const off = rows.data[i * d + k]! - rows.data[j * d + k]!;
        gradient[k] = gradient[k]! + stretch * off * off;
      }
    }
  }
  return gradient;
}
