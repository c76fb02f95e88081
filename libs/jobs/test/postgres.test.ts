import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { openJobs } from '../src/index.js';
import { describeJobs, type Backend } from './support/suite.js';

class Postgres implements Backend {
  #database: TestDatabase | undefined;

  connection() {
    return { kind: 'postgres', url: this.#url } as const;
  }

  async start() {
    this.#database = await freshDatabase();
  }

  async stop() {
    await this.#database?.drop();
  }

  async wipe() {
    const tables = await this.#run(this.#url, "select tablename from pg_tables where schemaname = 'bullmq'");
    const wiped = tables
      .map(({ tablename }) => String(tablename))
      .filter((name) => !/migration|version|ledger/.test(name));
    await this.#run(this.#url, `truncate ${wiped.map((name) => `bullmq.${name}`).join(', ')}`);
  }

  async goAway() {
    const name = new URL(this.#url).pathname.slice(1);
    await this.#admin(`alter database ${name} allow_connections false`);
    await this.#admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  }

  async comeBack() {
    await this.#admin(`alter database ${new URL(this.#url).pathname.slice(1)} allow_connections true`);
  }

  get #url(): string {
    if (this.#database === undefined) throw new Error('not started');
    return this.#database.url;
  }

  #admin(sql: string) {
    const url = new URL(this.#url);
    url.pathname = '/postgres';
    return this.#run(url.href, sql);
  }

  async #run(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

describeJobs('PostgreSQL', new Postgres());

it('says so when there is no PostgreSQL to keep jobs in', async () => {
  await expect(openJobs({ kind: 'postgres', url: 'postgres://127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'QUEUE_UNREACHABLE',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});
