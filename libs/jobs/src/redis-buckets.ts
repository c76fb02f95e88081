import type { BucketPolicy, Buckets, Taken } from '@ionloop/engine';
import { Redis } from 'ioredis';
import { within } from './within.js';

/** What `takeFrom` of the engine says, in one step and by the clock of Redis. A bucket that is full again is forgotten. */
const script = `
  local time = redis.call('TIME')
  local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
  local wanted, rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local known = redis.call('HMGET', KEYS[1], 'left', 'at')
  local held = burst
  if known[1] then
    held = math.min(burst, tonumber(known[1]) + rate * math.max(0, now - tonumber(known[2])))
  end
  local granted = math.min(wanted, math.floor(held))
  redis.call('HSET', KEYS[1], 'left', string.format('%.6f', held - granted), 'at', string.format('%.6f', now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * burst / rate) + 1000)
  return { granted, string.format('%.6f', held - granted) }`;

const answerMs = 1000;

/** Buckets on Redis, over a connection of their own: a queue that is slow does not slow them. */
export class RedisBuckets implements Buckets {
  private readonly redis: Redis;

  constructor(
    url: string,
    onError: (error: Error) => void,
    private readonly prefix = 'ionloop',
  ) {
    this.redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(100 * times, 500),
    });
    this.redis.on('error', onError);
  }

  async take(key: string, wanted: number, { rate, burst }: BucketPolicy): Promise<Taken> {
    const asked = this.redis.eval(script, 1, `${this.prefix}:rate:${key}`, wanted, rate, burst);
    const answer = await within(answerMs, asked, () => new Error(`no answer within ${answerMs} ms`));
    const [granted, left] = answer as readonly [number, string];
    return { granted, left: Number(left) };
  }

  close(): Promise<void> {
    this.redis.disconnect();
    return Promise.resolve();
  }
}
