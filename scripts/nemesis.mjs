import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { program } from './steps.mjs';

// Faults for so many minutes, then judgement: ends with 1 and names what was violated.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: 'nemesis' },
    report: { type: 'boolean', default: false },
  },
});
if (!(Number(values.minutes) > 0)) {
  console.error(`--minutes is "${values.minutes}"; it must be a number above 0`);
  process.exit(2);
}
const report = fileURLToPath(new URL('../docs/fault-report.md', import.meta.url));
const [command, ...args] = program('jest/bin/jest.js');
const { status } = spawnSync(command, [...args, 'test/nemesis/nemesis.test'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    IONLOOP_NEMESIS_MINUTES: values.minutes,
    IONLOOP_NEMESIS_SEED: values.seed,
    ...(values.report ? { IONLOOP_NEMESIS_REPORT: report } : {}),
  },
});
process.exit(status ?? 1);
