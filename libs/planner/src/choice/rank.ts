import { argsortDescending, coolDown } from '@ionloop/acquisition';
import { canPay, type Point } from '@ionloop/domain';
import { exp, log, type Philox, topK } from '@ionloop/linalg';
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

/**
 * Best first. A plain score counts from the worst candidate up, so that a chance of success, or a price, can be a factor. Where there is no such factor
 * and only the `wanted` best matter, the others may be told less than they score, or be left out.
 */
export function rank(
  round: Round,
  criterion: Criterion,
  candidates: Candidates,
  context: ScoringContext,
  floor: number | undefined,
  rng: Philox,
  wanted?: number,
): Ranking {
  const { points, X } = candidates;
  const { feasibility } = round;
  const feasible = feasibility.log(X);
  const factors = logFactors(round, points, feasible, X);
  const few = factors === undefined ? wanted : undefined;
  // While nothing keeps the limits there is no best to improve on: what counts is to keep them.
  const scores = round.anyWithin
    ? checkedScores(round, criterion, candidates, context, few)
    : new Float64Array(points.length);
  const scale = round.anyWithin ? criterion.scale : 'log';
  const least = floor ?? leastOf(scores);
  const clear = few === undefined ? undefined : clearlyBest(scores, few);
  if (clear)
    return {
      floor: least,
      ranked: clear.map((i) => ({ point: points[i]!, score: scores[i]!, logFeasible: 0 })),
    };
  const judged = scores.map((score, i) => {
    const factor = factors?.[i];
    if (factor === undefined || score === -Infinity) return score;
    if (factor === -Infinity) return -Infinity;
    if (scale === 'log') return score + factor;
    return score > least ? least + (score - least) * exp(factor) : score;
  });
  const byScore = argsortDescending(judged, rng.split('ties'));
  const isHopeless = (i: number): boolean => (feasible[i] ?? 0) < feasibility.hopeless;
  const order = [...byScore.filter((i) => !isHopeless(i)), ...byScore.filter(isHopeless)];
  return {
    floor: least,
    ranked: order.map((i) => ({ point: points[i]!, score: judged[i]!, logFeasible: feasible[i] ?? 0 })),
  };
}

/** −∞ aside. */
function leastOf(scores: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > -Infinity) least = Math.min(least, scores[i]!);
  return least;
}

/** The places of the `count` best, best first; undefined where equal scores leave it open which these are. */
function clearlyBest(scores: Float64Array, count: number): number[] | undefined {
  const { indices, scores: best } = topK(scores, Math.min(count + 1, scores.length));
  for (let k = 1; k < best.length; k++) if (best[k - 1] === best[k]) return undefined;
  return Array.from(indices.subarray(0, count));
}

export const byRank =
  (hopeless: number) =>
  (a: Scored, b: Scored): number =>
    Number(a.logFeasible < hopeless) - Number(b.logFeasible < hopeless) || b.score - a.score;

function checkedScores(
  { name, space }: Round,
  criterion: Criterion,
  { points, X }: Candidates,
  context: ScoringContext,
  wanted: number | undefined,
): Float64Array {
  const scores =
    wanted !== undefined && criterion.scoreBest
      ? criterion.scoreBest(X, context, wanted)
      : criterion.score(X, context);
  if (scores.length !== points.length) {
    throw new StrategyError(name, `gave ${scores.length} scores for ${points.length} candidates`);
  }
  const bad = firstBad(scores);
  if (bad >= 0) {
    throw new StrategyError(
      name,
      `gave the score ${scores[bad]!} to ${space.describe(points[bad]!)}; nothing is proposed`,
    );
  }
  return scores;
}

/** Where the first score is that is none; −1 where all are. */
function firstBad(scores: Float64Array): number {
  for (let i = 0; i < scores.length; i++) if (!(scores[i]! < Infinity)) return i;
  return -1;
}

/** The logarithm of what scores are multiplied by; nothing where that is 1 everywhere. −∞ for what cannot be paid. */
function logFactors(
  { logWithin, costAt, request: { cost } }: Round,
  points: readonly Point[],
  feasible: Float64Array,
  X: Candidates['X'],
): Float64Array | undefined {
  if (feasible.length === 0 && logWithin === null && costAt === null) return undefined;
  const within = logWithin?.(X);
  const exponent = cost?.budget === undefined ? 1 : coolDown(cost.budget, cost.spent ?? 0);
  return Float64Array.from(points, (point, i) => {
    const price = costAt?.(point);
    if (price !== undefined && !canPay(cost!, price)) return -Infinity;
    const cheapness = price === undefined ? 0 : -exponent * log(price);
    return (feasible[i] ?? 0) + (within?.[i] ?? 0) + cheapness;
  });
}
