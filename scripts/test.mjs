import { ensureReady } from './setup.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, quietEnvironment, root } from './steps.mjs';

await ensureReady();

const folder = mkdtempSync(join(tmpdir(), 'ionloop-results-'));
const resultsFile = join(folder, 'results.json');
const [node, jest] = program('jest/bin/jest.js');
const { status } = spawnSync(
  node,
  [jest, ...process.argv.slice(2), '--json', `--outputFile=${resultsFile}`],
  // The report goes to stderr; with --json stdout only repeats the file.
  { cwd: root, env: withoutSettings(quietEnvironment), stdio: ['inherit', 'ignore', 'inherit'] },
);
const results = readResults();
rmSync(folder, { recursive: true, force: true });

const passed = results?.numPassedTests ?? 0;
const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = passed + failed === 0 ? 1 : (status ?? 1);

/** A developer's own settings and databases are not for tests; where reference data lie is, and what is drawn. */
function withoutSettings(environment) {
  const kept = /^IONLOOP_(REFERENCE|DATA|SEED|RUNS|TEST_.*)$/;
  const setting = (name) =>
    (name.startsWith('IONLOOP_') && !kept.test(name)) || ['DATABASE_URL', 'REDIS_URL'].includes(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !setting(name)));
}

function readResults() {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return undefined;
  }
}
