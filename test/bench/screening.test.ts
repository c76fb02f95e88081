import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/screening/main.mjs');

it('the bench of screens runs, here on tiny sizes', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8', timeout: 60_000 });
  expect(run.stderr).not.toContain('Error');
  for (const what of ['mean', 'mean \\+ sd, UCB', 'log EI', 'student, teacher last', 'encoding alone'])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${what}.* \\| [\\d ]+ \\|`, 'm'));
  expect(run.stdout).toMatch(/rank agreement 0\.\d{4}/);
  expect(run.status).toBe(0);
}, 90_000);
