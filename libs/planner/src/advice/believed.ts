import type { Point, PlanRequest } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { gaussianProcess, readSurrogate, type Surrogate } from '@ionloop/surrogates';
import { isOwn, type Knowledge, knowledgeOf, type Response } from '../knowledge/knowledge.js';
import { fitFor } from '../models/fit.js';
import { learningElsewhere } from '../models/transfer.js';
import { checkedStrategy } from '../request/check.js';
import { spaceOf } from '../request/space.js';
import { strategyTable } from '../strategies/table.js';

/** What the model of a request's strategy makes of its results; that of a Gaussian process where the strategy has none. */
export interface BelievedRequest {
  readonly space: Space;
  readonly known: Knowledge;
  readonly response: Response;
  /** Null where there are fewer than three results. */
  readonly model: Surrogate | null;
  /** Of each row of the response's data, which observation of the request it is. */
  readonly observations: readonly number[];
  /** Points with results that were best, best first. */
  readonly bestFirst: readonly Point[];
}

const fewest = 3;

/** Low values are clipped as the strategy does it, or, `asMeasured`, left as they are. */
export function openBelieved(request: PlanRequest, asMeasured = false): BelievedRequest {
  const strategy = checkedStrategy(strategyTable, request);
  const space = spaceOf(request.space);
  const known = knowledgeOf(space, request, strategy.clipsLowTail && !asMeasured);
  const [response] = known.responses;
  const { data, elsewhere, points, rows } = response;
  const rng = Philox.fromSeed(request.seed);
  const own = strategy.surrogate ?? gaussianProcess({ read: readSurrogate });
  const mode = request.strategy.transfer ?? 'auto';
  const factory =
    elsewhere === null ? own : learningElsewhere(own, elsewhere, mode, rng.split('model-elsewhere'));
  const ownRows = request.observations.flatMap((observation, i) => (isOwn(observation) ? [i] : []));
  const order = Array.from(data.y.keys()).sort((a, b) => data.y[b]! - data.y[a]! || a - b);
  return {
    space,
    known,
    response,
    model: data.y.length < fewest ? null : fitFor(request.strategy.name, factory, data, rng.split('model')),
    observations: rows.map((row) => ownRows[row]!),
    bestFirst: order.map((row) => points[row]!),
  };
}

export const isOneGoal = ({ objectives, constraints = [] }: PlanRequest): boolean =>
  objectives.length === 1 && objectives[0].goal !== 'window' && constraints.length === 0;
