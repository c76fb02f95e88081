import {
  type Attachment,
  type Attempt,
  type Campaign,
  type CampaignRecord,
  type Experiment,
  type ExperimentState,
  inUse,
  type Json,
  type Knowledge,
  lacks,
  type Lease,
  type Measurement,
  type Model,
  type Plan,
  type RecordedEvent,
  type RowKind,
  type Rows,
  type Task,
  type TaskSubject,
} from '@ionloop/domain';
import { bestOf, progressOf } from '../experiments/progress.js';
import type {
  AbilityInWorkspace,
  BestResult,
  CampaignsIn,
  Forgotten,
  Page,
  PlanningSnapshot,
  ProgressEntry,
  RecordReader,
  RememberedAnswer,
  Standing,
} from '../ports.js';
import type { RecordLists } from '../lists/ports.js';
import { byDeadline, placeOf, type TaskFilter, type TaskPlace } from '../tasks/task-list.js';
import { dueIn, forgottenIn, stuckIn, tasksIn } from './tasks.js';
import type { CampaignTables, SharedTables } from './tables.js';

export class InMemoryReader implements RecordReader {
  constructor(
    private readonly shared: SharedTables,
    private readonly clock: () => Date,
    readonly lists: RecordLists,
  ) {}

  now(): Promise<Date> {
    return Promise.resolve(this.clock());
  }

  campaigns({ states, workspace }: CampaignsIn = {}): Promise<readonly Campaign[]> {
    const all = this.campaignsOf(workspace).map(({ rows }) => rows.campaign);
    return Promise.resolve(states ? all.filter(({ state }) => states.includes(state)) : all);
  }

  campaign(id: string): Promise<Campaign | null> {
    return Promise.resolve(this.shared.campaigns.get(id)?.rows.campaign ?? null);
  }

  campaignsById(ids: readonly string[]): Promise<readonly Campaign[]> {
    return Promise.resolve(ids.flatMap((id) => this.shared.campaigns.get(id)?.rows.campaign ?? []));
  }

  experiments(
    campaignId: string,
    filter: { readonly states?: readonly ExperimentState[] } = {},
    page?: Page,
  ): Promise<readonly Experiment[]> {
    const { states } = filter;
    const chosen = this.rowsOf(campaignId, 'experiment')
      .filter(({ state, number }) => (!states || states.includes(state)) && number > (page?.after ?? 0))
      .sort((a, b) => a.number - b.number);
    return Promise.resolve(chosen.slice(0, page?.first));
  }

  async countExperiments(campaignId: string, states?: readonly ExperimentState[]): Promise<number> {
    return (await this.experiments(campaignId, states ? { states } : {})).length;
  }

  standings(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    return this.each(campaignIds, (rows) => {
      const counts = new Map<ExperimentState, number>();
      for (const { state } of rows.all('experiment')) counts.set(state, (counts.get(state) ?? 0) + 1);
      const inState = (...states: Attempt['state'][]): number =>
        rows.all('attempt').filter(({ state }) => states.includes(state)).length;
      const past = rows.all('experiment').filter(({ origin }) => origin === 'history').length;
      return { counts, past, suspects: inState('suspect'), results: inState('flagged', 'late') };
    });
  }

  bestResults(campaignIds: readonly string[]): Promise<ReadonlyMap<string, BestResult>> {
    return this.each(campaignIds, (rows) => bestOf(rows.campaign, rows.all('experiment')));
  }

  progress(
    campaignIds: readonly string[],
    points: number,
  ): Promise<ReadonlyMap<string, readonly ProgressEntry[]>> {
    return this.each(campaignIds, (rows) => progressOf(rows.campaign, rows.all('experiment'), points));
  }

  experiment(id: string): Promise<Experiment | null> {
    return Promise.resolve(this.find('experiment', id));
  }

  attempt(id: string): Promise<Attempt | null> {
    return Promise.resolve(this.find('attempt', id));
  }

  measurement(id: string): Promise<Measurement | null> {
    return Promise.resolve(this.find('measurement', id));
  }

