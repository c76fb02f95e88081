import type { Settings } from '@ionloop/config';
import { type Engine, randomIds } from '@ionloop/engine';
import { openJobs } from '@ionloop/jobs';
import { openPersistence } from '@ionloop/persistence';
import { check, ProcessMetrics, serveTelemetry, startPatiently } from '@ionloop/telemetry';
import type { Logger } from 'pino';
import { ThreadedAnalyst } from './compute/analyst.js';
import { ThreadedPlanner } from './compute/planner.js';
import { ThreadedScreener } from './compute/screener.js';
import { openComputeThreads } from './compute/threads.js';
import { handlersFor } from './handlers.js';
import { WorkerMetrics } from './metrics.js';
import { observingJobs, observingRecord } from './observing.js';
import { Watch } from './watch.js';

export interface RunningWorker {
  /** Where it answers health checks and Prometheus; null where no port is set. */
  readonly url: string | null;
  readonly metrics: ProcessMetrics;
  /** Takes nothing new, gives what runs its time, closes. */
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
> &
  Partial<Pick<Settings, 'host' | 'workerPort' | 'metricsToken' | 'startSeconds' | 'endSeconds'>> & {
    readonly databaseUrl: string;
  };

/** Puts the worker together: the record, the queue, the threads, and the use case that each job means. */
export async function bootWorker(settings: WorkerSettings, log: Logger): Promise<RunningWorker> {
  const { databaseUrl: url, redisUrl, heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap } = settings;
  const { claimSeconds, taskSeconds, startSeconds = 0, endSeconds = 2 } = settings;
  const processMetrics = new ProcessMetrics();
  const metrics = new WorkerMetrics(processMetrics);
  const observer = observingRecord(processMetrics);
  const patient = { seconds: startSeconds, log };
  const persistence = await startPatiently('the database', patient, () => openPersistence({ url, observer }));
  processMetrics.watchPool(() => persistence.pool());
  const threads = openComputeThreads(settings.workerThreads);
  const jobs = await startPatiently('the queue', patient, () =>
    openJobs(redisUrl === undefined ? { kind: 'postgres', url } : { kind: 'redis', url: redisUrl }, {
      onError: (error: Error) => log.warn({ err: error }, 'the queue is in trouble; the record is not'),
      observer: observingJobs(metrics, log),
    }),
  );
  metrics.watch({ threads: settings.workerThreads, lostWakeUps: () => jobs.lostWakeUps });
  const engine: Engine = {
    store: persistence.store,
    wakeUps: jobs,
    ids: randomIds,
    lab: { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap, claimSeconds, taskSeconds },
  };
  const planner = new ThreadedPlanner(threads, metrics);
  const screens = { screener: new ThreadedScreener(threads), hints: jobs };
  const watch = new Watch(engine, planner, screens, jobs);
  const work = await jobs.work(
    handlersFor(engine, planner, threads, watch, screens, new ThreadedAnalyst(threads), jobs),
    {
      concurrency: Math.max(2, settings.workerThreads * 2),
      sweepSeconds: settings.sweepSeconds,
      finishSeconds: endSeconds,
    },
  );
  // The queue asks one worker for a look each few seconds; this one comes even where the queue has gone silent.
  const ownLook = setInterval(() => {
    watch.look().catch((error: unknown) => log.warn({ err: error }, 'a look at the record failed'));
  }, settings.sweepSeconds * 3000);
  let draining = false;
  const checks = async () => {
    const [database, queue] = await Promise.all([
      check('database', log, () => persistence.ping()),
      check('jobs', log, () => jobs.depth()),
    ]);
    return { database, jobs: queue };
  };
  const { host = '127.0.0.1', workerPort: port, metricsToken: token } = settings;
  const server =
    port === undefined
      ? null
      : await serveTelemetry(
          { host, port, token },
          { metrics: processMetrics, checks, draining: () => draining },
        );
  return {
    url: server === null ? null : `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${server.port}`,
    metrics: processMetrics,
    close: async () => {
      draining = true;
      processMetrics.drain();
      clearInterval(ownLook);
      await work.close();
      await threads.close();
      await jobs.close();
      await persistence.close();
      await server?.close();
    },
  };
}
