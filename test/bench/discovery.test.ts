import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/discovery/main.mjs');

it('the bench of discovery runs, here on tiny pools, without peers and data sets', () => {
  const run = spawnSync(process.execPath, [bench, '--smoke', '--check'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  for (const strategy of ['random', 'auto', 'gp-log-ei', 'gp-ucb', 'gp-thompson', 'forest-ucb'])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${strategy} +\\| 2 `, 'm'));
  expect(run.stdout).toMatch(/^### blend_noisy: 2 rows are the top 5 %$/m);
  expect(run.stdout).toMatch(/^\| branin: top 5 % found by auto over random's +\| [\d.]+ /m);
  for (const title of [
    'Two objectives: share of the possible hypervolume',
    'Batches of 2, `auto`, 1 seeds',
    'Hidden failures, `auto`, 1 seeds',
    'One suggestion',
  ])
    expect(run.stdout).toContain(`\n### ${title}\n`);
  for (const problem of ['zdt1', 'zdt2', 'dtlz2', 'lab_conductivity_density'])
    expect(run.stdout).toMatch(new RegExp(`^\\| ${problem} `, 'm'));
  expect(run.stdout).toMatch(/^\| branin +\| 0\.325 /m);
  expect(run.stdout).toMatch(/^\| 50 +\| cold +\| [\d.]+ +\| missing /m);
  // A peer that is not there is a shortfall by its name, never an empty cell.
  expect(run.stderr).toContain('Falls short: BoTorch: missing: a smoke run asks none');
  expect(run.status).toBe(1);
}, 90_000);
