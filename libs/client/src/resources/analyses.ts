import type { Connection } from '../connection.js';
import type { Analysis, Candidate } from '../entities.js';
import { ClientError } from '../errors.js';
import { type FollowOptions, picked } from '../follow.js';
import * as g from '../generated/graphql.js';
import { found, type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

type Requests = { [K in keyof g.AnalysisRequestInput]-?: NonNullable<g.AnalysisRequestInput[K]> };
export type AnalysisKind = keyof Requests;

export type AnalysisResult = g.AnalysisResultFieldsFragment;

/** The name of the type that answers each question. */
interface ResultNames {
  advice: 'AdviceResult';
  bench: 'BenchResult';
  calibration: 'CalibrationResult';
  candidates: 'CandidatesResult';
  dependence: 'DependenceResult';
  front: 'FrontResult';
  importances: 'ImportancesResult';
  rehearsal: 'RehearsalResult';
  relations: 'RelationsResult';
  slice: 'SliceResult';
  verification: 'VerificationResult';
  whatIf: 'WhatIfResult';
}

export type ResultOf<K extends AnalysisKind> = Extract<AnalysisResult, { __typename: ResultNames[K] }>;

/** The analysis, and what it found. */
export interface Answered<K extends AnalysisKind> {
  readonly analysis: Analysis;
  readonly result: ResultOf<K>;
}

export interface RunOptions extends CallOptions {
  readonly onProgress?: (analysis: Analysis) => void;
}

export interface CandidateListOptions extends ListOptions {
  readonly filter?: g.CandidateFilterInput;
  readonly orderBy?: g.CandidateOrderInput;
}

/** It failed, or somebody cancelled it. */
export class AnalysisUnanswered extends ClientError {
  override readonly name = 'AnalysisUnanswered';

  constructor(readonly analysis: Analysis) {
    const { status, kind, error } = analysis;
    super(
      status === 'cancelled' ? 'CANCELLED' : 'FAILED',
      `the analysis ${kind} was ${status}${error === null ? '' : `: ${error}`}`,
    );
  }
}

const isOver = ({ status }: Analysis): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** Questions about a campaign that a worker answers. */
export class Analyses {
  constructor(private readonly operator: Operator) {}

  /** Asks and waits: `run(id, { advice: {} })` answers with advice. Aborting ends the waiting, not the work. */
  async run<K extends AnalysisKind>(
    campaignId: string,
    request: Pick<Requests, K>,
    { onProgress, ...call }: RunOptions = {},
  ): Promise<Answered<K>> {
    const { id } = await this.start(campaignId, request, call);
    for await (const analysis of this.follow(id, call)) {
      onProgress?.(analysis);
      if (!isOver(analysis)) continue;
      if (analysis.status !== 'completed') throw new AnalysisUnanswered(analysis);
    }
    const { result, ...analysis } = found(await this.get(id, call));
    if (!isOver(analysis) || result === null) throw new AnalysisUnanswered(analysis);
    return { analysis, result: result as ResultOf<K> };
  }

  /** Exactly one question; one that was asked of the same state before has its answer already. */
  async start(campaignId: string, request: g.AnalysisRequestInput, call?: CallOptions): Promise<Analysis> {
    const input = { campaignId, request };
    return made((await this.operator.run(g.StartAnalysisDocument, { input }, call)).startAnalysis.analysis);
  }

  /** As it is and each time that it has come further; ends with it. */
  follow(
    id: string,
    options: Pick<FollowOptions<unknown>, 'signal' | 'onCut'> = {},
  ): AsyncIterableIterator<Analysis, void, undefined> {
    const entries = this.operator.subscribe(
      g.AnalysisProgressDocument,
      { id },
      {
        ...options,
        resume: () => ({ id }),
        ended: (last) => last !== null && isOver(last.analysisProgress),
      },
    );
    return picked(entries, ({ analysisProgress }) => analysisProgress);
  }

  async get(
    id: string,
    call?: CallOptions,
  ): Promise<(Analysis & { readonly result: AnalysisResult | null }) | null> {
    return (await this.operator.run(g.AnalysisDocument, { id }, call)).analysis;
  }

  /** Of a campaign, the newest first. */
  list(campaignId: string, list?: ListOptions): Connection<Analysis> {
    return this.operator.list(
      g.AnalysesDocument,
      { id: campaignId },
      (data) => data.campaign?.analyses,
      list,
    );
  }

  /** Of a completed analysis `candidates`, sorted and filtered on the server. */
  candidates(id: string, { filter, orderBy, ...list }: CandidateListOptions = {}): Connection<Candidate> {
    return this.operator.list(
      g.CandidatesDocument,
      { id, filter, orderBy },
      ({ analysis }) =>
        analysis?.result?.__typename === 'CandidatesResult' ? analysis.result.candidates : null,
      list,
    );
  }

  async cancel(id: string, call?: CallOptions): Promise<Analysis> {
    const data = await this.operator.run(g.CancelAnalysisDocument, { input: { id } }, call);
    return made(data.cancelAnalysis.analysis);
  }
}
