import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/api/main.mjs');

it('the bench of the API runs, here on a small campaign', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(run.stdout).toMatch(/^A campaign of 300 experiments; 3 times each/m);
  for (const question of ['open: counts', 'page of 50 in the middle', 'first page of 50 by value'])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${question}.*\\| +\\d+\\.\\d \\|`, 'm'));
  expect(run.status).toBe(0);
}, 120_000);
