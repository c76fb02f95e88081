import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashOf } from '@ionloop/domain';
import {
  createCampaign,
  type Engine,
  type HistoryImport,
  type ImportState,
  quietEngine,
  startImport,
  uploadImport,
  verifyCampaign,
} from '@ionloop/engine';
import { type Jobs, openJobs } from '@ionloop/jobs';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { ServiceProcess } from '../../../test/operations/processes.js';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';

const ada = { kind: 'person', name: 'ada' } as const;
const rows = 14_000;
/** Every tenth row is the point of the one before it. */
const table = [
  't,ionic_conductivity',
  ...Array.from({ length: rows }, (_, i) => `${(i % 10 === 9 ? i - 1 : i) / 10},${1e-6 + i * 1e-9}`),
].join('\n');
const planner = { version: 'none', plan: () => Promise.reject(new Error('nothing is planned')) };

let database: TestDatabase;
let persistence: Persistence;
let jobs: Jobs;
let sql: Client;
let engine: Engine;
const workers: ServiceProcess[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  const { url } = database;
  persistence = await openPersistence({ url, poolSize: 3 });
  await persistence.migrate();
  jobs = await openJobs({ kind: 'postgres', url });
  sql = new Client({ connectionString: url });
  await sql.connect();
  engine = quietEngine(persistence.store, { wakeUps: jobs });
}, 120_000);
afterAll(async () => {
  for (const worker of workers) if (worker.alive) await worker.end();
  await sql.end();
  await jobs.close();
  await persistence.close();
  await database.drop();
}, 60_000);

async function startWorker(): Promise<ServiceProcess> {
  const worker = new ServiceProcess('worker', { DATABASE_URL: database.url, IONLOOP_SWEEP_SECONDS: '1' });
  workers.push(worker);
  await worker.url();
  return worker;
}

async function eventually<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(20);
  }
}

const untilIn = (id: string, ...states: readonly ImportState[]): Promise<HistoryImport> =>
  eventually(async () => {
    const [one] = await engine.store.imports.byIds([id]);
    return one && states.includes(one.state) && one;
  });

/** A campaign with the table in it, looked at and started. */
async function started(): Promise<{ readonly campaignId: string; readonly importId: string }> {
  const { id: campaignId } = await createCampaign(engine, ada, {
    name: 'Killed',
    space: { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 2000 }] },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    budget: 5,
  });
  const brought = { campaignId, fileName: 'old.csv', maxBytes: 1e6 };
  const { id } = await uploadImport(engine, jobs, ada, brought, () => Readable.from([Buffer.from(table)]));
  expect(await untilIn(id, 'surveyed', 'failed')).toMatchObject({ state: 'surveyed', report: { rows } });
  await startImport(engine, jobs, ada, { id });
  return { campaignId, importId: id };
}

/** Of all that the import wrote, but for when, and for which import and campaign it was. */
async function contentHash(campaignId: string, importId: string): Promise<string> {
  const events = await engine.store.read.events(campaignId, 0, 1000);
  const told = events.flatMap(({ event, seq, actor }) =>
    event.type === 'history.imported' ? [{ seq, actor, event }] : [],
  );
  return hashOf(JSON.parse(JSON.stringify(told).replaceAll(importId, 'the import')));
}

const sound = async (campaignId: string): Promise<void> =>
  expect(await verifyCampaign(engine.store.read, planner, campaignId)).toMatchObject({
    ok: true,
    faults: [],
    tablesCompared: true,
  });

it('a worker that is killed while it writes leaves whole batches alone, and the next goes on to the same events', async () => {
  await startWorker();
  const undisturbed = await started();
  const whole = await untilIn(undisturbed.importId, 'done', 'failed');
  expect(whole).toMatchObject({ state: 'done', report: { rows, measurements: rows } });

  const { campaignId, importId } = await started();
  const { read } = engine.store;
  await eventually(async () => (await read.countExperiments(campaignId)) > 0);
  // Its rows are in the database already, and its event waits for this: the worker is killed within a transaction.
  await sql.query('BEGIN');
  await sql.query('LOCK TABLE event IN SHARE MODE');
  await eventually(async () => {
    const { rows: waiting } = await sql.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE relation = 'event'::regclass AND NOT granted
       AND pid IN (SELECT pid FROM pg_locks WHERE relation = 'measurement'::regclass AND mode = 'RowExclusiveLock')`,
    );
    return waiting.length > 0;
  });
  const [killed] = workers;
  killed?.child.kill('SIGKILL');
  expect(await killed?.ended).toMatchObject({ signal: 'SIGKILL' });
  await sql.query('ROLLBACK');
  await eventually(async () => {
    const { rows: open } = await sql.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL
       AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    return open.length === 0;
  });

  const { response } = await lastBatch(importId);
  const kept = await read.countExperiments(campaignId);
  expect(kept).toBe(response.experiments);
  expect(kept).toBeLessThan(whole.report?.experiments ?? 0);
  expect((await read.measurements(campaignId)).length).toBe(response.measurements);
  await sound(campaignId);

  // As if it had not been heard of for two minutes.
  await sql.query(`UPDATE import SET touched_at = touched_at - interval '2 minutes' WHERE id = $1`, [
    importId,
  ]);
  await startWorker();
  const done = await untilIn(importId, 'done', 'failed');
  expect(done).toMatchObject({ state: 'done', error: null });
  const { importId: ofDone, ...report } = done.report ?? {};
  const { importId: ofWhole, ...wanted } = whole.report ?? {};
  expect([ofDone, ofWhole]).toEqual([importId, undisturbed.importId]);
  expect(report).toEqual(wanted);
  await sound(campaignId);
  expect(await contentHash(campaignId, importId)).toBe(
    await contentHash(undisturbed.campaignId, undisturbed.importId),
  );
}, 240_000);

interface Remembered {
  readonly response: { readonly experiments: number; readonly measurements: number };
}

/** What is remembered with the last batch that was written. */
async function lastBatch(importId: string): Promise<Remembered> {
  const { rows: kept } = await sql.query<Remembered>(
    'SELECT response FROM remembered_answer WHERE scope = $1 ORDER BY key::integer DESC LIMIT 1',
    [`import/${importId}`],
  );
  const [last] = kept;
  if (!last) throw new Error('no batch was written');
  return last;
}
