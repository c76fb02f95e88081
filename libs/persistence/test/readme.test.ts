import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPersistence } from '@ionloop/persistence';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';

const heard: [string, number][] = [];

async function example(url: string) {
  const persistence = await openPersistence({ url, poolSize: 5 });
  await persistence.migrate();
  const listening = await persistence.notifications.listen((id, seq) => heard.push([id, seq]));

  const campaigns = await persistence.store.read.campaigns({ states: ['active'] });

  await persistence.ping();
  await listening.close();
  await persistence.close();
  return campaigns;
}

describe('the example of the README', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('runs on an empty database', async () => {
    expect(await example(database.url)).toEqual([]);
  });

  it('is the one that is run here', () => {
    const code = /```ts\n(.*?)```/s.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))?.[1] ?? '';
    const own = readFileSync(__filename, 'utf8').replaceAll(/^ {2}/gm, '');
    expect(code).not.toBe('');
    expect(own).toContain(code);
  });
});
