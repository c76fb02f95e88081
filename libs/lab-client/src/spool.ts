import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fieldsOf, listOf, numberOf, oneOf, textOf } from './answers.js';
import type { LabClient } from './client.js';
import type { Disk } from './disk.js';
import { appendDurably, DurableList } from './durable-list.js';
import { LabRefusal, messageOf } from './errors.js';
import type { Link } from './link.js';
import { outcomes, type Measurement, type Receipt, type Result } from './wire.js';

/** A result that the server has not acknowledged, under the key that it keeps. */
export interface Spooled {
  readonly key: string;
  readonly attemptId: string;
  readonly fence: number;
  readonly result: Result;
}

export interface SpoolParts {
  readonly client: LabClient;
  readonly link: Link;
  readonly disk: Disk;
  readonly log: (line: string) => void;
  /** Told of every answer before the result leaves the disk: so at least once, however often the station is killed. */
  readonly answered?: ((item: Spooled, answer: Receipt | LabRefusal) => Promise<void>) | undefined;
}

/** Results on their way: on disk before the first try, gone from it when the server has said that it has them. */
export class Spool {
  private constructor(
    private readonly results: DurableList<Spooled>,
    private readonly refusedFile: string,
    private readonly parts: SpoolParts,
  ) {}

  static async open(folder: string, parts: SpoolParts): Promise<Spool> {
    const results = await DurableList.open(join(folder, 'results.jsonl'), parts.disk, readSpooled);
    return new Spool(results, join(folder, 'refused.jsonl'), parts);
  }

  get items(): readonly Spooled[] {
    return this.results.items;
  }

  /** A disk that refuses does not lose the result: it is handed in from memory. */
  async keep(attempt: { attemptId: string; fence: number }, result: Result): Promise<Spooled> {
    const { attemptId, fence } = attempt;
    const item: Spooled = { key: randomUUID(), attemptId, fence, result };
    try {
      await this.results.add(item);
    } catch (error) {
      this.parts.log(`the result of attempt ${attemptId} cannot be kept on disk: ${messageOf(error)}`);
    }
    return item;
  }

  /**
   * Hands one result in, for as long as it takes; null where the server refused it. `LEASE_LOST` is thrown: another
   * boot speaks for the station now, and the result stays for the next start.
   */
  async handIn(item: Spooled, signal: AbortSignal): Promise<Receipt | null> {
    const { client, link, log } = this.parts;
    const { attemptId, fence, key, result } = item;
    try {
      const receipt = await link.reach(
        (options) => client.submit({ attemptId, fence, key, ...result }, options),
        signal,
      );
      log(`result of attempt ${attemptId}: ${receipt.disposition}`);
      await this.parts.answered?.(item, receipt);
      await this.#forget(item);
      return receipt;
    } catch (error) {
      if (!(error instanceof LabRefusal) || error.code === 'LEASE_LOST') throw error;
      await this.#setAside(item, error);
      return null;
    }
  }

  /** A disk that refuses here costs a repetition at the next start, which the key makes harmless. */
  async #forget(item: Spooled): Promise<void> {
    try {
      await this.results.remove(item);
    } catch (error) {
      this.parts.log(
        `the result of attempt ${item.attemptId} cannot be taken off the disk: ${messageOf(error)}`,
      );
    }
  }

  async #setAside(item: Spooled, refusal: LabRefusal): Promise<void> {
    const { status, code, detail, field } = refusal;
    const line = JSON.stringify({ ...item, refusal: { status, code, detail, field } });
    await appendDurably(this.parts.disk, this.refusedFile, `${line}\n`);
    await this.parts.answered?.(item, refusal);
    await this.#forget(item);
    this.parts.log(
      `the result of attempt ${item.attemptId} was refused and is kept in ${this.refusedFile}: ${refusal.message}`,
    );
  }
}

function readSpooled(value: unknown): Spooled {
  const fields = fieldsOf(value, 'a spooled result');
  const result = fieldsOf(fields['result'], 'result');
  return {
    key: textOf(fields, 'key'),
    attemptId: textOf(fields, 'attemptId'),
    fence: numberOf(fields, 'fence'),
    result: {
      outcome: oneOf(result, 'outcome', outcomes),
      ...(result['note'] === undefined ? {} : { note: textOf(result, 'note') }),
      measurements: listOf(result, 'measurements', (item) => item as Measurement),
    },
  };
}
