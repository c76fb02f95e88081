import { type Json, notFound } from '@ionloop/domain';
import type {
  Analysis,
  AnalysisStatus,
  AnalysisStore,
  CandidateFilter,
  CandidateOrder,
  NewAnalysis,
  NumberedCandidate,
} from '../analyses/analysis.js';
import { countsIn, pageIn, pagesInTime } from '../lists/page-in.js';
import type { CountsOf, Listed, Ordered, PageAsked, PagesOf } from '../lists/ports.js';
import { asStored } from './tables.js';

interface Kept {
  readonly analysis: Analysis;
  readonly touchedAt: number;
  readonly result: Json | null;
  readonly candidates: ReadonlyMap<number, NumberedCandidate>;
}

export class InMemoryAnalyses implements AnalysisStore {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: () => Date) {}

  ask(asked: NewAnalysis): Promise<Analysis> {
    const known = this.all().find(
      ({ analysis }) => analysis.campaignId === asked.campaignId && analysis.key === asked.key,
    );
    const again = known?.analysis.status === 'failed' || known?.analysis.status === 'cancelled';
    if (known && !again) return Promise.resolve(known.analysis);
    const createdAt = known?.analysis.createdAt ?? this.clock().toISOString();
    const analysis: Analysis = {
      ...(known?.analysis ?? asStored(asked)),
      ...{ status: 'waiting', done: 0, total: null, error: null, createdAt, startedAt: null, endedAt: null },
    };
    this.kept.set(analysis.id, {
      analysis,
      touchedAt: this.clock().getTime(),
      result: null,
      candidates: known?.candidates ?? new Map(),
    });
    return Promise.resolve(analysis);
  }

  byIds(ids: readonly string[]): Promise<readonly Analysis[]> {
    return Promise.resolve(ids.flatMap((id) => this.kept.get(id)?.analysis ?? []));
  }

  pages(ids: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Analysis> {
    return pagesInTime(ids, (id) => this.ofCampaign(id), order, page);
  }

  counts(ids: readonly string[]): CountsOf {
    return countsIn(ids, (id) => this.ofCampaign(id));
  }

  neglected(seconds: number): Promise<readonly Analysis[]> {
    const latest = this.clock().getTime() - 1000 * seconds;
    return Promise.resolve(
      this.all()
        .filter(({ analysis, touchedAt }) => analysis.endedAt === null && touchedAt < latest)
        .map(({ analysis }) => analysis),
    );
  }

  unfinished(campaignId: string): Promise<number> {
    const open = this.all().filter(
      ({ analysis }) => analysis.campaignId === campaignId && analysis.endedAt === null,
    );
    return Promise.resolve(open.length);
  }

  begin(id: string, silentSeconds: number): Promise<boolean> {
    const { analysis, touchedAt } = this.one(id);
    const silent = touchedAt < this.clock().getTime() - 1000 * silentSeconds;
    const free = analysis.status === 'waiting' || (analysis.status === 'running' && silent);
    if (free) {
      const startedAt = analysis.startedAt ?? this.clock().toISOString();
      this.change(id, { status: 'running', startedAt });
    }
    return Promise.resolve(free);
  }

  progress(
    id: string,
    far: { readonly done: number; readonly total: number | null } | null,
  ): Promise<boolean> {
    const { status, done, total } = this.one(id).analysis;
    if (status === 'running') this.change(id, { done: far?.done ?? done, total: far?.total ?? total });
    return Promise.resolve(status === 'running');
  }

  end(
    id: string,
    status: Extract<AnalysisStatus, 'completed' | 'failed' | 'cancelled'>,
    { result, error }: { readonly result?: Json; readonly error?: string },
  ): Promise<boolean> {
    if (this.one(id).analysis.endedAt !== null) return Promise.resolve(false);
    this.change(id, { status, error: error ?? null, endedAt: this.clock().toISOString() });
    if (result !== undefined) this.kept.set(id, { ...this.one(id), result: asStored(result) });
    return Promise.resolve(true);
  }

  results(ids: readonly string[]): Promise<ReadonlyMap<string, Json>> {
    const found = ids.flatMap((id) => {
      const result = this.kept.get(id)?.result ?? null;
      return result === null ? [] : [[id, result] as const];
    });
    return Promise.resolve(new Map(found));
  }

  addCandidates(id: string, candidates: readonly NumberedCandidate[]): Promise<void> {
    const before = this.one(id);
    const added = candidates.filter(({ number }) => !before.candidates.has(number));
    const all = new Map([...before.candidates, ...asStored(added).map((one) => [one.number, one] as const)]);
    this.kept.set(id, { ...before, candidates: all });
    return Promise.resolve();
  }

  candidates(
    id: string,
    filter: CandidateFilter,
    { by, descending }: Ordered<CandidateOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<NumberedCandidate>[]> {
    const listed = this.chosen(id, filter).map((item) => ({
      item,
      place: { key: by === 'number' ? null : item[by], tie: item.number },
    }));
    return Promise.resolve(pageIn(listed, descending, page));
  }

  countCandidates(id: string, filter: CandidateFilter): Promise<number> {
    return Promise.resolve(this.chosen(id, filter).length);
  }

  forgetCandidates(campaignId: string, keep: number): Promise<void> {
    const done = this.all()
      .map(({ analysis }) => analysis)
      .filter(
        (one) => one.campaignId === campaignId && one.kind === 'candidates' && one.status === 'completed',
      )
      .sort((a, b) => (`${a.endedAt} ${a.id}` < `${b.endedAt} ${b.id}` ? 1 : -1));
    for (const { id } of done.slice(keep)) this.kept.delete(id);
    return Promise.resolve();
  }

  private chosen(id: string, filter: CandidateFilter): readonly NumberedCandidate[] {
    const { meanFrom, meanTo, sdFrom, sdTo, scoreFrom, feasibleFrom, tried, text } = filter;
    return [...(this.kept.get(id)?.candidates.values() ?? [])].filter(
      (one) =>
        (meanFrom === undefined || one.mean >= meanFrom) &&
        (meanTo === undefined || one.mean <= meanTo) &&
        (sdFrom === undefined || one.sd >= sdFrom) &&
        (sdTo === undefined || one.sd <= sdTo) &&
        (scoreFrom === undefined || one.score >= scoreFrom) &&
        (feasibleFrom === undefined || one.feasible >= feasibleFrom) &&
        (tried === undefined || one.tried === tried) &&
        (text === undefined || JSON.stringify(one.point).toLowerCase().includes(text.toLowerCase())),
    );
  }

  private ofCampaign(id: string): readonly Analysis[] {
    return this.all().flatMap(({ analysis }) => (analysis.campaignId === id ? [analysis] : []));
  }

  private all(): readonly Kept[] {
    return [...this.kept.values()];
  }

  private one(id: string): Kept {
    const found = this.kept.get(id);
    if (!found) throw notFound('analysis', id);
    return found;
  }

  private change(id: string, change: Partial<Analysis>): void {
    const { analysis, ...rest } = this.one(id);
    this.kept.set(id, {
      ...rest,
      analysis: { ...analysis, ...change },
      touchedAt: this.clock().getTime(),
    });
  }
}
