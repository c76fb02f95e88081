import { loadSettings } from '@ionloop/config';
import { pino } from 'pino';
import { bootApi, type RunningApi } from './boot.js';

/** The server as a process: tells its parent when it is ready, and ends with it. */
const longestEndMs = 2200;

function fail(error: unknown): never {
  process.stderr.write(`ionloop api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const { databaseUrl, ...settings } = loadSettings();
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing: the server needs the record');
  const log = pino({ name: 'api', level: settings.logLevel }, pino.destination(2));
  const api = await bootApi({ ...settings, databaseUrl }, { log });
  endWithParent(api);
  for (const warning of settings.warnings) log.warn(warning);
  log.info({ url: api.url }, 'listening');
  process.send?.({ ready: true, url: api.url });
}

function endWithParent(api: RunningApi): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), longestEndMs).unref();
    api.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}

run().catch(fail);
