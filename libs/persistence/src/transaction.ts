import {
  type Ability,
  type Actor,
  apply,
  type Attempt,
  byTurn,
  type Campaign,
  type CampaignEvent,
  CampaignRecord,
  chain,
  checkChain,
  defaultWorkspace,
  type Experiment,
  type ExperimentState,
  invalidState,
  isLive,
  type Json,
  type Knowledge,
  lacksForCampaign,
  lacksForPoint,
  type Lease,
  type LogHead,
  type Measurement,
  notFound,
  type RecordedEvent,
  type Rows,
} from '@ionloop/domain';
import type { LookAhead, RememberedAnswer } from '@ionloop/engine';
import { type EntitySchema, In, LessThanOrEqual, type ObjectLiteral, type QueryRunner } from 'typeorm';
import { QueueAhead } from './queue-ahead.js';
import { refuseUnstorableText } from './refusals.js';
import { attachmentRow, attachmentToRow } from './rows/attachment.js';
import { attemptFromRow, attemptRow, attemptToRow } from './rows/attempt.js';
import { campaignRow, campaignToRow, progressOf } from './rows/campaign.js';
import { eventRow, eventToRow } from './rows/event.js';
import { experimentFromRow, type ExperimentRow, experimentRow, experimentToRow } from './rows/experiment.js';
import { knowledgeFromRow, knowledgeRow, knowledgeToRow } from './rows/knowledge.js';
import { leaseFromRow, leaseRow, leaseToRow } from './rows/lease.js';
import { measurementFromRow, measurementRow, measurementToRow } from './rows/measurement.js';
import { type ModelBodyRow, modelBodyRow } from './rows/model-body.js';
import { modelRow, modelToRow } from './rows/model.js';
import { planRow, planToRow } from './rows/plan.js';
import {
  rememberedAnswerFromRow,
  type RememberedAnswerRow,
  rememberedAnswerRow,
} from './rows/remembered-answer.js';
import type { Ahead } from './statements/ahead.js';
import { type CopiedRows, copyRows, hasText, keepText } from './statements/copy-rows.js';
import { changeSettings } from './statements/change-settings.js';
import { addPartial } from './statements/add-partial.js';
import { endLeases } from './statements/end-leases.js';
import { inHands } from './statements/in-hands.js';
import { judgeAnew } from './statements/judge-anew.js';
import { notifyEvents } from './statements/notify-events.js';
import { ask, type PreparedQuery, tellAll } from './statements/prepared.js';
import { reading } from './statements/read-rows.js';
import { queuedFor } from './statements/queued-for.js';
import { updateCampaign } from './statements/update-campaign.js';
import { insertRows, upsertRows } from './statements/write-rows.js';

interface Opening {
  readonly campaignId: string;
  readonly now: Date;
  readonly head: LogHead;
  /** Null where the campaign is yet to be created. */
  readonly campaign: Campaign | null;
  /** Of a campaign that is yet to be created. */
  readonly workspace?: string;
}

const experimentsNamed = reading(
  experimentRow,
  'experiments-named',
  'WHERE id = ANY ($1::text[]) AND campaign_id = $2',
);

interface ExperimentsFilter {
  readonly states?: readonly ExperimentState[];
  readonly limit?: number;
}

/** From so many on. */
const manyRows = 100;

/** From so many characters on. */
const longText = 4096;

const nameOf = (scope: string, key: string): string => JSON.stringify([scope, key]);

/**
 * The unit of work, for one or several that share a transaction: loads rows when they are asked for, applies events at
 * once, writes all of it in `flush`.
 */
export class PostgresTransaction {
  readonly now: Date;
  private readonly campaignId: string;
  private isNew: boolean;
  /** Of its settings, when it was last written. */
  private revision: number;
  private record = new CampaignRecord();
  private events: RecordedEvent[] = [];
  /** Asked for since the last event. */
  private ahead: Experiment[] = [];
  private last: RecordedEvent | null = null;
  private readonly workspace: string;
  private readonly leases = new Map<string, Lease | null>();
  private readonly bodies = new Map<string, Json>();
  private readonly answers = new Map<string, { scope: string; key: string; answer: RememberedAnswer }>();
  private readonly recalled = new Map<string, RememberedAnswer | null>();
  private queue = QueueAhead.none;
  private head: LogHead;
  /** An event may have been applied by half when it was refused, so nothing may be written after that. */
  private spoiled: Error | null = null;

