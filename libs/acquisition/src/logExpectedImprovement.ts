import { requireBest } from './requireBest.js';
import type { LogAcquisition } from './contract.js';
import { logEi } from './improvement.js';
import { scorePointwise } from './pointwise.js';

/** ln EI: the order of expected improvement, kept where EI itself underflows. */
export function logExpectedImprovement(): LogAcquisition {
  return {
    name: 'log expected improvement',
    scale: 'log',
    score: (model, candidates, { best }) => {
      requireBest(best);
      return scorePointwise(model, candidates, (mean, sd) => logEi(mean, sd, best));
    },
  };
}
