import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Redis } from 'ioredis';
import { RunningIonloop, until } from '../support/running.js';
import { redisAvailable, startRedis } from '../support/redis.js';
import { describeWith } from '../support/shared.js';
import { acceptedOf, demoOf, temporaryHome, verify } from './support.js';

const env = { IONLOOP_DEMO_SPEED: '150', IONLOOP_DEMO_EXPERIMENTS: '14' };

/** Runs the demo to its end, wiping the queue each time some more results are in. */
async function completesThoughWiped(
  options: { home: string; env: Record<string, string> },
  wipe: () => Promise<unknown>,
): Promise<void> {
  const running = await RunningIonloop.start(options);
  try {
    for (const results of [2, 5, 8]) {
      await until(`${results} results`, async () => acceptedOf(await demoOf(running)).size >= results);
      await wipe();
    }
    const done = await until('the demo to complete', async () => {
      const demo = await demoOf(running);
      return demo.state === 'completed' ? demo : null;
    });
    const { verdict, code } = verify(options.home, done.id);
    expect(verdict.faults).toEqual([]);
    expect(code).toBe(0);
  } finally {
    await running.stop();
  }
}

describe('queue-wiped, on PostgreSQL', () => {
  it('the loop goes on by itself', async () => {
    const home = temporaryHome();
    const wipe = async (): Promise<void> => {
      const { databaseUrl } = JSON.parse(readFileSync(join(home.path, 'run.json'), 'utf8')) as {
        databaseUrl: string;
      };
      const client = new Client(databaseUrl);
      await client.connect();
      const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('public', 'information_schema') and schemaname not like 'pg_%'
           and tablename not like '%migration%'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
      await client.end();
    };
    await completesThoughWiped({ home: home.path, env }, wipe);
    home.remove();
  }, 180_000);
});

describeWith(
  'redis-server',
  redisAvailable(),
  'install the package redis-server',
)('queue-wiped, on Redis', () => {
  it('everything works with REDIS_URL, and FLUSHALL only costs time', async () => {
    const home = temporaryHome();
    const redis = await startRedis();
    const client = new Redis(redis.url);
    try {
      await completesThoughWiped({ home: home.path, env: { ...env, REDIS_URL: redis.url } }, () =>
        client.flushall(),
      );
    } finally {
      client.disconnect();
      await redis.stop();
      home.remove();
    }
  }, 180_000);
});
