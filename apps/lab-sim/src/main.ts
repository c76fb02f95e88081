import { readArguments, usage } from './arguments.js';
import { simulateLab } from './simulated-lab.js';

/** The simulated lab as a process: tells its parent when it is ready, and ends with it. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

function run(): void {
  const { failRate, ...lab } = readArguments(process.argv.slice(2), process.env['IONLOOP_LAB_TOKENS']);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(signal as 'SIGTERM', () => stop.abort(new Error('the lab is closing')));
  }
  process.send?.({ ready: true });
  simulateLab({ ...lab, failRate, signal: stop.signal, log: say }).then(
    () => process.exit(0),
    (error: unknown) => {
      say(`lab-sim: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    },
  );
}

try {
  run();
} catch (error) {
  say(`lab-sim: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exit(2);
}
