import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPersistence, type PersistenceError } from '@ionloop/persistence';
import { inspect } from 'node:util';
import { migratedDatabase, type Opened } from './support/database.js';

const secret = 'pa55word-nobody-may-see';

async function refusalOf(url: string): Promise<PersistenceError> {
  try {
    await (await openPersistence({ url })).close();
  } catch (error) {
    return error as PersistenceError;
  }
  throw new Error('it was opened');
}

describe('opening a database', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await migratedDatabase();
  });
  afterAll(() => opened.close());

  const changed = (change: (url: URL) => void): string => {
    const url = new URL(opened.url);
    url.password = secret;
    change(url);
    return url.href;
  };

  it('answers a ping', async () => {
    await expect(opened.persistence.ping()).resolves.toBeUndefined();
  });

  it.each([
    ['no URL at all', `${secret}@somewhere`],
    ['another kind of database', `mysql://app:${secret}@localhost/ionloop`],
    ['no database', `postgres://app:${secret}@localhost`],
  ])('refuses %s', async (_what, url) => {
    const error = await refusalOf(url);
    expect(error).toMatchObject({ name: 'PersistenceError', code: 'DATABASE_URL_INVALID' });
    expect(error.message).toContain('postgres://user:password@host:port/database');
    expect(inspect(error, { depth: 20 })).not.toContain(secret);
  });

  it('names host, port and database where nothing listens, never the password', async () => {
    const error = await refusalOf(`postgres://app:${secret}@127.0.0.1:1/ionloop`);
    expect(error.code).toBe('DATABASE_UNREACHABLE');
    expect(error.message).toMatch(
      /^cannot use PostgreSQL at 127\.0\.0\.1:1, database "ionloop": .*ECONNREFUSED/,
    );
    expect(inspect(error, { depth: 20 })).not.toContain(secret);
  });

  it('says so where the password is wrong', async () => {
    const error = await refusalOf(changed(() => undefined));
    expect(error.code).toBe('DATABASE_UNREACHABLE');
    expect(error.message).toMatch(/password authentication failed/);
    expect(inspect(error, { depth: 20 })).not.toContain(secret);
  });

  it('says so where there is no such database', async () => {
    const url = new URL(opened.url);
    url.pathname = '/no%20such';
    const error = await refusalOf(url.href);
    expect(error.code).toBe('DATABASE_UNREACHABLE');
    expect(error.message).toMatch(/database "no such": database "no such" does not exist/);
  });
});
