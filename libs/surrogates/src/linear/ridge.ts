/**
 * Ridge regression: Σ wᵢ·(yᵢ − ŷᵢ)² + λ·‖β‖², the intercept free. λ is given, or the one with the least leave-one-out error Σ wᵢ·(r̃ᵢ/(1 − Hᵢᵢ))², or
 * with the least generalised cross-validation n·RSS/(n − tr H)² (Golub, Heath and Wahba 1979), both in closed form. σ² = RSS/(n − tr H).
 */
import { exp, goldenSection, log } from '@ionloop/linalg';
import type { SurrogateFactory } from '../contract.js';
import { requireOneOf, requirePositive } from '../options.js';
import { noiseOf, residuals, shrinkage, type Design } from './design.js';
import { linearFactory } from './factory.js';
import type { FeatureOptions } from './features.js';
import { fitOf } from './solve.js';

export const lambdaRules = ['leave-one-out', 'generalised'] as const;

export interface RidgeOptions extends FeatureOptions {
  /** A number above 0, for weights of mean 1; or how it is chosen: by `leave-one-out` where it is left out. */
  readonly lambda?: number | (typeof lambdaRules)[number];
}

const gridSize = 61;

/** Takes inputs of any scale. */
export function ridge(options: RidgeOptions = {}): SurrogateFactory {
  const { lambda = 'leave-one-out' } = options;
  if (typeof lambda === 'number') requirePositive('options.lambda', lambda);
  else requireOneOf('options.lambda', lambda, lambdaRules);
  return linearFactory('ridge', options, (plan) => {
    const chosen = typeof lambda === 'number' ? lambda : bestLambda(plan, errorBy[lambda]);
    const { rss, freedom } = fitOf(plan, chosen);
    return {
      lambda: chosen,
      noiseVariance: noiseOf(rss, freedom, plan.spread),
      noiseIsFixed: false,
    };
  });
}

const errorBy: Readonly<Record<(typeof lambdaRules)[number], (plan: Design, lambda: number) => number>> = {
  'leave-one-out': (plan, lambda) => {
    const { free, residual } = residuals(plan, shrinkage(plan, lambda));
    return residual.reduce((sum, value, i) => {
      const error = free[i]! > 0 ? value / free[i]! : 0;
      return sum + error * error;
    }, 0);
  },
  generalised: (plan, lambda) => {
    const { rss, freedom } = fitOf(plan, lambda);
    return freedom > 0 ? (plan.y.length * rss) / (freedom * freedom) : Infinity;
  },
};

/** On a grid of ln λ about the squared singular values, from the largest down so that ties go to it, then between the best's neighbours. */
function bestLambda(plan: Design, error: (plan: Design, lambda: number) => number): number {
  const largest = plan.s[0] ?? 0;
  if (largest === 0) return 1;
  const [lower, upper] = [log(1e-9 * largest * largest), log(1e3 * largest * largest)];
  const step = (upper - lower) / (gridSize - 1);
  const at = (logLambda: number) => error(plan, exp(logLambda));
  let best = upper;
  let least = at(upper);
  for (let k = 1; k < gridSize; k++) {
    const value = at(upper - k * step);
    if (value < least * (1 - 1e-9)) {
      least = value;
      best = upper - k * step;
    }
  }
  const polished = goldenSection({ objective: at, lower: best - step, upper: best + step, tolerance: 1e-6 });
  return exp(polished.value < least ? polished.x : best);
}
