import type { Persistence } from '@ionloop/persistence';
import { join } from 'node:path';
import { Failure, messageOf } from '../failure.js';
import { ChildLog } from './child-log.js';
import { secondsSince } from './clock.js';
import { createDemoCampaign } from './demo-campaign.js';
import { issueLabTokens, issueLinkToken } from './tokens.js';
import { requireBuilt } from './entries.js';
import { firstMeasurement } from './first-measurement.js';
import { claimHome, prepareHome } from './home.js';
import type { LaunchOptions } from './launch.js';
import { checkPort } from './port.js';
import { outlast } from './outlast.js';
import { engineOn, openRecord, startPostgres } from './record.js';
import { checkRedis } from './redis.js';
import { readRunFile, removeRunFile } from './run-file.js';
import { Services } from './services.js';
import type { Shutdown } from './shutdown.js';

export interface StartOptions extends LaunchOptions {
  readonly shutdown: Shutdown;
  /** Called when something has ended for good that must not. */
  readonly onLost: (why: Failure) => void;
  readonly onServices: (services: Services) => void;
}

/** Children of a launcher that was killed end by themselves; this long they may take. */
const orphansEndWithinMs = 5_000;

/** Starts everything, one thing on the other, and tells where it is. */
export async function start(options: StartOptions): Promise<void> {
  const { settings, terminal, began, shutdown } = options;
  await takeHome(options);
  await checkPort(settings.host, settings.port);
  if (settings.redisUrl !== undefined) await checkRedis(settings.redisUrl);
  const databaseUrl = settings.databaseUrl ?? (await ownDatabase(options));
  shutdown.check();
  const record = await openRecord(databaseUrl, { named: settings.databaseUrl !== undefined, poolSize: 2 });
  await shutdown.add(() => record.close());
  requireBuilt(settings.demo ? ['api', 'worker', 'lab-sim'] : ['api', 'worker']);
  await record.migrate();
  const engine = await engineOn(record.store, settings);
  if (settings.demo) await createDemoCampaign(engine, settings);
  const secret = await issueLinkToken(engine);
  shutdown.check();

  const services = new Services({ ...options, databaseUrl });
  options.onServices(services);
  const url = await services.startServer();
  shutdown.check();
  terminal.out(welcome(`${url}/#token=${secret}`, options, secondsSince(began)));
  if (!settings.demo) return;
  void tellFirstMeasurement(record, options);
  const tokens = await issueLabTokens(engine, settings.tokenDays);
  try {
    await services.startLab(tokens);
  } catch (error) {
    // Everything else is of use without it.
    if (!shutdown.ending) terminal.err(`ionloop: no simulated lab: ${messageOf(error)}`);
  }
}

async function takeHome({ settings: { home }, shutdown }: StartOptions): Promise<void> {
  prepareHome(home);
  const giveBack = claimHome(home);
  await shutdown.add(giveBack);
  const left = readRunFile(home);
  if (left !== null) await outlast(left.children, orphansEndWithinMs);
  removeRunFile(home);
  await shutdown.add(() => removeRunFile(home));
}

async function ownDatabase({ settings: { home }, shutdown, onLost }: StartOptions): Promise<string> {
  const log = new ChildLog(join(home, 'logs', 'postgres.log'));
  const postgres = await startPostgres(home, {
    log: (line) => log.write(`${line}\n`),
    onLost: (error) => onLost(new Failure(`PostgreSQL cannot be kept running: ${messageOf(error)}`)),
  });
  await shutdown.add(() => postgres.stop());
  return postgres.url();
}

function welcome(link: string, { settings, temporary }: StartOptions, time: string): string {
  return [
    '',
    `Ionloop is ready in ${time}. This link signs a browser in, once:`,
    '',
    `  ${link}`,
    '',
    ...(settings.demo
      ? [`A simulated lab works on what is active, ${settings.demoSpeed} times faster than real.`]
      : []),
    `Data and logs: ${settings.home}`,
    temporary
      ? 'Stop with Ctrl-C; that deletes them.'
      : 'Stop with Ctrl-C; the next start goes on from there.',
    '',
  ].join('\n');
}

async function tellFirstMeasurement(
  record: Persistence,
  { terminal, began, shutdown }: StartOptions,
): Promise<void> {
  try {
    if (await firstMeasurement(record.store.read, () => shutdown.ending)) {
      terminal.out(`First measurement accepted after ${secondsSince(began)}.`);
    }
  } catch (error) {
    // Only the message is lost: the record may be out of reach for a while, or for good because we are stopping.
    if (!shutdown.ending) terminal.err(`ionloop: the first measurement was not seen: ${messageOf(error)}`);
  }
}
