import type { LabClient } from './client.js';
import { messageOf } from './errors.js';
import type { Link } from './link.js';
import type { Json } from './wire.js';

/** Sends what an attempt has found so far, in order and in the background; it never holds up the work. */
export class Partials {
  #seq = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly attemptId: string,
    private readonly parts: {
      client: LabClient;
      link: Link;
      log: (line: string) => void;
      signal: AbortSignal;
    },
  ) {}

  add(partial: Json): void {
    const input = { attemptId: this.attemptId, seq: this.#seq, partial };
    this.#seq += 1;
    this.#sending = this.#sending.then(() => this.#send(input));
  }

  /** Resolves when everything is sent, refused or given up. */
  sent(): Promise<void> {
    return this.#sending;
  }

  async #send(input: { attemptId: string; seq: number; partial: Json }): Promise<void> {
    const { client, link, log, signal } = this.parts;
    try {
      await link.reach((options) => client.append(input, options), signal);
    } catch (error) {
      log(`partial ${input.seq} of attempt ${input.attemptId} is not stored: ${messageOf(error)}`);
    }
  }
}
