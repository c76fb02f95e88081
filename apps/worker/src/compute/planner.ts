import type { PlanAnswer, PlanRequest } from '@ionloop/domain';
import type { Planner } from '@ionloop/engine';
import { PoolClosedError } from '@ionloop/linalg';
import { plannerVersion } from '@ionloop/planner';
import { spanBetween, traced } from '@ionloop/telemetry';
import type { WorkerMetrics } from '../metrics.js';
import type { ComputeThreads } from './threads.js';

/** The planner as the engine knows it, thinking in a thread. */
export class ThreadedPlanner implements Planner {
  readonly version = plannerVersion;

  constructor(
    private readonly threads: ComputeThreads,
    private readonly metrics: WorkerMetrics,
  ) {}

  async plan(request: PlanRequest): Promise<PlanAnswer> {
    const { name } = request.strategy;
    const about = {
      'ionloop.strategy': name,
      'ionloop.observations': request.observations.length,
      'ionloop.wanted': request.count,
    };
    return traced('plan', about, async () => {
      const { answer, phases } = await this.metrics.plan(name, () => this.think(request));
      for (const { phase, from, to } of phases) spanBetween(phase, from, to, { 'ionloop.strategy': name });
      return answer;
    });
  }

  /** A thread that is shut down in mid-thought has no answer, which is not the planner’s failure: another worker thinks again. */
  private async think(request: PlanRequest) {
    try {
      return await this.threads.run('think', request);
    } catch (error) {
      if (error instanceof PoolClosedError) return new Promise<never>(() => undefined);
      throw error;
    }
  }
}
