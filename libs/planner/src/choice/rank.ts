import { argsortDescending } from '@ionloop/acquisition';
import type { Point } from '@ionloop/domain';
import { exp, type Philox } from '@ionloop/linalg';
import { hopeless, logFeasibility } from '../feasibility/vote.js';
import type { Candidates } from '../search/candidates.js';
import { type Criterion, type ScoringContext, StrategyError } from '../strategies/strategy.js';
import type { Round } from './round.js';

export interface Scored {
  readonly point: Point;
  readonly score: number;
  readonly logFeasible: number;
}

export interface Ranking {
  readonly ranked: readonly Scored[];
  /** What the worst candidate scored, from where plain scores are counted. */
  readonly floor: number;
}

/** Best first. A plain score counts from the worst candidate up, so that a chance of success can be a factor. */
export function rank(
  { name, space, known }: Round,
  criterion: Criterion,
  { points, X }: Candidates,
  context: ScoringContext,
  floor: number | undefined,
  rng: Philox,
): Ranking {
  const scores = criterion.score(X, context);
  if (scores.length !== points.length) {
    throw new StrategyError(name, `gave ${scores.length} scores for ${points.length} candidates`);
  }
  const bad = scores.findIndex((score) => Number.isNaN(score) || score === Infinity);
  if (bad >= 0) {
    throw new StrategyError(
      name,
      `gave the score ${scores[bad]!} to ${space.describe(points[bad]!)}; nothing is proposed`,
    );
  }
  const feasible = logFeasibility(X, known.data.X, known.failed, space.distance);
  const least =
    floor ?? scores.filter((score) => score > -Infinity).reduce((a, b) => Math.min(a, b), Infinity);
  const judged = scores.map((score, i) => {
    const logFeasible = feasible[i];
    if (logFeasible === undefined || score === -Infinity) return score;
    if (criterion.scale === 'log') return score + logFeasible;
    return score > least ? least + (score - least) * exp(logFeasible) : score;
  });
  const byScore = argsortDescending(judged, rng.split('ties'));
  const isHopeless = (i: number): boolean => (feasible[i] ?? 0) < hopeless;
  const order = [...byScore.filter((i) => !isHopeless(i)), ...byScore.filter(isHopeless)];
  return {
    floor: least,
    ranked: order.map((i) => ({ point: points[i]!, score: judged[i]!, logFeasible: feasible[i] ?? 0 })),
  };
}

export const byRank = (a: Scored, b: Scored): number =>
  Number(a.logFeasible < hopeless) - Number(b.logFeasible < hopeless) || b.score - a.score;
