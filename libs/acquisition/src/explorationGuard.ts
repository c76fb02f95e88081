import type { Acquisition } from './contract.js';
import { spreadGiven } from './belief/conditionedSpread.js';
import { betaOf, type Optimism } from './optimism.js';

const { max, sqrt } = Math;

/**
 * UCB-PE (Contal et al. 2013): the upper confidence bound while nothing is pending. Beside pending experiments the spread that will be left
 * once they are known, among candidates whose upper bound reaches the largest lower bound; what falls short comes below 0, by how much.
 */
export function explorationGuard(optimism: Optimism): Acquisition {
  const betaAt = betaOf(optimism);
  return {
    name: 'exploration guard',
    score: (model, candidates, { observed, pending, rng }) => {
      const beta = betaAt(observed?.rows ?? 0, candidates.cols);
      const { mean, variance } = model.predict(candidates);
      const margin = variance.map((value) => beta * sqrt(max(value, 0)));
      const upper = mean.map((value, i) => value + margin[i]!);
      if (pending === undefined || pending.rows === 0) return upper;
      const bar = mean.reduce((largest, value, i) => max(largest, value - margin[i]!), -Infinity);
      const spread = spreadGiven(model, candidates, pending, rng);
      return spread.map((sd, i) => (upper[i]! >= bar ? sd : upper[i]! - bar));
    },
  };
}
