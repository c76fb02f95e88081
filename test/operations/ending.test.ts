import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken, quietEngine, registerStation } from '@ionloop/engine';
import { openPersistence } from '@ionloop/persistence';
import { freshDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/running.js';
import { ServiceProcess } from './processes.js';

let database: TestDatabase;
let home: string;
let lab: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ionloop-ending-'));
  database = await freshDatabase();
  const persistence = await openPersistence({ url: database.url, poolSize: 1 });
  await persistence.migrate();
  const engine = quietEngine(persistence.store);
  lab = (await issueToken(engine, { name: 'robot-1', role: 'lab', station: 'robot-1', days: 1 })).secret;
  const properties = ['ionic_conductivity'];
  await registerStation(engine, { station: 'robot-1', bootId: 'boot-1', properties, schemaVersion: 1 });
  await persistence.close();
}, 60_000);

afterAll(async () => {
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  DATABASE_URL: database.url,
  IONLOOP_HOME: home,
  IONLOOP_WORKER_THREADS: '1',
});

describe('a server that is told to end', () => {
  it('says so to health checks, answers for a while yet, lets those who wait go, and ends well', async () => {
    const api = new ServiceProcess('api', { ...environment(), IONLOOP_DRAIN_SECONDS: '3' });
    const url = await api.url();
    const claim = fetch(`${url}/lab/v1/claim`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${lab}`,
        'idempotency-key': 'waits-long',
        'ionloop-boot': 'boot-1',
      },
      body: JSON.stringify({ max: 1, wait: 25 }),
    });
    await until('the claim to wait', async () =>
      /^ionloop_waiting_claims 1$/m.test(await (await fetch(`${url}/metrics`)).text()),
    );
    const startedAt = performance.now();
    api.child.kill('SIGTERM');
    const ready = await until('it to say that it drains', async () => {
      const response = await fetch(`${url}/health/ready`);
      return response.status === 503 && response;
    });
    expect(await ready.json()).toMatchObject({ status: 'draining', checks: { database: 'ok' } });
    // The one above may have come before it was told to end.
    expect((await fetch(`${url}/health/ready`)).headers.get('connection')).toBe('close');
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const answered = await claim;
    // Long before its 25 seconds, and with an answer that the station understands.
    expect(answered.status).toBe(200);
    expect(await answered.json()).toMatchObject({ assignments: [] });
    expect(await api.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeGreaterThan(2900);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 90_000);
});

describe('a worker that is told to end', () => {
  it('closes everything and ends well', async () => {
    const worker = new ServiceProcess('worker', environment());
    const url = await worker.url();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await worker.end()).toEqual({ code: 0, signal: null });
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 90_000);
});
