import { Redis } from 'ioredis';
import { expect } from '@jest/globals';
import { redisAvailable, startRedis, type TestRedis } from '../../../test/support/redis.js';
import { describeWith } from '../../../test/support/shared.js';
import { describeJobs, type Backend } from './support/suite.js';

class RedisServer implements Backend {
  #server: TestRedis | undefined;
  #port: number | undefined;

  connection() {
    return { kind: 'redis', url: `redis://127.0.0.1:${this.#port ?? 0}` } as const;
  }

  async start() {
    this.#server = await startRedis(this.#port);
    this.#port = this.#server.port;
  }

  async stop() {
    await this.#server?.stop();
    this.#server = undefined;
  }

  async wipe() {
    const client = new Redis(this.connection().url);
    expect(await client.flushall()).toBe('OK');
    await client.quit();
  }

  goAway() {
    return this.stop();
  }

  async comeBack() {
    if (this.#server === undefined) await this.start();
  }
}

describeWith(
  'redis-server',
  redisAvailable(),
  'install it to test the queues on Redis',
)('with Redis', () => {
  describeJobs('Redis', new RedisServer());
});
