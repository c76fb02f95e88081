import type { Acquisition } from './contract.js';
import { pi } from './improvement.js';
import { scorePointwise } from './pointwise.js';
import { requireBest } from './requireBest.js';

/** P(f > best). */
export function probabilityOfImprovement(): Acquisition {
  return {
    name: 'probability of improvement',
    score: (model, candidates, { best }) => {
      requireBest(best);
      return scorePointwise(model, candidates, (mean, sd) => pi(mean, sd, best));
    },
  };
}
