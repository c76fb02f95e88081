import type {
  Attachment,
  Attempt,
  AttemptState,
  Campaign,
  CampaignState,
  Experiment,
  ExperimentState,
  Measurement,
  MeasurementStatus,
  Model,
  Plan,
  RecordedEvent,
} from '@ionloop/domain';

/** Where a row stands in an order: by its key, rows without one last, and among equal ones by its tie. */
export interface Place {
  readonly key: number | string | null;
  readonly tie: number | string;
}

/** So many rows after a place, or before it; of the whole list where there is none. */
export interface PageAsked {
  readonly count: number;
  readonly backward: boolean;
  readonly from: Place | null;
}

export interface Listed<T> {
  readonly item: T;
  readonly place: Place;
}

/** Rows of several parents at once: of each the same page. */
export type PagesOf<T> = Promise<ReadonlyMap<string, readonly Listed<T>[]>>;
export type CountsOf = Promise<ReadonlyMap<string, number>>;

export const campaignOrders = ['created', 'name'] as const;
export type CampaignOrder = (typeof campaignOrders)[number];

export interface CampaignFilter {
  readonly states?: readonly CampaignState[];
  /** Anywhere in name or description, whatever its case. */
  readonly text?: string;
  readonly workspace?: string;
  /** This one alone. */
  readonly id?: string;
}

export const experimentOrders = [
  'number',
  'value',
  'measured',
  'prediction',
  'uncertainty',
  'score',
] as const;
/** `measured`: when the first of its results was handed in; `prediction` and `uncertainty`: what was expected of it. */
export type ExperimentOrder = (typeof experimentOrders)[number];

export interface ExperimentFilter {
  readonly states?: readonly ExperimentState[];
  readonly origins?: readonly Experiment['origin'][];
  /** One of its measurements has one of these. */
  readonly flags?: readonly string[];
  readonly numbers?: readonly number[];
  /** In the objective's unit; only experiments with a value are in a range. */
  readonly valueFrom?: number;
  readonly valueTo?: number;
  readonly hasValue?: boolean;
  /** Anywhere in point, reason or note, whatever its case; or its number. */
  readonly text?: string;
}

export interface EventFilter {
  readonly types?: readonly string[];
  readonly actors?: readonly string[];
  /** What it is about: the id of an experiment, an attempt, a measurement … */
  readonly about?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface MeasurementFilter {
  readonly statuses?: readonly MeasurementStatus[];
  readonly properties?: readonly string[];
  readonly flags?: readonly string[];
}

export interface AttemptFilter {
  readonly states?: readonly AttemptState[];
  readonly stations?: readonly string[];
}

export interface Ordered<Order extends string> {
  readonly by: Order;
  readonly descending: boolean;
}

/** Lists in pages, forward and backward from any row: reading one costs the same wherever it stands. */
export interface RecordLists {
  campaigns(
    filter: CampaignFilter,
    order: Ordered<CampaignOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<Campaign>[]>;
  countCampaigns(filter: CampaignFilter): Promise<number>;
  experiments(
    campaignIds: readonly string[],
    filter: ExperimentFilter,
    order: Ordered<ExperimentOrder>,
    page: PageAsked,
  ): PagesOf<Experiment>;
  countExperiments(campaignIds: readonly string[], filter: ExperimentFilter): CountsOf;
  /** By sequence number. */
  events(
    campaignIds: readonly string[],
    filter: EventFilter,
    order: Ordered<'seq'>,
    page: PageAsked,
  ): PagesOf<RecordedEvent>;
  countEvents(campaignIds: readonly string[], filter: EventFilter): CountsOf;
  /** As they were handed in. */
  measurements(
    campaignIds: readonly string[],
    filter: MeasurementFilter,
    order: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Measurement>;
  countMeasurements(campaignIds: readonly string[], filter: MeasurementFilter): CountsOf;
  /** As they were leased. */
  attempts(
    campaignIds: readonly string[],
    filter: AttemptFilter,
    order: Ordered<'leased'>,
    page: PageAsked,
  ): PagesOf<Attempt>;
  countAttempts(campaignIds: readonly string[], filter: AttemptFilter): CountsOf;
  /** As they were made. */
  models(campaignIds: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Model>;
  countModels(campaignIds: readonly string[]): CountsOf;
  /** Rows by their ids, in any order, as far as there are such. */
  attemptsById(ids: readonly string[]): Promise<readonly Attempt[]>;
  measurementsById(ids: readonly string[]): Promise<readonly Measurement[]>;
  attachmentsById(ids: readonly string[]): Promise<readonly Attachment[]>;
  modelsById(ids: readonly string[]): Promise<readonly Model[]>;
  plansById(ids: readonly string[]): Promise<readonly Plan[]>;
  /** What kind of row each id is of, as far as there is one. */
  kinds(ids: readonly string[]): Promise<ReadonlyMap<string, NodeKind>>;
}

/** What has an id that is found among all ids. */
export const nodeKinds = [
  'campaign',
  'experiment',
  'attempt',
  'measurement',
  'attachment',
  'model',
  'station',
  'screen',
] as const;
export type NodeKind = (typeof nodeKinds)[number];
