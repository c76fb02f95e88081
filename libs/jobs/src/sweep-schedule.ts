import type { BrokerQueue } from './broker.js';
import { closed } from './closing.js';
import { history } from './history.js';

const schedulerId = 'sweep';

/**
 * Keeps the one entry that makes the sweep repeat. It lives in the queue, however many workers there are; a queue
 * that was wiped loses it, so every worker looks for it now and then and puts it back.
 */
export class SweepSchedule {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: BrokerQueue,
    private readonly everyMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Resolves after the first look. */
  async start(): Promise<void> {
    const standing = await this.queue.getJobScheduler(schedulerId);
    if (standing?.every !== this.everyMs) await this.#put();
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look()).catch(this.onError);
    }, this.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await closed([this.#looking]);
  }

  async #look(): Promise<void> {
    const standing = await this.queue.getJobScheduler(schedulerId);
    const coming = await this.queue.getJobCountByTypes('waiting', 'active', 'delayed');
    if (standing === undefined || coming === 0) await this.#put();
  }

  async #put(): Promise<void> {
    await this.queue.upsertJobScheduler(
      schedulerId,
      { every: this.everyMs },
      { name: 'sweep', data: {}, opts: history },
    );
  }
}
