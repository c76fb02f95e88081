import { type Actor, defaultWorkspace, IonloopError, notFound, theLoop } from '@ionloop/domain';
import type { CampaignTransaction, RecordStore, ReplayTransaction } from '../ports.js';
import { InMemoryAnalyses } from './analyses.js';
import { InMemoryArtifactIndex } from './artifacts.js';
import { InMemoryImports } from './imports.js';
import { InMemoryRequestsInFlight } from './in-flight.js';
import { InMemoryLists } from './lists.js';
import { InMemoryReader } from './reader.js';
import { InMemoryScreens } from './screens.js';
import { InMemoryStations } from './stations.js';
import { newTables, type SharedTables, type CampaignTables } from './tables.js';
import { InMemoryTokens } from './tokens.js';
import { InMemoryTransaction } from './transaction.js';
import { InMemoryAccessLog, InMemoryWorkspaces } from './workspaces.js';

/** The record in memory: for tests, for rehearsals, and as the plainest statement of what a store must do. */
export class InMemoryStore implements RecordStore {
  private readonly shared: SharedTables = {
    campaigns: new Map(),
    stations: new Map(),
    answers: new Map(),
    modelBodies: new Map(),
  };
  private readonly queues = new Map<string, Promise<unknown>>();
  readonly read: InMemoryReader;
  readonly stations: InMemoryStations;
  readonly tokens: InMemoryTokens;
  readonly screens: InMemoryScreens;
  readonly analyses: InMemoryAnalyses;
  readonly imports: InMemoryImports;
  readonly artifacts: InMemoryArtifactIndex;
  readonly inFlight: InMemoryRequestsInFlight;
  readonly workspaces: InMemoryWorkspaces;
  readonly accessLog: InMemoryAccessLog;

  constructor(private readonly clock: () => Date) {
    this.stations = new InMemoryStations(this.shared, clock);
    this.tokens = new InMemoryTokens(clock);
    this.screens = new InMemoryScreens(clock);
    this.analyses = new InMemoryAnalyses(clock);
    this.imports = new InMemoryImports(clock);
    this.read = new InMemoryReader(this.shared, clock, new InMemoryLists(this.shared, this.screens));
    this.artifacts = new InMemoryArtifactIndex(clock);
    this.inFlight = new InMemoryRequestsInFlight(clock);
    this.workspaces = new InMemoryWorkspaces(this.shared, clock);
    this.accessLog = new InMemoryAccessLog(clock);
  }

  create<T>(
    campaignId: string,
    actor: Actor,
    work: (tx: CampaignTransaction) => Promise<T>,
    workspace: string = defaultWorkspace,
  ): Promise<T> {
    return this.alone(campaignId, async () => {
      if (this.shared.campaigns.has(campaignId)) {
        throw new IonloopError('CONFLICT', `campaign ${campaignId} exists already`);
      }
      const tables = newTables(workspace);
      const result = await this.run(campaignId, tables, actor, work);
      this.shared.campaigns.set(campaignId, tables);
      return result;
    });
  }

  transact<T>(campaignId: string, actor: Actor, work: (tx: CampaignTransaction) => Promise<T>): Promise<T> {
    return this.alone(campaignId, () => {
      const tables = this.shared.campaigns.get(campaignId);
      if (!tables) throw notFound('campaign', campaignId);
      return this.run(campaignId, tables, actor, work);
    });
  }

  restore<T>(
    campaignId: string,
    work: (tx: ReplayTransaction) => Promise<T>,
    workspace?: string,
  ): Promise<T> {
    return this.create(campaignId, theLoop, (tx) => work(tx as ReplayTransaction), workspace);
  }

  private async run<T>(
    campaignId: string,
    tables: CampaignTables,
    actor: Actor,
    work: (tx: CampaignTransaction) => Promise<T>,
  ): Promise<T> {
    const tx = new InMemoryTransaction(campaignId, tables, this.shared, actor, this.clock());
    const result = await work(tx);
    tx.commit();
    return result;
  }

  /** One transaction at a time for each campaign, in the order they came. */
  private alone<T>(campaignId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(campaignId) ?? Promise.resolve()).then(work);
    this.queues.set(
      campaignId,
      turn.catch(() => undefined),
    );
    return turn;
  }
}
