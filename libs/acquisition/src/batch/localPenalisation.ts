/**
 * Local penalisation (González et al. 2016): if f changes by at most L a unit of distance and its maximum is M, then no maximum lies nearer to
 * x_j than (M − f(x_j))/L. A candidate at distance r is worth its acquisition times P(M − f(x_j) ≤ L·r) = Φ((L·r − M + μ_j)/σ_j), for each x_j pending or
 * chosen.
 */
import {
  InvalidArgumentError,
  logNormCdf,
  requireCols,
  selectRows,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { squaredDistance } from '../belief/rows.js';
import type { AcquisitionContext, LogAcquisition } from '../contract.js';
import { spreads } from '../pointwise.js';
import { requireBest } from '../requireBest.js';
import { chooseBatch, type Batch } from './contract.js';

const { abs, max, sqrt } = Math;

export interface PenalisationOptions {
  /** L, in units of the response over those of the inputs; the steepest slope of the mean between candidates where it is left out. */
  readonly steepest?: number;
}

/** O(q·m·d) after one scoring of the candidates. M is the best so far, or the largest mean if that is higher. */
export function localPenalisationBatch(
  model: Surrogate,
  candidates: Matrix,
  q: number,
  acquisition: LogAcquisition,
  context: AcquisitionContext,
  { steepest }: PenalisationOptions = {},
): Batch {
  requireBest(context.best);
  if (steepest !== undefined && !(steepest > 0 && steepest < Infinity))
    throw new InvalidArgumentError('options.steepest', `must be above 0 and finite, not ${steepest}`);
  const scores = acquisition.score(model, candidates, { ...context, rng: context.rng.split('score') });
  const { mean, sd } = spreads(model, candidates);
  const L = steepest ?? steepestSlope(candidates, mean, context.rng.split('slope'));
  const M = mean.reduce((most, value) => max(most, value), context.best);
  const penalise = (X: Matrix, j: number, at: { mean: number; sd: number }) => {
    for (let i = 0; i < scores.length; i++) {
      const reach = L * sqrt(squaredDistance(candidates, i, X, j)) - M + at.mean;
      // Where nothing is uncertain the ball is either left or not.
      const factor = at.sd > 0 ? logNormCdf(reach / at.sd) : reach >= 0 ? 0 : -Infinity;
      scores[i] = scores[i]! + factor;
    }
  };
  const { pending } = context;
  if (pending !== undefined) {
    requireCols('context.pending', pending, candidates.cols);
    const known = spreads(model, pending);
    for (let j = 0; j < pending.rows; j++) penalise(pending, j, { mean: known.mean[j]!, sd: known.sd[j]! });
  }
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    const last = chosen.at(-1);
    if (last !== undefined) penalise(candidates, last, { mean: mean[last]!, sd: sd[last]! });
    const index = argMax(scores, allowed);
    return { index, score: scores[index]! };
  });
}

/** Candidates between which slopes are taken. */
const mostCompared = 512;

/** The largest |μᵢ − μⱼ|/|xᵢ − xⱼ| between candidates (of many, 512 drawn ones); at least 1e-7. */
export function steepestSlope(candidates: Matrix, mean: Float64Array, rng: Philox): number {
  const m = candidates.rows;
  const rows = m <= mostCompared ? Array.from({ length: m }, (_, i) => i) : rng.choose(m, mostCompared);
  const X = selectRows(candidates, rows);
  let steepest = 1e-7;
  for (let i = 0; i < X.rows; i++)
    for (let j = 0; j < i; j++) {
      const distance = sqrt(squaredDistance(X, i, X, j));
      if (distance > 0) steepest = max(steepest, abs(mean[rows[i]!]! - mean[rows[j]!]!) / distance);
    }
  return steepest;
}
