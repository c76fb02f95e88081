import { createPostgresBackend, runMigrations, type PgPool } from 'bullmq';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { brokerOn, type Broker } from './broker.js';
import { within } from './within.js';

/** The name is BullMQ's: on a pool that is not its own it can be told no other. */
const schema = 'bullmq';

const queryConnections = 8;
const endMs = 5_000;

/**
 * BullMQ on PostgreSQL over one pool of ours. Every worker and every event listener keeps one connection for itself
 * to LISTEN on; with none left for queries the whole process would wait without a word, so `listeners` must count
 * them all.
 */
export async function postgresBroker(
  url: string,
  options: { readonly prefix: string; readonly listeners: number; readonly onError: (error: Error) => void },
): Promise<Broker> {
  const pool = new Pool(poolConfig(url, options.listeners + queryConnections));
  // BullMQ listens once for each of its objects.
  pool.setMaxListeners(100);
  pool.on('error', options.onError);
  // A connection that breaks while it is checked out, between two queries, would otherwise end the process.
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => clients.delete(client));
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  // BullMQ describes the part of a pool that it uses in its own words, which the pool's overloads do not match.
  const connection = pool as unknown as PgPool;
  return brokerOn(createPostgresBackend, connection, options.prefix, {
    // Nothing here waits for a server that is away: queries fail.
    away: () => Promise.resolve(false),
    close: () => endPool(pool, clients),
  });
}

const poolConfig = (connectionString: string, max: number): PoolConfig => ({
  connectionString,
  max,
  options: `-c search_path=${schema}`,
  application_name: 'ionloop jobs',
  keepAlive: true,
  connectionTimeoutMillis: 10_000,
});

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
}

/** A connection that was cut while it was checked out may never be given back, and the pool would wait for it. */
async function endPool(pool: Pool, clients: ReadonlySet<PoolClient>): Promise<void> {
  await within(endMs, pool.end(), () => new Error('connections are still in use')).catch(() => {
    for (const client of clients) client.release(true);
  });
}
