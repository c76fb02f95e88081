import { exp, log, type Matrix } from '@ionloop/linalg';
import type { Distance } from '@ionloop/space';

/** How far, in the unit cube, a failure warns: a fourteenth of each side. */
const reach = 0.07;
/** What speaks for a point before anything is known: little, so that one failure is enough to keep away from it. */
const benefitOfDoubt = 0.1;
/** ln ⅛: a candidate that is less likely to be feasible waits until nothing else is left. */
export const hopeless = -2.0794415416798357;

/**
 * ln P(feasible) of each candidate by a vote: points that worked and points that failed, weighted by
 * w = exp(−d²/(2·reach²·dimension)), P = (b + Σ worked)/(b + Σ worked + Σ failed). Where nothing was tried near, P is 1.
 */
export function logFeasibility(
  candidates: Matrix,
  worked: Matrix,
  failed: Matrix,
  distance: Distance,
): Float64Array {
  const scale = 2 * reach * reach * candidates.cols;
  const votes = (X: Matrix, i: number): number => {
    let sum = 0;
    for (let j = 0; j < X.rows; j++) sum += exp(-distance.squared(candidates, i, X, j) / scale);
    return sum;
  };
  return Float64Array.from({ length: failed.rows === 0 ? 0 : candidates.rows }, (_, i) => {
    const support = benefitOfDoubt + votes(worked, i);
    return log(support / (support + votes(failed, i)));
  });
}
