/**
 * Ordinary least squares, weighted where rows have weights: σ² = RSS/(n − 1 − rank). Where the rows do not determine all coefficients, the
 * shortest ones that fit, and the variance says how far a point lies from what the rows span.
 */
import type { SurrogateFactory } from '../contract.js';
import { noiseOf } from './design.js';
import { linearFactory } from './factory.js';
import type { FeatureOptions } from './features.js';
import { fitOf } from './solve.js';

export type LeastSquaresOptions = FeatureOptions;

/** Takes inputs of any scale. */
export function leastSquares(options: LeastSquaresOptions = {}): SurrogateFactory {
  return linearFactory('least-squares', options, (plan) => {
    const { rss, freedom } = fitOf(plan, 0);
    return { lambda: 0, noiseVariance: noiseOf(rss, freedom, plan.spread), noiseIsFixed: false };
  });
}
