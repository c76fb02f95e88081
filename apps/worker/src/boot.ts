import type { Settings } from '@ionloop/config';
import { type Engine, randomIds } from '@ionloop/engine';
import { openJobs } from '@ionloop/jobs';
import { openPersistence } from '@ionloop/persistence';
import type { Logger } from 'pino';
import { ThreadedAnalyst } from './compute/analyst.js';
import { ThreadedPlanner } from './compute/planner.js';
import { ThreadedScreener } from './compute/screener.js';
import { openComputeThreads } from './compute/threads.js';
import { handlersFor } from './handlers.js';
import { Watch } from './watch.js';

export interface RunningWorker {
  close(): Promise<void>;
}

export type WorkerSettings = Pick<
  Settings,
  | 'redisUrl'
  | 'workerThreads'
  | 'sweepSeconds'
  | 'heartbeatSeconds'
  | 'leaseSeconds'
  | 'suspectSeconds'
  | 'attemptCap'
  | 'claimSeconds'
  | 'taskSeconds'
> & { readonly databaseUrl: string };

/** Puts the worker together: the record, the queue, the threads, and the use case that each job means. */
export async function bootWorker(settings: WorkerSettings, log: Logger): Promise<RunningWorker> {
  const { databaseUrl: url, redisUrl, heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap } = settings;
  const { claimSeconds, taskSeconds } = settings;
  const persistence = await openPersistence({ url });
  const threads = openComputeThreads(settings.workerThreads);
  const jobs = await openJobs(
    redisUrl === undefined ? { kind: 'postgres', url } : { kind: 'redis', url: redisUrl },
    {
      onError: (error: Error) => log.warn({ err: error }, 'the queue is in trouble; the record is not'),
    },
  );
  const engine: Engine = {
    store: persistence.store,
    wakeUps: jobs,
    ids: randomIds,
    lab: { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap, claimSeconds, taskSeconds },
  };
  const planner = new ThreadedPlanner(threads);
  const screens = { screener: new ThreadedScreener(threads), hints: jobs };
  const watch = new Watch(engine, planner, screens, jobs);
  const work = await jobs.work(
    handlersFor(engine, planner, threads, watch, screens, new ThreadedAnalyst(threads)),
    {
      concurrency: Math.max(2, settings.workerThreads * 2),
      sweepSeconds: settings.sweepSeconds,
    },
  );
  // The queue asks one worker for a look each few seconds; this one comes even where the queue has gone silent.
  const ownLook = setInterval(() => {
    watch.look().catch((error: unknown) => log.warn({ err: error }, 'a look at the record failed'));
  }, settings.sweepSeconds * 3000);
  return {
    close: async () => {
      clearInterval(ownLook);
      await work.close();
      await threads.close();
      await jobs.close();
      await persistence.close();
    },
  };
}
