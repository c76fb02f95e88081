import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { dataFolder, describeData } from '../support/shared.js';

const folder = resolve(__dirname, '../../bench/discovery');

/** The bench is plain ESM, which jest does not load: a process of its own answers. */
function ask(code: string): unknown {
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, IONLOOP_DATA: dataFolder },
    timeout: 60_000,
  });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

describeData('the pools of the bench of discovery', () => {
  it('have as many candidates as the data sets say, and begin where `ionloop replay` does', () => {
    const found = ask(`
      import { initialOf, loadPool, pools } from './pools.mjs';
      const sizes = Object.fromEntries(Object.keys(pools).map((name) => [name, loadPool(name).truth.length]));
      console.log(JSON.stringify({ sizes, initial: initialOf(loadPool('p3ht'), 0, 5) }));
    `);
    expect(found).toMatchObject({
      sizes: {
        obelix: 478,
        obelix_composition: 478,
        calisol23: 979,
        oer_plate_3860: 2120,
        p3ht: 178,
        crossed_barrel: 600,
        crossed_barrel_noisy: 600,
        direct_arylation: 1728,
        branin: 2000,
        blend_noisy: 2000,
      },
      initial: expect.arrayContaining([expect.any(Number)]),
    });
  });

  it('answer the same to everyone by seed, otherwise by another', () => {
    const found = ask(`
      import { loadPool, observed } from './pools.mjs';
      const barrel = loadPool('crossed_barrel_noisy');
      const seen = [0, 0, 1].map((seed) => observed(barrel, seed));
      const known = seen[0].every((value, i) => barrel.measured[i].includes(value));
      console.log(JSON.stringify({ known, same: String(seen[0]) === String(seen[1]), other: String(seen[0]) !== String(seen[2]) }));
    `);
    expect(found).toEqual({ known: true, same: true, other: true });
  });
});

it('finished runs are kept, and only for the pool, version and settings that they were played with', () => {
  const results = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  try {
    const found = ask(`
      import { keep, keyOf, runsFor } from './store.mjs';
      const settings = { initial: 5, budget: 60, batch: 1 };
      const key = keyOf({ hash: 'a' }, 'peer 1', settings);
      const folder = ${JSON.stringify(results)};
      keep(folder, 'pool', 'peer', { key, runs: { 10: { order: [3] }, 2: { order: [1, 2] } } });
      console.log(JSON.stringify([
        runsFor(folder, 'pool', 'peer', key),
        runsFor(folder, 'pool', 'peer', keyOf({ hash: 'b' }, 'peer 1', settings)),
        runsFor(folder, 'pool', 'peer', keyOf({ hash: 'a' }, 'peer 2', settings)),
        runsFor(folder, 'pool', 'other', key),
      ]));
    `);
    expect(found).toEqual([{ 2: { order: [1, 2] }, 10: { order: [3] } }, {}, {}, {}]);
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
});
