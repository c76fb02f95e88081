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
} from '@ionloop/engine';
import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Database } from './database.js';
import { attachmentFromRow, attachmentRow } from './rows/attachment.js';
import { attemptFromRow, attemptRow } from './rows/attempt.js';
import { campaignFromRow, campaignRow } from './rows/campaign.js';
import { eventFromRow, eventRow } from './rows/event.js';
import { experimentFromRow, experimentRow } from './rows/experiment.js';
import { measurementFromRow, measurementRow } from './rows/measurement.js';
import { modelFromRow, modelRow } from './rows/model.js';
import { planFromRow, planRow } from './rows/plan.js';
import {
  chosenAttempts,
  chosenCampaigns,
  chosenEvents,
  chosenExperiments,
  chosenMeasurements,
  type Chosen,
} from './statements/chosen.js';
import { kinds } from './statements/kinds.js';
import { countsOf, type ListSql, ofCampaign, pageOf } from './statements/page-of.js';

const id = { sql: 'id COLLATE "C"', type: 'text' };
const all: Chosen = { where: 'true', values: [] };

const campaignKeys: Readonly<Record<CampaignOrder, ListSql<ObjectLiteral>['key']>> = {
  created: { sql: 'created_at', type: 'timestamptz' },
  name: { sql: 'name COLLATE "C"', type: 'text' },
};

const experimentKeys: Readonly<Record<ExperimentOrder, ListSql<ObjectLiteral>['key']>> = {
  number: null,
  value: { sql: 'value', type: 'float8' },
  measured: { sql: 'value_at', type: 'timestamptz' },
  prediction: { sql: 'predicted_mean', type: 'float8' },
  uncertainty: { sql: 'predicted_sd', type: 'float8' },
  score: { sql: 'acquisition_value', type: 'float8' },
};

export class PostgresLists implements RecordLists {
  constructor(private readonly database: Database) {}

  async campaigns(
    filter: CampaignFilter,
    { by, descending }: Ordered<CampaignOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<Campaign>[]> {
    const list = { schema: campaignRow, parent: null, key: campaignKeys[by], tie: id, descending };
    const sql = { ...list, ...chosenCampaigns(filter) };
    const pages = await pageOf(this.database, sql, [''], page, campaignFromRow);
    return pages.get('') ?? [];
  }

  async countCampaigns(filter: CampaignFilter): Promise<number> {
    const { where, values } = chosenCampaigns(filter);
    const sql = `SELECT count(*)::integer AS count FROM campaign WHERE ${where}`;
    const [row] = await this.database.rows<{ readonly count: number }>(sql, values);
    return row?.count ?? 0;
  }

  experiments(
    campaignIds: readonly string[],
    filter: ExperimentFilter,
    { by, descending }: Ordered<ExperimentOrder>,
    page: PageAsked,
  ): PagesOf<Experiment> {
    const tie = { sql: 'number', type: 'integer' };
    const list = { schema: experimentRow, parent: 'campaign_id', key: experimentKeys[by], tie, descending };
    const sql = { ...list, ...chosenExperiments(filter) };
    return pageOf(this.database, sql, campaignIds, page, experimentFromRow);
  }

  countExperiments(campaignIds: readonly string[], filter: ExperimentFilter): CountsOf {
    return this.count('experiment', campaignIds, chosenExperiments(filter));
  }

  events(
    campaignIds: readonly string[],
    filter: EventFilter,
    { descending }: Ordered<'seq'>,
    page: PageAsked,
  ): PagesOf<RecordedEvent> {
    const tie = { sql: 'seq', type: 'integer' };
    const list = { schema: eventRow, parent: 'campaign_id', key: null, tie, descending };
    const sql = { ...list, ...chosenEvents(filter) };
    return pageOf(this.database, sql, campaignIds, page, eventFromRow);
  }

  countEvents(campaignIds: readonly string[], filter: EventFilter): CountsOf {
    return this.count('event', campaignIds, chosenEvents(filter));
  }

  measurements(
    campaignIds: readonly string[],
    filter: MeasurementFilter,
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Measurement> {
    const sql = { ...ofCampaign(measurementRow, descending), ...chosenMeasurements(filter) };
    return pageOf(this.database, sql, campaignIds, page, measurementFromRow);
  }

  countMeasurements(campaignIds: readonly string[], filter: MeasurementFilter): CountsOf {
    return this.count('measurement', campaignIds, chosenMeasurements(filter));
  }

  attempts(
    campaignIds: readonly string[],
    filter: AttemptFilter,
    { descending }: Ordered<'leased'>,
    page: PageAsked,
  ): PagesOf<Attempt> {
    const key = { sql: 'leased_at', type: 'timestamptz' };
    const list = { schema: attemptRow, parent: 'campaign_id', key, tie: id, descending };
    const sql = { ...list, ...chosenAttempts(filter) };
    return pageOf(this.database, sql, campaignIds, page, attemptFromRow);
  }

  countAttempts(campaignIds: readonly string[], filter: AttemptFilter): CountsOf {
    return this.count('attempt', campaignIds, chosenAttempts(filter));
  }

  models(
    campaignIds: readonly string[],
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Model> {
    const list = ofCampaign(modelRow, descending);
    return pageOf(this.database, list, campaignIds, page, modelFromRow);
  }

  countModels(campaignIds: readonly string[]): CountsOf {
    return this.count('model', campaignIds, all);
  }

  attemptsById(ids: readonly string[]): Promise<readonly Attempt[]> {
    return this.byId(attemptRow, ids, attemptFromRow);
  }

  measurementsById(ids: readonly string[]): Promise<readonly Measurement[]> {
    return this.byId(measurementRow, ids, measurementFromRow);
  }

  attachmentsById(ids: readonly string[]): Promise<readonly Attachment[]> {
    return this.byId(attachmentRow, ids, attachmentFromRow);
  }

  modelsById(ids: readonly string[]): Promise<readonly Model[]> {
    return this.byId(modelRow, ids, modelFromRow);
  }

  plansById(ids: readonly string[]): Promise<readonly Plan[]> {
    return this.byId(planRow, ids, planFromRow);
  }

  kinds(ids: readonly string[]): Promise<ReadonlyMap<string, NodeKind>> {
    return this.database.ask((manager) => kinds(manager, ids));
  }

  private byId<R extends { id: string }, T>(
    schema: EntitySchema<R>,
    ids: readonly string[],
    fromRow: (row: R) => T,
  ): Promise<readonly T[]> {
    return this.database.ask(async (manager) => {
      const query = manager.createQueryBuilder(schema, 'row').where('row.id = ANY (:ids)', { ids });
      return (await query.getMany()).map(fromRow);
    });
  }

  private count(table: string, campaignIds: readonly string[], chosen: Chosen): CountsOf {
    return countsOf(this.database, table, campaignIds, chosen);
  }
}
