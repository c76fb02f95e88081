/**
 * Finished runs, kept as JSON so that nothing is computed twice: one file a pool and contestant, one line a seed. A file holds for one pool, one version of the
 * contestant and one set of settings; with another it begins anew.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const committed = fileURLToPath(new URL('results/', import.meta.url));

const fileOf = (folder, pool, contestant) => join(folder, pool, `${contestant}.json`);

/** {key, runs: {seed: {order, seconds} | {failed}}}, or nothing yet. */
export function kept(folder, pool, contestant) {
  try {
    return JSON.parse(readFileSync(fileOf(folder, pool, contestant), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return { key: null, runs: {} };
    throw error;
  }
}

export function keep(folder, pool, contestant, { key, runs }) {
  const file = fileOf(folder, pool, contestant);
  const seeds = Object.keys(runs).toSorted((a, b) => Number(a) - Number(b));
  const lines = seeds.map((seed) => `    ${JSON.stringify(seed)}: ${JSON.stringify(runs[seed])}`);
  const text = `{\n  "key": ${JSON.stringify(key)},\n  "runs": {\n${lines.join(',\n')}\n  }\n}\n`;
  mkdirSync(dirname(file), { recursive: true });
  // A run that is ended while it writes leaves the file as it was.
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const sameKey = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What is kept for exactly this. */
export function runsFor(folder, pool, contestant, key) {
  const found = kept(folder, pool, contestant);
  return sameKey(found.key, key) ? found.runs : {};
}

export const keyOf = ({ hash }, version, { initial, budget, batch }) => ({
  ...{ pool: hash, version, initial, budget, batch },
});
