import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { program } from './steps.mjs';

// So many requests drawn from the schema and the routes, against the built API with a real PostgreSQL: ends with 1 and
// prints each request that was answered by a fault, as it can be sent again.
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
if (!(Number(values.operations) >= 1)) {
  console.error(`--operations is "${values.operations}"; it must be a number from 1`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'ionloop-fuzz-outcome-'));
const outcome = values.json ?? join(folder, 'outcome.json');
const [command, ...args] = program('jest/bin/jest.js');
const { status } = spawnSync(command, [...args, 'test/fuzz/fuzz.test'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    IONLOOP_FUZZ_OPERATIONS: values.operations,
    IONLOOP_FUZZ_SEED: values.seed,
    IONLOOP_FUZZ_OUTCOME: outcome,
  },
});
try {
  const { faults, residentMb, ...figures } = JSON.parse(readFileSync(outcome, 'utf8'));
  const at = (share) => residentMb[Math.floor((residentMb.length - 1) * share)].toFixed(0);
  console.log(JSON.stringify(figures));
  console.log(
    `Faults: ${faults.length}. Resident: ${at(0)} MB at the start, ${at(0.5)} MB half-way, ${at(1)} MB at the end.`,
  );
} catch {
  console.error('It did not come to an end.');
}
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
