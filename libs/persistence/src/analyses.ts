import { type Json, notFound } from '@ionloop/domain';
import type {
  Analysis,
  AnalysisStore,
  CandidateFilter,
  CandidateOrder,
  CountsOf,
  Listed,
  NewAnalysis,
  NumberedCandidate,
  Ordered,
  PageAsked,
  PagesOf,
} from '@ionloop/engine';
import { In, IsNull } from 'typeorm';
import type { Database } from './database.js';
import { ended, type Ending, type Outcome } from './ended.js';
import { analysisFromRow, analysisRow } from './rows/analysis.js';
import { candidateFromRow, candidateRow } from './rows/candidate.js';
import {
  addCandidates,
  analysisProgress,
  askAnalysis,
  beginAnalysis,
  forgetCandidates,
  neglectedAnalyses,
} from './statements/analyses.js';
import { chosenCandidates } from './statements/chosen.js';
import { countsOf, ofCampaign, pageOf } from './statements/page-of.js';

export class PostgresAnalyses implements AnalysisStore {
  constructor(private readonly database: Database) {}

  async ask(analysis: NewAnalysis): Promise<Analysis> {
    const { campaignId, key } = analysis;
    const row = await this.database.ask(async (manager) => {
      await askAnalysis(manager, analysis);
      return manager.findOneBy(analysisRow, { campaignId, key });
    });
    if (!row) throw notFound('analysis', analysis.id);
    return analysisFromRow(row);
  }

  byIds(ids: readonly string[]): Promise<readonly Analysis[]> {
    return this.database.ask(async (manager) =>
      (await manager.findBy(analysisRow, { id: In([...ids]) })).map(analysisFromRow),
    );
  }

  pages(
    campaignIds: readonly string[],
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Analysis> {
    const list = ofCampaign(analysisRow, descending);
    return pageOf(this.database, list, campaignIds, page, analysisFromRow);
  }

  counts(campaignIds: readonly string[]): CountsOf {
    return countsOf(this.database, 'analysis', campaignIds);
  }

  async neglected(seconds: number): Promise<readonly Analysis[]> {
    return this.byIds(await this.database.ask((manager) => neglectedAnalyses(manager, seconds)));
  }

  unfinished(campaignId: string): Promise<number> {
    return this.database.ask((manager) => manager.countBy(analysisRow, { campaignId, endedAt: IsNull() }));
  }

  begin(id: string, silentSeconds: number): Promise<boolean> {
    return this.database.ask((manager) => beginAnalysis(manager, id, silentSeconds));
  }

  progress(
    id: string,
    far: { readonly done: number; readonly total: number | null } | null,
  ): Promise<boolean> {
    return this.database.ask((manager) => analysisProgress(manager, id, far));
  }

  end(id: string, status: Ending, outcome: Outcome): Promise<boolean> {
    return this.database.ask((manager) => ended(manager, analysisRow, id, status, outcome));
  }

  async results(ids: readonly string[]): Promise<ReadonlyMap<string, Json>> {
    const rows = await this.database.ask((manager) =>
      manager.query<{ readonly id: string; readonly result: Json }[]>(
        'SELECT id, result FROM analysis WHERE id = ANY ($1) AND result IS NOT NULL',
        [ids],
      ),
    );
    return new Map(rows.map(({ id, result }) => [id, result]));
  }

  addCandidates(id: string, candidates: readonly NumberedCandidate[]): Promise<void> {
    return this.database.ask((manager) => addCandidates(manager, id, candidates));
  }

  async candidates(
    id: string,
    filter: CandidateFilter,
    { by, descending }: Ordered<CandidateOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<NumberedCandidate>[]> {
    const list = {
      schema: candidateRow,
      parent: null,
      key: by === 'number' ? null : { sql: by, type: 'float8' },
      tie: { sql: 'number', type: 'integer' },
      descending,
      ...chosenCandidates(id, filter),
    };
    const pages = await pageOf(this.database, list, [''], page, candidateFromRow);
    return pages.get('') ?? [];
  }

  async countCandidates(id: string, filter: CandidateFilter): Promise<number> {
    const { where, values } = chosenCandidates(id, filter);
    const sql = `SELECT count(*)::integer AS count FROM candidate WHERE ${where}`;
    const [row] = await this.database.rows<{ readonly count: number }>(sql, values);
    return row?.count ?? 0;
  }

  forgetCandidates(campaignId: string, keep: number): Promise<void> {
    return this.database.ask((manager) => forgetCandidates(manager, campaignId, keep));
  }
}
