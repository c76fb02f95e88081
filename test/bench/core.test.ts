import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/core/main.mjs');

it('the bench of the numerical core runs, here on tiny sizes and without its peers', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  for (const subject of [
    'Cholesky',
    'likelihood + gradient',
    'posterior',
    'append',
    'first call of Cholesky',
  ])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${subject.replace('+', '\\+')} `, 'm'));
  expect(run.stdout).toMatch(/Ceiling .* [\d.]+ GFLOP\/s/s);
  // A peer that is not there is a shortfall by its name, never an empty cell.
  expect(run.stdout).toContain('The peers are missing: a smoke run asks none.');
  expect(run.stderr).toMatch(
    /Falls short: likelihood \+ gradient, n = 18, over NumPy: the peers are missing/,
  );
  expect(run.status).toBe(1);
}, 90_000);
