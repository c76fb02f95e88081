import { matrix, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { drawsAt, largestOfRows, logMeanGain, smoothing } from '../belief/draws.js';
import { requireSome, stacked } from '../belief/rows.js';
import type { AcquisitionContext } from '../contract.js';
import { logExpectedImprovement } from '../logExpectedImprovement.js';
import { requireBest } from '../requireBest.js';
import { chooseBatch, type Batch } from './contract.js';

const { max } = Math;

const first = logExpectedImprovement();

export interface LogEiBatchOptions {
  /** Of joint draws; 256 where it is left out. */
  readonly draws?: number;
  /** Whether the incumbent is uncertain: in each draw the best of the observed rows takes the place of `best`. */
  readonly noisy?: boolean;
}

/**
 * q-log-EI by greedy steps: each member has the largest ln E max(f − bar, 0), where the bar is in each joint draw the largest of the best so far, what
 * is pending and the members before. Where nothing is uncertain about the bar yet, the first is that of ln EI itself. O(draws·m·q) after the draws. Improvements are smooth: at most a thousandth of a spread too large.
 */
export function logEiBatch(
  model: Surrogate,
  candidates: Matrix,
  q: number,
  context: AcquisitionContext,
  { draws = 256, noisy = false }: LogEiBatchOptions = {},
): Batch {
  const { best, observed, pending, rng } = context;
  if (noisy) requireSome('context.observed', observed);
  else requireBest(best);
  const known = stacked([...(noisy ? [observed!] : []), ...(pending ? [pending] : [])], candidates.cols);
  const { at, beside } =
    candidates.rows > 0
      ? drawsAt(model, candidates, known, draws, rng)
      : { at: matrix(draws, 0), beside: matrix(draws, 0) };
  const bars = largestOfRows(beside, noisy ? -Infinity : best);
  const tau = smoothing(at);
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    const last = chosen.at(-1);
    if (last !== undefined) raise(bars, at, last);
    const exact = last === undefined && known.rows === 0;
    const scores = exact ? first.score(model, candidates, context) : logMeanGain(at, bars, tau);
    const index = argMax(scores, allowed);
    return { index, score: scores[index]! };
  });
}

function raise(bars: Float64Array, F: Matrix, column: number): void {
  for (let s = 0; s < bars.length; s++) bars[s] = max(bars[s]!, F.data[s * F.cols + column]!);
}
