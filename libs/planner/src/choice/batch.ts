import type { PlanAnswer, Proposal } from '@ionloop/domain';
import { explained } from '../explain/proposal.js';
import { toFittedModel } from '../models/fitted-model.js';
import { without } from '../search/candidates.js';
import { choose } from './choose.js';
import type { Round } from './round.js';

/** Chosen one by one, each beside those before it. */
export function proposeBatch(round: Round, designed: readonly Proposal[], count: number): PlanAnswer {
  const { known, space, strategy, request, model, rng } = round;
  const proposals = [...designed];
  const waiting = [...known.pending, ...designed.map(({ point }) => point)];
  const taken = new Set([...known.taken, ...waiting.map(space.key)]);
  let { candidates } = round;
  for (let i = 0; i < count; i++) {
    candidates = without(candidates, taken);
    if (candidates.points.length === 0) break;
    const suggestion = Math.max(0, request.experimentsSoFar + proposals.length - request.strategy.initial);
    const criterion = strategy.criterion({ suggestion, model, space });
    const chosen = choose(round, criterion, candidates, waiting, taken, rng.split(`choice-${i}`));
    proposals.push(explained(round, criterion, chosen, waiting.length));
    waiting.push(chosen.point);
    taken.add(space.key(chosen.point));
  }
  return { proposals, model: toFittedModel(model, known.sign, space.names) };
}