  attempts(experimentIds: readonly string[]): Promise<readonly Attempt[]> {
    const wanted = new Set(experimentIds);
    const all = [...this.shared.campaigns.values()].flatMap(({ rows }) => rows.all('attempt'));
    return Promise.resolve(
      all.filter(({ experimentId }) => wanted.has(experimentId)).sort((a, b) => a.fence - b.fence),
    );
  }

  leases(attemptIds: readonly string[]): Promise<readonly Lease[]> {
    const wanted = new Set(attemptIds);
    const all = [...this.shared.campaigns.values()].flatMap(({ leases }) => [...leases.values()]);
    return Promise.resolve(all.filter(({ attemptId }) => wanted.has(attemptId)));
  }

  measurements(campaignId: string, experimentIds?: readonly string[]): Promise<readonly Measurement[]> {
    const all = this.rowsOf(campaignId, 'measurement');
    return Promise.resolve(
      experimentIds ? all.filter(({ experimentId }) => experimentIds.includes(experimentId)) : all,
    );
  }

  measurementsOf(experimentIds: readonly string[]): Promise<readonly Measurement[]> {
    const wanted = new Set(experimentIds);
    const all = [...this.shared.campaigns.values()].flatMap(({ rows }) => rows.all('measurement'));
    return Promise.resolve(all.filter(({ experimentId }) => wanted.has(experimentId)));
  }

  attachmentsOf(
    campaignIds: readonly string[],
    attemptIds: readonly string[],
  ): Promise<readonly Attachment[]> {
    const wanted = new Set(attemptIds);
    const all = campaignIds.flatMap((id) => this.rowsOf(id, 'attachment'));
    return Promise.resolve(all.filter(({ attemptId }) => wanted.has(attemptId)));
  }

  attachments(campaignId: string, attemptIds?: readonly string[]): Promise<readonly Attachment[]> {
    const all = this.rowsOf(campaignId, 'attachment');
    return Promise.resolve(attemptIds ? all.filter(({ attemptId }) => attemptIds.includes(attemptId)) : all);
  }

  knowledge(campaignIds: readonly string[]): Promise<readonly Knowledge[]> {
    const all = campaignIds.flatMap((id) => this.rowsOf(id, 'knowledge'));
    return Promise.resolve(all.sort((a, b) => a.number - b.number));
  }

  plans(campaignId: string): Promise<readonly Plan[]> {
    return Promise.resolve([...this.rowsOf(campaignId, 'plan')].sort((a, b) => a.number - b.number));
  }

  models(campaignId: string): Promise<readonly Model[]> {
    return Promise.resolve(this.rowsOf(campaignId, 'model'));
  }

  latestModel(campaignId: string): Promise<Model | null> {
    return Promise.resolve(this.rowsOf(campaignId, 'model').at(-1) ?? null);
  }

