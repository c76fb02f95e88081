import type { LogAcquisition } from './contract.js';
import { logPi } from './improvement.js';
import { scorePointwise } from './pointwise.js';
import { requireBest } from './requireBest.js';

/** ln P(f > best): the order of the probability, kept where it is 0 to a double. */
export function logProbabilityOfImprovement(): LogAcquisition {
  return {
    name: 'log probability of improvement',
    scale: 'log',
    score: (model, candidates, { best }) => {
      requireBest(best);
      return scorePointwise(model, candidates, (mean, sd) => logPi(mean, sd, best));
    },
  };
}
