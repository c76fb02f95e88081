import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addExperiment, createCampaign, type Engine, randomIds } from '@ionloop/engine';
import { ternary } from '@ionloop/engine/testing';
import { ArtifactFolder, openPersistence, type Persistence } from '@ionloop/persistence';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
const file = folder.at('all.tar.gz');
const spectrum = Buffer.from('1,2,3\n');
const sha256 = createHash('sha256').update(spectrum).digest('hex');
const ada = { kind: 'person', name: 'ada' } as const;
let here: TestDatabase;
let there: TestDatabase;
let persistence: Persistence;

const engineOn = ({ store }: Persistence): Engine => ({
  store,
  wakeUps: { wake: () => Promise.resolve() },
  ids: randomIds,
  lab: { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 1800, attemptCap: 3 },
});
const point = { composition: { Li3PO4: 0.2, Li3BO3: 0.2, Li2SO4: 0.6 } };

beforeAll(async () => {
  [here, there] = await Promise.all([freshDatabase(), freshDatabase()]);
  persistence = await openPersistence({ url: here.url, poolSize: 2 });
  await persistence.migrate();
  const engine = engineOn(persistence);
  for (const name of ['One', 'Two']) {
    const { id: campaignId } = await createCampaign(engine, ada, { ...ternary, name }, `key-${name}`);
    await addExperiment(engine, ada, { campaignId, point, reason: 'it says “why”,\nin two lines' });
  }
  const files = await ArtifactFolder.open(folder.at('here/artifacts'));
  async function* content() {
    yield await Promise.resolve(spectrum);
  }
  await files.receive({ sha256, owner: 'robot', offset: 0, total: spectrum.length }, content());
  const artifact = { sha256, bytes: spectrum.length, mediaType: 'text/csv', station: 'robot', tokenId: 't' };
  await persistence.store.artifacts.add(artifact);
});
afterAll(async () => {
  await persistence.close();
  await here.drop();
  await there.drop();
  folder.remove();
});

const onHere = (...args: readonly string[]): Promise<Ran> =>
  ionloop(args, { DATABASE_URL: here.url, IONLOOP_HOME: folder.at('here') });
const onThere = (...args: readonly string[]): Promise<Ran> =>
  ionloop(args, { DATABASE_URL: there.url, IONLOOP_HOME: folder.at('there') });

describe('a whole instance', () => {
  it('comes back from its backup to the same hashes, with its artifacts, and goes on', async () => {
    expect(await onHere('backup', file)).toMatchObject({ code: 0, err: '' });
    const restored = await onThere('restore', file, '--json', folder.at('restored.json'));
    expect(restored).toMatchObject({ code: 0, err: '' });
    const campaigns = await persistence.store.read.campaigns();
    const { campaigns: back } = folder.json('restored.json') as {
      campaigns: { id: string; headHash: string }[];
    };
    expect(back.map(({ id }) => id)).toEqual(campaigns.map(({ id }) => id).sort());
    for (const { id, headHash } of back) {
      const [last] = await persistence.store.read.events(id, 1, 1);
      expect(headHash).toBe(last?.hash);
      expect((await onThere('verify', id)).code).toBe(0);
    }
    const kept = folder.at(`there/artifacts/sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`);
    expect(readFileSync(kept).equals(spectrum)).toBe(true);
    const other = await openPersistence({ url: there.url, poolSize: 2 });
    const [{ id: campaignId } = { id: '' }] = await other.store.read.campaigns();
    const again = await createCampaign(engineOn(other), ada, { ...ternary, name: 'One' }, 'key-One');
    expect(again.id).toBe(campaignId);
    await addExperiment(engineOn(other), ada, { campaignId, point, reason: 'it goes on' });
    await other.close();
    expect((await onThere('verify', campaignId)).out).toContain('Events: 3');
  });

  it('is not put over another unless that is wanted', async () => {
    const refused = await onThere('restore', file);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('there is a record here already'),
    ]);
    expect(await onThere('restore', file, '--replace')).toMatchObject({ code: 0 });
    expect((await onThere('verify', 'One')).out).toContain('Events: 2');
  });

  it('is refused where its file was cut off or is another, and nothing changes', async () => {
    const bytes = readFileSync(file);
    const cut = folder.file('cut.tar.gz', '');
    (await import('node:fs')).writeFileSync(cut, bytes.subarray(0, bytes.length - 30));
    expect((await onThere('restore', cut, '--replace')).err).toContain('the archive is damaged');
    expect((await onThere('restore', folder.file('x', 'x'), '--replace')).code).toBe(1);
    expect((await onThere('restore', folder.at('nothing'))).err).toContain('there is no such file');
    expect((await onThere('verify', 'One')).out).toContain('Events: 2');
  });
});
