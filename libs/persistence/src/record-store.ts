import {
  type Actor,
  defaultWorkspace,
  emptyLog,
  IonloopError,
  notFound,
  type RecordedEvent,
  theLoop,
} from '@ionloop/domain';
import type { CampaignTransaction, LookAhead, RecordStore, ReplayTransaction } from '@ionloop/engine';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { PostgresArtifacts } from './artifacts.js';
import { Batches, type Settled } from './batches.js';
import type { Observer } from './data-source.js';
import type { Database } from './database.js';
import { PersistenceError } from './errors.js';
import { KnownCampaigns } from './known-campaigns.js';
import { Member } from './member.js';
import { PostgresReader } from './reader.js';
import { headFromRow } from './rows/campaign.js';
import { PostgresAnalyses } from './analyses.js';
import { PostgresImports } from './imports.js';
import { PostgresScreens } from './screens.js';
import { readsAhead } from './statements/ahead.js';
import { begin, commit, rollback } from './statements/boundaries.js';
import { eventHash } from './statements/event-hash.js';
import { lockCampaign, type Locked, type Moment } from './statements/lock-campaign.js';
import { openCampaign } from './statements/open-campaign.js';
import { type Outcome, outcomeOf } from './statements/outcome-of.js';
import { PostgresRequestsInFlight } from './requests-in-flight.js';
import { askAll, tellAll } from './statements/prepared.js';
import { PostgresStations } from './stations.js';
import { PostgresTokens } from './tokens.js';
import { PostgresTransaction } from './transaction.js';
import { PostgresAccessLog, PostgresWorkspaces } from './workspaces.js';
import { constraintOf, type Trouble, troubleOf } from './trouble.js';

type Work<T> = (tx: CampaignTransaction) => Promise<T>;

/** What waits for its turn with a campaign. */
interface Task {
  readonly actor: Actor;
  readonly work: Work<unknown>;
  readonly ahead: LookAhead;
}

interface Opened {
  readonly tx: PostgresTransaction;
  readonly transactionId: string;
}

type Open = (runner: QueryRunner) => Promise<Opened>;

/** A queue read along with the lock is no longer than this, however many ask for work at once. */
const mostQueuedAhead = 256;

/** The record in PostgreSQL. */
export class PostgresRecordStore implements RecordStore {
  readonly read: PostgresReader;
  readonly stations: PostgresStations;
  readonly tokens: PostgresTokens;
  readonly screens: PostgresScreens;
  readonly analyses: PostgresAnalyses;
  readonly imports: PostgresImports;
  readonly artifacts: PostgresArtifacts;
  readonly inFlight: PostgresRequestsInFlight;
  readonly workspaces: PostgresWorkspaces;
  readonly accessLog: PostgresAccessLog;
  private readonly known = new KnownCampaigns();
  private readonly batches = new Batches<Task, unknown>((id, tasks) => this.together(id, tasks));

  constructor(
    private readonly database: Database,
    private readonly observer?: Observer,
  ) {
    this.read = new PostgresReader(database);
    this.stations = new PostgresStations(database);
    this.tokens = new PostgresTokens(database);
    this.screens = new PostgresScreens(database);
    this.analyses = new PostgresAnalyses(database);
    this.imports = new PostgresImports(database);
    this.artifacts = new PostgresArtifacts(database);
    this.inFlight = new PostgresRequestsInFlight(database);
    this.workspaces = new PostgresWorkspaces(database);
    this.accessLog = new PostgresAccessLog(database);
  }

  async create<T>(
    campaignId: string,
    actor: Actor,
    work: Work<T>,
    workspace: string = defaultWorkspace,
  ): Promise<T> {
    const open: Open = async (runner) => {
      const [, opened] = await askAll(runner, [begin, openCampaign]);
      const [moment] = opened as readonly Moment[];
      if (!moment) throw new Error('the database did not tell its time');
      const opening = { campaignId, now: moment.now, head: emptyLog, campaign: null, workspace };
      return { tx: new PostgresTransaction(runner, opening), transactionId: moment.transactionId };
    };
    return this.observed(campaignId, async () => (await this.alone({ actor, work, ahead: {} }, open)) as T);
  }

  restore<T>(
    campaignId: string,
    work: (tx: ReplayTransaction) => Promise<T>,
    workspace?: string,
  ): Promise<T> {
    return this.create(campaignId, theLoop, (tx) => work(tx as ReplayTransaction), workspace);
  }

  async transact<T>(campaignId: string, actor: Actor, work: Work<T>, ahead: LookAhead = {}): Promise<T> {
    return this.observed(
      campaignId,
      async () => (await this.batches.add(campaignId, { actor, work, ahead })) as T,
    );
  }

  private observed<T>(campaignId: string, work: () => Promise<T>): Promise<T> {
    return this.observer ? this.observer.transaction(campaignId, work) : work();
  }

  /**
   * All in one transaction: one lock, one commit. Where it cannot be done together, each has a transaction of its own, so
   * that nobody fails for another's mistake.
   */
  private async together(campaignId: string, tasks: readonly Task[]): Promise<readonly Settled<unknown>[]> {
    try {
      return await this.inTransaction(tasks, this.opening(campaignId, tasks));
    } catch (error) {
      if (tasks.length === 1 || error instanceof PersistenceError) return tasks.map(() => ({ error }));
    }
    const settled: Settled<unknown>[] = [];
    for (const task of tasks) settled.push(...(await this.together(campaignId, [task])));
    return settled;
  }

