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
  type Experiment,
  type ExperimentState,
  isLive,
  type Json,
  type Knowledge,
  lacks,
  type Lease,
  type LogHead,
  type Measurement,
  notFound,
  type RecordedEvent,
  type RowKind,
  type Rows,
} from '@ionloop/domain';
import type { RememberedAnswer, ReplayTransaction } from '../ports.js';
import { asStored, type CampaignTables, mergeRows, type SharedTables } from './tables.js';

/** Works on a copy of what it touches; `commit` puts it all in place at once. */
export class InMemoryTransaction implements ReplayTransaction {
  private readonly rows = new CampaignRecord();
  private readonly written: RecordedEvent[] = [];
  private readonly leases = new Map<string, Lease | null>();
  private readonly partials = new Map<string, Json>();
  private readonly bodies = new Map<string, Json>();
  private readonly answers = new Map<string, RememberedAnswer>();
  private head: LogHead;

  constructor(
    private readonly campaignId: string,
    private readonly tables: CampaignTables,
    private readonly shared: SharedTables,
    private readonly actor: Actor,
    readonly now: Date,
  ) {
    this.head = tables.head;
    for (const campaign of tables.rows.all('campaign')) this.rows.load('campaign', campaign);
  }

  get campaign(): Campaign {
    return this.rows.campaign;
  }

  experiment(id: string): Promise<Experiment> {
    return Promise.resolve(this.row('experiment', id));
  }

  attempt(id: string): Promise<Attempt> {
    return Promise.resolve(this.row('attempt', id));
  }

  measurement(id: string): Promise<Measurement> {
    return Promise.resolve(this.row('measurement', id));
  }

  experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    return Promise.resolve(ids.map((id) => this.row('experiment', id)));
  }

  experiments(
    filter: { readonly states?: readonly ExperimentState[]; readonly limit?: number } = {},
  ): Promise<readonly Experiment[]> {
    const all = this.loadAll('experiment').sort(byTurn);
    const { states } = filter;
    const chosen = states ? all.filter(({ state }) => states.includes(state)) : all;
    return Promise.resolve(chosen.slice(0, filter.limit));
  }

  async queuedFor(station: Ability, limit: number): Promise<readonly Experiment[]> {
    const queued = await this.experiments({ states: ['queued'] });
    return queued.filter((one) => lacks(station, this.campaign, one).length === 0).slice(0, limit);
  }

  inHandsOf(stationId: string): Promise<number> {
    const held = [...this.shared.campaigns.values()]
      .flatMap(({ rows }) => rows.all('attempt'))
      .filter((attempt) => attempt.stationId === stationId && isLive(attempt.state));
    return Promise.resolve(held.length);
  }

  attemptsOf(experimentId: string): Promise<readonly Attempt[]> {
    const own = this.loadAll('attempt').filter((attempt) => attempt.experimentId === experimentId);
    return Promise.resolve(own.sort((a, b) => a.fence - b.fence));
  }

  measurementsOf(attemptId: string): Promise<readonly Measurement[]> {
    return Promise.resolve(this.loadAll('measurement').filter((row) => row.attemptId === attemptId));
  }

  knowledge(): Promise<readonly Knowledge[]> {
    return Promise.resolve(this.loadAll('knowledge').sort((a, b) => a.number - b.number));
  }

  append(event: CampaignEvent): void {
    const recorded = chain(this.head, this.campaignId, this.now.toISOString(), this.actor, asStored(event));
    apply(this.rows, recorded);
    this.head = recorded;
    this.written.push(recorded);
  }

  replay(recorded: RecordedEvent): void {
    checkChain([recorded], this.head);
    apply(this.rows, asStored(recorded));
    this.head = recorded;
    this.written.push(recorded);
  }

  /** All of it is in memory anyway, until it is committed. */
  writeOut(): Promise<void> {
    return Promise.resolve();
  }

  setLease(lease: Omit<Lease, 'campaignId'>): void {
    this.leases.set(lease.attemptId, { ...lease, campaignId: this.campaignId });
  }

  endLease(attemptId: string): void {
    this.leases.set(attemptId, null);
  }

  overdueLeases(): Promise<readonly Lease[]> {
    return Promise.resolve(
      [...this.tables.leases.values()].filter(
        ({ attemptId, deadline }) => deadline <= this.now && !this.leases.has(attemptId),
      ),
    );
  }

  addPartial(attemptId: string, seq: number, body: Json): Promise<boolean> {
    const key = `${attemptId}/${seq}`;
    if (this.tables.partials.has(key) || this.partials.has(key)) return Promise.resolve(false);
    this.partials.set(key, asStored(body));
    return Promise.resolve(true);
  }

  saveModelBody(modelId: string, body: Json): void {
    this.bodies.set(modelId, asStored(body));
  }

  recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    const name = `${scope}\n${key}`;
    return Promise.resolve(this.answers.get(name) ?? this.shared.answers.get(name) ?? null);
  }

  remember(scope: string, key: string, answer: RememberedAnswer): void {
    this.answers.set(`${scope}\n${key}`, asStored(answer));
  }

  commit(): void {
    for (const name of this.answers.keys()) {
      if (this.shared.answers.has(name)) throw new Error(`an answer is remembered already under ${name}`);
    }
    mergeRows(this.tables.rows, this.rows);
    this.tables.events.push(...this.written);
    this.tables.head = this.head;
    for (const [id, lease] of this.leases) {
      if (lease) this.tables.leases.set(id, lease);
      else this.tables.leases.delete(id);
    }
    for (const [key, body] of this.partials) this.tables.partials.set(key, body);
    for (const [id, body] of this.bodies) this.shared.modelBodies.set(id, body);
    for (const [name, answer] of this.answers) this.shared.answers.set(name, answer);
  }

  private row<K extends RowKind>(kind: K, id: string): Rows[K] {
    const row = this.rows.find(kind, id) ?? this.tables.rows.find(kind, id);
    if (!row) throw notFound(kind, id);
    // An attempt's measurements share its fate, so they come along with it.
    if (kind === 'attempt') this.loadAll('measurement');
    // Whatever becomes of a measurement changes the results of its experiment.
    if ('experimentId' in row) this.row('experiment', row.experimentId);
    return this.rows.load(kind, row);
  }

  private loadAll<K extends RowKind>(kind: K): Rows[K][] {
    for (const row of this.tables.rows.all(kind)) this.rows.load(kind, row);
    return [...this.rows.all(kind)];
  }
}
