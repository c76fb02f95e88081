import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadSettings } from '@ionloop/config';
import {
  createCampaign,
  type HistoryImport,
  type ImportState,
  quietEngine,
  startImport,
  uploadImport,
} from '@ionloop/engine';
import { type Jobs, openJobs } from '@ionloop/jobs';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { bootWorker, type RunningWorker } from '../src/boot.js';

const ada = { kind: 'person', name: 'ada' } as const;
const rows = 1200;
let database: TestDatabase;
let persistence: Persistence;
let jobs: Jobs;
let worker: RunningWorker;
beforeAll(async () => {
  database = await freshDatabase();
  const { url } = database;
  persistence = await openPersistence({ url, poolSize: 3 });
  await persistence.migrate();
  const settings = { ...loadSettings({}), databaseUrl: url, redisUrl: undefined, workerThreads: 1 };
  worker = await bootWorker(settings, pino({ level: 'silent' }));
  jobs = await openJobs({ kind: 'postgres', url });
}, 120_000);
afterAll(async () => {
  await worker.close();
  await jobs.close();
  await persistence.close();
  await database.drop();
}, 60_000);

it('a table that is brought is looked at and, once it is started, written by the worker that hears of it', async () => {
  const { store } = persistence;
  const engine = quietEngine(store, { wakeUps: jobs });
  const { id: campaignId } = await createCampaign(engine, ada, {
    name: 'A worker',
    space: { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 1000 }] },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    budget: 5,
  });
  const lines = Array.from({ length: rows }, (_, i) => `${i / 2},${1e-6 + i * 1e-9}`);
  const text = ['t,ionic_conductivity', ...lines].join('\n');
  const table = { campaignId, fileName: 'old.csv', maxBytes: 1e6 };
  const { id } = await uploadImport(engine, jobs, ada, table, () => Readable.from([Buffer.from(text)]));
  const until = async (...states: readonly ImportState[]): Promise<HistoryImport | undefined> => {
    for (;;) {
      const [one] = await store.imports.byIds([id]);
      if (!one || states.includes(one.state)) return one;
      await pause(100);
    }
  };
  expect(await until('surveyed', 'failed')).toMatchObject({ state: 'surveyed', report: { rows, bad: 0 } });
  await startImport(engine, jobs, ada, { id });
  expect(await until('done', 'failed')).toMatchObject({ state: 'done', report: { measurements: rows } });
  expect(await store.read.countExperiments(campaignId)).toBe(rows);
}, 180_000);
