import { createRedisBackend, type RedisOptions } from 'bullmq';
import { brokerOn, type Broker } from './broker.js';

export function redisBroker(url: string, prefix: string): Broker {
  const connection: RedisOptions = {
    url,
    // The default waits up to 20 seconds; a Redis that is back should be noticed.
    retryStrategy: (times: number) => Math.min(100 * times, 500),
    maxRetriesPerRequest: null,
  };
  return brokerOn(createRedisBackend, connection, prefix, () => Promise.resolve());
}