  constructor(
    private readonly runner: QueryRunner,
    opening: Opening,
  ) {
    this.campaignId = opening.campaignId;
    this.workspace = opening.workspace ?? defaultWorkspace;
    this.now = opening.now;
    this.head = opening.head;
    this.isNew = opening.campaign === null;
    this.revision = opening.campaign?.revision ?? 0;
    if (opening.campaign) this.record.load('campaign', opening.campaign);
  }

  /** Takes in what was read along with the lock. */
  lookedAhead(wanted: Required<LookAhead>, { attempts, experiments, queued, answers }: Ahead): void {
    for (const attempt of attempts) this.record.load('attempt', attempt);
    for (const experiment of [...experiments, ...queued]) this.record.load('experiment', experiment);
    for (const { scope, key } of wanted.answers) this.recalled.set(nameOf(scope, key), null);
    for (const row of answers) this.recalled.set(nameOf(row.scope, row.key), rememberedAnswerFromRow(row));
    this.queue = new QueueAhead(queued, queued.length < wanted.queued);
  }

  /** Where the log will end if this is committed; null where nothing is added to it. */
  get lastEvent(): RecordedEvent | null {
    return this.last;
  }

  get campaign(): Campaign {
    return this.record.campaign;
  }

  async experiment(id: string): Promise<Experiment> {
    const known = this.record.find('experiment', id);
    if (known) return known;
    const row = await this.runner.manager.findOneBy(experimentRow, { id, campaignId: this.campaignId });
    if (!row) throw notFound('experiment', id);
    return this.record.load('experiment', experimentFromRow(row));
  }

  async attempt(id: string): Promise<Attempt> {
    const known = this.record.find('attempt', id);
    if (known) return known;
    const row = await this.runner.manager.findOneBy(attemptRow, { id, campaignId: this.campaignId });
    if (!row) throw notFound('attempt', id);
    const [attempt] = await this.takeIn([attemptFromRow(row)]);
    return attempt ?? attemptFromRow(row);
  }

  async measurement(id: string): Promise<Measurement> {
    const known = this.record.find('measurement', id);
    if (known) return known;
    const row = await this.runner.manager.findOneBy(measurementRow, { id, campaignId: this.campaignId });
    if (!row) throw notFound('measurement', id);
    // Whatever becomes of it changes the results of its experiment.
    await this.experiment(row.experimentId);
    return this.record.load('measurement', measurementFromRow(row));
  }

