import type { BackendFactory, IQueueBackend, Job, JobsOptions, RepeatOptions } from 'bullmq';
import { withBackend } from 'bullmq';
import type { JobName } from './catalogue.js';

export type JobsConnection =
  { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'redis'; readonly url: string };

/** The part of BullMQ that we use, the same on either backend. */
export interface Broker {
  queue(name: JobName): BrokerQueue;
  events(name: JobName): BrokerEvents;
  worker(name: JobName, process: (job: TakenJob) => Promise<unknown>, concurrency: number): BrokerWorker;
  /** Puts the children in, and the parent when all of them have ended, well or not. */
  flow(name: JobName, parent: FlowMember, children: readonly FlowMember[]): Promise<void>;
  /** Whether the server does not answer, so that there is no use in waiting for it. */
  away(): Promise<boolean>;
  /** Cuts every connection that is still open, whatever it waits for. */
  close(): Promise<void>;
}

/** A job that this process has taken. */
export interface TakenJob {
  readonly data: unknown;
  /** How long it stood in the queue after it might have been taken. */
  readonly waitedSeconds: number;
}

export interface FlowMember {
  readonly data: unknown;
  readonly options: JobsOptions;
}

interface Closable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BrokerQueue extends Closable {
  waitUntilReady(): Promise<unknown>;
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJob(id: string): Promise<BrokerJob | undefined>;
  getJobCountByTypes(...states: JobState[]): Promise<number>;
  /** From the oldest on. */
  getWaiting(start: number, end: number): Promise<readonly (BrokerJob | undefined)[]>;
  /** From the newest on. */
  getFailed(start: number, end: number): Promise<readonly (BrokerJob | undefined)[]>;
  getJobScheduler(id: string): Promise<{ readonly every?: number } | undefined>;
  upsertJobScheduler(
    id: string,
    repeat: Pick<RepeatOptions, 'every'>,
    template: { name: string; data: unknown; opts: Omit<JobsOptions, 'jobId' | 'repeat' | 'delay'> },
  ): Promise<unknown>;
  obliterate(options: { force: boolean }): Promise<void>;
}

type JobState =
  'waiting' | 'active' | 'delayed' | 'prioritized' | 'paused' | 'waiting-children' | 'completed' | 'failed';

export interface BrokerJob {
  readonly id?: string;
  readonly attemptsMade: number;
  readonly finishedOn?: number;
  readonly returnvalue: unknown;
  readonly failedReason?: string;
  /** When it was put in, in milliseconds since 1970. */
  readonly timestamp: number;
  getState(): Promise<string>;
  remove(): Promise<void>;
}

export interface BrokerEvents {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'completed', listener: (args: { jobId: string; returnvalue: unknown }) => void): unknown;
  on(event: 'failed', listener: (args: { jobId: string; failedReason: string }) => void): unknown;
  run(): Promise<void>;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

export interface BrokerWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  /** Forced, it does not wait for running jobs, nor for the server. */
  close(force: boolean): Promise<void>;
}

/**
 * A dead worker's job is taken up again after its lock has run out and someone has looked: until then its campaign
 * waits, so both are shorter than BullMQ's 30 seconds. No handler blocks the event loop that renews the lock.
 */
const takeOver = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 2 } as const;

/**
 * How long workers and event listeners wait before they look for themselves. Not long: one that is closed while its
 * server is away holds up the end of the process until then.
 */
const waitSeconds = 2;

/** How long a worker waits after an error; BullMQ's 15 seconds would add to every outage. */
const runRetryDelay = 500;

export function brokerOn<Backend extends IQueueBackend, Connection>(
  factory: BackendFactory<Backend, Connection>,
  connection: Connection,
  prefix: string,
  server: Pick<Broker, 'away' | 'close'>,
): Broker {
  const { FlowProducer, Queue, QueueEvents, Worker } = withBackend(factory);
  const queueName = (name: JobName): string => `${prefix}.${name}`;
  return {
    queue: (name) => new Queue(queueName(name), { connection, ...eventHistory }) as BrokerQueue,
    events: (name) =>
      new QueueEvents(queueName(name), { connection, autorun: false, blockingTimeout: waitSeconds * 1000 }),
    worker: (name, process, concurrency) =>
      new Worker(queueName(name), (job) => process(taken(job)), {
        connection,
        concurrency,
        drainDelay: waitSeconds,
        runRetryDelay,
        ...takeOver,
      }),
    flow: async (name, parent, children) => {
      const producer = new FlowProducer({ connection });
      // What goes wrong is told by the promise.
      producer.on('error', () => undefined);
      const member = ({ data, options }: FlowMember) => ({
        name,
        queueName: queueName(name),
        data,
        opts: options,
      });
      try {
        await producer.add({ ...member(parent), children: children.map(member) });
      } finally {
        await producer.close();
      }
    },
    ...server,
  };
}

const taken = ({ data, timestamp, delay, processedOn = timestamp }: Job<unknown>): TakenJob => ({
  data,
  waitedSeconds: Math.max(0, processedOn - timestamp - delay) / 1000,
});

const eventHistory = { streams: { events: { maxLen: 1000 } } } as const;
