import { afterPaying, type PlanAnswer, type Point, type Proposal } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import { explained } from '../explain/proposal.js';
import { toFittedModels } from '../models/fitted-model.js';
import { type Candidates, free, without } from '../search/candidates.js';
import { holding } from '../search/hold.js';
import { criterionForGoals } from '../strategies/criteria.js';
import type { Criterion } from '../strategies/strategy.js';
import { choose } from './choose.js';
import { bestLibrary } from './library.js';
import { repeatWorthMore } from './replicate.js';
import type { Round } from './round.js';

/** Chosen one by one, each beside those before it; of a line or plate all that come after the first at once. */
export function proposeBatch(round: Round, designed: readonly Proposal[], count: number): PlanAnswer {
  const { known, space, request, rng } = round;
  const proposals = [...designed];
  const waiting = [...known.pending, ...designed.map(({ point }) => point)];
  const taken = new Set([...known.taken, ...waiting.map(space.key)]);
  const { shared, shape = 'free' } = request.strategy;
  let { candidates } = round;
  let hold = (points: readonly Point[]): readonly Point[] => points;
  const take = (proposal: Proposal): void => {
    const { point } = proposal;
    proposals.push(proposal);
    waiting.push(point);
    taken.add(space.key(point));
    if (shared === undefined || proposals.length > 1) return;
    hold = holding(space, shared, point[shared]!);
    candidates = held(round, candidates, hold, taken);
  };
  if (shared !== undefined && designed.length > 0) {
    hold = holding(space, shared, designed[0]!.point[shared]!);
    candidates = held(round, candidates, hold, taken);
  }
  while (proposals.length < designed.length + count) {
    const i = proposals.length - designed.length;
    // What was known before is left out already.
    if (proposals.length > 0) candidates = without(candidates, taken);
    if (candidates.points.length === 0) break;
    const stream = rng.split(`choice-${i}`);
    const now = afterPayingFor(round, proposals);
    const criterion = criterionFor(now, proposals.length, stream);
    const choice = choose(now, criterion, candidates, waiting, taken, hold, stream);
    const [best, ...others] = choice.ranked as [(typeof choice.ranked)[number], ...typeof choice.ranked];
    if (best.score === -Infinity && round.costAt !== null) break;
    const repeat = repeatWorthMore(now, best.point, waiting, stream);
    const chosen = repeat === null ? best : { ...best, point: repeat, logFeasible: 0 };
    const runnerUp = repeat === null ? others[0] : best;
    take(explained(now, criterion, chosen, { believed: waiting.length, runnerUp, repeat: repeat !== null }));
    if (shape === 'free' || repeat !== null) continue;
    const room = designed.length + count - proposals.length;
    const rest = bestLibrary(afterPayingFor(round, proposals), {
      shape,
      shared,
      criterion,
      choice,
      taken,
      room,
    });
    rest.forEach((each) => take(explained(round, criterion, each, { believed: 0, shape })));
    if (rest.length > 0) break;
  }
  return { proposals, model: toFittedModels(round) };
}

/** With what these cost spent. */
function afterPayingFor(round: Round, proposals: readonly Proposal[]): Round {
  const { cost } = round.request;
  if (cost === undefined) return round;
  const paid = proposals.map(({ point }) => point);
  return { ...round, request: { ...round.request, cost: afterPaying(cost, paid) } };
}

function criterionFor(round: Round, proposed: number, rng: Philox): Criterion {
  const { strategy, request, space, model, objectives, references, known } = round;
  const moment = {
    suggestion: Math.max(0, request.experimentsSoFar + proposed - request.strategy.initial),
    model,
    models: objectives.map((objective) => objective.model),
    references,
    space,
    known,
    request,
    rng,
  };
  const { goals = 'large' } = strategy;
  const suited = goals !== 'large' || (known.responses.length === 1 && known.responses[0].window === null);
  return suited ? strategy.criterion(moment) : criterionForGoals(moment);
}

/** Candidates with the shared parameter as the first proposal has it. */
function held(
  { space }: Round,
  { points }: Candidates,
  hold: (points: readonly Point[]) => readonly Point[],
  taken: ReadonlySet<string>,
): Candidates {
  return free(space, hold(points), taken);
}
