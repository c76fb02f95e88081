import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { redisAvailable } from '../support/redis.js';

const bench = resolve(__dirname, '../../bench/scale/main.mjs');

(redisAvailable() ? it : it.skip)(
  'the bench of many campaigns runs, here with three of five experiments',
  () => {
    const run = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8', timeout: 170_000 });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('3 campaigns of 5 experiments');
    // One worker, and each of the fifteen experiments has its result.
    expect(run.stdout).toMatch(/^\| 1 \| 15 \| \d/m);
    expect(run.status).toBe(0);
  },
  180_000,
);
