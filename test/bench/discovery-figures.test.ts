import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const folder = resolve(__dirname, '../../bench/discovery');

function ask(code: string): unknown {
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

it('a run is worth what it found, by the truth and not by what was seen', () => {
  // Forty rows worth 0 to 39: the top 5 % are rows 38 and 39; the median row is worth 20.
  const found = ask(`
    import { figuresOf, judge, summarise } from './figures.mjs';
    const pool = { truth: Array.from({ length: 40 }, (_, i) => i), goal: 'max', transform: 'none' };
    const judged = judge(pool);
    const one = figuresOf(judged, { order: [20, 0, 38, 30] });
    const none = figuresOf(judged, { order: [1, 2] });
    const both = summarise(judged, { 0: { order: [20, 38], seconds: 1 }, 1: { failed: 'it broke' } });
    console.log(JSON.stringify({ one, none, seeds: both.seeds, failed: both.failed }));
  `);
  expect(found).toEqual({
    one: {
      hits: [false, false, true, false],
      first: 3,
      found: 0.5,
      best: [20, 20, 38, 38],
      regret: expect.closeTo((1 + 1 + 1 / 19 + 1 / 19) / 4, 12),
    },
    none: { hits: [false, false], first: 3, found: 0, best: [1, 2], regret: expect.closeTo(37.5 / 19, 12) },
    seeds: ['0'],
    failed: [{ seed: '1', why: 'it broke' }],
  });
});

it('contestants are compared seed by seed, on the seeds that both have played', () => {
  const found = ask(`
    import { firstRatio, foundRatio, overall } from './compare.mjs';
    const runs = (firsts, founds) => ({
      seeds: firsts.map((_, i) => String(i)),
      figures: Object.fromEntries(firsts.map((first, i) => [i, { first, found: founds[i] }])),
    });
    const ours = runs([2, 4, 3, 5, 6, 7], [0.4, 0.2, 0.3, 0.3, 0.4, 0.2]);
    const theirs = runs([4, 8, 6, 10, 12, 14, 1], [0.2, 0.1, 0.15, 0.15, 0.2, 0.1, 1]);
    const nothing = runs([61], [0]);
    console.log(JSON.stringify({
      first: firstRatio(ours, theirs),
      found: foundRatio(ours, theirs, 20),
      floor: foundRatio(ours, nothing, 20).ratio,
      overall: overall([{ ours, theirs, top: 20 }, { ours: theirs, theirs, top: 20 }]),
    }));
  `);
  const { first } = found as { first: { p: number } };
  expect(found).toMatchObject({
    first: { ratio: expect.closeTo(0.5, 12), low: expect.closeTo(0.5, 12), seeds: 6 },
    found: { ratio: expect.closeTo(2, 12), high: expect.closeTo(2, 12) },
    // Of one run with nothing: half a find of twenty.
    floor: expect.closeTo(0.4 / 0.025, 9),
    overall: { pools: 2, seeds: [6, 7], first: { ratio: expect.closeTo(Math.SQRT2, 12) } },
  });
  // Of the 64 ways to give six signs two are as far from nothing as this.
  expect(first.p).toBeGreaterThan(0.02);
  expect(first.p).toBeLessThan(0.05);
});
