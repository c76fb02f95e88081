import type { AnalysisInput, AnalysisKind, AnalysisRequest, Json, ScoredCandidate } from '@ionloop/domain';
import type { CountsOf, Listed, Ordered, PageAsked, PagesOf } from '../lists/ports.js';

export type AnalysisStatus = 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A question about a campaign and how far its answer is. It changes nothing in the campaign's log; a lost one is asked again. */
export interface Analysis {
  readonly id: string;
  readonly campaignId: string;
  readonly kind: AnalysisKind;
  readonly request: AnalysisRequest;
  /** Names the request and the state of the campaign that it was asked of: the same is answered once. */
  readonly key: string;
  readonly status: AnalysisStatus;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  readonly error: string | null;
  /** Of the campaign, when it was asked. */
  readonly dataRevision: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export type NewAnalysis = Pick<
  Analysis,
  'id' | 'campaignId' | 'kind' | 'request' | 'key' | 'dataRevision' | 'createdBy'
>;

export const candidateOrders = ['number', 'score', 'mean', 'sd', 'feasible'] as const;
export type CandidateOrder = (typeof candidateOrders)[number];

export interface CandidateFilter {
  readonly meanFrom?: number;
  readonly meanTo?: number;
  readonly sdFrom?: number;
  readonly sdTo?: number;
  readonly scoreFrom?: number;
  readonly feasibleFrom?: number;
  readonly tried?: boolean;
  /** Anywhere in the point. */
  readonly text?: string;
}

export interface NumberedCandidate extends ScoredCandidate {
  /** From 0, in the order of the space. */
  readonly number: number;
}

export interface AnalysisStore {
  /** The one with this key, where there is one that did not fail and was not cancelled; else this one, to be done. */
  ask(analysis: NewAnalysis): Promise<Analysis>;
  byIds(ids: readonly string[]): Promise<readonly Analysis[]>;
  /** The same page of each campaign's. */
  pages(campaignIds: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Analysis>;
  counts(campaignIds: readonly string[]): CountsOf;
  /** Waiting, or running and not heard of for so many seconds. */
  neglected(seconds: number): Promise<readonly Analysis[]>;
  /** How many of a campaign are not at their end. */
  unfinished(campaignId: string): Promise<number>;
  /** Takes it to work on; false where another has it, or it is at its end. */
  begin(id: string, silentSeconds: number): Promise<boolean>;
  /** A sign of life, with how far it is where that is known. False where it is at its end: nobody wants it any more. */
  progress(
    id: string,
    far: { readonly done: number; readonly total: number | null } | null,
  ): Promise<boolean>;
  end(
    id: string,
    status: 'completed' | 'failed' | 'cancelled',
    outcome: { readonly result?: Json; readonly error?: string },
  ): Promise<boolean>;
  results(ids: readonly string[]): Promise<ReadonlyMap<string, Json>>;
  /** Candidates of an analysis; those that are there already stay. */
  addCandidates(id: string, candidates: readonly NumberedCandidate[]): Promise<void>;
  candidates(
    id: string,
    filter: CandidateFilter,
    order: Ordered<CandidateOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<NumberedCandidate>[]>;
  countCandidates(id: string, filter: CandidateFilter): Promise<number>;
  /** Forgets all of a campaign's lists of candidates but the newest ones. */
  forgetCandidates(campaignId: string, keep: number): Promise<void>;
}

/** Does the arithmetic where CPU work may run. */
export interface Analyst {
  analyse(request: AnalysisRequest, input: AnalysisInput, report: Report): Promise<Json>;
}

/** What an analyst tells while it works. */
export interface Report {
  /** Throws `AnalysisUnwanted` where nobody wants the answer any more. */
  progress(done: number, total: number | null): Promise<void>;
  candidates(some: readonly NumberedCandidate[]): Promise<void>;
}

export class AnalysisUnwanted extends Error {
  constructor() {
    super('the analysis is at its end');
    this.name = 'AnalysisUnwanted';
  }
}

/** A hint that an analysis is to be worked on. It may be lost, repeated or late. */
export interface AnalysisHints {
  analyse(id: string): Promise<void>;
}
