/** The planners of others as contestants: each a Python process that plays whole runs, over the same rows, values and initial rows as ours. */
import { toModelScale } from '@ionloop/chemistry';
import { fileURLToPath } from 'node:url';
import { openEnvironment, openPeer } from '../peers/environment.mjs';
import { contestants, severalObjectives } from './contestants.mjs';
import { featuresOf } from './features.mjs';
import { initialOf, observed } from './pools.mjs';

const folder = fileURLToPath(new URL('../peers/discovery/', import.meta.url));

/** The contestant, ready to play, or why it is missing. */
export async function openContestant(name, say) {
  const { script, args, revision } = contestants[name] ?? severalObjectives[name];
  const { python, missing } = openEnvironment(say, 'discovery');
  if (missing !== undefined) return { missing, close: async () => undefined };
  const process = openPeer(python, `${folder}${script}`, ...args);
  try {
    const { versions } = await process.ask({ do: 'versions' });
    const version = Object.entries(versions).map((entry) => entry.join(' '));
    return {
      version: `${version.join(', ')}; revision ${revision}`,
      play: (pool, seed, settings) => process.ask({ do: 'run', ...jobOf(pool, seed, settings) }),
      ask: (job) => process.ask({ do: 'run', ...job }),
      /** CPU seconds of one suggestion; warm: by whoever made the one before. */
      async once(request) {
        const { seconds, failed } = await process.ask({ do: 'once', seed: 0, ...request });
        if (failed !== undefined) throw new Error(failed);
        return seconds;
      },
      close: process.close,
    };
  } catch (error) {
    return { missing: error.message, close: async () => undefined };
  }
}

/** What a peer is told: larger is better, on the scale that our models see. */
export function jobOf(pool, seed, { initial, budget, batch }) {
  const sign = pool.goal === 'max' ? 1 : -1;
  return {
    columns: featuresOf(pool),
    values: observed(pool, seed).map((value) => sign * toModelScale(value, pool.transform)),
    initial: initialOf(pool, seed, initial),
    ...{ budget, batch, seed },
  };
}
