import type { LogAcquisition } from './contract.js';
import { drawsAt, largestOfRows, logMeanGain, smoothing } from './belief/draws.js';
import { requireSome, stacked } from './belief/rows.js';

export interface NoisyOptions {
  /** Of joint draws; 256 where it is left out. */
  readonly draws?: number;
}

/**
 * ln of the expected improvement over an incumbent that noise hides: in each joint draw the best of the observed and pending rows is the one to
 * beat. A draw's improvement is `smoothPlus` with τ a thousandth of the mean spread, so EI is at most τ too large, and known to about
 * EI·√(cv²/draws).
 */
export function noisyExpectedImprovement({ draws = 256 }: NoisyOptions = {}): LogAcquisition {
  return {
    name: 'noisy expected improvement',
    scale: 'log',
    score: (model, candidates, { observed, pending, rng }) => {
      requireSome('context.observed', observed);
      if (candidates.rows === 0) return new Float64Array(0);
      const known = stacked([observed, ...(pending ? [pending] : [])], observed.cols);
      const { at, beside } = drawsAt(model, candidates, known, draws, rng);
      return logMeanGain(at, largestOfRows(beside), smoothing(at));
    },
  };
}
