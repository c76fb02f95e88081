import type { JobsOptions } from 'bullmq';
import { randomBytes } from 'node:crypto';
import { Asking } from './asking.js';
import type { Broker, BrokerQueue, JobsConnection } from './broker.js';
import {
  catalogue,
  jobNames,
  type JobHandlers,
  type JobName,
  type Payloads,
  type Question,
} from './catalogue.js';
import { closed } from './closing.js';
import { QueueUnreachableError, WakeUpLostError } from './errors.js';
import { history } from './history.js';
import { carrying, type JobsObserver, unobserved } from './observer.js';
import { oldestSecondsOf, overviewOf, type QueueOverview } from './overview.js';
import { postgresBroker } from './postgres-broker.js';
import { quieter } from './quieter.js';
import { redisBroker } from './redis-broker.js';
import { WakeUps } from './wake-ups.js';
import { within } from './within.js';
import { startWorking, type Told, type WorkOptions, type WorkingJobs } from './working.js';

export interface JobsSetup {
  /** Keeps several installations on one server apart. */
  readonly prefix?: string;
  /** Takes what goes wrong with the queue, and what handlers throw. Nothing is thrown for it. */
  readonly onError?: (error: Error) => void;
  readonly observer?: JobsObserver;
}

const wakeMs = 2_000;
const openMs = 10_000;

/** Connects, and brings the queue's tables up to date where it keeps some. */
export async function openJobs(connection: JobsConnection, setup: JobsSetup = {}): Promise<Jobs> {
  const { prefix = 'ionloop', onError = () => undefined, observer = unobserved } = setup;
  const onTrouble = quieter(onError);
  const open = (listeners: number): Promise<Broker> =>
    connection.kind === 'postgres'
      ? postgresBroker(connection.url, { prefix, listeners, onError: onTrouble })
      : Promise.resolve(redisBroker(connection.url, prefix, onTrouble));
  let broker: Broker;
  try {
    broker = await open(questions.length);
  } catch (error) {
    throw new QueueUnreachableError('open it', error);
  }
  const jobs = new Jobs(broker, () => open(jobNames.length), { onError, onTrouble, observer });
  try {
    await within(openMs, jobs.ready(), () => new Error(`no answer within ${openMs} ms`));
  } catch (error) {
    await jobs.close();
    throw new QueueUnreachableError('open it', error);
  }
  return jobs;
}

const questions: readonly Question[] = ['posterior', 'verify'];

/** Hints and work for whoever runs the handlers, in this process or another. */
export class Jobs {
  readonly #queues: ReadonlyMap<JobName, BrokerQueue>;
  readonly #asking = new Map<Question, Asking>();
  readonly #working = new Set<WorkingJobs>();
  readonly #wakeUps = new WakeUps((campaignId) => this.#send(campaignId));
  #lostWakeUps = 0;
  #closed: Promise<void> | undefined;

