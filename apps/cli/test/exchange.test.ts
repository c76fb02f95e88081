import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addExperiment, createCampaign, quietEngine } from '@ionloop/engine';
import { ternary } from '@ionloop/engine/testing';
import { openPersistence } from '@ionloop/persistence';
import { readFileSync } from 'node:fs';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
let here: TestDatabase;
let there: TestDatabase;
beforeAll(async () => {
  [here, there] = await Promise.all([freshDatabase(), freshDatabase()]);
  const persistence = await openPersistence({ url: here.url, poolSize: 1 });
  await persistence.migrate();
  const engine = quietEngine(persistence.store);
  const ada = { kind: 'person', name: 'ada' } as const;
  const { id: campaignId } = await createCampaign(engine, ada, ternary);
  await addExperiment(engine, ada, {
    campaignId,
    point: { composition: { Li3PO4: 0.2, Li3BO3: 0.2, Li2SO4: 0.6 } },
    reason: 'it looks good',
  });
  await persistence.close();
});
afterAll(async () => {
  await here.drop();
  await there.drop();
  folder.remove();
});

const onHere = (...args: readonly string[]): Promise<Ran> =>
  ionloop(args, {
    DATABASE_URL: here.url,
    IONLOOP_HOME: folder.at('here'),
    IONLOOP_LICENSE: 'CC0-1.0',
  });
const onThere = (...args: readonly string[]): Promise<Ran> =>
  ionloop(args, { DATABASE_URL: there.url, IONLOOP_HOME: folder.at('there') });

describe('export', () => {
  it('prints a CSV, or writes it under the name it is given', async () => {
    const { code, out } = await onHere('export', 'Ternary');
    expect(code).toBe(0);
    expect(out.split('\r\n')[0]).toMatch(/^experiment,state,origin,Li3PO4,Li3BO3,Li2SO4,/);
    expect((await onHere('export', 'Ternary', '--out', folder.at('t.csv'))).code).toBe(0);
    expect(readFileSync(folder.at('t.csv'), 'utf8')).toContain('1,proposed,person,0.2,0.2,0.6,');
  });

  it('writes linked data with the licence of the settings', async () => {
    expect((await onHere('export', 'Ternary', '--out', folder.at('t.jsonld'))).code).toBe(0);
    const { '@graph': graph } = folder.json('t.jsonld') as { '@graph': readonly object[] };
    expect(graph[0]).toMatchObject({ name: 'Ternary', license: 'https://spdx.org/licenses/CC0-1.0' });
  });

  it.each([
    [['--out', 'x.docx'], 2, 'does not tell what is wanted'],
    [['--format', 'bundle'], 2, 'a bundle is not text'],
    [['--out', folder.at('no/such/folder.csv')], 1, 'its folder does not exist'],
  ])('refuses %j', async (args, code, words) => {
    const ran = await onHere('export', 'Ternary', ...args);
    expect(ran.err).toContain(words);
    expect(ran.code).toBe(code);
  });
});

describe('import of a bundle', () => {
  it('brings a campaign into an empty database, to the same hash, where it verifies', async () => {
    const bundle = folder.at('t.tar.gz');
    expect((await onHere('export', 'Ternary', '--out', bundle)).code).toBe(0);
    await onHere('verify', 'Ternary', '--json', folder.at('here.json'));
    const imported = await onThere('import', bundle, '--json', folder.at('imported.json'));
    expect(imported).toMatchObject({ code: 0, err: '' });
    const { headHash } = folder.json('here.json') as { headHash: string };
    expect(folder.json('imported.json')).toMatchObject({ headHash, isNew: true });
    expect((await onThere('verify', 'Ternary')).out).toContain(headHash);
    expect((await onThere('import', bundle)).out).toContain('was here already');
  });

  it('names a file that is not there, or is no bundle', async () => {
    expect((await onThere('import', folder.at('nothing.tar.gz'))).err).toContain('there is no such file');
    const { code, err } = await onThere('import', folder.file('x.tar.gz', 'not at all'));
    expect([code, err]).toEqual([1, expect.stringContaining('the archive is damaged')]);
  });
});

describe('import of rows', () => {
  const rows = (...lines: readonly string[]): string =>
    folder.file(
      `rows-${lines.length}.csv`,
      ['Li3PO4 (%);Li3BO3 (%);Li2SO4 (%);conductivity [mS/cm]', ...lines].join('\n'),
    );

  it('says first what it would do, then does it, and only once', async () => {
    const file = rows('25;15;60;0,05', '50;25;25;0,003', '50;25;25;0,004');
    const dry = await onHere('import', file, '--campaign', 'Ternary', '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('3 rows in utf-8, columns by ";", decimal comma');
    expect(dry.out).toContain('Would bring 2 experiments and 3 measurements, 1 of them replicates');
    const done = await onHere('import', file, '--campaign', 'Ternary', '--json', folder.at('done.json'));
    expect(done.out).toContain('Brought 2 experiments');
    expect(folder.json('done.json')).toMatchObject({ experiments: 2, bad: 0, isRepeated: false });
    expect((await onHere('import', file, '--campaign', 'Ternary')).out).toContain('was imported before');
    expect((await onHere('verify', 'Ternary')).code).toBe(0);
    expect((await onHere('export', 'Ternary')).out).toContain('2,accepted,history,0.25,0.15,0.6,0.00005,');
  });

  it('names every row that is wrong, imports nothing then, or the others', async () => {
    const file = rows('20;20;60;0,01', '90;20;60;0,01', '20;20;60;much', '30;10;60;0,02');
    const refused = await onHere('import', file, '--campaign', 'Ternary', '--json', folder.at('bad.json'));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('line 3, "Li3PO4 (%), Li3BO3 (%), Li2SO4 (%)": the parts sum to 1.7');
    expect(refused.err).toContain('line 4, "conductivity [mS/cm]": "much" is not a number');
    expect(refused.err).toContain('2 of 4 rows cannot be imported, so nothing was');
    expect(folder.json('bad.json')).toMatchObject({ badRows: [{ line: 3 }, { line: 4 }] });
    const some = await onHere('import', file, '--campaign', 'Ternary', '--skip-bad');
    expect([some.code, some.out]).toEqual([0, expect.stringContaining('Brought 2 experiments')]);
  });

  it('has to know where rows go', async () => {
    const { code, err } = await onHere('import', rows('20;20;60;1'));
    expect([code, err]).toEqual([2, expect.stringContaining('say with --campaign where they go')]);
  });
});
