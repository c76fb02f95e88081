import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  ExperimentState,
  Json,
  Knowledge,
  Lease,
  Measurement,
  Model,
  Plan,
  RecordedEvent,
  Task,
  TaskSubject,
} from '@ionloop/domain';
import type {
  AbilityInWorkspace,
  BestResult,
  CampaignsIn,
  Forgotten,
  Page,
  PlanningSnapshot,
  ProgressEntry,
  RecordReader,
  RecordStore,
  RememberedAnswer,
  Standing,
} from '../ports.js';
import type { RecordLists } from '../lists/ports.js';
import { ScopedLists } from './scoped-lists.js';
import type { TaskFilter, TaskPlace } from '../tasks/task-list.js';
import type { Within } from './scope.js';

/** Reads as if there were nothing but what lies within a scope. */
export class ScopedReader implements RecordReader {
  readonly lists: RecordLists;
  private readonly read: RecordReader;

  constructor(
    private readonly store: RecordStore,
    private readonly within: Within,
  ) {
    this.read = store.read;
    this.lists = new ScopedLists(store.read.lists, within);
  }

  now(): Promise<Date> {
    return this.read.now();
  }

  async campaigns(filter: CampaignsIn = {}): Promise<readonly Campaign[]> {
    const { workspace, campaign } = this.within.scope;
    const found = await this.read.campaigns({ ...filter, workspace });
    return campaign === null ? found : found.filter(({ id }) => id === campaign);
  }

  campaign(id: string): Promise<Campaign | null> {
    return this.within.of(id, () => this.read.campaign(id), null);
  }

  async campaignsById(ids: readonly string[]): Promise<readonly Campaign[]> {
    return this.read.campaignsById([...(await this.within.campaigns(ids))]);
  }

  async standings(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    return this.read.standings([...(await this.within.campaigns(ids))]);
  }

  async bestResults(ids: readonly string[]): Promise<ReadonlyMap<string, BestResult>> {
    return this.read.bestResults([...(await this.within.campaigns(ids))]);
  }

  async progress(
    ids: readonly string[],
    points: number,
  ): Promise<ReadonlyMap<string, readonly ProgressEntry[]>> {
    return this.read.progress([...(await this.within.campaigns(ids))], points);
  }

  experiments(
    campaignId: string,
    filter?: { readonly states?: readonly ExperimentState[] },
    page?: Page,
  ): Promise<readonly Experiment[]> {
    return this.within.of(campaignId, () => this.read.experiments(campaignId, filter, page), []);
  }

  countExperiments(campaignId: string, states?: readonly ExperimentState[]): Promise<number> {
    return this.within.of(campaignId, () => this.read.countExperiments(campaignId, states), 0);
  }

  async experiment(id: string): Promise<Experiment | null> {
    return this.within.orNull(await this.read.experiment(id));
  }

