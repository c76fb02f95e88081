import type { PlanAnswer, PlanRequest } from '@ionloop/domain';
import type { Planner } from '@ionloop/engine';
import { plannerVersion } from '@ionloop/planner';
import type { ThreadPool } from './thread-pool.js';

/** The planner as the engine knows it, thinking in a thread. */
export class ThreadedPlanner implements Planner {
  readonly version = plannerVersion;

  constructor(private readonly threads: ThreadPool) {}

  plan(request: PlanRequest): Promise<PlanAnswer> {
    return this.threads.run('plan', request);
  }
}
