import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

it('the bench of the demo loop runs, here on one seed', () => {
  const bench = resolve(__dirname, '../../bench/demo-loop/main.mjs');
  const run = spawnSync(process.execPath, [bench, '1'], { encoding: 'utf8', timeout: 60_000 });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/simulated lab: best possible 4\.9\de-4 S\/cm; 1 seeds/);
  expect(run.stdout.match(/^median \|/gm)).toHaveLength(2);
}, 90_000);
