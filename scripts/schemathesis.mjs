import { spawnSync } from 'node:child_process';
import { program } from './steps.mjs';

// Schemathesis (a package of Python) against the built API, by docs/openapi.json. Where it is not installed this says so, and
// ends well.
const found = [process.env.IONLOOP_SCHEMATHESIS, 'schemathesis']
  .filter((path) => path !== undefined)
  .find((path) => spawnSync(path, ['--version']).status === 0);
if (found === undefined) {
  console.log(
    'Skipped: there is no schemathesis. `pip install schemathesis` in an environment of its own, and put it on the',
  );
  console.log('PATH or set IONLOOP_SCHEMATHESIS to where it is.');
  process.exit(0);
}
const [command, ...args] = program('jest/bin/jest.js');
const { status } = spawnSync(command, [...args, '--testMatch', '<rootDir>/test/fuzz/schemathesis.run.ts'], {
  stdio: 'inherit',
  env: { ...process.env, IONLOOP_SCHEMATHESIS: found },
});
process.exit(status ?? 1);
