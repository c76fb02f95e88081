import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeFrom } from '@ionloop/engine';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

describe('buckets that all servers share', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await migratedDatabase();
  });
  afterAll(() => opened.close());

  const run = <T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
    withAdmin(opened.url, async (client) => (await client.query<T>(sql, [...values])).rows);
  /** As if it had been asked for so long ago. */
  const older = (key: string, seconds: number) =>
    run(`UPDATE rate_bucket SET at = at - make_interval(secs => $2) WHERE key = $1`, [key, seconds]);

  it('give as many whole permits as there are, and no more', async () => {
    const { buckets } = opened.persistence;
    // So slow that nothing comes back while this runs.
    const slow = { rate: 1e-9, burst: 5.5 };
    expect(await buckets.take('a', 2, slow)).toMatchObject({ granted: 2, left: expect.closeTo(3.5, 6) });
    expect(await buckets.take('a', 9, slow)).toMatchObject({ granted: 3, left: expect.closeTo(0.5, 6) });
    expect(await buckets.take('a', 1, slow)).toMatchObject({ granted: 0, left: expect.closeTo(0.5, 6) });
    expect(await buckets.take('b', 7, slow)).toMatchObject({ granted: 5, left: expect.closeTo(0.5, 6) });
  });

  it('fill again with time, up to the brim, as the engine’s own arithmetic has it', async () => {
    const { buckets } = opened.persistence;
    const policy = { rate: 0.01, burst: 8 };
    await buckets.take('c', 8, policy);
    for (const [seconds, wanted] of [
      [250, 1],
      [130, 9],
      [10_000, 2],
    ] as const) {
      const [before] = await run<{ permits: number }>('SELECT permits FROM rate_bucket WHERE key = $1', [
        'c',
      ]);
      await older('c', seconds);
      const expected = takeFrom({ left: before!.permits, at: 0 }, seconds, wanted, policy);
      const taken = await buckets.take('c', wanted, policy);
      expect(taken.granted).toBe(expected.granted);
      // A second or two may have passed between the two.
      expect(taken.left - expected.left).toBeGreaterThan(-1e-9);
      expect(taken.left - expected.left).toBeLessThan(0.5);
    }
  });

  it('give no permit twice where many ask at once', async () => {
    const { buckets } = opened.persistence;
    const policy = { rate: 1e-9, burst: 10 };
    const taken = await Promise.all(Array.from({ length: 25 }, () => buckets.take('d', 1, policy)));
    expect(taken.reduce((sum, { granted }) => sum + granted, 0)).toBe(10);
  });

  it('of which nobody asked for a day are forgotten', async () => {
    const { buckets } = opened.persistence;
    await buckets.take('old', 1, { rate: 1, burst: 2 });
    await buckets.take('new', 1, { rate: 1, burst: 2 });
    await older('old', 25 * 3600);
    await buckets.forget();
    const keys = await run<{ key: string }>("SELECT key FROM rate_bucket WHERE key IN ('old', 'new')");
    expect(keys).toEqual([{ key: 'new' }]);
  });
});
