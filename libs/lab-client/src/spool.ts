import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fieldsOf, listOf, numberOf, oneOf, textOf } from './answers.js';
import { ArtifactSpool } from './artifact-spool.js';
import type { LabClient } from './client.js';
import type { Disk } from './disk.js';
import { appendDurably, DurableList } from './durable-list.js';
import { LabRefusal, messageOf } from './errors.js';
import type { Link } from './link.js';
import {
  outcomes,
  type Measurement,
  type NamedArtifact,
  type Receipt,
  type Result,
  type WireResult,
} from './wire.js';

/** A result that the server has not acknowledged, under the key that it keeps. */
export interface Spooled {
  readonly key: string;
  readonly attemptId: string;
  readonly fence: number;
  readonly result: WireResult;
}

export interface SpoolParts {
  readonly client: LabClient;
  readonly link: Link;
  readonly disk: Disk;
  readonly log: (line: string) => void;
  readonly answered?: Answered | undefined;
}

/**
 * Told of what the server has said to a result, before the result leaves the disk: so at least once, however often the
 * station is killed. For one that was refused it may give the same result put right, which is handed in under a key of
 * its own.
 */
export type Answered = (item: Spooled, answer: Receipt | LabRefusal) => Promise<Result | null>;

/** Results on their way: on disk before the first try, gone from it when the server has said that it has them. */
export class Spool {
  private constructor(
    private readonly results: DurableList<Spooled>,
    private readonly artifacts: ArtifactSpool,
    private readonly folder: string,
    private readonly parts: SpoolParts,
  ) {}

  static async open(folder: string, parts: SpoolParts): Promise<Spool> {
    const results = await DurableList.open(join(folder, 'results.jsonl'), parts.disk, readSpooled);
    const named = results.items.flatMap(artifactsOf);
    const artifacts = await ArtifactSpool.open(join(folder, 'artifacts'), parts.disk, named, parts.log);
    return new Spool(results, artifacts, folder, parts);
  }

  get items(): readonly Spooled[] {
    return this.results.items;
  }

  /** A disk that refuses does not lose the result: it is handed in from memory. */
  async keep(attempt: { attemptId: string; fence: number }, found: Result): Promise<Spooled> {
    const { attemptId, fence } = attempt;
    const item: Spooled = { key: randomUUID(), attemptId, fence, result: await this.#withFiles(found) };
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
    const { log } = this.parts;
    const { attemptId } = item;
    try {
      const receipt = await this.#submit(item, signal);
      log(`result of attempt ${attemptId}: ${receipt.disposition}`);
      await this.parts.answered?.(item, receipt);
      await this.#forget(item);
      return receipt;
    } catch (error) {
      if (!(error instanceof LabRefusal) || error.code === 'LEASE_LOST') throw error;
      const putRight = await this.#setAside(item, error);
      return putRight && this.handIn(putRight, signal);
    }
  }

  /** A file that cannot be read does not lose the result: it goes without, and says so. */
  async #withFiles({ artifacts, ...result }: Result): Promise<WireResult> {
    if (artifacts === undefined || artifacts.length === 0) return result;
    const named: NamedArtifact[] = [];
    const lost: string[] = [];
    for (const file of artifacts) {
      try {
        named.push(...(await this.artifacts.keep([file])));
      } catch (error) {
        lost.push(`${file.name} is missing: ${messageOf(error)}`);
      }
    }
    for (const line of lost) this.parts.log(line);
    const note = [...(result.note === undefined ? [] : [result.note]), ...lost].join('; ').slice(0, 2000);
    return {
      ...result,
      ...(note === '' ? {} : { note }),
      ...(named.length === 0 ? {} : { artifacts: named }),
    };
  }

  /** The files first, then the result that names them; a file that the server has lost meanwhile is brought again. */
  async #submit(item: Spooled, signal: AbortSignal): Promise<Receipt> {
    const { client, link } = this.parts;
    const { attemptId, fence, key, result } = item;
    for (let tries = 1; ; tries += 1) {
      const there: NamedArtifact[] = [];
      for (const artifact of artifactsOf(item)) {
        if (await this.#upload(item, artifact, signal)) there.push(artifact);
      }
      const { outcome, note, measurements } = result;
      const body = {
        outcome,
        ...(note === undefined ? {} : { note }),
        measurements,
        ...(there.length === 0 ? {} : { artifacts: there }),
      };
      try {
        return await link.reach(
          (options) => client.submit({ attemptId, fence, key, ...body }, options),
          signal,
        );
      } catch (error) {
        const lost = error instanceof LabRefusal && error.code === 'ARTIFACT_MISSING';
        if (!lost || tries === mostTries) throw error;
      }
    }
  }

  /** False where the server will not have this file: it is set aside, and the result goes without it. */
  async #upload(item: Spooled, artifact: NamedArtifact, signal: AbortSignal): Promise<boolean> {
    const { client, link, log } = this.parts;
    const about = `${artifact.name} of attempt ${item.attemptId}`;
    const file = await this.artifacts.uploadOf(artifact);
    if (!file) {
      log(`${about} is not in the spool any more`);
      return false;
    }
    try {
      await link.reach((options) => client.upload(file, options), signal);
      return true;
    } catch (error) {
      if (!(error instanceof LabRefusal)) throw error;
      const { status, code, detail, field } = error;
      const refusal = { status, code, detail, field };
      await this.artifacts.setAside(artifact, join(this.folder, 'refused'));
      await this.#noteRefusal({ attemptId: item.attemptId, artifact, refusal });
      log(`${about} was refused and is kept in ${join(this.folder, 'refused')}: ${error.message}`);
      return false;
    }
  }

  #noteRefusal(line: object): Promise<void> {
    return appendDurably(this.parts.disk, this.#refusedFile, `${JSON.stringify(line)}\n`);
  }

  get #refusedFile(): string {
    return join(this.folder, 'refused.jsonl');
  }

  /** A disk that refuses here costs a repetition at the next start, which the key makes harmless. */
  async #forget(item: Spooled): Promise<void> {
    try {
      await this.results.remove(item);
      await this.artifacts.forget(artifactsOf(item), this.items.flatMap(artifactsOf));
    } catch (error) {
      this.parts.log(
        `the result of attempt ${item.attemptId} cannot be taken off the disk: ${messageOf(error)}`,
      );
    }
  }

  async #setAside(item: Spooled, refusal: LabRefusal): Promise<Spooled | null> {
    const { status, code, detail, field } = refusal;
    for (const artifact of artifactsOf(item)) {
      await this.artifacts.setAside(artifact, join(this.folder, 'refused'));
    }
    await this.#noteRefusal({ ...item, refusal: { status, code, detail, field } });
    const right = (await this.parts.answered?.(item, refusal)) ?? null;
    const putRight = right && (await this.keep(item, right));
    await this.#forget(item);
    this.parts.log(
      `the result of attempt ${item.attemptId} was refused and is kept in ${this.#refusedFile}: ${refusal.message}`,
    );
    return putRight;
  }
}

const mostTries = 3;

const artifactsOf = ({ result }: Spooled): readonly NamedArtifact[] => result.artifacts ?? [];

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
      ...(result['artifacts'] === undefined
        ? {}
        : { artifacts: listOf(result, 'artifacts', (item) => item as NamedArtifact) }),
    },
  };
}
