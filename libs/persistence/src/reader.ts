import type {
  Attachment,
  Attempt,
  Campaign,
  CampaignState,
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
  RecordLists,
  RecordReader,
  RememberedAnswer,
  Standing,
  TaskFilter,
  TaskPlace,
} from '@ionloop/engine';
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import type { Database } from './database.js';
import { Gather } from './gather.js';
import { PostgresLists } from './lists.js';
import { attachmentFromRow, attachmentRow } from './rows/attachment.js';
import { attemptFromRow, type AttemptRow, attemptRow } from './rows/attempt.js';
import { campaignFromRow, type CampaignRow, campaignRow } from './rows/campaign.js';
import { eventFromRow, type EventRow, eventRow } from './rows/event.js';
import { experimentFromRow, type ExperimentRow, experimentRow } from './rows/experiment.js';
import { knowledgeFromRow, knowledgeRow } from './rows/knowledge.js';
import { leaseFromRow, type LeaseRow, leaseRow } from './rows/lease.js';
import { measurementFromRow, type MeasurementRow, measurementRow } from './rows/measurement.js';
import { modelBodyRow } from './rows/model-body.js';
import { modelFromRow, modelRow } from './rows/model.js';
import { planFromRow, planRow } from './rows/plan.js';
import { rememberedAnswerFromRow, type RememberedAnswerRow } from './rows/remembered-answer.js';
import { recalled } from './statements/ahead.js';
import { claimable } from './statements/claimable.js';
import { clock } from './statements/clock.js';
import { lastSeq, lastSeqs } from './statements/last-seq.js';
import { reading } from './statements/read-rows.js';
import { bestResults, progress, standings } from './statements/standing.js';
import { countTasks, due, forgotten, stuck, taskCounts, tasks, tasksOf } from './statements/tasks.js';

interface Asked {
  readonly scope: string;
  readonly key: string;
}
const nameOf = ({ scope, key }: Asked): string => JSON.stringify([scope, key]);

const abilityOf = ({ properties, limits, workspace }: AbilityInWorkspace): string =>
  JSON.stringify([properties, limits, workspace ?? null]);

const attemptsById = reading(attemptRow, 'attempts-by-id', 'WHERE id = ANY ($1::text[])');
const campaignsById = reading(campaignRow, 'campaigns-by-id', 'WHERE id = ANY ($1::text[])');
const experimentsById = reading(experimentRow, 'experiments-by-id', 'WHERE id = ANY ($1::text[])');
const attemptsOf = reading(
  attemptRow,
  'attempts-of',
  'WHERE experiment_id = ANY ($1::text[]) ORDER BY fence, leased_at, id',
);
const leasesOf = reading(leaseRow, 'leases-of', 'WHERE attempt_id = ANY ($1::text[])');
const eventsBehind = reading(
  eventRow,
  'events-behind',
  'WHERE campaign_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
);
const measurementsOf = reading(
  measurementRow,
  'measurements-of',
  'WHERE experiment_id = ANY ($1::text[]) ORDER BY created_at, id',
);

/** Reads are repeated where the connection was lost under them. */
export class PostgresReader implements RecordReader {
  private readonly attemptsById: Gather<string, Attempt | null>;
  private readonly campaignsOneByOne: Gather<string, Campaign | null>;
  private readonly experimentsOneByOne: Gather<string, Experiment | null>;
  private readonly answers: Gather<Asked, RememberedAnswer | null>;
  private readonly claimables: Gather<AbilityInWorkspace, readonly string[]>;

  readonly lists: RecordLists;

  constructor(private readonly database: Database) {
    this.lists = new PostgresLists(database);
    const { dataSource } = database;
    const oneByOne =
      <T extends { readonly id: string }>(of: (ids: readonly string[]) => Promise<readonly T[]>) =>
      async (ids: readonly string[]) => {
        const found = new Map((await of(ids)).map((one) => [one.id, one]));
        return ids.map((id) => found.get(id) ?? null);
      };
    this.attemptsById = new Gather(
      oneByOne(async (ids) => {
        const rows = await database.askPrepared<AttemptRow>(() => attemptsById(dataSource, [ids]));
        return rows.map(attemptFromRow);
      }),
    );
    this.campaignsOneByOne = new Gather(oneByOne((ids) => this.campaignsById(ids)));
    this.experimentsOneByOne = new Gather(oneByOne((ids) => this.experimentsById(ids)));
    this.answers = new Gather(async (asked) => {
      const rows = await database.askPrepared<RememberedAnswerRow>(() => recalled(dataSource, asked));
      const found = new Map(rows.map((row) => [nameOf(row), rememberedAnswerFromRow(row)]));
      return asked.map((one) => found.get(nameOf(one)) ?? null);
    });
    this.claimables = new Gather(async (asked) => {
      // Most stations of a lab can do the same.
      const found = new Map<string, readonly string[]>();
      for (const station of asked) {
        const name = abilityOf(station);
        if (found.has(name)) continue;
        const rows = await database.askPrepared<{ id: string }>(() => claimable(station));
        found.set(
          name,
          rows.map(({ id }) => id),
        );
      }
      return asked.map((station) => found.get(abilityOf(station)) ?? []);
    });
  }

