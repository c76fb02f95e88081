import { selectRows, topK } from '@ionloop/linalg';
import type { Criterion } from './strategy.js';

/**
 * A criterion that asks much of each candidate, on the `most` that some model expects most of (μ + 2σ), an equal share for each objective; all
 * others are out of the question.
 */
export const shortlisted = (criterion: Criterion, most: number): Criterion => ({
  ...criterion,
  score(candidates, context) {
    if (candidates.rows <= most) return criterion.score(candidates, context);
    const { models } = context;
    const share = Math.ceil(most / models.length);
    const rows = new Set(
      models.flatMap((model) => {
        const { mean, variance } = model.predict(candidates);
        const upper = mean.map((value, i) => value + 2 * Math.sqrt(variance[i]!));
        return Array.from(topK(upper, share).indices);
      }),
    );
    const kept = [...rows].sort((a, b) => a - b);
    const scores = criterion.score(selectRows(candidates, kept), context);
    const all = new Float64Array(candidates.rows).fill(-Infinity);
    kept.forEach((row, i) => (all[row] = scores[i]!));
    return all;
  },
});
