import { Client } from 'pg';

/** A connection past the store, for what only a database administrator, or an accident, does. */
export async function withAdmin<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'test' });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Ends the backends of these connections, as a restart of the server would. Returns how many there were. */
export async function terminate(url: string, applicationName: string): Promise<number> {
  const sql = `
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = $1`;
  return withAdmin(url, async (client) => (await client.query(sql, [applicationName])).rowCount ?? 0);
}
