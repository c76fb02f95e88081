import { loadSettings } from '@ionloop/config';
import { openLog, openTracing, type Tracing, watchMishaps } from '@ionloop/telemetry';
import { setFlagsFromString } from 'node:v8';
import { bootWorker, type RunningWorker } from './boot.js';

/** A worker as a process: tells its parent when it is ready, and ends with it. */
const fail = (error: unknown): never => {
  process.stderr.write(`ionloop worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

/** What closing itself may take, once all jobs are done or given up. */
const closingMs = 1500;

/** By itself a heap grows up to fourfold before it is gone through: most of what a busy worker holds would be garbage. */
const heapGrowsPercent = 200;

async function run(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowsPercent}`);
  const settings = loadSettings();
  const { databaseUrl, tracesEndpoint: endpoint, endSeconds, workerThreads, logLevel: level } = settings;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing: a worker needs the record');
  const log = openLog({ name: 'worker', level });
  const tracing = await openTracing({ endpoint, service: 'ionloop-worker', log });
  const worker = await bootWorker({ ...settings, databaseUrl }, log);
  const end = endingOnce(worker, tracing, endSeconds * 1000 + closingMs);
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => end(0));
  watchMishaps({ log, onMishap: () => worker.metrics.mishap(), end: () => end(1) });
  process.send?.({ ready: true, ...(worker.url !== null && { url: worker.url }) });
  log.info({ threads: workerThreads, url: worker.url }, 'working');
}

function endingOnce(worker: RunningWorker, tracing: Tracing, longestMs: number): (code: number) => void {
  let ending = false;
  return (code) => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), longestMs).unref();
    worker
      .close()
      .then(() => tracing.close())
      .then(() => process.exit(code), fail);
  };
}

run().catch(fail);
