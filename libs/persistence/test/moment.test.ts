import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

/** Other tests write to databases of the same server: what nobody may disturb is tried until nobody did. */
async function undisturbed(attempt: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) if (await attempt()) return true;
  return false;
}

describe('the moment of the record', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await migratedDatabase();
    await withAdmin(opened.url, (client) => client.query('CREATE TABLE note (n integer NOT NULL)'));
  });
  afterAll(() => opened.close());

  const moment = (): Promise<string> => opened.persistence.moment();
  const notes = (): Promise<number> =>
    withAdmin(opened.url, async (client) => {
      const { rows } = await client.query<{ count: number }>('SELECT count(*)::integer AS count FROM note');
      return rows[0]?.count ?? -1;
    });

  it('stays while nothing is written, however much is read', async () => {
    const stayed = async (): Promise<boolean> => {
      const before = await moment();
      await opened.persistence.store.read.campaigns();
      return (await moment()) === before;
    };
    expect(await undisturbed(stayed)).toBe(true);
  });

  it('is another once something was written, by whomever', async () => {
    const before = await moment();
    await withAdmin(opened.url, (client) => client.query('INSERT INTO note VALUES (1)'));
    expect(await moment()).not.toBe(before);
  });

  it('is another when what was begun long ago is over, and not before', async () => {
    await withAdmin(opened.url, async (client) => {
      const meanwhile = async (): Promise<boolean> => {
        await client.query('BEGIN');
        await client.query('INSERT INTO note VALUES (2)');
        const begun = await moment();
        const still = await moment();
        await client.query('COMMIT');
        expect(await moment()).not.toBe(begun);
        return still === begun;
      };
      expect(await undisturbed(meanwhile)).toBe(true);
    });
  });

  it('is never the same for what was read before a write and for who asks after it', async () => {
    let written = await notes();
    const state = { over: false };
    const writing = withAdmin(opened.url, async (client) => {
      for (let n = 0; n < 200; n += 1) {
        await client.query('INSERT INTO note VALUES ($1)', [n]);
        written += 1;
        if (n % 10 === 0) await sleep(20);
      }
      state.over = true;
    });
    let again = 0;
    let anew = 0;
    let kept = { moment: '', count: -1 };
    while (!state.over) {
      const acknowledged = written;
      const now = await moment();
      if (now === kept.moment) {
        expect(kept.count).toBeGreaterThanOrEqual(acknowledged);
        again += 1;
      } else {
        kept = { moment: now, count: await notes() };
        anew += 1;
      }
    }
    await writing;
    expect(anew).toBeGreaterThan(5);
    expect(again).toBeGreaterThan(0);
  });
});
