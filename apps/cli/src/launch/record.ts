import type { Settings } from '@ionloop/config';
import type { EmbeddedPostgres } from '@ionloop/embedded-postgres';
import type { Engine, RecordStore } from '@ionloop/engine';
import type { Persistence } from '@ionloop/persistence';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { claimHome, prepareHome } from './home.js';
import { runningOn } from './run-file.js';

export const postgresFolder = (home: string): string => join(home, 'postgres');

export interface PostgresHooks {
  readonly log: (line: string) => void;
  readonly onLost?: (error: unknown) => void;
}

export async function startPostgres(home: string, hooks: PostgresHooks): Promise<EmbeddedPostgres> {
  const { EmbeddedPostgresError, startEmbeddedPostgres } = await import('@ionloop/embedded-postgres');
  try {
    return await startEmbeddedPostgres({ dataFolder: postgresFolder(home), ...hooks });
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? new Failure(error.message) : error;
  }
}

/** `named`: the user gave the URL, so trouble with it is told by the variable's name. */
export async function openRecord(
  url: string,
  { named, poolSize }: { readonly named: boolean; readonly poolSize: number },
): Promise<Persistence> {
  const { openPersistence, PersistenceError } = await import('@ionloop/persistence');
  try {
    return await openPersistence({ url, poolSize });
  } catch (error) {
    if (!(error instanceof PersistenceError)) throw error;
    throw new Failure(named ? `DATABASE_URL: ${error.message}` : error.message);
  }
}

/** The use cases on a record. Wake-ups are hints that may be lost; the worker's sweep finds what was done here. */
export async function engineOn(store: RecordStore, settings: Settings): Promise<Engine> {
  const { quietEngine } = await import('@ionloop/engine');
  const { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap, claimSeconds, taskSeconds } = settings;
  const lab = { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap, claimSeconds, taskSeconds };
  return quietEngine(store, { lab });
}

/**
 * Does something with the record wherever it is: at DATABASE_URL, in the Ionloop that runs on this home, or in the
 * home's own database, which is then started for as long as it takes.
 */
export async function withRecord<T>(
  settings: Settings,
  work: (persistence: Persistence) => Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> {
  const { databaseUrl, home } = settings;
  if (databaseUrl !== undefined) return opened(databaseUrl, true, work);
  const running = runningOn(home);
  if (running !== null) return opened(running.databaseUrl, false, work);
  if (!create && !existsSync(postgresFolder(home))) {
    throw new Failure(
      `there is no record in ${home} yet; start Ionloop there first, or set IONLOOP_HOME or DATABASE_URL`,
    );
  }
  prepareHome(home);
  const giveBack = claimHome(home);
  try {
    const postgres = await startPostgres(home, { log: () => undefined });
    try {
      return await opened(postgres.url(), false, work);
    } finally {
      await postgres.stop();
    }
  } finally {
    giveBack();
  }
}

async function opened<T>(
  url: string,
  named: boolean,
  work: (persistence: Persistence) => Promise<T>,
): Promise<T> {
  const persistence = await openRecord(url, { named, poolSize: 4 });
  try {
    return await work(persistence);
  } finally {
    await persistence.close();
  }
}
