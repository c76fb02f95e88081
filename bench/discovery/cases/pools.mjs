/** Every contestant on every pool. */
import { poolChecks } from '../checks.mjs';
import { collect } from '../collect.mjs';
import { contestants, peerNames } from '../contestants.mjs';
import { judge, summarise } from '../figures.mjs';
import { playOwn } from '../own.mjs';
import { loadPool } from '../pools.mjs';
import { kept, keyOf } from '../store.mjs';

export async function benchPools(context) {
  const { settings, say, ownFolder, peerFolder, withPeers, playPeers, seeds, strategies, poolNames } =
    context;
  const missing = playPeers
    ? await collect({ contestants: peerNames, poolNames, seeds, settings, folder: peerFolder, say })
    : Object.fromEntries(withPeers ? [] : peerNames.map((name) => [name, 'a smoke run asks none']));
  await playOwn({ ...context, folder: ownFolder });
  const tables = {};
  const tops = {};
  const versions = {};
  for (const poolName of poolNames) {
    const pool = loadPool(poolName, settings.points);
    const judged = judge(pool);
    tops[poolName] = judged.top.size;
    const names = [...strategies, ...(withPeers ? peerNames : [])];
    tables[poolName] = Object.fromEntries(
      names.flatMap((name) => {
        const folder = contestants[name].kind === 'own' ? ownFolder : peerFolder;
        const { key, runs } = kept(folder, poolName, name);
        const version = contestants[name].kind === 'own' ? context.own : key?.version;
        if (!holdsFor(key, pool, version, settings)) return [];
        if (contestants[name].kind === 'peer') versions[name] = key.version;
        const wanted = Object.entries(runs).filter(([seed]) => Number(seed) < seeds);
        return [[name, summarise(judged, Object.fromEntries(wanted))]];
      }),
    );
  }
  return {
    ...{ tables, tops, versions, missing },
    checks: poolChecks({ table: tables, tops, missing, wantedSeeds: settings.seeds }),
  };
}

/** A peer's own version is not asked for: it was pinned when the run was played, and stands in the report. */
function holdsFor(key, pool, version, settings) {
  if (key === null) return false;
  return JSON.stringify(key) === JSON.stringify(keyOf(pool, version, settings));
}
