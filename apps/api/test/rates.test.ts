import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketPolicy, type Buckets, InMemoryBuckets } from '@ionloop/engine';
import { RedisBuckets } from '@ionloop/jobs';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { randomUUID } from 'node:crypto';
import { redisAvailable, startRedis, type TestRedis } from '../../../test/support/redis.js';
import { Permits } from '../src/rate/permits.js';
import { TestServer } from './support/server.js';

/** A bucket that hardly fills while a test runs. */
const policy: BucketPolicy = { rate: 0.001, burst: 40 };

describe('permits', () => {
  let now = 0;
  const seconds = (): number => now;
  const counted = (shared: Buckets): { readonly buckets: Buckets; asked: number } => {
    const counter = {
      asked: 0,
      buckets: {
        take: (key: string, wanted: number, of: BucketPolicy) => {
          counter.asked += 1;
          return shared.take(key, wanted, of);
        },
      },
    };
    return counter;
  };

  test('of two servers are no more than the bucket holds, and cost few questions', async () => {
    const shared = counted(new InMemoryBuckets(seconds));
    const servers = [0, 1].map(() => new Permits(shared.buckets, new InMemoryBuckets(seconds), seconds));
    const verdicts = await Promise.all(
      Array.from({ length: 100 }, (_, i) => servers[i % 2]!.spend('k', 1, policy)),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(40);
    expect(shared.asked).toBeLessThanOrEqual(24);
    const asked = shared.asked;
    for (let i = 0; i < 50; i += 1) expect((await servers[0]!.spend('k', 1, policy)).allowed).toBe(false);
    expect(shared.asked).toBe(asked);
  });

  test('come back with time, and what is refused says when', async () => {
    const permits = new Permits(new InMemoryBuckets(seconds), new InMemoryBuckets(seconds), seconds);
    const quick = { rate: 2, burst: 2 };
    expect((await permits.spend('q', 2, quick)).allowed).toBe(true);
    const refused = await permits.spend('q', 1, quick);
    expect([refused.allowed, refused.remaining, refused.resetSeconds]).toEqual([false, 0, 0.5]);
    now += 0.5;
    expect((await permits.spend('q', 1, quick)).allowed).toBe(true);
  });

  test('are counted by each server while the shared buckets are away', async () => {
    const troubles: unknown[] = [];
    const away: Buckets = { take: () => Promise.reject(new Error('away')) };
    const permits = new Permits(away, new InMemoryBuckets(seconds), seconds, (error) => troubles.push(error));
    const verdicts = await Promise.all(Array.from({ length: 60 }, () => permits.spend('k', 1, policy)));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(40);
    expect(troubles.length).toBeGreaterThan(0);
  });
});

async function holdsTo(buckets: Buckets): Promise<void> {
  const key = randomUUID();
  expect(await buckets.take(key, 30, policy)).toMatchObject({ granted: 30 });
  const takers = await Promise.all(Array.from({ length: 8 }, () => buckets.take(key, 3, policy)));
  expect(takers.reduce((sum, { granted }) => sum + granted, 0)).toBe(10);
  const quick = { rate: 1000, burst: 5 };
  expect((await buckets.take(`${key} quick`, 9, quick)).granted).toBe(5);
  await new Promise((passed) => setTimeout(passed, 50));
  expect((await buckets.take(`${key} quick`, 9, quick)).granted).toBe(5);
}

describe('a server', () => {
  let server: TestServer;
  let persistence: Persistence;
  beforeAll(async () => {
    const few = { rate: 0.01, rateBurst: 6, strangerRate: 3 };
    server = await TestServer.start({}, few);
    persistence = await openPersistence({ url: server.database.url, poolSize: 2 });
  });
  afterAll(async () => {
    await persistence.close();
    await server.close();
  });
  const ask = (secret: string | null) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
      },
      body: '{"query":"{ viewer { name } }"}',
    });

  test('keeps buckets in PostgreSQL', () => holdsTo(persistence.buckets));

  test('tells a token that asks too fast to wait, and no other', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await ask(server.tokens.viewer)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    const refused = await ask(server.tokens.viewer);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-policy')).toBe('"token";q=6;w=600');
    expect(refused.headers.get('ratelimit')).toMatch(/^"token";r=0;t=\d+$/);
    expect((await ask(server.tokens.planner)).status).toBe(200);
  });

  test('takes as much as an operation may bring back', async () => {
    const other = await TestServer.start({}, { rate: 0.01, rateBurst: 6, rateFields: 100 });
    const send = (query: string) =>
      fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${other.tokens.viewer}` },
        body: JSON.stringify({ query }),
      });
    // 1 + 1 + 100 × 2 fields: two more than the request itself.
    const large = await send('{ campaigns(first: 100) { nodes { id name } } }');
    expect([large.status, large.headers.get('ratelimit')]).toEqual([200, expect.stringMatching(/;r=3;/)]);
    const refused = await send('{ campaigns(first: 200) { nodes { id name } } }');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
    expect((await send('{ viewer { name } }')).status).toBe(200);
    await other.close();
  });

  test('never makes a station wait for what people do', async () => {
    for (let i = 0; i < 20; i += 1) {
      const { status } = await server.rest('POST', '/lab/v1/heartbeat', {
        secret: server.tokens.lab,
        headers: { 'ionloop-boot': 'b' },
        body: { attempts: [] },
      });
      expect(status).toBe(409);
    }
  });

  test('tells who guesses tokens to wait', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask('a-guess')).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await ask(server.tokens.admin)).status).toBe(200);
    const exchange = await server.rest('POST', '/auth/exchange', { body: { token: 'a guess' } });
    expect([exchange.status, exchange.body['code']]).toEqual([429, 'TOO_MANY_REQUESTS']);
  });
});

(redisAvailable() ? describe : describe.skip)('Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => (redis = await startRedis()));
  afterAll(() => redis.stop());

  test('keeps buckets as well', async () => {
    const buckets = new RedisBuckets(redis.url, () => undefined);
    try {
      await new Promise((passed) => setTimeout(passed, 300));
      await holdsTo(buckets);
    } finally {
      await buckets.close();
    }
  });
});
