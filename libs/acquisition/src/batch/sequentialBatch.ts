import { selectRows, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { stacked } from '../belief/rows.js';
import type { Acquisition, AcquisitionContext } from '../contract.js';
import { chooseBatch, type Batch } from './contract.js';

/** For acquisitions that heed what is pending (`explorationGuard`, `learn`, `noisyExpectedImprovement`): each member is pending for those after it. */
export function sequentialBatch(
  model: Surrogate,
  candidates: Matrix,
  q: number,
  acquisition: Acquisition,
  context: AcquisitionContext,
): Batch {
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    const pending = stacked(
      [...(context.pending ? [context.pending] : []), selectRows(candidates, chosen)],
      candidates.cols,
    );
    const rng = context.rng.split(`member ${chosen.length}`);
    const scores = acquisition.score(model, candidates, { ...context, pending, rng });
    const index = argMax(scores, allowed);
    return { index, score: scores[index]! };
  });
}