  async experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    return this.within.those(await this.read.experimentsById(ids));
  }

  async attempt(id: string): Promise<Attempt | null> {
    return this.within.orNull(await this.read.attempt(id));
  }

  async attempts(experimentIds: readonly string[]): Promise<readonly Attempt[]> {
    return this.within.those(await this.read.attempts(experimentIds));
  }

  async leases(attemptIds: readonly string[]): Promise<readonly Lease[]> {
    return this.within.those(await this.read.leases(attemptIds));
  }

  async measurement(id: string): Promise<Measurement | null> {
    return this.within.orNull(await this.read.measurement(id));
  }

  measurements(campaignId: string, experimentIds?: readonly string[]): Promise<readonly Measurement[]> {
    return this.within.of(campaignId, () => this.read.measurements(campaignId, experimentIds), []);
  }

  async measurementsOf(experimentIds: readonly string[]): Promise<readonly Measurement[]> {
    return this.within.those(await this.read.measurementsOf(experimentIds));
  }

  async attachmentsOf(
    campaignIds: readonly string[],
    attemptIds: readonly string[],
  ): Promise<readonly Attachment[]> {
    return this.read.attachmentsOf([...(await this.within.campaigns(campaignIds))], attemptIds);
  }

  attachments(campaignId: string, attemptIds?: readonly string[]): Promise<readonly Attachment[]> {
    return this.within.of(campaignId, () => this.read.attachments(campaignId, attemptIds), []);
  }

  async knowledge(campaignIds: readonly string[]): Promise<readonly Knowledge[]> {
    return this.read.knowledge([...(await this.within.campaigns(campaignIds))]);
  }

  plans(campaignId: string): Promise<readonly Plan[]> {
    return this.within.of(campaignId, () => this.read.plans(campaignId), []);
  }

  models(campaignId: string): Promise<readonly Model[]> {
    return this.within.of(campaignId, () => this.read.models(campaignId), []);
  }

  latestModel(campaignId: string): Promise<Model | null> {
    return this.within.of(campaignId, () => this.read.latestModel(campaignId), null);
  }

  async latestModels(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Model>> {
    return this.read.latestModels([...(await this.within.campaigns(campaignIds))]);
  }

  async modelBody(modelId: string): Promise<Json | null> {
    const campaignId = await this.store.workspaces.campaignOfModel(modelId);
    return campaignId === null ? null : this.within.of(campaignId, () => this.read.modelBody(modelId), null);
  }

  events(campaignId: string, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.within.of(campaignId, () => this.read.events(campaignId, after, limit), []);
  }

  lastSeq(campaignId: string): Promise<number> {
    return this.within.of(campaignId, () => this.read.lastSeq(campaignId), 0);
  }

  async lastSeqs(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.read.lastSeqs([...(await this.within.campaigns(campaignIds))]);
  }

  async claimable(station: AbilityInWorkspace): Promise<readonly string[]> {
    const { workspace } = this.within.scope;
    const ids = await this.read.claimable({ ...station, workspace });
    const own = await this.within.campaigns(ids);
    return ids.filter((id) => own.has(id));
  }

  async tasks(
    filter: TaskFilter,
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<readonly Task[]> {
    const own = await this.ownTasks(filter);
    return own === null ? [] : this.read.tasks(own, page);
  }

  async tasksOf(
    campaignIds: readonly string[],
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<ReadonlyMap<string, readonly Task[]>> {
    return this.read.tasksOf([...(await this.within.campaigns(campaignIds))], page);
  }

  async countTasks(filter: TaskFilter): Promise<number> {
    const own = await this.ownTasks(filter);
    return own === null ? 0 : this.read.countTasks(own);
  }

  async taskCounts(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.read.taskCounts([...(await this.within.campaigns(campaignIds))]);
  }

  due(campaignId: string, limit: number): Promise<readonly TaskSubject[]> {
    return this.within.of(campaignId, () => this.read.due(campaignId, limit), []);
  }

  stuck(
    campaignId: string,
    limit: number,
  ): Promise<{ readonly unable: readonly string[]; readonly ableAgain: readonly string[] }> {
    const nothing = { unable: [], ableAgain: [] };
    return this.within.of(campaignId, () => this.read.stuck(campaignId, limit), nothing);
  }

  forgotten(campaignId: string): Promise<readonly Forgotten[]> {
    return this.within.of(campaignId, () => this.read.forgotten(campaignId), []);
  }

  planningSnapshot(campaignId: string): Promise<PlanningSnapshot | null> {
    return this.within.of(campaignId, () => this.read.planningSnapshot(campaignId), null);
  }

  recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    return this.read.recall(this.within.keyScope(scope), key);
  }

  /** Null where nothing of what is asked for lies within. */
  private async ownTasks(filter: TaskFilter): Promise<TaskFilter | null> {
    const { workspace, campaign } = this.within.scope;
    const { campaignId = campaign } = filter;
    if (campaignId === null) return { ...filter, workspace };
    return (await this.within.has(campaignId)) ? { ...filter, campaignId, workspace } : null;
  }
}
