/** Eight at a time against one at a time: how many more experiments until the first of the top 5 %, the same seeds and initial rows. */
import { overall } from '../compare.mjs';
import { judge, summarise } from '../figures.mjs';
import { playOwn } from '../own.mjs';
import { loadPool } from '../pools.mjs';
import { kept } from '../store.mjs';

export async function benchBatch(context) {
  const { settings, poolNames, ownFolder } = context;
  const { size, seeds } = settings.batches;
  const both = [1, size].map((batch) => ({
    settings: { ...settings, batch },
    folder: batch === settings.batch ? ownFolder : `${ownFolder}-batch-${batch}`,
  }));
  for (const each of both) await playOwn({ ...context, ...each, strategies: ['auto'], seeds });
  const pools = poolNames.map((poolName) => {
    const judged = judge(loadPool(poolName, settings.points));
    const [alone, together] = both.map(({ folder }) => {
      const runs = Object.entries(kept(folder, poolName, 'auto').runs);
      return summarise(judged, Object.fromEntries(runs.filter(([seed]) => Number(seed) < seeds)));
    });
    return { poolName, ours: alone, theirs: together, top: judged.top.size };
  });
  const { first } = overall(pools);
  return {
    cases: [
      {
        title: `Batches of ${size}, \`auto\`, ${seeds} seeds`,
        rows: pools.map(({ poolName, ours, theirs }) => ({
          pool: poolName,
          'first hit, one at a time': ours.first.median,
          [`first hit, ${size} at a time`]: theirs.first.median,
          'found, one at a time': ours.found.median,
          [`found, ${size} at a time`]: theirs.found.median,
        })),
      },
    ],
    checks: [
      {
        what: `batches of ${size}: experiments to the first hit over batches of 1, geometric mean [${first.low.toFixed(2)}, ${first.high.toFixed(2)}]`,
        value: first.ratio,
        limit: 1.15,
        sign: '≤',
        passed: first.ratio <= 1.15,
      },
    ],
  };
}
