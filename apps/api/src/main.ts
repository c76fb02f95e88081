import { loadSettings } from '@ionloop/config';
import { openLog, openTracing, startPatiently, type Tracing, watchMishaps } from '@ionloop/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootApi, type RunningApi } from './boot.js';

/** The server as a process: tells its parent when it is ready, and ends with it. */
function fail(error: unknown): never {
  process.stderr.write(`ionloop api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** What closing itself may take, once all requests are answered or cut off. */
const closingMs = 1200;

async function run(): Promise<void> {
  const { databaseUrl, tracesEndpoint: endpoint, ...settings } = loadSettings();
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing: the server needs the record');
  const { logLevel: level, startSeconds: seconds, drainSeconds, endSeconds } = settings;
  const log = openLog({ name: 'api', level });
  const tracing = await openTracing({ endpoint, service: 'ionloop-api', log });
  const api = await startPatiently('the database or the queue', { seconds, log }, () =>
    bootApi({ ...settings, databaseUrl }, { log }),
  );
  const end = endingOnce(api, tracing, endSeconds * 1000 + closingMs);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(0, drainSeconds));
  process.once('disconnect', () => end(0));
  watchMishaps({ log, onMishap: () => api.metrics.mishap(), end: () => end(1) });
  for (const warning of settings.warnings) log.warn(warning);
  log.info({ url: api.url }, 'listening');
  process.send?.({ ready: true, url: api.url });
}

type End = (code: number, drainSeconds?: number) => void;

function endingOnce(api: RunningApi, tracing: Tracing, longestMs: number): End {
  let ending = false;
  return (code, drainSeconds = 0) => {
    if (ending) return;
    ending = true;
    api.drain();
    const close = async (): Promise<never> => {
      await sleep(drainSeconds * 1000);
      setTimeout(() => process.exit(code), longestMs).unref();
      await api.close();
      await tracing.close();
      process.exit(code);
    };
    close().catch(fail);
  };
}

run().catch(fail);
