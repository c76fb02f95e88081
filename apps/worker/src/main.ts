import { loadSettings } from '@ionloop/config';
import { pino } from 'pino';
import { bootWorker, type RunningWorker } from './boot.js';

/** A worker as a process: tells its parent when it is ready, and ends with it. */
const fail = (error: unknown): never => {
  process.stderr.write(`ionloop worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

async function run(): Promise<void> {
  const settings = loadSettings();
  if (settings.databaseUrl === undefined)
    throw new Error('DATABASE_URL is missing: a worker needs the record');
  const log = pino({ name: 'worker', level: settings.logLevel }, pino.destination(2));
  const worker = await bootWorker({ ...settings, databaseUrl: settings.databaseUrl }, log);
  endWithParent(worker);
  process.send?.({ ready: true });
  log.info({ threads: settings.workerThreads }, 'working');
}

function endWithParent(worker: RunningWorker): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), 3000).unref();
    worker.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}

run().catch(fail);
