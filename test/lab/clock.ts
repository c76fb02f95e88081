import type { Client } from 'pg';

/**
 * A database whose clock can be moved: a function of its own stands before the built-in one on the search path of
 * this database, so everything that asks for the time, in whichever session, gets the moved one.
 */
export class MovableClock {
  private constructor(private readonly client: Client) {}

  /** Sessions that are opened from now on see it. */
  static async in(client: Client): Promise<MovableClock> {
    const { rows } = await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
    await client.query(`
      CREATE SCHEMA moved;
      CREATE TABLE moved.shift (seconds double precision NOT NULL);
      INSERT INTO moved.shift VALUES (0);
      CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
        'SELECT pg_catalog.clock_timestamp() + make_interval(secs => (SELECT seconds FROM moved.shift))';
      ALTER DATABASE ${rows[0]?.name ?? ''} SET search_path = moved, public, pg_catalog`);
    return new MovableClock(client);
  }

  async move(seconds: number): Promise<void> {
    await this.client.query('UPDATE moved.shift SET seconds = seconds + $1', [seconds]);
  }
}
