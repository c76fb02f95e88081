import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/dist/index.js';
import { quietEngine } from '../../libs/engine/dist/index.js';
import { openPersistence } from '../../libs/persistence/dist/index.js';

const apps = new URL('../../apps/', import.meta.url);
const results = fileURLToPath(new URL('../results', import.meta.url));

/**
 * What the stations meet: the embedded database as it comes, one API and one worker, each a process. The engine beside
 * them is for preparing campaigns and for looking at the record afterwards.
 */
export async function openGround() {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
  const url = postgres.url();
  const persistence = await openPersistence({ url });
  await persistence.migrate();
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    IONLOOP_HOME: folder,
    IONLOOP_PORT: '0',
    IONLOOP_LOG_LEVEL: 'warn',
    IONLOOP_WORKER_THREADS: '1',
  };
  const api = await started('api', env);
  const worker = await started('worker', env);
  const engine = quietEngine(persistence.store);
  return {
    url: api.url,
    databaseUrl: url,
    engine,
    apiPid: api.child.pid,
    async close() {
      await Promise.all([ended(api.child), ended(worker.child)]);
      await persistence.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function started(app, env) {
  const child = fork(fileURLToPath(new URL(`${app}/dist/main.js`, apps)), [], {
    env,
    execArgv: process.env.IONLOOP_BENCH_PROFILE === app ? ['--cpu-prof', `--cpu-prof-dir=${results}`] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ url }) => resolve({ child, url }));
    child.once('exit', (code) => reject(new Error(`${app} ended with ${code} before it was ready`)));
  });
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
