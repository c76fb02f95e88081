import { InvalidArgumentError, requireCount, requireLength, type Philox } from '@ionloop/linalg';
import type { OutcomesAcquisition } from './contract.js';
import { frontRange } from './front.js';
import { utilityImprovement, type Utility } from './utility.js';

const { min } = Math;

export interface ParEgoOptions {
  /** Of joint draws; 256 where it is left out. */
  readonly draws?: number;
  /** (p), of sum 1; drawn from the context's stream where they are left out. */
  readonly weights?: Float64Array;
}

/** ParEGO (Knowles 2006): ln of the expected improvement of the augmented Chebyshev utility, with new weights for each stream. */
export function parEgo({ draws = 256, weights }: ParEgoOptions = {}): OutcomesAcquisition {
  return utilityImprovement(
    'ParEGO',
    ({ outcomes, rng }) => {
      const { nadir, ideal } = frontRange(outcomes);
      return chebyshev(weights ?? simplexWeights(outcomes.cols, rng.split('weights')), nadir, ideal);
    },
    draws,
  );
}

/** Weights (p), at least 0 and of sum 1, uniform over the simplex. */
export function simplexWeights(p: number, rng: Philox): Float64Array {
  requireCount('p', p, 1);
  const parts = Float64Array.from({ length: p }, () => rng.exponential());
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

const augmentation = 0.05;

/** min_k w_k·z_k + 0.05·Σ w_k·z_k, with z_k the k-th response in units of nadir … ideal, less 1: 0 at the ideal, below it elsewhere. */
export function chebyshev(weights: Float64Array, nadir: Float64Array, ideal: Float64Array): Utility {
  requireLength('nadir', nadir, weights.length);
  requireLength('ideal', ideal, weights.length);
  if (!weights.every((weight) => weight >= 0 && weight < Infinity))
    throw new InvalidArgumentError('weights', 'must be finite and at least 0');
  return (outcome) => {
    let [least, sum] = [Infinity, 0];
    for (let k = 0; k < weights.length; k++) {
      const term = weights[k]! * ((outcome[k]! - ideal[k]!) / (ideal[k]! - nadir[k]! || 1));
      least = min(least, term);
      sum += term;
    }
    return least + augmentation * sum;
  };
}
