import { addTally, emptyTally, type ScreenTally } from '@ionloop/domain';
import { openPool, type Pool } from '@ionloop/linalg';
import type { FinishedScreen } from './finish.js';
import { chunkCount, type ScreenRequest } from './prepare.js';
import { keptOf } from './chunk.js';
import type { ScreenPlan } from './spec.js';
import type { tasks } from './tasks.js';

type ScreenPool = Pool<typeof tasks>;

/** Where a screen stands: enough to go on after the process is gone. */
export interface LocalState {
  /** 1 for each chunk that is in the tally. */
  readonly done: readonly (0 | 1)[];
  readonly tally: ScreenTally;
  /** Of all threads together, a stage each. */
  readonly seconds: readonly number[];
}

export const newState = (plan: ScreenPlan): LocalState => ({
  done: Array.from({ length: chunkCount(plan) }, () => 0),
  tally: emptyTally,
  seconds: [],
});

/** Threads for screens in this process. */
export class LocalScreens {
  private readonly pool: ScreenPool;

  constructor(readonly threads: number) {
    // From src and from dist alike, these are the built tasks: worker threads run JavaScript.
    const url = new URL('../../dist/screening/tasks.js', import.meta.url);
    this.pool = openPool<typeof tasks>({ threads, tasks: url });
  }

  prepare(request: ScreenRequest): Promise<ScreenPlan> {
    return this.pool.run('prepareScreen', request);
  }

  /** Screens what is not done yet; `onChunk` has the state after each chunk. Chunks may come in any order. */
  async run(
    plan: ScreenPlan,
    state: LocalState,
    onChunk: (state: LocalState) => void = () => undefined,
    stopped: () => boolean = () => false,
  ): Promise<LocalState> {
    let current = state;
    const waiting = state.done.flatMap((done, chunk) => (done === 1 ? [] : [chunk])).values();
    const most = keptOf(plan.settings);
    const work = async (): Promise<void> => {
      for (const chunk of waiting) {
        if (stopped()) return;
        const { result, seconds } = await this.pool.run('screenChunk', { chunk }, { kept: plan });
        current = {
          done: current.done.with(chunk, 1),
          tally: addTally(current.tally, result, most),
          seconds: seconds.map((value, i) => value + (current.seconds[i] ?? 0)),
        };
        onChunk(current);
      }
    };
    await Promise.all(Array.from({ length: this.threads + 1 }, work));
    return current;
  }

  finish(plan: ScreenPlan, { tally }: LocalState): Promise<FinishedScreen> {
    return this.pool.run('finishScreen', tally, { kept: plan });
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
