import type { ChunkResult, Json, Observation, Objective, Point, ScreenTally } from '@ionloop/domain';
import type { CountsOf, Ordered, PageAsked, PagesOf } from '../lists/ports.js';
import type { AskedUnder, MadeUnder } from '../made-under.js';

export type ScreenStatus = 'preparing' | 'running' | 'completed' | 'cancelled' | 'failed';

/** A screen of a campaign's space, as the record knows it. */
export interface Screen {
  readonly id: string;
  readonly campaignId: string;
  readonly status: ScreenStatus;
  readonly request: ScreenRequestSpec;
  /** Null while it is being prepared. */
  readonly size: ScreenSize | null;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export type NewScreen = Pick<Screen, 'id' | 'campaignId' | 'request' | 'createdBy'>;

export interface ScreenSize {
  readonly chunks: number;
  /** Written out, because it may pass 2⁵³. */
  readonly candidates: string;
  /** How many of the best are kept while chunks are added up. */
  readonly kept: number;
}

/** Everything that a screener needs, as plain data: the same request has the same result. */
export interface ScreenRequestSpec {
  readonly settings: Json;
  readonly goal: Objective['goal'];
  readonly model: string;
  readonly observations: readonly Observation[];
  readonly failures: readonly Point[];
}

/** What has been stored of a screen's chunks. */
export interface ChunksDone {
  readonly chunks: number;
  readonly candidates: number;
  readonly lastAt: string | null;
}

/** Screens are no part of a campaign's log: they change nothing in it, and a lost one can be made again. */
export interface ScreenStore {
  /** Under a key that another was added under before, that one is given and nothing is added. */
  add(screen: NewScreen, asked?: AskedUnder): Promise<Screen>;
  under(key: string): Promise<MadeUnder<Screen> | null>;
  byId(id: string): Promise<Screen | null>;
  byIds(ids: readonly string[]): Promise<readonly Screen[]>;
  /** The same page of each campaign's. */
  pages(campaignIds: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Screen>;
  counts(campaignIds: readonly string[]): CountsOf;
  /** Screens that are being prepared or running. */
  unfinished(): Promise<readonly Screen[]>;
  /** From 'preparing' to 'running'; false where another was first or it was cancelled. */
  begin(id: string, plan: Json, size: ScreenSize): Promise<boolean>;
  plan(id: string): Promise<Json | null>;
  /** Stores a chunk once: one that is there already stays as it is. */
  addChunk(id: string, chunk: number, result: ChunkResult, candidates: number): Promise<void>;
  missingChunks(id: string): Promise<readonly number[]>;
  done(id: string): Promise<ChunksDone>;
  /** Of each of them; nothing is said of what has no chunk yet. */
  doneOf(ids: readonly string[]): Promise<ReadonlyMap<string, ChunksDone>>;
  /** Results by the number of their chunk, those from `from` on. */
  chunks(id: string, from: number, most: number): Promise<readonly ChunkResult[]>;
  /** Ends an unfinished one; false where it had ended already. */
  end(
    id: string,
    status: 'completed' | 'cancelled' | 'failed',
    outcome: { readonly result?: Json; readonly error?: string },
  ): Promise<boolean>;
  result(id: string): Promise<Json | null>;
}

/** Does the arithmetic where CPU work may run. */
export interface Screener {
  prepare(request: ScreenRequestSpec): Promise<{ readonly plan: Json; readonly size: ScreenSize }>;
  /** The plan is read only where this screener does not know it yet. */
  chunk(id: string, readPlan: () => Promise<Json>, chunk: number): Promise<ChunkResult>;
  finish(id: string, readPlan: () => Promise<Json>, tally: ScreenTally): Promise<Json>;
}

/** Hints that a screen, or chunks of it, are to be worked on. They may be lost, repeated or late. */
export interface ScreenHints {
  screen(id: string, chunks: readonly number[]): Promise<void>;
  /** Whether none is waiting or worked on. */
  idle(): Promise<boolean>;
}
