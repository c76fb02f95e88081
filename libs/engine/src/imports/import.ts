import type { Actor } from '@ionloop/domain';
import type { HistoryOptions } from '../history/options.js';
import type { BadRow } from '../history/read-row.js';
import type { HistoryReport } from '../history/report.js';
import type { Preview } from '../history/preview.js';

export const importStates = [
  'uploading',
  'surveying',
  'surveyed',
  'importing',
  'done',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof importStates)[number];

/** A table on its way into a campaign: brought, looked at, and written by a worker. */
export interface HistoryImport {
  readonly id: string;
  readonly campaignId: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly options: HistoryOptions;
  readonly state: ImportState;
  readonly progress: ImportProgress;
  /** What was found in it; null until it has been looked at. */
  readonly report: HistoryReport | null;
  readonly preview: Preview | null;
  readonly error: string | null;
  /** Who brought it or, where it was started, who did that: the record names them for what was written. */
  readonly actor: Actor;
  readonly createdAt: string;
  /** When a worker began with what it does just now. */
  readonly startedAt: string | null;
  /** The last sign of life. */
  readonly touchedAt: string;
  readonly endedAt: string | null;
}

export interface ImportProgress {
  /** Of the file that were read, in what is done just now. */
  readonly rows: number;
  readonly bytes: number;
  readonly bad: number;
  /** Rows whose results are in the campaign, or were found to be there. */
  readonly written: number;
}

export type NewImport = Pick<HistoryImport, 'id' | 'campaignId' | 'fileName' | 'options' | 'actor'> & {
  /** The same key names the same upload. */
  readonly key: string | null;
};

/** What a worker has found when it comes to the end of a survey or of an import. */
export interface ImportOutcome {
  readonly report?: HistoryReport;
  readonly preview?: Preview;
  readonly error?: string;
}

/**
 * Tables that somebody brings, with their bytes, beside the record. Each time that one is asked for its `run` goes up:
 * what an earlier run finds afterwards is not kept.
 */
export interface ImportStore {
  /** The one under this key, where there is one; else this one, with no bytes yet. */
  add(added: NewImport): Promise<HistoryImport>;
  /** The bytes of one that is uploading, a stretch at a time, by number from 0. */
  addPiece(id: string, number: number, bytes: Uint8Array): Promise<void>;
  /** All bytes are there: it waits to be looked at. False where it is not uploading. */
  uploaded(id: string, file: { readonly bytes: number; readonly sha256: string }): Promise<boolean>;
  /** One whose upload broke off is as if it had not been. */
  remove(id: string): Promise<void>;
  byIds(ids: readonly string[]): Promise<readonly HistoryImport[]>;
  /** Of all of these campaigns, the newest first. */
  ofCampaigns(campaignIds: readonly string[]): Promise<readonly HistoryImport[]>;
  /** That are to be worked on, and not heard of for so many seconds. */
  neglected(seconds: number): Promise<readonly HistoryImport[]>;
  /** To be looked at again, or to be written; false where it is in none of these states. */
  ask(
    id: string,
    from: readonly ImportState[],
    wanted: {
      readonly state: 'surveying' | 'importing';
      readonly options: HistoryOptions;
      readonly actor: Actor;
    },
  ): Promise<boolean>;
  /** Takes it to work on; null where another has it, or there is nothing to do. */
  begin(id: string, silentSeconds: number): Promise<number | null>;
  /** A sign of life, with how far it is where that is known; false where this run is over. */
  progress(id: string, run: number, far: ImportProgress | null): Promise<boolean>;
  /** False where this run is over. */
  end(
    id: string,
    run: number,
    state: 'surveyed' | 'done' | 'failed',
    outcome: ImportOutcome,
  ): Promise<boolean>;
  /** False where it is at its end. */
  cancel(id: string): Promise<boolean>;
  content(id: string): AsyncIterable<Uint8Array>;
  /** Of a run; those of earlier ones are forgotten with its first. */
  addBad(id: string, run: number, rows: readonly BadRow[]): Promise<void>;
  /** Of the latest run that had any, by line. */
  badRows(id: string): AsyncIterable<readonly BadRow[]>;
  /** The bytes of what is over, and all of what was never uploaded or not gone on with for so long; returns how many. */
  sweep(olderThanSeconds: number): Promise<number>;
}

/** A hint that an import is to be worked on. It may be lost, repeated or late. */
export interface ImportHints {
  import(id: string): Promise<void>;
}

/** What is to be done by a worker. */
export const isUnderWay = ({ state }: Pick<HistoryImport, 'state'>): boolean =>
  state === 'surveying' || state === 'importing';
