import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createCampaign, type Engine, importHistory, quietEngine, verifyCampaign } from '@ionloop/engine';
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedDatabase, type Opened } from './support/database.js';

const folder = mkdtempSync(join(tmpdir(), 'ionloop-killed-'));
const path = join(folder, 'old.csv');
const rows = 6000;
let opened: Opened;
let engine: Engine;
beforeAll(async () => {
  opened = await migratedDatabase();
  engine = quietEngine(opened.persistence.store);
  const lines = Array.from({ length: rows }, (_, i) => `${i / 10},${1e-6 + i * 1e-9}`);
  writeFileSync(path, ['t,ionic_conductivity', ...lines].join('\n'));
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a process that dies in the middle of an import leaves nothing of it, and it can be done again', async () => {
  const ada = { kind: 'person', name: 'ada' } as const;
  const campaign = await createCampaign(engine, ada, {
    name: 'Killed',
    space: { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 1000 }] },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    budget: 5,
  });
  const script = join(__dirname, 'support/import-and-die.mjs');
  const died = spawnSync(process.execPath, [script, opened.url, campaign.id, path, '4000'], {
    encoding: 'utf8',
  });
  expect({ signal: died.signal, out: died.stdout, err: died.stderr }).toEqual({
    ...{ signal: 'SIGKILL', err: '', out: expect.stringMatching(/^written 4\d\d\d$/) as unknown },
  });
  const { read } = engine.store;
  expect([await read.lastSeq(campaign.id), await read.countExperiments(campaign.id)]).toEqual([1, 0]);
  expect(await read.measurements(campaign.id)).toEqual([]);
  const file = { name: 'old.csv', open: () => createReadStream(path) };
  expect(await importHistory(engine, ada, campaign.id, file)).toMatchObject({
    experiments: rows,
    isRepeated: false,
  });
  const planner = { version: 'none', plan: () => Promise.reject(new Error('nothing was planned')) };
  expect(await verifyCampaign(read, planner, campaign.id)).toMatchObject({
    ok: true,
    faults: [],
    tablesCompared: true,
  });
}, 240_000);
