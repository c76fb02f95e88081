import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Broker, BrokerEvents, BrokerQueue } from './broker.js';
import { catalogue, type Question } from './catalogue.js';
import { closed } from './closing.js';
import {
  JobFailedError,
  JobLostError,
  JobTimedOutError,
  JobsClosedError,
  QueueUnreachableError,
} from './errors.js';
import { history } from './history.js';
import { within } from './within.js';

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

const longestBetweenLooksMs = 1_000;
const restartListeningMs = 500;

/**
 * Questions of one kind and their answers. Events bring answers at once; as they may be missed while the server is
 * away, whoever waits also looks for the job itself, less and less often.
 */
export class Asking {
  readonly #waiting = new Map<string, Waiting>();
  readonly #events: BrokerEvents;
  readonly #listening: Promise<void>;
  readonly #closing = new AbortController();

  constructor(
    private readonly name: Question,
    private readonly queue: BrokerQueue,
    broker: Broker,
    onError: (error: Error) => void,
  ) {
    this.#events = broker.events(name);
    this.#events.on('error', onError);
    this.#events.on('completed', ({ jobId, returnvalue }) => this.#waiting.get(jobId)?.resolve(returnvalue));
    this.#events.on('failed', ({ jobId, failedReason }) =>
      this.#waiting.get(jobId)?.reject(new JobFailedError(name, failedReason)),
    );
    this.#listening = this.#listen(onError);
  }

  async ask(payload: unknown, timeoutMs: number): Promise<unknown> {
    const id = `ask-${randomBytes(12).toString('hex')}`;
    const settled = new AbortController();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const late = () => new JobTimedOutError(this.name, timeoutMs);
    try {
      return await within(
        timeoutMs,
        Promise.race([answer, this.#putAndLook(id, payload, settled.signal)]),
        late,
      );
    } catch (error) {
      if (error instanceof JobTimedOutError) this.#withdraw(id);
      throw error;
    } finally {
      this.#waiting.delete(id);
      settled.abort();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const { reject } of this.#waiting.values()) reject(new JobsClosedError());
    // Closed while it is still connecting, it would take its connection after all and never give it back.
    await closed([this.#events.waitUntilReady()]);
    await closed([this.#events.close()]);
    await closed([this.#listening]);
  }

  async #putAndLook(id: string, payload: unknown, settled: AbortSignal): Promise<unknown> {
    try {
      await this.queue.add(this.name, payload, {
        jobId: id,
        attempts: catalogue[this.name].attempts,
        ...history,
      });
    } catch (error) {
      throw new QueueUnreachableError(`ask for ${this.name}`, error);
    }
    for (let waitMs = 50; ; waitMs = Math.min(2 * waitMs, longestBetweenLooksMs)) {
      await pause(waitMs, undefined, { signal: settled }).catch(() => undefined);
      if (settled.aborted) return undefined;
      const found = await this.#look(id);
      if (found !== undefined) return found.answer;
    }
  }

  async #look(id: string): Promise<{ answer: unknown } | undefined> {
    let state: string | undefined;
    let job;
    try {
      job = await this.queue.getJob(id);
      state = await job?.getState();
      // Read again: it may have ended between the two.
      if (state === 'completed' || state === 'failed') job = await this.queue.getJob(id);
    } catch {
      // The server is away; the next look may find it back.
      return undefined;
    }
    if (job === undefined) throw new JobLostError(this.name);
    if (state === 'failed') throw new JobFailedError(this.name, job.failedReason ?? 'unknown');
    return state === 'completed' ? { answer: job.returnvalue } : undefined;
  }

  /** Nobody waits for it any more: if no worker has begun, none should. */
  #withdraw(id: string): void {
    this.queue
      .getJob(id)
      .then((job) => job?.remove())
      .catch(() => undefined);
  }

  async #listen(onError: (error: Error) => void): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.#events.run().catch((error: unknown) => {
        if (!this.#closing.signal.aborted) onError(new QueueUnreachableError('listen for answers', error));
      });
      await pause(restartListeningMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }
}
