import type { Settings } from '@ionloop/config';
import { type Engine, randomIds } from '@ionloop/engine';
import { openJobs } from '@ionloop/jobs';
import { openPersistence } from '@ionloop/persistence';
import type { Logger } from 'pino';
import { ThreadedPlanner } from './compute/planner.js';
import { ThreadPool } from './compute/thread-pool.js';
import { handlersFor } from './handlers.js';

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
> & { readonly databaseUrl: string };

/** Puts the worker together: the record, the queue, the threads, and the use case that each job means. */
export async function bootWorker(settings: WorkerSettings, log: Logger): Promise<RunningWorker> {
  const { databaseUrl: url, redisUrl, heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap } = settings;
  const persistence = await openPersistence({ url });
  const threads = new ThreadPool(settings.workerThreads);
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
    lab: { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap },
  };
  const work = await jobs.work(handlersFor(engine, new ThreadedPlanner(threads), threads), {
    concurrency: Math.max(2, settings.workerThreads * 2),
    sweepSeconds: settings.sweepSeconds,
  });
  return {
    close: async () => {
      await work.close();
      await threads.close();
      await jobs.close();
      await persistence.close();
    },
  };
}
