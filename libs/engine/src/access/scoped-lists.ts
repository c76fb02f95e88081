import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  Measurement,
  Model,
  Plan,
  RecordedEvent,
} from '@ionloop/domain';
import type {
  AttemptFilter,
  CampaignFilter,
  CampaignOrder,
  CountsOf,
  EventFilter,
  ExperimentFilter,
  ExperimentOrder,
  Listed,
  MeasurementFilter,
  NodeKind,
  Ordered,
  PageAsked,
  PagesOf,
  RecordLists,
} from '../lists/ports.js';
import type { Within } from './scope.js';

/** Lists of what lies within a scope. */
export class ScopedLists implements RecordLists {
  constructor(
    private readonly lists: RecordLists,
    private readonly within: Within,
  ) {}

  campaigns(
    filter: CampaignFilter,
    order: Ordered<CampaignOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<Campaign>[]> {
    return this.lists.campaigns(this.own(filter), order, page);
  }

  countCampaigns(filter: CampaignFilter): Promise<number> {
    return this.lists.countCampaigns(this.own(filter));
  }

  async experiments(
    ids: readonly string[],
    filter: ExperimentFilter,
    order: Ordered<ExperimentOrder>,
    page: PageAsked,
  ): PagesOf<Experiment> {
    return this.lists.experiments(await this.those(ids), filter, order, page);
  }

  async countExperiments(ids: readonly string[], filter: ExperimentFilter): CountsOf {
    return this.lists.countExperiments(await this.those(ids), filter);
  }

  async events(
    ids: readonly string[],
    filter: EventFilter,
    order: Ordered<'seq'>,
    page: PageAsked,
  ): PagesOf<RecordedEvent> {
    return this.lists.events(await this.those(ids), filter, order, page);
  }

  async countEvents(ids: readonly string[], filter: EventFilter): CountsOf {
    return this.lists.countEvents(await this.those(ids), filter);
  }

  async measurements(
    ids: readonly string[],
    filter: MeasurementFilter,
    order: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Measurement> {
    return this.lists.measurements(await this.those(ids), filter, order, page);
  }

  async countMeasurements(ids: readonly string[], filter: MeasurementFilter): CountsOf {
    return this.lists.countMeasurements(await this.those(ids), filter);
  }

  async attempts(
    ids: readonly string[],
    filter: AttemptFilter,
    order: Ordered<'leased'>,
    page: PageAsked,
  ): PagesOf<Attempt> {
    return this.lists.attempts(await this.those(ids), filter, order, page);
  }

  async countAttempts(ids: readonly string[], filter: AttemptFilter): CountsOf {
    return this.lists.countAttempts(await this.those(ids), filter);
  }

  async models(ids: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Model> {
    return this.lists.models(await this.those(ids), order, page);
  }

  async countModels(ids: readonly string[]): CountsOf {
    return this.lists.countModels(await this.those(ids));
  }

  async attemptsById(ids: readonly string[]): Promise<readonly Attempt[]> {
    return this.within.those(await this.lists.attemptsById(ids));
  }

  async measurementsById(ids: readonly string[]): Promise<readonly Measurement[]> {
    return this.within.those(await this.lists.measurementsById(ids));
  }

  async attachmentsById(ids: readonly string[]): Promise<readonly Attachment[]> {
    return this.within.those(await this.lists.attachmentsById(ids));
  }

  async modelsById(ids: readonly string[]): Promise<readonly Model[]> {
    return this.within.those(await this.lists.modelsById(ids));
  }

  async plansById(ids: readonly string[]): Promise<readonly Plan[]> {
    return this.within.those(await this.lists.plansById(ids));
  }

  /** That an id is of some kind, wherever it is, shows nothing: each row is then read within. */
  kinds(ids: readonly string[]): Promise<ReadonlyMap<string, NodeKind>> {
    return this.lists.kinds(ids);
  }

  private own(filter: CampaignFilter): CampaignFilter {
    const { workspace, campaign } = this.within.scope;
    return { ...filter, workspace, ...(campaign !== null && { id: campaign }) };
  }

  private async those(ids: readonly string[]): Promise<readonly string[]> {
    return [...(await this.within.campaigns(ids))];
  }
}
