import { argsortDescending } from '@ionloop/acquisition';
import type { PlanRequest } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { Surrogate, SurrogateFactory } from '@ionloop/surrogates';
import type { Knowledge } from '../knowledge/knowledge.js';
import { fitFor } from '../models/fit.js';
import { type Candidates, candidatesOf } from '../search/candidates.js';
import type { Strategy } from '../strategies/strategy.js';

export interface Task {
  readonly name: string;
  readonly strategy: Strategy & { readonly surrogate: SurrogateFactory };
  readonly space: Space;
  readonly request: PlanRequest;
  readonly known: Knowledge;
  readonly rng: Philox;
}

/** One plan by a model, before anything is chosen. */
export interface Round extends Task {
  /** Fitted to what is measured. */
  readonly model: Surrogate;
  readonly candidates: Candidates;
}

export function openRound(task: Task): Round {
  const { name, strategy, space, request, known, rng } = task;
  const model = fitFor(name, strategy.surrogate, known.data, rng.split('model'));
  const byValue = argsortDescending(known.data.y, rng.split('incumbents'));
  const best = byValue.map((i) => request.observations[i]!.point);
  const candidates = candidatesOf(space, known.taken, best, rng.split('candidates'));
  return { ...task, model, candidates };
}
