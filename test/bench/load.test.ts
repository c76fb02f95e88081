import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/load/main.mjs');

it('the bench of load runs, here with few questions and few subscribers', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 170_000,
  });
  expect(run.stdout).toMatch(/^\| while models are fitted +\| 60 \|/m);
  expect(run.stdout).toMatch(
    /^\| questions that failed +\| none|^\| questions that failed \| 0 \| none \| yes/m,
  );
  expect(run.stdout).toMatch(/each event once and in order \| 0 \| none \| yes/);
  expect(run.status).toBe(0);
}, 180_000);
