/**
 * Ordinary least squares, weighted where rows have weights: σ² = RSS/(N − 1 − rank). Where the rows do not determine all coefficients, the
 * shortest ones that fit, and the variance says how far a point lies from what the rows span.
 */
import { requireCount } from '@ionloop/linalg';
import type { SurrogateFactory } from '../contract.js';
import { ownData, plainCapabilities } from '../data.js';
import { design, noiseOf } from './design.js';
import type { FeatureOptions } from './features.js';
import { LinearModel, linearModelFrom } from './linearModel.js';
import { beliefAt, fitOf, leaveOneOut } from './solve.js';

export type LeastSquaresOptions = FeatureOptions;

const kind = 'least-squares';
const capabilities = { ...plainCapabilities, weights: true };

/** Takes inputs of any scale. */
export function leastSquares(options: LeastSquaresOptions = {}): SurrogateFactory {
  requireFeatureOptions(options);
  return {
    kind,
    capabilities,
    fit(data) {
      const plan = design(ownData(data, capabilities), options);
      const { rss, freedom } = fitOf(plan, 0);
      const belief = beliefAt(plan, 0, noiseOf(rss, freedom, plan.spread));
      return new LinearModel(kind, belief, leaveOneOut(plan, belief));
    },
    fromJSON: (json) => linearModelFrom(kind, json),
  };
}

export function requireFeatureOptions({ degree = 1 }: FeatureOptions): void {
  requireCount('options.degree', degree, 1);
}
