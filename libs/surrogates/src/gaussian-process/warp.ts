/**
 * Inputs of the unit cube stretched where the response changes fast: w(x) = 1 − (1 − xᵃ)ᵇ in each continuous column, the distribution function of
 * Kumaraswamy, the identity at a = b = 1, with ln a, ln b ~ N(0, ¾) (Snoek et al. 2014).
 *
 * φ = (ln a, ln b) of each column is learned together with θ, from the θ found for φ = 0 on: the gradient in θ is exact, in φ by forward differences of 10⁻⁶,
 * 2d values of the likelihood beside one gradient. Above 200 rows it is learned from
 * 200 of them.
 *
 * It helps where a response is squeezed into a corner, and does not hurt a stationary one of some tens of rows; with a few rows it can, which left-out rows
 * do not show.
 */
import {
  exp,
  expm1,
  InvalidArgumentError,
  lbfgsb,
  log,
  log1p,
  matrix,
  type GaussianData,
  type Kernel,
  type Matrix,
} from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { numbersFrom, numbersToJson } from '../json.js';
import { withPosteriorDensity } from './fit.js';
import type { InputMap } from './inputMap.js';
import type { Hyperparameter } from './priors.js';

const { max, min } = Math;

const priorSpread = 0.75;
const largestLog = 2.5;
const maxIterations = 40;
const difference = 1e-6;

export interface Warp extends InputMap {
  /** ln a then ln b, each (d); 0 leaves a column as it is. */
  readonly phi: Float64Array;
}

export function isWarp(map: InputMap): map is Warp {
  return 'phi' in map;
}

/** φ of d columns that stay as they are. */
export function unwarped(d: number): Float64Array {
  return new Float64Array(2 * d);
}

export function warped(phi: Float64Array): Warp {
  const d = phi.length / 2;
  const a = phi.slice(0, d).map((value) => exp(value));
  const b = phi.slice(d).map((value) => exp(value));
  return {
    phi,
    sources: Array.from({ length: d }, (_, column) => column),
    apply(X) {
      const Z = matrix(X.rows, d, X.data.slice());
      for (let q = 0; q < d; q++)
        if (phi[q] !== 0 || phi[d + q] !== 0)
          for (let at = q; at < Z.data.length; at += d) Z.data[at] = kumaraswamy(Z.data[at]!, a[q]!, b[q]!);
      return Z;
    },
    toJSON: () => ({ kind: 'warp', logs: numbersToJson(phi.map((value) => value + 0)) }),
  };
}

/** Outside of the unit interval it goes on as at its ends. */
export function kumaraswamy(x: number, a: number, b: number): number {
  const inside = min(max(x, 0), 1);
  if (inside === 0 || inside === 1) return inside;
  return -expm1(b * log1p(-exp(a * log(inside))));
}

export function warpFrom(
  name: string,
  { logs }: { readonly [field: string]: Json },
  dimension: number,
): InputMap {
  const phi = numbersFrom(`${name}.logs`, logs);
  if (phi.length !== 2 * dimension)
    throw new InvalidArgumentError(`${name}.logs`, `must hold ${2 * dimension} numbers, not ${phi.length}`);
  return warped(phi);
}

export function requireUnitCube(X: Matrix, columns: readonly number[]): void {
  for (const column of columns)
    for (let i = 0; i < X.rows; i++) {
      const value = X.data[i * X.cols + column]!;
      if (!(value >= 0 && value <= 1))
        throw new InvalidArgumentError(
          'data.X',
          `must lie in the unit cube to be warped; row ${i} of column ${column} is ${value}`,
        );
    }
}

interface WarpAndTheta {
  readonly theta: Float64Array;
  readonly phi: Float64Array;
}

/** θ and φ of the largest posterior density near where it starts; only `columns` are warped. */
export function learnWarp(
  kernel: Kernel,
  data: GaussianData,
  hyperparameters: readonly Hyperparameter[],
  columns: readonly number[],
  from: WarpAndTheta,
): WarpAndTheta {
  const d = data.X.cols;
  const p = hyperparameters.length;
  const places = [...columns, ...columns.map((column) => d + column)];
  const phiOf = (x: Float64Array) => {
    const phi = new Float64Array(2 * d);
    places.forEach((place, k) => (phi[place] = x[p + k]!));
    return phi;
  };
  const densityAt = (phi: Float64Array, theta: Float64Array, gradient: Float64Array | null) =>
    withPosteriorDensity(kernel, { ...data, X: warped(phi).apply(data.X) }, hyperparameters, (density) =>
      gradient ? density.valueAndGradient(theta, gradient) : density.value(theta),
    );
  const objective = (x: Float64Array, gradient: Float64Array) => {
    const theta = Float64Array.from(x.subarray(0, p));
    const phi = phiOf(x);
    const value = densityAt(phi, theta, gradient.subarray(0, p));
    if (value === Infinity) return Infinity;
    let prior = 0;
    places.forEach((place, k) => {
      const u = phi[place]!;
      phi[place] = u + difference;
      const slope = (densityAt(phi, theta, null) - value) / difference;
      phi[place] = u;
      prior += (0.5 * u * u) / (priorSpread * priorSpread);
      gradient[p + k] = slope + u / (priorSpread * priorSpread);
    });
    return value + prior;
  };
  const bound = (sign: number) => places.map(() => sign * largestLog);
  const { x } = lbfgsb({
    objective,
    lower: [...hyperparameters.map(({ lower }) => lower), ...bound(-1)],
    upper: [...hyperparameters.map(({ upper }) => upper), ...bound(1)],
    start: [...from.theta, ...places.map((place) => from.phi[place]!)],
    maxIterations,
    tolerance: 1e-3,
    valueTolerance: 1e-7,
  });
  return { theta: x.slice(0, p), phi: phiOf(x) };
}
