/** One run at a time for own.mjs. */
import { replayRun } from '../../apps/cli/dist/replay/run.js';
import { loadPool } from './pools.mjs';
import { replayPool } from './replay-pool.mjs';

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
