import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/verify/main.mjs');

it('a campaign verifies to the byte, and one byte that was flipped is found and named', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 170_000,
  });
  expect(run.stderr).not.toContain('Falls short');
  expect(run.stdout).toMatch(/: (\d+) of \1 plans identical to the byte/);
  for (const what of ['a measured value', 'a point', 'who it was', 'a hash'])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${what} \\| \\d+ \\| yes `, 'm'));
  expect(run.status).toBe(0);
}, 180_000);
