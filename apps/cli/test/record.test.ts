import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPersistence } from '@ionloop/persistence';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  folder.remove();
});

const command = (...args: readonly string[]): Promise<Ran> =>
  ionloop(args, { DATABASE_URL: database.url, IONLOOP_HOME: folder.at('home') });

describe('commands on the record', () => {
  it('migrate brings the database up to date, once', async () => {
    expect((await command('migrate')).out).toContain('applied');
    expect(await command('migrate')).toMatchObject({ code: 0, out: 'The database was up to date.' });
  });

  it('token creates, lists without the secret, and revokes', async () => {
    const create = ['token', 'create', '--name', 'Ada', '--role', 'planner', '--days', '3'];
    const created = await command(...create, '--json', folder.at('token.json'));
    expect(created.out).toMatch(/^ion_\S+$/);
    const { id } = folder.json('token.json') as { id: string };
    const listed = await command('token', 'list', '--json', folder.at('tokens.json'));
    expect(listed.out).toMatch(new RegExp(`${id} +Ada +planner`));
    expect(JSON.stringify(folder.json('tokens.json'))).not.toContain('hash');
    expect(listed.out).not.toContain(created.out);
    expect((await command('token', 'revoke', id)).code).toBe(0);
    expect((await command('token', 'list')).out).toMatch(/Ada.*revoked/);
  });

  it('what was changed about access says who typed it', async () => {
    const persistence = await openPersistence({ url: database.url, poolSize: 1 });
    try {
      const made = ['workspace', 'create', 'batteries', '--name', 'Battery laboratory'];
      expect(await command(...made)).toMatchObject({ code: 0 });
      const again = await command(...made);
      expect([again.code, again.err]).toEqual([1, 'ionloop: workspace batteries exists already']);
      expect((await command('workspace', 'create', 'No!', '--name', 'x')).err).toContain('small letters');
      expect((await command('workspace', 'list')).out).toMatch(/batteries +Battery laboratory/);
      const token = ['token', 'create', '--name', 'Bo', '--role', 'viewer', '--workspace', 'batteries'];
      await command(...token, '--json', folder.at('bo.json'));
      const { id } = folder.json('bo.json') as { id: string };
      await command('token', 'revoke', id);
      await command('token', 'revoke', id);
      const log = await persistence.store.accessLog.page('batteries', 10);
      expect(log.map(({ action, subject }) => [action, subject])).toEqual([
        ['token.revoked', id],
        ['token.created', id],
        ['workspace.created', 'batteries'],
      ]);
      for (const { actor } of log) {
        expect(actor).toMatchObject({ kind: 'person', name: expect.stringMatching(/\(command line\)$/) });
      }
    } finally {
      await persistence.close();
    }
  });

  it('token refuses to revoke what is not there', async () => {
    expect(await command('token', 'revoke', 'nobody')).toMatchObject({
      code: 1,
      err: 'ionloop: there is no token nobody',
    });
  });

  it('verify names a campaign that is not there', async () => {
    const { code, err } = await command('verify', 'perpetuum mobile');
    expect(err).toContain('there is no campaign "perpetuum mobile"');
    expect(code).toBe(1);
  });

  it('without a database and without a record in the home, say so', async () => {
    const { code, err } = await ionloop(['token', 'list'], { IONLOOP_HOME: folder.at('empty') });
    expect(err).toContain('there is no record in');
    expect(code).toBe(1);
  });
});
