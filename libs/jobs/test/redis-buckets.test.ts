import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { takeFrom, type Bucket } from '@ionloop/engine';
import { setTimeout as pause } from 'node:timers/promises';
import { redisAvailable, startRedis, type TestRedis } from '../../../test/support/redis.js';
import { describeWith } from '../../../test/support/shared.js';
import { RedisBuckets } from '../src/index.js';

describeWith(
  'redis-server',
  redisAvailable(),
  'install it to test buckets on Redis',
)('buckets on Redis', () => {
  let redis: TestRedis;
  const opened: RedisBuckets[] = [];
  beforeAll(async () => (redis = await startRedis()));
  afterAll(async () => {
    for (const buckets of opened) await buckets.close();
    await redis.stop();
  });

  /** Nothing is queued while there is no connection, so the first question is asked until there is one. */
  async function opening(prefix?: string): Promise<RedisBuckets> {
    const buckets = new RedisBuckets(redis.url, () => undefined, prefix);
    opened.push(buckets);
    for (let tries = 0; ; tries += 1) {
      try {
        await buckets.take('is anyone there', 0, { rate: 1, burst: 1 });
        return buckets;
      } catch (error) {
        if (tries === 200) throw error;
        await pause(50);
      }
    }
  }

  it('give what the engine’s own arithmetic gives, where nothing comes back meanwhile', async () => {
    const buckets = await opening();
    // So slow that what comes back while this is played is less than what is compared.
    const policy = { rate: 1e-9, burst: 7 };
    let own: Bucket | undefined;
    for (const wanted of [3, 0, 2, 5, 1]) {
      const { granted, left, bucket } = takeFrom(own, 0, wanted, policy);
      own = bucket;
      const taken = await buckets.take('as in memory', wanted, policy);
      expect(taken).toEqual({ granted, left: expect.closeTo(left, 5) });
    }
  });

  it('fill again by the clock, and never above their brim', async () => {
    const buckets = await opening();
    const policy = { rate: 50, burst: 4 };
    expect(await buckets.take('filled again', 4, policy)).toMatchObject({ granted: 4 });
    expect((await buckets.take('filled again', 4, policy)).granted).toBeLessThan(4);
    await pause(500);
    expect(await buckets.take('filled again', 9, policy)).toEqual({ granted: 4, left: 0 });
  });

  it('are one for all servers of an installation, and another for each installation and key', async () => {
    const [one, two, other] = [await opening('lab'), await opening('lab'), await opening('office')];
    const policy = { rate: 1e-9, burst: 2 };
    const granted = async (buckets: RedisBuckets, key: string) =>
      (await buckets.take(key, 2, policy)).granted;
    expect(await granted(one, 'ada')).toBe(2);
    expect(await granted(two, 'ada')).toBe(0);
    expect(await granted(two, 'grace')).toBe(2);
    expect(await granted(other, 'ada')).toBe(2);
  });

  it('fail at once where Redis is away, so that a server can go on by itself', async () => {
    const troubles: Error[] = [];
    const nowhere = new RedisBuckets('redis://127.0.0.1:9', (error) => troubles.push(error));
    opened.push(nowhere);
    await expect(nowhere.take('ada', 1, { rate: 1, burst: 1 })).rejects.toBeInstanceOf(Error);
    while (troubles.length === 0) await pause(20);
    expect(troubles[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
