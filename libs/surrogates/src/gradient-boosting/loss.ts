/**
 * Losses of a booster. F is the prediction so far and r = y − F; each round fits a tree to targets t of weights h. Where `leaf` is given, it says the value of
 * a leaf from the residuals of its rows, as a line search of the loss does; else the tree's own Newton step Σht/(Σh + λ) stands.
 */
import { InvalidArgumentError } from '@ionloop/linalg';

const { abs, max, min, sqrt } = Math;

export interface Loss {
  /** The constant that costs least: of responses y (n), weights (n). */
  start(y: Float64Array, weights: Float64Array): number;
  /** Fills t (n) and h (n) for the rows of weight above 0. */
  targets(y: Float64Array, F: Float64Array, weights: Float64Array, t: Float64Array, h: Float64Array): void;
  readonly leaf: ((residuals: Float64Array, weights: Float64Array) => number) | undefined;
  /** Cost of one row. */
  cost(residual: number): number;
}

export const squared: Loss = {
  start: (y, weights) => {
    const first = y[weights.findIndex((weight) => weight > 0)]!;
    let sum = 0;
    let all = 0;
    y.forEach((value, i) => {
      sum += weights[i]! * (value - first);
      all += weights[i]!;
    });
    return first + sum / all;
  },
  targets: (y, F, weights, t, h) => {
    for (let i = 0; i < y.length; i++) t[i] = y[i]! - F[i]!;
    h.set(weights);
  },
  leaf: undefined,
  cost: (residual) => residual * residual,
};

export function quantile(level: number): Loss {
  const leaf = (residuals: Float64Array, weights: Float64Array) =>
    weightedQuantile(residuals, weights, level);
  return {
    start: leaf,
    targets: (y, F, weights, t, h) => {
      for (let i = 0; i < y.length; i++) t[i] = y[i]! > F[i]! ? level : level - 1;
      h.set(weights);
    },
    leaf,
    cost: (residual) => (residual > 0 ? level * residual : (level - 1) * residual),
  };
}

/**
 * Squared up to δ and straight beyond, δ being the quantile `share` of the absolute residuals of the round. To second order it is the smooth
 * δ²·(√(1 + (r/δ)²) − 1), whose curvature never vanishes.
 */
export function huber(share: number, secondOrder: boolean): Loss {
  let delta = Infinity;
  const clipped = (r: number) => max(-delta, min(delta, r));
  return {
    start: (y, weights) => weightedQuantile(y, weights, 0.5),
    targets: (y, F, weights, t, h) => {
      const sizes = y.map((value, i) => abs(value - F[i]!));
      delta = weightedQuantile(sizes, weights, share) || Infinity;
      for (let i = 0; i < y.length; i++) {
        const r = y[i]! - F[i]!;
        const stretch = 1 + (r / delta) * (r / delta);
        t[i] = secondOrder ? r * stretch : clipped(r);
        h[i] = secondOrder ? weights[i]! / (stretch * sqrt(stretch)) : weights[i]!;
      }
    },
    leaf: secondOrder
      ? undefined
      : (residuals, weights) => {
          const median = weightedQuantile(residuals, weights, 0.5);
          let sum = 0;
          let all = 0;
          residuals.forEach((r, k) => {
            sum += weights[k]! * clipped(r - median);
            all += weights[k]!;
          });
          return median + sum / all;
        },
    cost: (residual) => {
      const size = abs(residual);
      return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
    },
  };
}

/** The least value up to which the weights reach the share `level` of their sum. */
export function weightedQuantile(values: Float64Array, weights: Float64Array, level: number): number {
  const order = Int32Array.from(values.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => values[a]! - values[b]! || a - b);
  if (order.length === 0) throw new InvalidArgumentError('weights', 'must not all be 0');
  const all = order.reduce((sum, i) => sum + weights[i]!, 0);
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= level * all * (1 - 1e-12)) return values[i]!;
  }
  return values[order.at(-1)!]!;
}
