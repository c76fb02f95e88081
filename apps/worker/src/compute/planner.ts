import type { PlanAnswer, PlanRequest } from '@ionloop/domain';
import type { Planner } from '@ionloop/engine';
import { plannerVersion } from '@ionloop/planner';
import type { ComputeThreads } from './threads.js';

/** The planner as the engine knows it, thinking in a thread. */
export class ThreadedPlanner implements Planner {
  readonly version = plannerVersion;

  constructor(private readonly threads: ComputeThreads) {}

  plan(request: PlanRequest): Promise<PlanAnswer> {
    return this.threads.run('plan', request);
  }
}
