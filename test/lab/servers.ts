import { type Engine, type Planner, quietEngine } from '@ionloop/engine';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { plan, plannerVersion } from '@ionloop/planner';
import { Client } from 'pg';
import { freshDatabase, templateDatabase } from '../support/postgres.js';
import { MovableClock } from './clock.js';
import { FaultyStore } from './faulty-store.js';
import type { Verbs } from './verbs.js';

export const planner: Planner = {
  version: plannerVersion,
  plan: (request) => Promise.resolve(plan(request)),
};

/** One server process as far as the record can tell: its own connections, and nothing remembered from before. */
export interface Server {
  readonly engine: Engine;
  readonly store: FaultyStore;
  close(): Promise<void>;
}

export async function startServer(url: string, { decorate }: Pick<Verbs, 'decorate'>): Promise<Server> {
  const persistence = await openPersistence({ url, poolSize: 3 });
  const store = new FaultyStore(persistence.store, decorate);
  // Nobody is woken: the loop may not need it.
  return { engine: quietEngine(store), store, close: () => persistence.close() };
}

/** A database with a movable clock, and a connection to look at it past every server. */
export interface LabDatabase {
  readonly url: string;
  readonly client: Client;
  readonly clock: MovableClock;
  close(): Promise<void>;
}

export async function openLabDatabase(): Promise<LabDatabase> {
  const template = await templateDatabase('persistence', async (url) => {
    const persistence: Persistence = await openPersistence({ url, poolSize: 2 });
    await persistence.migrate();
    await persistence.close();
  });
  const database = await freshDatabase(template);
  const client = new Client({ connectionString: database.url, application_name: 'test' });
  await client.connect();
  const clock = await MovableClock.in(client);
  // For whoever looks at a whole campaign at once, as only the judge does.
  await client.query(`
    CREATE INDEX judge_attempt ON attempt (campaign_id);
    CREATE INDEX judge_answer ON remembered_answer (campaign_id)`);
  const close = async (): Promise<void> => {
    await client.end();
    await database.drop();
  };
  return { url: database.url, client, clock, close };
}
