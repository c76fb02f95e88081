/**
 * Plays what is missing of the peers' runs and keeps it; ended at any time, it goes on where it was. All pools come before further seeds.
 *   node bench/discovery/collect.mjs --seeds 10 [--contestants botorch,…] [--pools …] [--results folder]
 */
import { parseArgs } from 'node:util';
import { peerNames } from './contestants.mjs';
import { openContestant } from './peers.mjs';
import { loadPool, pools } from './pools.mjs';
import { full } from './settings.mjs';
import { committed, keep, keyOf, runsFor } from './store.mjs';

const atATime = 1;

/** The contestants that are missing, each with its reason. */
export async function collect({ contestants, poolNames, seeds, settings, folder, say }) {
  const missing = {};
  const open = {};
  const loaded = {};
  try {
    for (let first = 0; first < seeds; first += atATime)
      for (const name of contestants)
        for (const poolName of poolNames) {
          if (name in missing) continue;
          open[name] ??= await openContestant(name, say);
          if (open[name].missing !== undefined) {
            missing[name] = open[name].missing;
            continue;
          }
          const pool = (loaded[poolName] ??= loadPool(poolName, settings.points));
          const key = keyOf(pool, open[name].version, settings);
          const runs = { ...runsFor(folder, poolName, name, key) };
          for (let seed = first; seed < Math.min(first + atATime, seeds); seed++) {
            if (String(seed) in runs) continue;
            runs[seed] = compact(await open[name].play(pool, seed, settings));
            say(`${name} on ${poolName}, seed ${seed}: ${runs[seed].failed ?? 'played'}`);
            keep(folder, poolName, name, { key, runs });
          }
        }
  } finally {
    for (const { close } of Object.values(open)) await close();
  }
  return missing;
}

/** Of the seconds, their mean. */
const compact = ({ order, seconds, failed }) =>
  failed === undefined
    ? {
        order,
        seconds: Number((seconds.reduce((sum, each) => sum + each, 0) / seconds.length).toPrecision(3)),
      }
    : { failed };

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { values: options } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10' },
      contestants: { type: 'string', default: peerNames.join(',') },
      pools: { type: 'string', default: Object.keys(pools).join(',') },
      results: { type: 'string', default: committed },
    },
  });
  const missing = await collect({
    contestants: options.contestants.split(','),
    poolNames: options.pools.split(','),
    seeds: Number(options.seeds),
    settings: full,
    folder: options.results,
    say: (what) => console.error(`… ${what}`),
  });
  for (const [name, reason] of Object.entries(missing)) console.error(`${name} is missing: ${reason}`);
}
