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
  const [waiting, running, later, done, failed, [oldest], failures] = await Promise.all([
    queue.getJobCountByTypes('waiting', 'prioritized', 'paused'),
    queue.getJobCountByTypes('active'),
    queue.getJobCountByTypes('delayed', 'waiting-children'),
    queue.getJobCountByTypes('completed'),
    queue.getJobCountByTypes('failed'),
    queue.getWaiting(0, 0),
    queue.getFailed(0, mostFailures - 1),
  ]);
  const now = performance.timeOrigin + performance.now();
  return {
    ...{ name, waiting, running, later, done, failed },
    oldestSeconds: oldest ? Math.max(0, now - oldest.timestamp) / 1000 : 0,
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