  /** Use `openJobs`. */
  constructor(
    private readonly broker: Broker,
    private readonly brokerForWork: () => Promise<Broker>,
    private readonly told: Told & { readonly observer: JobsObserver },
  ) {
    this.#queues = new Map(jobNames.map((name) => [name, broker.queue(name)]));
    for (const queue of this.#queues.values()) queue.on('error', told.onTrouble);
  }

  async ready(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.waitUntilReady()));
  }

  /** Wake-ups that did not reach the queue since the start. */
  get lostWakeUps(): number {
    return this.#lostWakeUps;
  }

  /**
   * Asks for a look at the campaign. Several that wait become one; one that comes while the campaign is being looked
   * at makes for another look. Never throws: a wake-up is a hint, and the sweep makes up for lost ones.
   */
  wake(campaignId: string): Promise<void> {
    return this.#wakeUps.wake(campaignId);
  }

  async #send(campaignId: string): Promise<void> {
    try {
      const { check, attempts } = catalogue.reconcile;
      const added = this.#queue('reconcile').add('reconcile', this.#carrying(check({ campaignId })), {
        // A number that the server counts could come twice, if it was restored to an earlier state.
        jobId: `wake-${randomBytes(12).toString('hex')}`,
        deduplication: { id: campaignId, keepLastIfActive: true },
        attempts,
        backoff: { type: 'exponential', delay: 500 },
        ...history,
      });
      added.catch(() => undefined);
      await within(wakeMs, added, () => new Error(`no answer within ${wakeMs} ms`));
    } catch (error) {
      this.#lostWakeUps += 1;
      this.told.onError(new WakeUpLostError(campaignId, error));
    }
  }

  /**
   * Asks for a look at a screen: after these chunks of it, where some are named, each a job of its own. Never throws:
   * the sweep looks for screens whose jobs were lost.
   */
  async screen(screenId: string, chunks: readonly number[] = []): Promise<void> {
    const { check, attempts } = catalogue.screen;
    const options = (ofChild: boolean): JobsOptions => ({
      jobId: `screen-${randomBytes(12).toString('hex')}`,
      attempts,
      backoff: { type: 'exponential', delay: 500 },
      ...history,
      // The parent looks at the record, and asks again for what is missing there.
      ...(ofChild && { ignoreDependencyOnFailure: true }),
    });
    const parent = { data: this.#carrying(check({ screenId })), options: options(false) };
    const children = chunks.map((chunk) => ({
      data: this.#carrying(check({ screenId, chunk })),
      options: options(true),
    }));
    try {
      if (children.length === 0) await this.#queue('screen').add('screen', parent.data, parent.options);
      else await this.broker.flow('screen', parent, children);
    } catch (error) {
      this.#lostWakeUps += 1;
      this.told.onError(new WakeUpLostError(screenId, error));
    }
  }

  /** Asks for work on an analysis. Never throws: the sweep looks for those whose hint was lost. */
  analyse(analysisId: string): Promise<void> {
    return this.#hint('analysis', analysisId, catalogue.analysis.check({ analysisId }));
  }

  /** Asks for work on an import, likewise. */
  import(importId: string): Promise<void> {
    return this.#hint('import', importId, catalogue.import.check({ importId }));
  }

  async #hint(name: 'analysis' | 'import', id: string, payload: object): Promise<void> {
    const { attempts } = catalogue[name];
    try {
      await this.#queue(name).add(name, this.#carrying(payload), {
        jobId: `${name}-${randomBytes(12).toString('hex')}`,
        attempts,
        ...history,
      });
    } catch (error) {
      this.#lostWakeUps += 1;
      this.told.onError(new WakeUpLostError(id, error));
    }
  }

  /** Whether no job of any screen waits or runs. */
  async idle(): Promise<boolean> {
    const jobs = await this.#queue('screen').getJobCountByTypes(
      'waiting',
      'active',
      'delayed',
      'prioritized',
    );
    return jobs === 0;
  }

  /** Puts a question to a worker and waits for its answer, or for the error that it threw. */
  async ask<Name extends Question>(
    name: Name,
    payload: Payloads[Name],
    { timeoutMs }: { readonly timeoutMs: number },
  ): Promise<unknown> {
    const checked = catalogue[name].check(payload);
    let asking = this.#asking.get(name);
    if (asking === undefined) {
      asking = new Asking(name, this.#queue(name), this.broker, this.told.onTrouble);
      this.#asking.set(name, asking);
    }
    return asking.ask(this.#carrying(checked), timeoutMs);
  }

  /** Runs jobs in this process. */
  async work(handlers: JobHandlers, options: WorkOptions): Promise<WorkingJobs> {
    const working = await startWorking(await this.brokerForWork(), handlers, options, this.told);
    const entry: WorkingJobs = {
      close: async () => {
        if (this.#working.delete(entry)) await working.close();
      },
    };
    this.#working.add(entry);
    return entry;
  }

  /** Jobs to be done now, or being done, of each kind. */
  async depth(): Promise<Record<JobName, number>> {
    const count = (name: JobName) =>
      this.#queue(name).getJobCountByTypes('waiting', 'active', 'prioritized', 'paused');
    const counts = await Promise.all(jobNames.map(async (name) => [name, await count(name)] as const));
    return Object.fromEntries(counts) as Record<JobName, number>;
  }

  /** How long the oldest job that waits has done so, in seconds; 0 where none waits. */
  async oldest(): Promise<Record<JobName, number>> {
    const ages = await Promise.all(
      jobNames.map(async (name) => [name, await oldestSecondsOf(this.#queue(name))] as const),
    );
    return Object.fromEntries(ages) as Record<JobName, number>;
  }

  /** Each kind for whoever looks after the instance. */
  overview(): Promise<readonly QueueOverview[]> {
    return Promise.all(jobNames.map((name) => overviewOf(name, this.#queue(name))));
  }

  /** Drops everything: waiting, running, done, and the sweep's schedule. The loop must survive it. */
  async empty(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.obliterate({ force: true })));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#working].map((working) => working.close()));
    await Promise.all([...this.#asking.values()].map((asking) => asking.close()));
    await closed([...this.#queues.values()].map((queue) => queue.close()));
    await this.broker.close();
  }

  #carrying(payload: object): object {
    return carrying(payload, this.told.observer);
  }

  #queue(name: JobName): BrokerQueue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new Error(`There is no queue for ${name}.`);
    return queue;
  }
}
