import { randomUUID } from 'node:crypto';
import { fieldsOf, textOf } from './answers.js';
import type { LabClient } from './client.js';
import { appendDurably, type DurableList } from './durable-list.js';
import { LabRefusal } from './errors.js';
import type { Result } from './wire.js';

/** An attempt that this station may have begun. */
export interface Started {
  readonly attemptId: string;
  readonly fence: number;
}

/** A result that the server has not acknowledged, under the key that it keeps. */
export interface Spooled extends Started {
  readonly key: string;
  readonly result: Result;
}

export function readStarted(value: unknown): Started {
  const fields = fieldsOf(value, 'a started attempt');
  return { attemptId: textOf(fields, 'attemptId'), fence: Number(fields['fence']) };
}

export function readSpooled(value: unknown): Spooled {
  const fields = fieldsOf(value, 'a spooled result');
  const result = fieldsOf(fields['result'], 'its result') as unknown as Result;
  return { ...readStarted(value), key: textOf(fields, 'key'), result };
}

/** Results on their way: on disk before the first try, gone from it when the server has said that it has them. */
export class Spool {
  #handingIn: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: LabClient,
    private readonly results: DurableList<Spooled>,
    private readonly refusedFile: string,
    private readonly log: (line: string) => void,
  ) {}

  has(attemptId: string): boolean {
    return this.results.items.some((item) => item.attemptId === attemptId);
  }

  keep({ attemptId, fence }: Started, result: Result): Promise<void> {
    return this.results.add({ attemptId, fence, key: randomUUID(), result });
  }

  /** Hands in what there is, one after the other, for as long as it takes. */
  handIn(signal: AbortSignal): Promise<void> {
    const next = this.#handingIn.then(async () => {
      for (const item of this.results.items) await this.#handInOne(item, signal);
    });
    this.#handingIn = next.catch(() => undefined);
    return next;
  }

  async #handInOne(item: Spooled, signal: AbortSignal): Promise<void> {
    const { attemptId, fence, key, result } = item;
    try {
      const receipt = await this.client.submit(
        { attemptId, fence, key, ...result },
        { signal, tries: Infinity },
      );
      this.log(`result of attempt ${attemptId}: ${receipt.disposition}`);
    } catch (error) {
      // A replaced boot or an expired token is not the result's fault: it stays for whoever comes next.
      if (!(error instanceof LabRefusal) || error.code === 'LEASE_LOST' || error.status === 401) throw error;
      await appendDurably(this.refusedFile, `${JSON.stringify({ ...item, refusal: error.message })}\n`);
      this.log(
        `result of attempt ${attemptId} was refused and is kept in ${this.refusedFile}: ${error.message}`,
      );
    }
    await this.results.remove(item);
  }
}
