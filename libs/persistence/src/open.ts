import type { RecordStore } from '@ionloop/engine';
import { addressOf, unreachable } from './address.js';
import type { ArtifactHomes } from './backup/artifact-homes.js';
import { backupInstance } from './backup/instance-backup.js';
import { type Opened, restoreInstance, type RestoredInstance } from './backup/instance-restore.js';
import { PostgresBuckets } from './buckets.js';
import { newDataSource, type PersistenceOptions } from './data-source.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { Listener, type Subscription } from './notifications/listener.js';
import { PostgresRecordStore } from './record-store.js';
import { type Figures, figures } from './statements/figures.js';
import { moment } from './statements/moment.js';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

export interface Persistence {
  readonly store: RecordStore;
  /** Brings the schema up to date; returns the names of the migrations that were applied. */
  migrate(): Promise<string[]>;
  /** Everything in one file, as of one moment. */
  backup(artifacts: ArtifactHomes): AsyncIterable<Uint8Array>;
  /** Everything from one; refuses where there is a record already, unless it is to be replaced. */
  restore(
    artifacts: ArtifactHomes,
    open: Opened,
    options?: { readonly replace?: boolean },
  ): Promise<RestoredInstance>;
  readonly notifications: Notifications;
  /** How fast each may ask, shared by all servers of this record. */
  readonly buckets: PostgresBuckets;
  /** Refuses where the database does not answer. */
  ping(): Promise<void>;
  /** Numbers of the whole record, none of which costs a look at a whole table. */
  figures(campaignStates: readonly string[]): Promise<Figures>;
  /** The same text for as long as nothing is written by anybody. */
  moment(): Promise<string>;
  pool(): PoolState;
  close(): Promise<void>;
}

export interface PoolState {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
  readonly most: number;
}

export interface Notifications {
  /**
   * Tells of each campaign that has new events, and how far its log goes. They are hints: after a lost connection,
   * which is replaced by itself, `onMissed` is called, and subscribers read again by sequence number.
   */
  listen(onCampaign: (campaignId: string, seq: number) => void, onMissed?: () => void): Promise<Subscription>;
}

/** Refuses with a PersistenceError where the URL is wrong or there is no database behind it. */
export async function openPersistence(options: PersistenceOptions): Promise<Persistence> {
  const address = addressOf(options.url);
  const dataSource = newDataSource(options);
  try {
    await dataSource.initialize();
  } catch (error) {
    throw unreachable(address, error);
  }
  const listener = new Listener(options.url);
  const database = new Database(dataSource, address);
  return {
    store: new PostgresRecordStore(database, options.observer),
    buckets: new PostgresBuckets(database),
    migrate: () => migrate(dataSource),
    backup: (artifacts) => backupInstance(dataSource, artifacts),
    restore: (artifacts, open, options) => restoreInstance(dataSource, artifacts, open, options),
    notifications: {
      listen: (onCampaign, onMissed = () => undefined) => listener.subscribe({ onCampaign, onMissed }),
    },
    ping: async () => {
      try {
        await dataSource.query('SELECT 1');
      } catch (error) {
        throw unreachable(address, error);
      }
    },
    figures: (campaignStates) => database.ask((manager) => figures(manager, campaignStates)),
    moment: () => moment(database),
    pool: () => stateOf(poolOf(dataSource)),
    close: async () => {
      await listener.close();
      await dataSource.destroy();
    },
  };
}

const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { readonly master: Pool }).master;

const stateOf = ({ totalCount, idleCount, waitingCount, options }: Pool): PoolState => ({
  busy: totalCount - idleCount,
  idle: idleCount,
  waiting: waitingCount,
  most: options.max,
});
