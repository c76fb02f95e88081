/** Our own strategies, through the same code as `ionloop replay`, in worker processes; finished runs are kept for as long as the code is the same. */
import { plannerVersion } from '@ionloop/planner';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPool } from './pools.mjs';
import { keep, keyOf, runsFor } from './store.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['linalg', 'chemistry', 'domain', 'space', 'surrogates', 'acquisition', 'planner'];
const code = [...packages.map((name) => `libs/${name}/dist`), 'apps/cli/dist/replay'];

/** The planner's version and what its code is, byte by byte. */
export function ownVersion() {
  const hash = createHash('sha256');
  for (const folder of code)
    for (const file of readdirSync(join(root, folder), { recursive: true }).toSorted())
      if (file.endsWith('.js')) hash.update(file).update(readFileSync(join(root, folder, file)));
  return `planner ${plannerVersion}, code ${hash.digest('hex').slice(0, 12)}`;
}

/** Plays what is missing, some at a time, and keeps it. */
export async function playOwn({ own, strategies, poolNames, seeds, settings, folder, workers, say }) {
  const version = own;
  const tasks = strategies.flatMap((strategy) =>
    poolNames.flatMap((poolName) => {
      const key = keyOf(loadPool(poolName, settings.points), version, settings);
      const runs = { ...runsFor(folder, poolName, strategy, key) };
      const wanted = Array.from({ length: seeds }, (_, seed) => seed);
      const missing = wanted.filter((seed) => !(String(seed) in runs));
      return missing.map((seed) => ({ strategy, poolName, seed, key, runs }));
    }),
  );
  if (tasks.length > 0) say(`our own: ${tasks.length} runs to play, ${version}`);
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(workers, tasks.length) }, async () => {
      const worker = openWorker();
      try {
        while (next < tasks.length) {
          const { strategy, poolName, seed, key, runs } = tasks[next++];
          runs[seed] = await worker.ask({ strategy, poolName, seed, settings });
          say(`${strategy} on ${poolName}, seed ${seed}: played`);
          keep(folder, poolName, strategy, { key, runs });
        }
      } finally {
        worker.close();
      }
    }),
  );
}

function openWorker() {
  const child = fork(fileURLToPath(new URL('own-worker.mjs', import.meta.url)));
  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        const ended = (exitCode) => reject(new Error(`a worker ended with code ${exitCode}`));
        child.once('exit', ended);
        child.once('message', ({ played, failed }) => {
          child.off('exit', ended);
          if (failed === undefined) resolve(played);
          else reject(new Error(failed));
        });
        child.send(task);
      }),
    close: () => child.disconnect(),
  };
}
