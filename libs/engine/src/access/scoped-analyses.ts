import { type Json, notFound } from '@ionloop/domain';
import type {
  Analysis,
  AnalysisStore,
  CandidateFilter,
  CandidateOrder,
  NewAnalysis,
  NumberedCandidate,
} from '../analyses/analysis.js';
import type { CountsOf, Listed, Ordered, PageAsked, PagesOf } from '../lists/ports.js';
import type { Within } from './scope.js';

/** Questions about campaigns that lie within a scope. */
export class ScopedAnalyses implements AnalysisStore {
  constructor(
    private readonly analyses: AnalysisStore,
    private readonly within: Within,
  ) {}

  async ask(analysis: NewAnalysis): Promise<Analysis> {
    if (!(await this.within.has(analysis.campaignId))) throw notFound('campaign', analysis.campaignId);
    return this.analyses.ask(analysis);
  }

  async byIds(ids: readonly string[]): Promise<readonly Analysis[]> {
    return this.within.those(await this.analyses.byIds(ids));
  }

  async pages(ids: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Analysis> {
    return this.analyses.pages([...(await this.within.campaigns(ids))], order, page);
  }

  async counts(ids: readonly string[]): CountsOf {
    return this.analyses.counts([...(await this.within.campaigns(ids))]);
  }

  async neglected(seconds: number): Promise<readonly Analysis[]> {
    return this.within.those(await this.analyses.neglected(seconds));
  }

  unfinished(campaignId: string): Promise<number> {
    return this.within.of(campaignId, () => this.analyses.unfinished(campaignId), 0);
  }

  begin(id: string, silentSeconds: number): Promise<boolean> {
    return this.own(id, () => this.analyses.begin(id, silentSeconds));
  }

  progress(
    id: string,
    far: { readonly done: number; readonly total: number | null } | null,
  ): Promise<boolean> {
    return this.own(id, () => this.analyses.progress(id, far));
  }

  end(
    id: string,
    status: 'completed' | 'failed' | 'cancelled',
    outcome: { readonly result?: Json; readonly error?: string },
  ): Promise<boolean> {
    return this.own(id, () => this.analyses.end(id, status, outcome));
  }

  async results(ids: readonly string[]): Promise<ReadonlyMap<string, Json>> {
    return this.analyses.results((await this.byIds(ids)).map(({ id }) => id));
  }

  addCandidates(id: string, candidates: readonly NumberedCandidate[]): Promise<void> {
    return this.own(id, () => this.analyses.addCandidates(id, candidates));
  }

  candidates(
    id: string,
    filter: CandidateFilter,
    order: Ordered<CandidateOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<NumberedCandidate>[]> {
    return this.own(id, () => this.analyses.candidates(id, filter, order, page));
  }

  countCandidates(id: string, filter: CandidateFilter): Promise<number> {
    return this.own(id, () => this.analyses.countCandidates(id, filter));
  }

  forgetCandidates(campaignId: string, keep: number): Promise<void> {
    return this.within.of(campaignId, () => this.analyses.forgetCandidates(campaignId, keep), undefined);
  }

  private async own<T>(id: string, work: () => Promise<T>): Promise<T> {
    if ((await this.byIds([id])).length === 0) throw notFound('analysis', id);
    return work();
  }
}
