import { Client } from 'pg';
import { randomBytes } from 'node:crypto';

/** A database of one's own on the server that every run of the tests starts. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A new empty database, or a copy of the template. */
export async function freshDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withAdmin((admin) => admin.query(`create database ${quoted(name)} template ${quoted(template)}`));
  return {
    url: urlOf(name),
    drop: () => withAdmin((admin) => admin.query(`drop database if exists ${quoted(name)} with (force)`)),
  };
}

/**
 * Makes a template once a run, whichever of the parallel workers comes first; the others wait for it. Returns its
 * name for `freshDatabase`. `prepare` must have closed its connections when it returns: PostgreSQL copies no
 * database that someone is connected to.
 */
export async function templateDatabase(
  name: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> {
  const template = `template_${name}`;
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [template]);
    if (await exists(admin, template)) return;
    // The name is given last: a template that exists is one that is finished.
    const draft = `${template}_draft`;
    await admin.query(`drop database if exists ${quoted(draft)} with (force)`);
    await admin.query(`create database ${quoted(draft)}`);
    await prepare(urlOf(draft));
    await admin.query(`alter database ${quoted(draft)} rename to ${quoted(template)}`);
  });
  return template;
}

async function exists(admin: Client, database: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
  return rowCount === 1;
}

async function withAdmin(use: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    await use(admin);
  } finally {
    // Locks of the session end with it.
    await admin.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function adminUrl(): string {
  const url = process.env['IONLOOP_TEST_POSTGRES'];
  if (url === undefined) throw new Error('IONLOOP_TEST_POSTGRES is not set: run the tests by `npx jest`.');
  return url;
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
