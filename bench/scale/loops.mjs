import { fork, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/dist/index.js';
import {
  claim,
  createCampaign,
  moveCampaign,
  quietEngine,
  registerStation,
  startAttempt,
  submit,
  usualLab,
} from '../../libs/engine/dist/index.js';
import { openJobs } from '../../libs/jobs/dist/index.js';
import { openPersistence } from '../../libs/persistence/dist/index.js';
import { Philox } from '../../libs/linalg/dist/index.js';
import pg from 'pg';
import { figuresOf } from './figures.mjs';
import { spentBy } from './processor.mjs';

const person = { kind: 'person', name: 'bench' };
const stations = 8;
const parallel = 2;
/** A station has so many samples in its furnaces at most. */
const places = 400;

/** All campaigns, until each has spent its budget; a sample takes its time, from half of `takes` seconds to one and a half. */
export async function runLoops({ campaigns, budget, workers, takes }) {
  // Twice what the samples take where nothing has to wait, and an hour.
  const longestMinutes = 60 + (2 * (budget / parallel) * takes) / 60;
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-scale-'));
  chmodSync(folder, 0o755);
  const endings = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
    endings.push(() => postgres.stop());
    const redis = await startRedis();
    endings.push(() => redis.child.kill('SIGKILL'));
    const persistence = await openPersistence({ url: postgres.url() });
    endings.push(() => persistence.close());
    await persistence.migrate();
    const jobs = await openJobs({ kind: 'redis', url: redis.url });
    endings.push(() => jobs.close());
    const lab = { ...usualLab, leaseSeconds: 60 + 2 * takes };
    const engine = quietEngine(persistence.store, { wakeUps: jobs, lab });
    const children = [];
    for (let n = 0; n < workers; n += 1) {
      const worker = await startWorker({
        DATABASE_URL: postgres.url(),
        REDIS_URL: redis.url,
        IONLOOP_HOME: folder,
      });
      children.push(worker);
      endings.push(() => ended(worker));
    }
    const client = new pg.Pool({ connectionString: postgres.url(), max: 2 });
    endings.push(() => client.end());
    const bytes = async () =>
      Number((await client.query('SELECT pg_database_size(current_database()) AS size')).rows[0].size);
    const before = await bytes();
    const startedAt = performance.now();
    const processes = {
      workers: { alone: children.map(({ pid }) => pid) },
      postgres: {
        families: [
          Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]),
        ],
      },
      bench: { alone: [process.pid] },
    };
    const spentBefore = spentBy(processes);
    for (let n = 0; n < campaigns; n += 1) await openCampaign(engine, budget, n);
    const telling = setInterval(() => tell(client, startedAt).catch(() => undefined), 60_000);
    endings.push(() => clearInterval(telling));
    await Promise.all(
      Array.from({ length: stations }, (_, n) =>
        measure(engine, n, { takes, longestMinutes, campaignsLeft: () => left(client) }),
      ),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const spent = spentBy(processes);
    return {
      workers,
      seconds,
      ...(await figuresOf(client, budget)),
      bytesPerCampaign: ((await bytes()) - before) / campaigns,
      processors: Object.keys(processes).map((who) => ({
        who,
        busy: spent[who] === null ? null : (spent[who] - spentBefore[who]) / seconds,
      })),
    };
  } finally {
    for (const end of endings.reverse()) await Promise.resolve(end()).catch(() => undefined);
  }
}

async function openCampaign(engine, budget, n) {
  const { id } = await createCampaign(engine, person, {
    name: `Scale ${n + 1}`,
    space: {
      parameters: [
        {
          kind: 'mixture',
          name: 'composition',
          step: 0.02,
          components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
        },
      ],
    },
    objective: {
      property: 'ionic_conductivity',
      goal: 'maximise',
      transform: 'log10',
      unit: 'S/cm',
      temperatureC: 300,
    },
    strategy: 'gp-ucb',
    initial: 4,
    budget,
    parallel,
    approval: 'automatic',
    seed: `scale/${n + 1}`,
  });
  await moveCampaign(engine, person, id, 'active');
}

/** Takes what there is while it has room, and hands in each when its time has come. */
async function measure(engine, n, { takes, longestMinutes, campaignsLeft }) {
  const name = `station-${n + 1}`;
  await registerStation(engine, {
    station: name,
    bootId: 'boot',
    properties: ['ionic_conductivity'],
    schemaVersion: 1,
  });
  const voice = { station: name, bootId: 'boot' };
  const draw = Philox.fromSeed(name);
  const deadline = performance.now() + longestMinutes * 60_000;
  const inside = new Set();
  let fault;
  const handIn = async ({ attemptId, fence }, key, value) => {
    await sleep(1000 * takes * (0.5 + draw.uniform()));
    await submit(engine, voice, {
      attemptId,
      fence,
      idempotencyKey: `${name}-submit-${key}`,
      outcome: 'measured',
      measurements: [{ property: 'ionic_conductivity', value, unit: 'S/cm' }],
    });
  };
  for (let key = 0; performance.now() < deadline; key += 1) {
    if (fault) throw fault;
    const max = takes === 0 ? 1 : Math.min(10, places - inside.size);
    const assignments =
      max === 0 ? [] : await claim(engine, voice, { idempotencyKey: `${name}-claim-${key}`, max });
    if (assignments.length === 0) {
      if (inside.size === 0 && (await campaignsLeft()) === 0) return;
      await sleep(takes === 0 ? 50 : 500);
      continue;
    }
    for (const assignment of assignments) {
      await startAttempt(engine, voice, assignment);
      const measured = handIn(assignment, assignment.attemptId, 1e-6 + 1e-4 * draw.uniform())
        .catch((error) => (fault ??= error))
        .finally(() => inside.delete(measured));
      inside.add(measured);
      if (takes === 0) await measured;
    }
  }
  throw new Error(`not done after ${longestMinutes} minutes`);
}

/** A line a minute, for whoever waits for the thousand. */
async function tell(client, startedAt) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM attempt WHERE outcome IS NOT NULL) AS results, (SELECT count(*) FROM campaign WHERE state = 'active') AS campaigns`,
  );
  const minutes = Math.round((performance.now() - startedAt) / 60_000);
  process.stderr.write(`${minutes} min: ${rows[0].results} results, ${rows[0].campaigns} campaigns go on\n`);
}

async function left(client) {
  const { rows } = await client.query(
    `SELECT count(*)::integer AS count FROM campaign WHERE state = 'active'`,
  );
  return rows[0].count;
}

async function startWorker(env) {
  const entry = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));
  const worker = fork(entry, [], {
    env: { PATH: process.env.PATH, IONLOOP_WORKER_THREADS: '1', IONLOOP_LOG_LEVEL: 'error', ...env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((ready, lost) => {
    worker.once('message', ready);
    worker.once('exit', (code) => lost(new Error(`a worker ended with ${code}`)));
  });
  return worker;
}

function ended(worker) {
  const gone = new Promise((over) => worker.once('exit', over));
  worker.kill('SIGTERM');
  return gone;
}

async function startRedis() {
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise((ready) =>
    child.stdout.on('data', (text) => String(text).includes('Ready to accept') && ready()),
  );
  return { child, url: `redis://127.0.0.1:${port}` };
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
