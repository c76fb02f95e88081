import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabRefusal, type Assignment, type Receipt, type Result, type Spooled } from '@ionloop/lab-client';
import type { FaultKind } from './faults/kinds.js';
import type { Firing } from './floor/furnace.js';
import type { MistakeKind } from './lab/mistakes.js';

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
      /** Of life, since the lab was opened. */
      readonly hours: number;
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
      /** What was done wrong with the value before it was handed in. */
      readonly mistake: MistakeKind | null;
      readonly outlier: boolean;
      readonly firing: Firing | null;
      /** Of life, since the lab was opened. */
      readonly hours: number;
    })
  | {
      readonly event: 'fault';
      readonly station: string;
      readonly attemptId: string | null;
      readonly fence: number | null;
      readonly fault: FaultKind;
      readonly detail: string;
      /** What the server said to it, where it was asked. */
      readonly answer: { readonly status: number; readonly code: string | null } | null;
    }
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

export interface Journal {
  /** Resolves when the line is where it lasts. */
  write(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}

export const noJournal: Journal = { write: () => Promise.resolve(), close: () => Promise.resolve() };

/** One file for a lab, one write and one fsync a line; several processes may write to the same one. */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a');
  let writing: Promise<unknown> = Promise.resolve();
  return {
    write: (line) => {
      const written = writing.then(async () => {
        await file.appendFile(`${JSON.stringify(line)}\n`);
        await file.datasync();
      });
      writing = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
}

export const moved = (station: string, assignment: Assignment, hours: number): JournalLine => {
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
    hours,
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
