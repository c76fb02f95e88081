import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabRefusal, type Assignment, type Receipt, type Result, type Spooled } from '@ionloop/lab-client';

/** What the lab knows and the server is not told: a line each, on disk before anything that comes after it. */
export type JournalLine =
  /** Hardware moves from now on. */
  | (Attempt & {
      readonly event: 'moved';
      readonly campaignId: string;
      readonly experimentId: string;
      readonly experiment: number;
      readonly specHash: string;
      readonly point: Assignment['spec']['point'];
    })
  /** Nothing of the attempt moves any more. */
  | (Attempt & {
      readonly event: 'stood-still';
      readonly campaignId: string;
      readonly experiment: number;
      readonly outcome: Result['outcome'];
      readonly note: string | null;
      /** What is so, and what was found; null where nothing was measured. */
      readonly truth: number | null;
      readonly found: number | null;
      readonly unit: string | null;
    })
  /** The server has said what became of a result; for the same result at least once, with the same key. */
  | (Attempt & {
      readonly event: 'acknowledged';
      readonly key: string;
      readonly outcome: Result['outcome'];
      readonly disposition: Receipt['disposition'];
      readonly measurementIds: readonly string[];
    })
  | (Attempt & {
      readonly event: 'refused';
      readonly key: string;
      readonly outcome: Result['outcome'];
      readonly status: number;
      readonly code: string;
      readonly detail: string;
    });

interface Attempt {
  readonly station: string;
  readonly attemptId: string;
  readonly fence: number;
}

/** One file for a lab, one write and one fsync a line; several processes may write to the same one. */
export class Journal {
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(private readonly file: FileHandle | null) {}

  /** Without a path nothing is kept. */
  static async open(path: string | null): Promise<Journal> {
    if (path === null) return new Journal(null);
    await mkdir(dirname(path), { recursive: true });
    return new Journal(await open(path, 'a'));
  }

  /** Resolves when the line is on disk. */
  write(line: JournalLine): Promise<void> {
    const { file } = this;
    if (file === null) return Promise.resolve();
    const written = this.#writing.then(async () => {
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.datasync();
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.file?.close();
  }
}

export const moved = (station: string, assignment: Assignment): JournalLine => {
  const { attemptId, fence, campaignId, experimentId, experimentNumber, specHash, spec } = assignment;
  return {
    event: 'moved',
    station,
    attemptId,
    fence,
    campaignId,
    experimentId,
    experiment: experimentNumber,
    specHash,
    point: spec.point,
  };
};

export function answered(station: string, item: Spooled, answer: Receipt | LabRefusal): JournalLine {
  const { attemptId, fence, key, result } = item;
  const told = { station, attemptId, fence, key, outcome: result.outcome };
  if (answer instanceof LabRefusal) {
    const { status, code, detail } = answer;
    return { event: 'refused', ...told, status, code, detail };
  }
  const { disposition, measurementIds } = answer;
  return { event: 'acknowledged', ...told, disposition, measurementIds };
}