  latestModels(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Model>> {
    return this.each(campaignIds, (rows) => rows.all('model').at(-1) ?? null);
  }

  modelBody(modelId: string): Promise<Json | null> {
    return Promise.resolve(this.shared.modelBodies.get(modelId) ?? null);
  }

  events(campaignId: string, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return Promise.resolve(this.shared.campaigns.get(campaignId)?.events.slice(after, after + limit) ?? []);
  }

  lastSeq(campaignId: string): Promise<number> {
    return Promise.resolve(this.shared.campaigns.get(campaignId)?.head.seq ?? 0);
  }

  lastSeqs(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const heads = campaignIds.map((id) => [id, this.shared.campaigns.get(id)?.head.seq ?? 0] as const);
    return Promise.resolve(new Map(heads.filter(([, seq]) => seq > 0)));
  }

  claimable(station: AbilityInWorkspace): Promise<readonly string[]> {
    const able = this.campaignsOf(station.workspace).filter(({ rows }) => {
      const { campaign } = rows;
      return (
        campaign.state === 'active' &&
        campaign.dispatch &&
        rows
          .all('experiment')
          .some((one) => one.state === 'queued' && lacks(station, campaign, one).length === 0)
      );
    });
    return Promise.resolve(able.map(({ rows }) => rows.campaign.id));
  }

  tasks(
    filter: TaskFilter,
    { first, after }: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<readonly Task[]> {
    const found = this.allTasks(filter).map((task) => ({ task, place: placeOf(task) }));
    const later = after ? found.filter(({ place }) => byDeadline(place, after) > 0) : found;
    const sorted = later.sort((a, b) => byDeadline(a.place, b.place));
    return Promise.resolve(sorted.slice(0, first).map(({ task }) => task));
  }

  async tasksOf(
    campaignIds: readonly string[],
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<ReadonlyMap<string, readonly Task[]>> {
    const found = campaignIds.map(
      async (campaignId) => [campaignId, await this.tasks({ campaignId }, page)] as const,
    );
    return new Map(await Promise.all(found));
  }

  countTasks(filter: TaskFilter): Promise<number> {
    return Promise.resolve(this.allTasks(filter).length);
  }

  taskCounts(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = campaignIds.map(
      (campaignId) => [campaignId, this.allTasks({ campaignId }).length] as const,
    );
    return Promise.resolve(new Map(counts.filter(([, count]) => count > 0)));
  }

  experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    return Promise.resolve(ids.map((id) => this.find('experiment', id)).filter((one) => one !== null));
  }

  private allTasks(filter: TaskFilter): readonly Task[] {
    const now = this.clock();
    return this.campaignsOf(filter.workspace).flatMap(({ rows }) => tasksIn(rows, filter, now));
  }

  due(campaignId: string, limit: number): Promise<readonly TaskSubject[]> {
    const tables = this.shared.campaigns.get(campaignId);
    return Promise.resolve(tables ? dueIn(tables.rows, this.clock()).slice(0, limit) : []);
  }

  stuck(
    campaignId: string,
    limit: number,
  ): Promise<{ readonly unable: readonly string[]; readonly ableAgain: readonly string[] }> {
    const tables = this.shared.campaigns.get(campaignId);
    if (!tables) return Promise.resolve({ unable: [], ableAgain: [] });
    const stations = [...this.shared.stations.values()].filter(
      ({ workspace }) => workspace === tables.workspace,
    );
    const { unable, ableAgain } = stuckIn(tables.rows, stations, this.clock());
    return Promise.resolve({ unable: unable.slice(0, limit), ableAgain: ableAgain.slice(0, limit) });
  }

  forgotten(campaignId: string): Promise<readonly Forgotten[]> {
    const tables = this.shared.campaigns.get(campaignId);
    return Promise.resolve(tables ? forgottenIn(tables) : []);
  }

  planningSnapshot(campaignId: string): Promise<PlanningSnapshot | null> {
    const tables = this.shared.campaigns.get(campaignId);
    if (!tables) return Promise.resolve(null);
    return Promise.resolve({
      seq: tables.head.seq,
      campaign: tables.rows.campaign,
      experiments: tables.rows.all('experiment'),
      accepted: tables.rows.all('measurement').filter(({ status }) => status === 'accepted'),
      knowledge: inUse(tables.rows.all('knowledge')),
    });
  }

  recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    return Promise.resolve(this.shared.answers.get(`${scope}\n${key}`) ?? null);
  }

  private each<T>(
    campaignIds: readonly string[],
    look: (rows: CampaignRecord) => T | null,
  ): Promise<ReadonlyMap<string, T>> {
    const found = campaignIds.map((id) => {
      const tables = this.shared.campaigns.get(id);
      return [id, tables ? look(tables.rows) : null] as const;
    });
    return Promise.resolve(
      new Map(found.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]))),
    );
  }

  private campaignsOf(workspace: string | undefined): readonly CampaignTables[] {
    const all = [...this.shared.campaigns.values()];
    return workspace === undefined ? all : all.filter((tables) => tables.workspace === workspace);
  }

  private rowsOf<K extends RowKind>(campaignId: string, kind: K): readonly Rows[K][] {
    return this.shared.campaigns.get(campaignId)?.rows.all(kind) ?? [];
  }

  private find<K extends RowKind>(kind: K, id: string): Rows[K] | null {
    for (const { rows } of this.shared.campaigns.values()) {
      const row = rows.find(kind, id);
      if (row) return row;
    }
    return null;
  }
}
