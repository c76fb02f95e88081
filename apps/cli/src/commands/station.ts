import { LabClient, LabRefusal, runStation } from '@ionloop/lab-client';
import type { Command } from 'commander';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure, WrongUsage } from '../failure.js';
import { names, positiveNumber, wholeNumber } from '../input/options.js';
import { onStopSignals } from '../launch/signals.js';
import { runProgram } from '../station/run-program.js';
import type { Terminal } from '../terminal.js';

export function addStation(program: Command, terminal: Terminal): void {
  program
    .command('station')
    .summary('run a station whose instrument is any program')
    .description(
      'Claims work, asks before anything moves, beats and hands in, over lost connections and restarts of either\n' +
        'side. For each attempt the program gets its spec as JSON on standard input and writes its measurements, or\n' +
        'a whole result with its outcome, as JSON on standard output. A cancel ends it with SIGTERM; an exit code\n' +
        'other than 0 is an instrument fault in the last line of its standard error.',
    )
    .option('--url <address>', 'of the server (default: IONLOOP_URL)')
    .option('--token <secret>', 'better in IONLOOP_TOKEN, where no list of processes shows it')
    .option('--station <name>', 'that the token is bound to (default: IONLOOP_STATION)')
    .requiredOption('--run <command>', 'the program, as a shell would start it')
    .option('--properties <names>', 'what it can measure', names, ['ionic_conductivity'])
    .option('--spool <folder>', 'keeps results until the server has them (default: IONLOOP_SPOOL)')
    .option('--concurrency <n>', 'attempts at a time', wholeNumber(1, 32), 1)
    .option('--grace <seconds>', 'how long the program may take to stop', positiveNumber(3600), 5)
    .addHelpText(
      'after',
      `
Example:
  IONLOOP_TOKEN=… ionloop station --url http://localhost:4680 --station furnace-1 --run "python measure.py"`,
    )
    .action((options: StationOptions) => serve(options, terminal));
}

interface StationOptions {
  readonly url?: string;
  readonly token?: string;
  readonly station?: string;
  readonly run: string;
  readonly properties: readonly string[];
  readonly spool?: string;
  readonly concurrency: number;
  readonly grace: number;
}

async function serve(options: StationOptions, terminal: Terminal): Promise<void> {
  const { env } = terminal;
  const url = given(options.url ?? env['IONLOOP_URL'], '--url or IONLOOP_URL');
  const token = given(options.token ?? env['IONLOOP_TOKEN'], '--token or IONLOOP_TOKEN');
  const station = given(options.station ?? env['IONLOOP_STATION'], '--station or IONLOOP_STATION');
  const folder = options.spool ?? env['IONLOOP_SPOOL'] ?? join(homedir(), '.ionloop', 'stations', station);
  const longest = seconds(env, 'IONLOOP_BACKOFF_SECONDS', 15);
  const stop = new AbortController();
  const unlisten = onStopSignals({ first: () => stop.abort(), atOnce: () => process.exit(1) });
  try {
    await runStation({
      client: new LabClient({
        url,
        token,
        station,
        timeoutMs: seconds(env, 'IONLOOP_TIMEOUT_SECONDS', 15) * 1000,
        backoff: { firstMs: Math.min(250, longest * 250), longestMs: longest * 1000 },
      }),
      properties: options.properties,
      folder,
      concurrency: options.concurrency,
      waitSeconds: seconds(env, 'IONLOOP_WAIT_SECONDS', 20),
      graceMs: options.grace * 1000 + 800,
      signal: stop.signal,
      log: (line) => terminal.err(`${station}: ${line}`),
      run: runProgram({ command: options.run, graceMs: options.grace * 1000, env, tell: terminal.err }),
    });
  } catch (error) {
    if (error instanceof LabRefusal) throw new Failure(`the server refuses this station: ${error.message}`);
    throw error;
  } finally {
    unlisten();
  }
}

function given(value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new WrongUsage(`${what} is not set`);
  return value;
}

function seconds(env: Terminal['env'], name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new WrongUsage(`${name} is "${text}"; it must be seconds above 0`);
  return value;
}
