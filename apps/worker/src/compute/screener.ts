import type { ChunkResult, Json, ScreenTally } from '@ionloop/domain';
import type { Screener, ScreenRequestSpec, ScreenSize } from '@ionloop/engine';
import { chunkCount, keptOf, type ScreenPlan, type ScreenRequest } from '@ionloop/planner';
import type { ComputeThreads } from './threads.js';

/** Plans that are kept here, and known again by the threads. */
const mostPlans = 4;

/** Screens as the engine knows them, scored in threads. */
export class ThreadedScreener implements Screener {
  private readonly plans = new Map<string, Promise<ScreenPlan>>();

  constructor(private readonly threads: ComputeThreads) {}

  async prepare(request: ScreenRequestSpec): Promise<{ readonly plan: Json; readonly size: ScreenSize }> {
    const plan = await this.threads.run('prepareScreen', request as unknown as ScreenRequest);
    return {
      plan: plan as unknown as Json,
      size: {
        chunks: chunkCount(plan),
        candidates: String(BigInt(plan.to) - BigInt(plan.from)),
        kept: keptOf(plan.settings),
      },
    };
  }

  async chunk(id: string, readPlan: () => Promise<Json>, chunk: number): Promise<ChunkResult> {
    const kept = await this.planOf(id, readPlan);
    const { result } = await this.threads.run('screenChunk', { chunk }, { kept });
    return result;
  }

  async finish(id: string, readPlan: () => Promise<Json>, tally: ScreenTally): Promise<Json> {
    const kept = await this.planOf(id, readPlan);
    return (await this.threads.run('finishScreen', tally, { kept })) as unknown as Json;
  }

  private planOf(id: string, readPlan: () => Promise<Json>): Promise<ScreenPlan> {
    const known = this.plans.get(id);
    if (known) return known;
    const read = readPlan() as Promise<unknown> as Promise<ScreenPlan>;
    this.plans.set(id, read);
    read.catch(() => this.plans.delete(id));
    const [oldest] = this.plans.keys();
    if (this.plans.size > mostPlans && oldest !== undefined) this.plans.delete(oldest);
    return read;
  }
}
