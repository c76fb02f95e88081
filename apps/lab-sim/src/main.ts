import { readArguments, usage } from './arguments.js';
import { score } from './score/run.js';
import { simulateLab } from './simulated-lab.js';

/** The simulated lab as a process: tells its parent when it is ready, and ends with it. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function run(): void {
  const lab = readArguments(process.argv.slice(2), process.env['IONLOOP_LAB_TOKENS']);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(signal as 'SIGTERM', () => stop.abort(new Error('the lab is closing')));
  }
  process.send?.({ ready: true });
  simulateLab({ ...lab, signal: stop.signal, log: say }).then(
    () => process.exit(0),
    (error: unknown) => {
      say(`lab-sim: ${wordsOf(error)}`);
      process.exit(1);
    },
  );
}

function wrongly(error: unknown): never {
  say(`lab-sim: ${wordsOf(error)}\n${usage}`);
  process.exit(2);
}

if (process.argv[2] === 'score') {
  score(process.argv.slice(3), process.env['IONLOOP_TOKEN'], (line) =>
    process.stdout.write(`${line}\n`),
  ).then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (error instanceof TypeError) wrongly(error);
      say(`lab-sim: ${wordsOf(error)}`);
      process.exit(2);
    },
  );
} else {
  try {
    run();
  } catch (error) {
    wrongly(error);
  }
}
