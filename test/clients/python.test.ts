import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describePython, python, pythonClient, pythonEnvironment } from '../support/python.js';

const modules = readdirSync(join(pythonClient, 'tests'))
  .filter((name) => /^test_.*\.py$/.test(name))
  .map((name) => name.replace(/\.py$/, ''));

describePython('the Python client by its own tests', () => {
  it.each(modules)(
    '%s',
    (name) => {
      const run = spawnSync(python(), ['-m', 'unittest', `tests.${name}`], {
        cwd: pythonClient,
        env: pythonEnvironment(),
        encoding: 'utf8',
        timeout: 170_000,
      });
      expect(run.stderr).toMatch(/\nRan [1-9]\d* tests? in .*\n\nOK\n$/);
      expect(run.status).toBe(0);
    },
    180_000,
  );
});