  private opening(campaignId: string, tasks: readonly Task[]): Open {
    const wanted = wantedByAll(tasks);
    return async (runner) => {
      const ahead = readsAhead(this.database.dataSource, campaignId, wanted);
      const [, lock, ...rest] = await askAll(runner, [begin, lockCampaign(campaignId), ...ahead.queries]);
      const [locked] = lock as readonly Locked[];
      if (!locked) throw notFound('campaign', campaignId);
      const campaign = await this.known.get(runner.manager, campaignId, locked);
      const opening = { campaignId, now: locked.now, head: headFromRow(locked), campaign };
      const tx = new PostgresTransaction(runner, opening);
      tx.lookedAhead(wanted, ahead.read(rest));
      return { tx, transactionId: locked.transactionId };
    };
  }

  private async alone(task: Task, open: Open): Promise<unknown> {
    const [settled] = await this.inTransaction([task], open);
    if (!settled || 'error' in settled) throw settled?.error;
    return settled.result;
  }

  private inTransaction(tasks: readonly Task[], open: Open): Promise<readonly Settled<unknown>[]> {
    return this.database.withRetries(() => this.once(tasks, open), troubleOfTransaction);
  }

  private async once(tasks: readonly Task[], open: Open): Promise<readonly Settled<unknown>[]> {
    const runner = this.database.dataSource.createQueryRunner();
    try {
      const { tx, transactionId } = await open(runner);
      const settled: Settled<unknown>[] = [];
      for (const task of tasks) settled.push(await settle(tx, task, tasks.length === 1));
      await tx.flush();
      await this.commit(runner, transactionId, tx.lastEvent);
      return settled;
    } catch (error) {
      await leave(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Where the answer to a commit is lost, the server is asked what became of the transaction. */
  private async commit(
    runner: QueryRunner,
    transactionId: string,
    lastEvent: RecordedEvent | null,
  ): Promise<void> {
    try {
      await tellAll(runner, [commit]);
    } catch (error) {
      if (troubleOf(error) !== 'lost') throw error;
      await leave(runner, error);
      const committed = (await this.committed(transactionId, error)) && (await this.isInLog(lastEvent));
      if (!committed) throw error;
    }
  }

  /**
   * A server that crashed may give the number of a transaction that it forgot to another: what was written tells. Leases
   * and partials by themselves come to the same when they are written again.
   */
  private async isInLog(event: RecordedEvent | null): Promise<boolean> {
    if (event === null) return false;
    return (await this.database.ask((manager) => eventHash(manager, event))) === event.hash;
  }

  private async committed(transactionId: string, cause: unknown): Promise<boolean> {
    for (const pause of [0, 10, 50, 100, 500, 1000, 2000, 5000]) {
      await sleep(pause);
      switch (await this.outcome(transactionId)) {
        case 'committed':
          return true;
        case 'aborted':
          return false;
        case 'in progress':
          continue;
        case null:
          throw outcomeUnknown(cause);
      }
    }
    throw outcomeUnknown(cause);
  }

  private async outcome(transactionId: string): Promise<Outcome | null> {
    try {
      return await this.database.ask((manager) => outcomeOf(manager, transactionId));
    } catch {
      return null;
    }
  }
}

/** What a member throws before it has written anything is its own affair; after that the transaction is spoiled. */
async function settle(
  tx: PostgresTransaction,
  { actor, work }: Task,
  isAlone: boolean,
): Promise<Settled<unknown>> {
  const member = new Member(tx, actor);
  try {
    return { result: await work(member) };
  } catch (error) {
    if (isAlone || member.hasWritten || !(error instanceof IonloopError)) throw error;
    return { error };
  }
}

const wantedByAll = (tasks: readonly Task[]): Required<LookAhead> => ({
  attempts: [...new Set(tasks.flatMap(({ ahead }) => ahead.attempts ?? []))],
  answers: tasks.flatMap(({ ahead }) => ahead.answers ?? []),
  queued: Math.min(
    mostQueuedAhead,
    tasks.reduce((sum, { ahead }) => sum + (ahead.queued ?? 0), 0),
  ),
});

const outcomeUnknown = (cause: unknown): PersistenceError =>
  new PersistenceError(
    'DATABASE_OUTCOME_UNKNOWN',
    'the connection was lost during a commit and the server does not tell what became of it: ask again under the same key',
    { cause },
  );

/** Two requests under one key, in two campaigns: the later one runs again and finds the answer of the first. */
function troubleOfTransaction(error: unknown): Trouble | null {
  return constraintOf(error) === 'remembered_answer_pkey' ? 'contended' : troubleOf(error);
}

async function leave(runner: QueryRunner, error: unknown): Promise<void> {
  if (troubleOf(error) === 'lost') return discard(runner);
  if (runner.isReleased) return;
  try {
    await tellAll(runner, [rollback]);
  } catch {
    await discard(runner);
  }
}

/** A connection of unknown state is closed, so that the pool does not hand it out again. */
async function discard(runner: QueryRunner): Promise<void> {
  if (runner.isReleased) return;
  try {
    const client = (await runner.connect()) as { end(): Promise<void> };
    void client.end().catch(() => undefined);
  } catch {
    // There was no connection to begin with.
  }
}
