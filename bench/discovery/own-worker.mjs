/** One run at a time for own.mjs. */
import { readPool } from '../../apps/cli/dist/replay/pool.js';
import { replayRun } from '../../apps/cli/dist/replay/run.js';
import { loadPool, observed } from './pools.mjs';

/** The pool as a seed sees it; a noisy answer is what that seed sees of the row, whoever asks. */
export function replayPool(pool, seed) {
  const { inputs, target, transform, formula, amounts, categories, logarithms, cells } = pool;
  const values = observed(pool, seed);
  const table = {
    file: pool.name,
    columns: [...inputs, target],
    rows: cells.map((row, i) => ({ line: i + 2, cells: [...row, String(values[i])] })),
  };
  const apart = new Set([formula, ...amounts, ...categories]);
  return readPool(table, {
    ...{ target, transform, formula, categories, replicates: 'each' },
    inputs: inputs.filter((input) => !apart.has(input)),
    composition: amounts,
    logInputs: logarithms,
  });
}

const loaded = {};

function play({ strategy, poolName, seed, settings }) {
  const pool = (loaded[poolName] ??= loadPool(poolName, settings.points));
  const { goal, transform } = pool;
  const before = process.cpuUsage();
  const { order, suggestionMs, predictions } = replayRun(replayPool(pool, seed), strategy, seed, {
    ...{ goal, transform, initial: settings.initial, batch: settings.batch, budget: settings.budget },
  });
  const { user, system } = process.cpuUsage(before);
  const short = (value) => Number(value.toPrecision(6));
  const seconds = short((user + system) / 1e6 / Math.max(1, suggestionMs.length));
  const predicted = predictions?.map((one) => one && [short(one.mean), short(one.sd)]);
  return { order, seconds, predicted };
}

process.on('message', (task) => {
  try {
    process.send({ played: play(task) });
  } catch (error) {
    process.send({ failed: `${task.strategy} on ${task.poolName}, seed ${task.seed}: ${error.stack}` });
  }
});
