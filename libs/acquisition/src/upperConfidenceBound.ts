import type { Acquisition } from './contract.js';
import { ucb } from './improvement.js';
import { betaOf, type Optimism } from './optimism.js';
import { scorePointwise } from './pointwise.js';

/** mean + beta·sd, beta ≥ 0 in standard deviations, or from the round or a confidence. */
export function upperConfidenceBound(optimism: Optimism): Acquisition {
  const betaAt = betaOf(optimism);
  return {
    name: 'upper confidence bound',
    score: (model, candidates, { observed }) => {
      const beta = betaAt(observed?.rows ?? 0, candidates.cols);
      return scorePointwise(model, candidates, (mean, sd) => ucb(mean, sd, beta));
    },
  };
}
