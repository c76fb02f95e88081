import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { freshDatabase } from '../support/postgres.js';

const bench = resolve(__dirname, '../../bench/import/main.mjs');

it('the bench of imports runs, here on a few rows', async () => {
  const database = await freshDatabase();
  const run = spawnSync(process.execPath, [bench, '--smoke'], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: process.env['PATH'], BENCH_DATABASE_URL: database.url },
  });
  await database.drop();
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(
    /^\| 2000 rows .* \| [\d.]+ s: .* written \| [\d.]+ s \| unknown \| \d+ MB \| \d+ ms \| \d+ ms \|$/m,
  );
  expect(run.status).toBe(0);
}, 150_000);