  now(): Promise<Date> {
    return this.database.ask(clock);
  }

  campaigns(filter: CampaignsIn = {}): Promise<readonly Campaign[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(campaignRow, {
        where: {
          ...whereState(filter.states),
          ...(filter.workspace !== undefined && { workspace: filter.workspace }),
        },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return rows.map(campaignFromRow);
    });
  }

  campaign(id: string): Promise<Campaign | null> {
    return this.campaignsOneByOne.get(id);
  }

  async campaignsById(ids: readonly string[]): Promise<readonly Campaign[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<CampaignRow>(campaignsById(dataSource, [ids]));
    return rows.map(campaignFromRow);
  }

  experiments(
    campaignId: string,
    filter: { readonly states?: readonly ExperimentState[] } = {},
    page?: Page,
  ): Promise<readonly Experiment[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(experimentRow, {
        where: { campaignId, number: MoreThan(page?.after ?? 0), ...whereState(filter.states) },
        order: { number: 'ASC' },
        ...(page ? { take: page.first } : {}),
      });
      return rows.map(experimentFromRow);
    });
  }

  countExperiments(campaignId: string, states?: readonly ExperimentState[]): Promise<number> {
    return this.database.ask((manager) =>
      manager.countBy(experimentRow, { campaignId, ...whereState(states) }),
    );
  }

  standings(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    return standings(this.database, campaignIds);
  }

  bestResults(campaignIds: readonly string[]): Promise<ReadonlyMap<string, BestResult>> {
    return bestResults(this.database, campaignIds);
  }

  progress(
    campaignIds: readonly string[],
    points: number,
  ): Promise<ReadonlyMap<string, readonly ProgressEntry[]>> {
    return progress(this.database, campaignIds, points);
  }

  experiment(id: string): Promise<Experiment | null> {
    return this.experimentsOneByOne.get(id);
  }

  attempt(id: string): Promise<Attempt | null> {
    return this.attemptsById.get(id);
  }

  async attempts(experimentIds: readonly string[]): Promise<readonly Attempt[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<AttemptRow>(attemptsOf(dataSource, [experimentIds]));
    return rows.map(attemptFromRow);
  }

  async leases(attemptIds: readonly string[]): Promise<readonly Lease[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<LeaseRow>(leasesOf(dataSource, [attemptIds]));
    return rows.map(leaseFromRow);
  }

  measurement(id: string): Promise<Measurement | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(measurementRow, { id });
      return row && measurementFromRow(row);
    });
  }

  measurements(campaignId: string, experimentIds?: readonly string[]): Promise<readonly Measurement[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(measurementRow, {
        where: { campaignId, ...(experimentIds ? { experimentId: In([...experimentIds]) } : {}) },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return rows.map(measurementFromRow);
    });
  }

  async measurementsOf(experimentIds: readonly string[]): Promise<readonly Measurement[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<MeasurementRow>(measurementsOf(dataSource, [experimentIds]));
    return rows.map(measurementFromRow);
  }

  attachmentsOf(
    campaignIds: readonly string[],
    attemptIds: readonly string[],
  ): Promise<readonly Attachment[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(attachmentRow, {
        where: { campaignId: In([...campaignIds]), attemptId: In([...attemptIds]) },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return rows.map(attachmentFromRow);
    });
  }

  attachments(campaignId: string, attemptIds?: readonly string[]): Promise<readonly Attachment[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(attachmentRow, {
        where: { campaignId, ...(attemptIds ? { attemptId: In([...attemptIds]) } : {}) },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return rows.map(attachmentFromRow);
    });
  }

  knowledge(campaignIds: readonly string[]): Promise<readonly Knowledge[]> {
    return this.database.ask(async (manager) => {
      const where = { campaignId: In([...campaignIds]) };
      const rows = await manager.find(knowledgeRow, { where, order: { number: 'ASC' } });
      return rows.map(knowledgeFromRow);
    });
  }

  plans(campaignId: string): Promise<readonly Plan[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(planRow, { where: { campaignId }, order: { number: 'ASC' } });
      return rows.map(planFromRow);
    });
  }

  models(campaignId: string): Promise<readonly Model[]> {
    return this.database.ask(async (manager) => {
      const rows = await modelsInOrder(manager, campaignId, 'ASC').getMany();
      return rows.map(modelFromRow);
    });
  }

  latestModel(campaignId: string): Promise<Model | null> {
    return this.database.ask(async (manager) => {
      const row = await modelsInOrder(manager, campaignId, 'DESC').limit(1).getOne();
      return row && modelFromRow(row);
    });
  }

  latestModels(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Model>> {
    return this.database.ask(async (manager) => {
      const rows = await manager
        .createQueryBuilder(modelRow, 'model')
        .innerJoin(planRow.options.name, 'plan', 'plan.id = model.planId')
        .distinctOn(['model.campaignId'])
        .where('model.campaignId = ANY (:campaignIds)', { campaignIds })
        .orderBy('model.campaignId')
        .addOrderBy('plan.number', 'DESC')
        .getMany();
      return new Map(rows.map((row) => [row.campaignId, modelFromRow(row)]));
    });
  }

  modelBody(modelId: string): Promise<Json | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(modelBodyRow, { modelId });
      return (row?.body ?? null) as Json | null;
    });
  }

  async events(campaignId: string, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<EventRow>(eventsBehind(dataSource, [campaignId, after, limit]));
    return rows.map(eventFromRow);
  }

  lastSeq(campaignId: string): Promise<number> {
    return lastSeq(this.database, campaignId);
  }

  lastSeqs(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return lastSeqs(this.database, campaignIds);
  }

  claimable(station: AbilityInWorkspace): Promise<readonly string[]> {
    return this.claimables.get(station);
  }

  tasks(
    filter: TaskFilter,
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<readonly Task[]> {
    return tasks(this.database, filter, page);
  }

  tasksOf(
    campaignIds: readonly string[],
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<ReadonlyMap<string, readonly Task[]>> {
    return tasksOf(this.database, campaignIds, page);
  }

  countTasks(filter: TaskFilter): Promise<number> {
    return countTasks(this.database, filter);
  }

  taskCounts(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return taskCounts(this.database, campaignIds);
  }

  async experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<ExperimentRow>(experimentsById(dataSource, [ids]));
    return rows.map(experimentFromRow);
  }

  due(campaignId: string, limit: number): Promise<readonly TaskSubject[]> {
    return this.database.ask((manager) => due(manager, campaignId, limit));
  }

  stuck(
    campaignId: string,
    limit: number,
  ): Promise<{ readonly unable: readonly string[]; readonly ableAgain: readonly string[] }> {
    return this.database.ask((manager) => stuck(manager, campaignId, limit));
  }

  forgotten(campaignId: string): Promise<readonly Forgotten[]> {
    return this.database.ask((manager) => forgotten(manager, campaignId));
  }

  planningSnapshot(campaignId: string): Promise<PlanningSnapshot | null> {
    return this.database.ask((outside) =>
      outside.transaction('REPEATABLE READ', async (manager) => {
        await manager.query('SET TRANSACTION READ ONLY');
        const campaign = await manager.findOneBy(campaignRow, { id: campaignId });
        if (!campaign) return null;
        const experiments = await manager.find(experimentRow, {
          where: { campaignId },
          order: { number: 'ASC' },
        });
        const accepted = await manager.find(measurementRow, {
          where: { campaignId, status: 'accepted' },
          order: { createdAt: 'ASC', id: 'ASC' },
        });
        const knowledge = await manager.find(knowledgeRow, {
          where: { campaignId, removed: IsNull() },
          order: { number: 'ASC' },
        });
        return {
          seq: campaign.headSeq,
          campaign: campaignFromRow(campaign),
          experiments: experiments.map(experimentFromRow),
          accepted: accepted.map(measurementFromRow),
          knowledge: knowledge.map(knowledgeFromRow),
        };
      }),
    );
  }

  recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    return this.answers.get({ scope, key });
  }
}

const whereState = (states: readonly (CampaignState | ExperimentState)[] | undefined) =>
  states ? { state: In([...states]) } : {};

/** As their plans came. */
const modelsInOrder = (manager: EntityManager, campaignId: string, order: 'ASC' | 'DESC') =>
  manager
    .createQueryBuilder(modelRow, 'model')
    .innerJoin(planRow.options.name, 'plan', 'plan.id = model.planId')
    .where('model.campaignId = :campaignId', { campaignId })
    .orderBy('plan.number', order);
