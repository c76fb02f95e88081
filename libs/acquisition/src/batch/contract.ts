/** A batch: q of m candidates to be tried at the same time, beside what is pending. */
import { InvalidArgumentError, requireCols, requireCount, type Matrix } from '@ionloop/linalg';
import type { AcquisitionContext } from '../contract.js';
import { squaredDistance } from '../belief/rows.js';
import { diversityOf, type Diversity } from './diversity.js';

export const largestBatch = 96;

export interface Batch {
  /** In the order they were chosen; fewer than q where there are no more candidates. */
  readonly indices: readonly number[];
  /** What each was worth beside those before it, by the method's own measure. */
  readonly scores: readonly number[];
  readonly diversity: Diversity;
}

/** Chooses candidates one by one: `next` says which and its score, or nothing when none is left. */
export function chooseBatch(
  candidates: Matrix,
  q: number,
  { pending }: Pick<AcquisitionContext, 'pending'>,
  next: (allowed: Uint8Array, chosen: readonly number[]) => { index: number; score: number },
): Batch {
  requireCount('q', q, 1);
  if (q > largestBatch) throw new InvalidArgumentError('q', `must be at most ${largestBatch}, not ${q}`);
  const allowed = Uint8Array.from({ length: candidates.rows }, (_, i) =>
    isPending(candidates, i, pending) ? 0 : 1,
  );
  let left = allowed.reduce((sum, is) => sum + is, 0);
  const [indices, scores]: [number[], number[]] = [[], []];
  for (; left > 0 && indices.length < q; left -= 1) {
    const { index, score } = next(allowed, indices);
    indices.push(index);
    scores.push(score);
    allowed[index] = 0;
  }
  return { indices, scores, diversity: diversityOf(candidates, indices) };
}

/** Whether a candidate is being tried already. */
export function isPending(candidates: Matrix, i: number, pending: Matrix | undefined): boolean {
  if (pending === undefined) return false;
  requireCols('context.pending', pending, candidates.cols);
  for (let j = 0; j < pending.rows; j++) if (squaredDistance(candidates, i, pending, j) === 0) return true;
  return false;
}