  async experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    const asked = ids.filter((id) => !this.record.find('experiment', id));
    if (asked.length > 0) {
      const query = experimentsNamed(this.runner.dataSource, [asked, this.campaignId]);
      for (const row of await ask<ExperimentRow>(this.runner, query))
        this.ahead.push(this.record.load('experiment', experimentFromRow(row)));
    }
    return ids.map((id) => this.record.find('experiment', id) ?? missing('experiment', id));
  }

  async experiments(filter: ExperimentsFilter = {}): Promise<readonly Experiment[]> {
    const { states, limit } = filter;
    const ahead =
      states?.join() === 'queued' && limit !== undefined ? this.queue.first(this.record, limit) : null;
    if (ahead) return ahead;
    const changed = this.record.changes('experiment');
    const rows = await this.runner.manager.find(experimentRow, {
      where: { campaignId: this.campaignId, ...(states ? { state: In([...states]) } : {}) },
      order: { rank: 'ASC', number: 'ASC' },
      // Each that was changed here can take one row of the database's answer away.
      ...(limit === undefined ? {} : { take: limit + changed.length }),
    });
    const found = new Map(changed.map((experiment) => [experiment.id, experiment]));
    for (const row of rows) found.set(row.id, this.record.load('experiment', experimentFromRow(row)));
    return [...found.values()]
      .filter(({ state }) => !states || states.includes(state))
      .sort(byTurn)
      .slice(0, limit);
  }

  async queuedFor(station: Ability, limit: number): Promise<readonly Experiment[]> {
    const { components, parameters } = station.limits;
    if (lacksForCampaign(station, this.campaign).length > 0) return [];
    if (components === undefined && parameters === undefined) {
      return this.experiments({ states: ['queued'], limit });
    }
    const fits = (one: Experiment): boolean => lacksForPoint(station, this.campaign, one).length === 0;
    const ahead = this.queue.first(this.record, limit, fits);
    if (ahead) return ahead;
    const changed = this.record.changes('experiment');
    const ids = await queuedFor(this.runner, this.campaignId, station.limits, limit + changed.length);
    const rows = await this.runner.manager.findBy(experimentRow, { id: In([...ids]) });
    for (const row of rows) this.record.load('experiment', experimentFromRow(row));
    return [...new Set([...changed.map(({ id }) => id), ...ids])]
      .map((id) => this.record.get('experiment', id))
      .filter((one) => one.state === 'queued' && fits(one))
      .sort(byTurn)
      .slice(0, limit);
  }

  /** As the database has them, but for what was changed here. */
  async inHandsOf(stationId: string): Promise<number> {
    const held = new Set(await inHands(this.runner, stationId));
    for (const { id, stationId: whose, state } of this.record.changes('attempt')) {
      if (whose === stationId && isLive(state)) held.add(id);
      else held.delete(id);
    }
    return held.size;
  }

  async attemptsOf(experimentId: string): Promise<readonly Attempt[]> {
    const rows = await this.runner.manager.findBy(attemptRow, { experimentId, campaignId: this.campaignId });
    await this.takeIn(rows.map(attemptFromRow));
    return this.record
      .all('attempt')
      .filter((attempt) => attempt.experimentId === experimentId)
      .sort((a, b) => a.fence - b.fence);
  }

  async measurementsOf(attemptId: string): Promise<readonly Measurement[]> {
    await this.loadMeasurements([attemptId]);
    return this.record.all('measurement').filter((measurement) => measurement.attemptId === attemptId);
  }

  async knowledge(): Promise<readonly Knowledge[]> {
    const rows = await this.runner.manager.findBy(knowledgeRow, { campaignId: this.campaignId });
    for (const row of rows) this.record.load('knowledge', knowledgeFromRow(row));
    return [...this.record.all('knowledge')].sort((a, b) => a.number - b.number);
  }

  append(event: CampaignEvent, actor: Actor): void {
    this.refuseMisplaced(event);
    const text = JSON.stringify(event);
    refuseUnstorableText(text);
    const kept = JSON.parse(text) as CampaignEvent;
    if (text.length >= longText) keepText(kept, text);
    this.take(chain(this.head, this.campaignId, this.now.toISOString(), actor, kept));
  }

  replay(recorded: RecordedEvent): void {
    this.refuseMisplaced(recorded.event);
    checkChain([recorded], this.head);
    refuseUnstorableText(JSON.stringify(recorded.event));
    this.take(recorded);
  }

  private take(recorded: RecordedEvent): void {
    try {
      apply(this.record, recorded);
    } catch (error) {
      this.spoiled = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
    this.head = recorded;
    this.last = recorded;
    this.events.push(recorded);
    this.ahead = [];
  }

  /**
   * What is written is forgotten here, but for the campaign and what was asked for since the last event: other rows are
   * read again where they are asked for.
   */
  async writeOut(): Promise<void> {
    // Its rows are on their way once this returns: what is appended meanwhile goes with the next.
    const written = this.write([]);
    const { campaign } = this;
    this.record = new CampaignRecord();
    this.record.load('campaign', campaign);
    for (const experiment of this.ahead) this.record.load('experiment', experiment);
    this.events = [];
    this.bodies.clear();
    this.isNew = false;
    this.revision = campaign.revision;
    this.queue = QueueAhead.none;
    await written;
  }

  setLease(lease: Omit<Lease, 'campaignId'>): void {
    this.leases.set(lease.attemptId, { ...lease, campaignId: this.campaignId });
  }

  endLease(attemptId: string): void {
    this.leases.set(attemptId, null);
  }

  async overdueLeases(): Promise<readonly Lease[]> {
    const rows = await this.runner.manager.find(leaseRow, {
      where: { campaignId: this.campaignId, deadline: LessThanOrEqual(this.now) },
      order: { deadline: 'ASC', attemptId: 'ASC' },
    });
    return rows.map(leaseFromRow).filter(({ attemptId }) => !this.leases.has(attemptId));
  }

  addPartial(attemptId: string, seq: number, body: Json): Promise<boolean> {
    return addPartial(this.runner, { attemptId, seq, body, at: this.now });
  }

  saveModelBody(modelId: string, body: Json): void {
    this.bodies.set(modelId, body);
  }

  async recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    const name = nameOf(scope, key);
    const given = this.answers.get(name)?.answer ?? this.recalled.get(name);
    if (given !== undefined) return given;
    const row = await this.runner.manager.findOneBy(rememberedAnswerRow, { scope, key });
    return row ? rememberedAnswerFromRow(row) : null;
  }

  remember(scope: string, key: string, answer: RememberedAnswer): void {
    this.answers.set(nameOf(scope, key), { scope, key, answer });
  }

  /** Sends all writes at once, in an order that foreign keys allow. */
  async flush(): Promise<void> {
    await this.write([
      ...this.leaseWrites(),
      ...insertRows(this.runner.dataSource, rememberedAnswerRow, this.answerRows()),
      ...(this.last ? [notifyEvents(this.last)] : []),
    ]);
  }

  private async write(besides: readonly PreparedQuery[]): Promise<void> {
    // As it is now: events may be added while the database writes.
    const judged = this.events.some(changesGoals) ? this.record.campaign : null;
    await tellAll(this.runner, this.statements(besides));
    if (judged) await judgeAnew(this.runner, this.campaignId, judged);
  }

  /** Apart from what waits for the database: what is only needed to write them can be forgotten meanwhile. */
  private statements(besides: readonly PreparedQuery[]): readonly (PreparedQuery | CopiedRows)[] {
    if (this.spoiled !== null) throw this.spoiled;
    if (this.isNew && this.last === null) {
      throw invalidState(`campaign ${this.campaignId} was opened without an event`);
    }
    const { record } = this;
    const { dataSource } = this.runner;
    const toRow = experimentToRow(record.campaign);
    return [
      ...this.campaignWrites(),
      ...upsertRows(dataSource, knowledgeRow, record.changes('knowledge').map(knowledgeToRow)),
      ...upsertRows(dataSource, planRow, record.changes('plan').map(planToRow)),
      ...upsertRows(dataSource, modelRow, record.changes('model').map(modelToRow)),
      ...this.writes('experiment', experimentRow, toRow),
      ...upsertRows(dataSource, attemptRow, this.changedAttempts().map(attemptToRow)),
      ...this.writes('measurement', measurementRow, measurementToRow),
      ...insertRows(dataSource, attachmentRow, record.changes('attachment').map(attachmentToRow)),
      ...this.eventWrites(),
      ...upsertRows(dataSource, modelBodyRow, this.bodyRows()),
      ...besides,
    ];
  }

  /** Where many are new they are copied, which says no more than an insert, and costs half. */
  private writes<K extends 'experiment' | 'measurement', R extends ObjectLiteral>(
    kind: K,
    schema: EntitySchema<R>,
    toRow: (of: Rows[K]) => R,
  ): readonly (PreparedQuery | CopiedRows)[] {
    const { record } = this;
    const { dataSource } = this.runner;
    const changes = record.changes(kind);
    const isNew = ({ id }: Rows[K]): boolean => record.isNew(kind, id);
    if (changes.length < manyRows) return upsertRows(dataSource, schema, changes.map(toRow));
    return [
      ...copyRows(dataSource, schema, changes.filter(isNew), toRow),
      ...upsertRows(dataSource, schema, changes.filter((one) => !isNew(one)).map(toRow)),
    ];
  }

  /** A long one is copied: as a parameter its text would be turned to text, and read back, twice. */
  private eventWrites(): readonly (PreparedQuery | CopiedRows)[] {
    const { dataSource } = this.runner;
    const [long, short] = [this.events.filter(isLong), this.events.filter((one) => !isLong(one))];
    return [
      ...copyRows(dataSource, eventRow, long, eventToRow),
      ...insertRows(dataSource, eventRow, short.map(eventToRow)),
    ];
  }

  private campaignWrites(): readonly PreparedQuery[] {
    if (this.events.length === 0) return [];
    const { campaign, head } = this;
    if (this.isNew) {
      return insertRows(this.runner.dataSource, campaignRow, [campaignToRow(campaign, head, this.workspace)]);
    }
    return [
      ...(campaign.revision === this.revision
        ? []
        : [changeSettings(campaignToRow(campaign, head, this.workspace))]),
      updateCampaign(campaign.id, progressOf(campaign, head)),
    ];
  }

  /** The one that starts comes after the one that makes way for it: the database counts row by row. */
  private changedAttempts(): readonly Attempt[] {
    const rank = ({ state }: Attempt): number => (state === 'started' ? 1 : 0);
    return [...this.record.changes('attempt')].sort((a, b) => rank(a) - rank(b));
  }

  private leaseWrites(): readonly PreparedQuery[] {
    const held = [...this.leases.values()].filter((lease) => lease !== null);
    const ended = [...this.leases].filter(([, lease]) => lease === null).map(([attemptId]) => attemptId);
    return [...endLeases(ended), ...upsertRows(this.runner.dataSource, leaseRow, held.map(leaseToRow))];
  }

  private bodyRows(): readonly ModelBodyRow[] {
    return [...this.bodies].map(([modelId, body]) => ({ modelId, body }));
  }

  private answerRows(): readonly RememberedAnswerRow[] {
    return [...this.answers.values()].map(({ scope, key, answer }) => ({
      scope,
      key,
      campaignId: this.campaignId,
      requestHash: answer.requestHash,
      response: answer.response,
      at: this.now,
    }));
  }

  private refuseMisplaced(event: CampaignEvent): void {
    const first = this.head.seq === 0;
    if (first !== (event.type === 'campaign.created')) {
      throw invalidState(
        first
          ? `the first event of a campaign is campaign.created, not ${event.type}`
          : `campaign ${this.campaignId} has been created already`,
      );
    }
    if (event.type === 'campaign.created' && event.campaignId !== this.campaignId) {
      throw invalidState(`campaign ${this.campaignId} was opened, but ${event.campaignId} is created`);
    }
  }

  /** An attempt's measurements share its fate, so they come along with it once it may have some. */
  private async takeIn(attempts: readonly Attempt[]): Promise<readonly Attempt[]> {
    const ended = attempts.filter(({ id, state }) => !isLive(state) && !this.record.find('attempt', id));
    await this.loadMeasurements(ended.map(({ id }) => id));
    return attempts.map((attempt) => this.record.load('attempt', attempt));
  }

  private async loadMeasurements(attemptIds: readonly string[]): Promise<void> {
    if (attemptIds.length === 0) return;
    const rows = await this.runner.manager.find(measurementRow, {
      where: { attemptId: In([...attemptIds]), campaignId: this.campaignId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    for (const row of rows) this.record.load('measurement', measurementFromRow(row));
  }
}

const isLong = ({ event }: RecordedEvent): boolean => hasText(event);

const changesGoals = ({ event }: RecordedEvent): boolean =>
  event.type === 'campaign.updated' &&
  (event.change.objectives !== undefined || event.change.limits !== undefined);

function missing(kind: string, id: string): never {
  throw notFound(kind, id);
}
