import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addExperiment, createCampaign, type Engine, quietEngine, ScopedStore } from '@ionloop/engine';
import { ternary } from '@ionloop/engine/testing';
import { ArtifactFolders, openPersistence, type Persistence } from '@ionloop/persistence';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
const file = folder.at('all.tar.gz');
const spectrum = Buffer.from('1,2,3\n');
const another = Buffer.from('4,5,6\n');
const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const sha256 = sha256Of(spectrum);
/** Of a workspace’s folder, where a file stands. */
const placeOf = (hash: string): string => `sha256/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
const ada = { kind: 'person', name: 'ada' } as const;
let here: TestDatabase;
let there: TestDatabase;
let persistence: Persistence;

const engineOn = ({ store }: Persistence): Engine => quietEngine(store);
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
  await persistence.store.workspaces.add({ id: 'garnets', name: 'Garnets' });
  await persistence.store.workspaces.add({ id: 'glasses', name: 'Glasses' });
  await createCampaign(
    { ...engine, store: new ScopedStore(persistence.store, { workspace: 'garnets', campaign: null }) },
    ada,
    { ...ternary, name: 'Garnet' },
  );
  const folders = await ArtifactFolders.open(folder.at('here/artifacts'));
  const keep = async (bytes: Buffer, workspace: string): Promise<void> => {
    async function* content() {
      yield await Promise.resolve(bytes);
    }
    const hash = sha256Of(bytes);
    const files = await folders.of(workspace);
    await files.receive({ sha256: hash, owner: 'robot', offset: 0, total: bytes.length }, content());
    const artifact = {
      sha256: hash,
      bytes: bytes.length,
      mediaType: 'text/csv',
      station: 'robot',
      tokenId: 't',
    };
    await persistence.store.artifacts.add({ ...artifact, workspace });
  };
  await keep(spectrum, 'default');
  await keep(spectrum, 'garnets');
  await keep(another, 'garnets');
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
      const last = (await persistence.store.read.events(id, 0, 100)).at(-1);
      expect(headHash).toBe(last?.hash);
      expect((await onThere('verify', id)).code).toBe(0);
    }
    const kept = (place: string): Buffer => readFileSync(folder.at(`there/artifacts/${place}`));
    expect(kept(placeOf(sha256))).toEqual(spectrum);
    // What only another workspace has is there too, and not where it does not belong.
    expect(kept(`workspaces/garnets/${placeOf(sha256)}`)).toEqual(spectrum);
    expect(kept(`workspaces/garnets/${placeOf(sha256Of(another))}`)).toEqual(another);
    expect(() => kept(placeOf(sha256Of(another)))).toThrow('ENOENT');
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

describe('a campaign’s bundle', () => {
  it('goes to the workspace that is named, where it is not in another', async () => {
    const bundle = folder.at('garnet.tar.gz');
    expect(await onHere('export', 'Garnet', '--out', bundle)).toMatchObject({ code: 0 });
    const refused = await onThere('import', bundle);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('is here already, in the workspace garnets'),
    ]);
    expect(await onThere('import', bundle, '--workspace', 'garnets')).toMatchObject({
      code: 0,
      out: expect.stringContaining('was here already, to the same event') as unknown,
    });
    const strange = await onThere('import', bundle, '--workspace', 'nowhere');
    expect([strange.code, strange.err]).toEqual([
      1,
      expect.stringContaining('there is no workspace nowhere'),
    ]);
  });
});
