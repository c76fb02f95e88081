import { type Actor, emptyLog, notFound } from '@ionloop/domain';
import type { CampaignTransaction, RecordStore } from '@ionloop/engine';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { PostgresArtifacts } from './artifacts.js';
import type { Database } from './database.js';
import { PersistenceError } from './errors.js';
import { KnownCampaigns } from './known-campaigns.js';
import { PostgresReader } from './reader.js';
import { headFromRow } from './rows/campaign.js';
import { lockCampaign } from './statements/lock-campaign.js';
import { openCampaign } from './statements/open-campaign.js';
import { type Outcome, outcomeOf } from './statements/outcome-of.js';
import { PostgresRequestsInFlight } from './requests-in-flight.js';
import { PostgresScreens } from './screens.js';
import { PostgresStations } from './stations.js';
import { PostgresTokens } from './tokens.js';
import { PostgresTransaction } from './transaction.js';
import { Turns } from './turns.js';
import { constraintOf, type Trouble, troubleOf } from './trouble.js';

interface Opened {
  readonly tx: PostgresTransaction;
  readonly transactionId: string;
}

type Work<T> = (tx: CampaignTransaction) => Promise<T>;

/** The record in PostgreSQL. */
export class PostgresRecordStore implements RecordStore {
  readonly read: PostgresReader;
  readonly stations: PostgresStations;
  readonly tokens: PostgresTokens;
  readonly screens: PostgresScreens;
  readonly artifacts: PostgresArtifacts;
  readonly inFlight: PostgresRequestsInFlight;
  private readonly known = new KnownCampaigns();
  private readonly turns = new Turns();

  constructor(private readonly database: Database) {
    this.read = new PostgresReader(database);
    this.stations = new PostgresStations(database);
    this.tokens = new PostgresTokens(database);
    this.screens = new PostgresScreens(database);
    this.artifacts = new PostgresArtifacts(database);
    this.inFlight = new PostgresRequestsInFlight(database);
  }

  create<T>(campaignId: string, actor: Actor, work: Work<T>): Promise<T> {
    return this.inTransaction(campaignId, work, async (runner) => {
      const { now, transactionId } = await openCampaign(runner);
      const opening = { campaignId, actor, now, head: emptyLog, campaign: null };
      return { tx: new PostgresTransaction(runner, opening), transactionId };
    });
  }

  transact<T>(campaignId: string, actor: Actor, work: Work<T>): Promise<T> {
    return this.inTransaction(campaignId, work, async (runner) => {
      const locked = await lockCampaign(runner, campaignId);
      if (!locked) throw notFound('campaign', campaignId);
      const { now, transactionId } = locked;
      const campaign = await this.known.get(runner.manager, campaignId, locked);
      const opening = { campaignId, actor, now, head: headFromRow(locked), campaign };
      return { tx: new PostgresTransaction(runner, opening), transactionId };
    });
  }

  private inTransaction<T>(
    campaignId: string,
    work: Work<T>,
    open: (runner: QueryRunner) => Promise<Opened>,
  ): Promise<T> {
    return this.turns.take(campaignId, () =>
      this.database.withRetries(() => this.once(work, open), troubleOfTransaction),
    );
  }

  private async once<T>(work: Work<T>, open: (runner: QueryRunner) => Promise<Opened>): Promise<T> {
    const runner = this.database.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const { tx, transactionId } = await open(runner);
      const result = await work(tx);
      await tx.flush();
      await this.commit(runner, transactionId);
      return result;
    } catch (error) {
      await leave(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Where the answer to a commit is lost, the server is asked what became of the transaction. */
  private async commit(runner: QueryRunner, transactionId: string): Promise<void> {
    try {
      await runner.commitTransaction();
    } catch (error) {
      if (troubleOf(error) !== 'lost') throw error;
      await leave(runner, error);
      if (!(await this.committed(transactionId, error))) throw error;
    }
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
  if (!runner.isTransactionActive) return;
  try {
    await runner.rollbackTransaction();
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
