import type { PlanAnswer, PlanRequest, StrategyName } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { proposeBatch } from './choice/batch.js';
import { openRound } from './choice/round.js';
import { designPoints } from './designs/initial.js';
import { atRandom } from './designs/random.js';
import { knowledgeOf } from './knowledge/knowledge.js';
import { checkedStrategy } from './request/check.js';
import { spaceOf } from './request/space.js';
import type { Strategy } from './strategies/strategy.js';
import { strategyTable } from './strategies/table.js';

/** Grows with every change that lets the same request have another answer. */
export const plannerVersion = '3';

/** Below this a model has nothing to compare. */
const fewestObservations = 2;

/** The next experiments: pure, and the same to the bit for the same request on any machine. */
export const plan = (request: PlanRequest): PlanAnswer => planWith(strategyTable, request);

export function planWith(
  strategies: Readonly<Record<StrategyName, Strategy>>,
  request: PlanRequest,
): PlanAnswer {
  const strategy = checkedStrategy(strategies, request);
  const { count, experimentsSoFar } = request;
  const { name, initial } = request.strategy;
  const space = spaceOf(request.space);
  const known = knowledgeOf(space, request, strategy.clipsLowTail);
  const rng = Philox.fromSeed(request.seed);
  const { surrogate } = strategy;
  if (surrogate === null) {
    return { proposals: atRandom(space, known, count, rng.split('random')), model: null };
  }
  const open = Math.max(0, initial - experimentsSoFar);
  const learning = request.observations.length >= fewestObservations;
  const designed = designPoints(space, request, learning ? Math.min(count, open) : count, open, rng);
  if (designed.length >= count || !learning) return { proposals: designed, model: null };
  const round = openRound({ name, strategy: { ...strategy, surrogate }, space, request, known, rng });
  return proposeBatch(round, designed, count - designed.length);
}
