import { requireBest } from './requireBest.js';
import type { Acquisition } from './contract.js';
import { logEi } from './improvement.js';
import { scorePointwise } from './pointwise.js';

/** ln EI: the order of expected improvement, kept where EI itself underflows. */
export function logExpectedImprovement(): Acquisition {
  return {
    name: 'log expected improvement',
    score: (model, candidates, { best }) => {
      requireBest(best);
      return scorePointwise(model, candidates, (mean, sd) => logEi(mean, sd, best));
    },
  };
}
