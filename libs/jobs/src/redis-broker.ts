import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { brokerOn, type Broker } from './broker.js';
import { within } from './within.js';

const answerMs = 500;

/**
 * BullMQ on Redis over one connection of ours; it makes its blocking ones by duplicating that. We keep hold of them
 * all, because BullMQ's own closing waits for a server that may be away.
 */
export function redisBroker(url: string, prefix: string, onError: (error: Error) => void): Broker {
  const connection = new Redis(url, {
    // The default waits up to 20 seconds; a Redis that is back should be noticed.
    retryStrategy: (times) => Math.min(100 * times, 500),
    maxRetriesPerRequest: null,
  });
  const all = [connection];
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const another = duplicate(override);
    all.push(another);
    another.on('error', onError);
    return another;
  };
  connection.setMaxListeners(100);
  connection.on('error', onError);
  return brokerOn(createRedisBackend, connection, prefix, {
    away: () =>
      within(answerMs, connection.ping(), () => new Error('no answer')).then(
        () => false,
        () => true,
      ),
    close: () => {
      for (const each of all) if (each.status !== 'end') each.disconnect();
      return Promise.resolve();
    },
  });
}
