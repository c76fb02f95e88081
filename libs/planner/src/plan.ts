import {
  afterPaying,
  payable,
  type PlanAnswer,
  type PlanRequest,
  type Point,
  type Proposal,
  type StrategyName,
} from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { proposeBatch } from './choice/batch.js';
import { openRound } from './choice/round.js';
import { affordable } from './designs/affordable.js';
import { designPoints } from './designs/initial.js';
import { unmodelled } from './designs/unmodelled.js';
import { knowledgeOf } from './knowledge/knowledge.js';
import { checkedStrategy } from './request/check.js';
import { spaceOf } from './request/space.js';
import { holding, requireShared } from './search/hold.js';
import type { Baseline, Strategy } from './strategies/strategy.js';
import { strategyTable } from './strategies/table.js';

/** Grows with every change that lets the same request have another answer. */
export const plannerVersion = '13';

/** Below this a model has nothing to compare. */
const fewestObservations = 2;

/** The next experiments: pure, and the same to the bit for the same request on any machine. */
export const plan = (request: PlanRequest): PlanAnswer => planWith(strategyTable, request);

/** What a plan by models goes through: what is believed is fitted, then points are chosen. */
export type Phase = 'fit' | 'propose';

/** The same answer; `begins` hears of each phase as it begins, for whoever measures. */
export const planInPhases = (request: PlanRequest, begins: (phase: Phase) => void): PlanAnswer =>
  planWith(strategyTable, request, begins);

export function planWith(
  strategies: Readonly<Record<StrategyName, Strategy>>,
  request: PlanRequest,
  begins: (phase: Phase) => void = () => undefined,
): PlanAnswer {
  const strategy = checkedStrategy(strategies, request);
  const { count, experimentsSoFar } = request;
  const { name, initial } = request.strategy;
  const space = spaceOf(request.space);
  requireShared(space, request.strategy.shared);
  const known = knowledgeOf(space, request, strategy.clipsLowTail);
  const rng = Philox.fromSeed(request.seed);
  const { surrogate } = strategy;
  const { cost } = request;
  const baselineAfter = (paid: readonly Point[]): Baseline =>
    affordable(strategy.baseline!, cost && afterPaying(cost, paid));
  const open = Math.max(0, initial - experimentsSoFar);
  const learning = known.responses.every(({ data }) => data.y.length >= fewestObservations);
  if (name === 'random' || (surrogate === null && learning && open === 0)) {
    const points = baselineAfter([])({ space, known, count, rng });
    return { proposals: points.map(({ point, reason }) => unmodelled(point, reason)), model: null };
  }
  const wanted = learning ? Math.min(count, open) : count;
  const design = sharing(space, request, designPoints(space, request, wanted, open, rng));
  const designed = payable(cost, design, ({ point }) => point);
  if (designed.length >= count || !learning) return { proposals: designed, model: null };
  if (surrogate === null) {
    const points = designed.map(({ point }) => point);
    const waiting = [...known.pending, ...points];
    const taken = new Set([...known.taken, ...waiting.map(space.key)]);
    const rest = baselineAfter(points)({
      space,
      known: { ...known, taken },
      count: count - designed.length,
      rng,
    });
    return {
      proposals: [...designed, ...rest.map(({ point, reason }) => unmodelled(point, reason))],
      model: null,
    };
  }
  begins('fit');
  const round = openRound({ name, strategy: { ...strategy, surrogate }, space, request, known, rng });
  begins('propose');
  return proposeBatch(round, designed, count - designed.length);
}

/** With a shared parameter as the first of them has it; what the space does not allow then, or what is then the same, is left out. */
function sharing(
  space: Space,
  { strategy: { shared } }: PlanRequest,
  designed: readonly Proposal[],
): readonly Proposal[] {
  const first = designed[0]?.point;
  if (shared === undefined || first === undefined) return designed;
  const hold = holding(space, shared, first[shared]!);
  const held = designed.flatMap((proposal) =>
    hold([proposal.point]).map((point) => ({ ...proposal, point })),
  );
  return [...new Map(held.map((proposal) => [space.key(proposal.point), proposal])).values()];
}
