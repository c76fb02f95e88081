import { InvalidArgumentError, matrix, row, type Matrix, type Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from './argMax.js';
import { crossCovariance } from './belief/covariance.js';
import type { LogAcquisition } from './contract.js';
import { logEi } from './improvement.js';
import { logExpectedImprovement } from './logExpectedImprovement.js';

const { max, sqrt } = Math;

export interface TopTwoOptions {
  /** How often the leader itself is preferred; ½ where it is left out. */
  readonly leaderShare?: number;
}

/**
 * Top-two expected improvement (Qin, Klabjan and Russo 2017): as often as `leaderShare` says ln EI, else ln E max(f − f_leader, 0), where the
 * leader is the candidate of the largest EI and f − f_leader has the variance σ² + σ²_leader − 2·covariance. The leader then scores −∞.
 */
export function topTwoExpectedImprovement({ leaderShare = 0.5 }: TopTwoOptions = {}): LogAcquisition {
  if (!(leaderShare >= 0 && leaderShare <= 1))
    throw new InvalidArgumentError('options.leaderShare', `must lie in 0 … 1, not ${leaderShare}`);
  const first = logExpectedImprovement();
  return {
    name: 'top-two expected improvement',
    scale: 'log',
    score: (model, candidates, context) => {
      const scores = first.score(model, candidates, context);
      if (candidates.rows < 2 || context.rng.split('turn').uniform() < leaderShare) return scores;
      return improvementOver(model, candidates, argMax(scores), context.rng.split('leader'));
    },
  };
}

/** ln E max(f − f_leader, 0) at each candidate (m,d); −∞ at the leader. */
export function improvementOver(
  model: Surrogate,
  candidates: Matrix,
  leader: number,
  rng: Philox,
): Float64Array {
  const { mean, variance } = model.predict(candidates);
  const at = matrix(1, candidates.cols, row(candidates, leader).slice());
  const { covariance } = crossCovariance(model, at, candidates, rng);
  return mean.map((value, i) => {
    if (i === leader) return -Infinity;
    const spread = variance[i]! + variance[leader]! - 2 * covariance.data[i]!;
    return logEi(value, sqrt(max(spread, 0)), mean[leader]!);
  });
}
