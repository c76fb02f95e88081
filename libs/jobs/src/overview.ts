import type { BrokerQueue } from './broker.js';
import type { JobName } from './catalogue.js';

/** How the jobs of one kind stand. */
export interface QueueOverview {
  readonly name: JobName;
  readonly waiting: number;
  readonly running: number;
  /** Are tried again in a while, or wait for others. */
  readonly later: number;
  /** Of those that are kept: see `history`. */
  readonly done: number;
  readonly failed: number;
  /** How long the oldest that waits has done so; 0 where none waits. */
  readonly oldestSeconds: number;
  /** The newest first. */
  readonly failures: readonly JobFailure[];
}

export interface JobFailure {
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly attempts: number;
}

const mostFailures = 20;
const longestReason = 500;

export async function overviewOf(name: JobName, queue: BrokerQueue): Promise<QueueOverview> {
  const [waiting, running, later, done, failed, oldestSeconds, failures] = await Promise.all([
    queue.getJobCountByTypes('waiting', 'prioritized', 'paused'),
    queue.getJobCountByTypes('active'),
    queue.getJobCountByTypes('delayed', 'waiting-children'),
    queue.getJobCountByTypes('completed'),
    queue.getJobCountByTypes('failed'),
    oldestSecondsOf(queue),
    queue.getFailed(0, mostFailures - 1),
  ]);
  return {
    ...{ name, waiting, running, later, done, failed, oldestSeconds },
    failures: failures.flatMap((job) =>
      job
        ? {
            id: job.id ?? '',
            at: new Date(job.finishedOn ?? job.timestamp).toISOString(),
            reason: (job.failedReason ?? '').slice(0, longestReason),
            attempts: job.attemptsMade,
          }
        : [],
    ),
  };
}

/** How long the oldest job that waits has done so, in seconds; 0 where none waits. */
export async function oldestSecondsOf(queue: BrokerQueue): Promise<number> {
  const last = (await queue.getJobCountByTypes('waiting')) - 1;
  if (last < 0) return 0;
  // BullMQ counts from the oldest on Redis and from the newest on PostgreSQL.
  const ends = await Promise.all([0, last].map((place) => queue.getWaiting(place, place)));
  const now = performance.timeOrigin + performance.now();
  const ages = ends.flat().map((job) => (job ? now - job.timestamp : 0));
  return Math.max(0, ...ages) / 1000;
}
