import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/surrogates/main.mjs');

it('the bench of the surrogates runs, here on tiny sizes, without peers and data sets', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining('Falls short')]);
  for (const subject of ['forest of 10', 'boosting on histograms', 'process, n = 20', 'deep ensemble of 5'])
    expect(run.stdout).toContain(`| ${subject}`);
  expect(run.stdout).toContain('BoTorch missing: a smoke run asks none.');
}, 90_000);
