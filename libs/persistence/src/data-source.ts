import { DataSource } from 'typeorm';
import { allMigrations } from './migrations/index.js';
import { allRows } from './rows/index.js';
import { type OnStatement, timedClient } from './timed-client.js';

export interface PersistenceOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Connections kept at most; one more listens for events where somebody subscribes. */
  readonly poolSize?: number;
  /** How long a transaction may stand still before the server ends it, and its locks with it. */
  readonly lockSeconds?: number;
  /** How long a statement may take; a server that says nothing for a third longer is given up. */
  readonly statementSeconds?: number;
  readonly observer?: Observer;
}

/** Hears what the record costs; it changes nothing. */
export interface Observer {
  readonly statement: OnStatement;
  /** Put around every change of a campaign, which it must do and give back. */
  readonly transaction: <T>(campaignId: string, work: () => Promise<T>) => Promise<T>;
}

const seconds = 1000;

export const newDataSource = ({
  url,
  poolSize = 10,
  lockSeconds = 10,
  statementSeconds = 30,
  observer,
}: PersistenceOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    entities: allRows,
    migrations: allMigrations,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize,
    applicationName: 'ionloop',
    // A connection that the server ends while it is idle is replaced by the pool when it is next wanted.
    poolErrorHandler: () => undefined,
    extra: {
      ...(observer && { Client: timedClient(observer.statement) }),
      connectionTimeoutMillis: 10 * seconds,
      keepAlive: true,
      // A connection whose other end has gone without a word is noticed after some 20 seconds.
      keepAliveInitialDelayMillis: 10 * seconds,
      // Statements that do not wait for each other's answers travel together.
      pipeline: true,
      // The server gives up before we do; we only where it does not answer at all.
      statement_timeout: statementSeconds * seconds,
      query_timeout: (statementSeconds * seconds * 4) / 3,
      // No lock outlives the process that froze while it held it.
      idle_in_transaction_session_timeout: lockSeconds * seconds,
    },
  });
