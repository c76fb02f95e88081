import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/lab/main.mjs');

it('the bench of the lab protocol runs, here with few stations', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(run.stderr).toBe('');
  for (const subject of [
    '10 stations race for 40 experiments',
    '4 stations hand in at a steady rate',
    'claims, 200 queued',
  ])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${subject} +\\| +\\d+ `, 'm'));
  expect(run.stdout).toMatch(/^\| experiments not claimed exactly once +\| none +\| none +\| yes/m);
  expect(run.stdout).toMatch(/^\| acknowledged submits not in the database +\| none +\| none +\| yes/m);
  expect(run.status).toBe(0);
}, 120_000);
