/**
 * How many experiments until the best material is found, beside the planners that others would take. After `npm run build`:
 *   npm run bench:discovery                          plays what is missing, prints everything, writes bench/results/discovery.{md,json}
 *   npm run bench:discovery -- --check               ends with 1 and names each thing that falls short
 *   npm run bench:discovery -- --only pools,batch    of the cases
 *   npm run bench:discovery -- --pools p3ht,branin --seeds 10 --strategies auto,random
 *   npm run bench:discovery -- --kept                plays no peer: what is kept of them is what is compared
 *   npm run bench:discovery -- --smoke               tiny sizes, no peers, no data sets: keeps the bench alive
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchBatch } from './cases/batch.mjs';
import { benchFailures } from './cases/failures.mjs';
import { benchObjectives } from './cases/objectives.mjs';
import { benchPools } from './cases/pools.mjs';
import { benchSpeed } from './cases/speed.mjs';
import { ownNames } from './contestants.mjs';
import { pools } from './pools.mjs';
import { markdown, shortfalls } from './report.mjs';
import { full, smoke } from './settings.mjs';
import { committed } from './store.mjs';
import { ownVersion } from './own.mjs';

const subjects = {
  pools: benchPools,
  objectives: benchObjectives,
  batch: benchBatch,
  failures: benchFailures,
  speed: benchSpeed,
};

const everything = Object.keys(subjects).join(',');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
    only: { type: 'string', default: everything },
    pools: { type: 'string' },
    seeds: { type: 'string' },
    strategies: { type: 'string', default: ownNames.join(',') },
    results: { type: 'string', default: committed },
  },
});
const settings = options.smoke ? smoke : full;
const say = (what) => console.error(`… ${what}`);
const resultsFolder = fileURLToPath(new URL('../results/', import.meta.url));
/** Runs of our own code hold only for that code: they are not committed. */
const ownFolder = options.smoke
  ? mkdtempSync(join(tmpdir(), 'ionloop-bench-'))
  : join(resultsFolder, 'discovery-own');

/** Taken once: a build while the bench runs would otherwise be credited with the runs of another. */
const own = ownVersion();

try {
  const context = {
    own,
    settings,
    say,
    ownFolder,
    peerFolder: options.results,
    withPeers: settings.withPeers,
    playPeers: settings.withPeers && !options.kept,
    seeds: Number(options.seeds ?? settings.seeds),
    strategies: options.strategies.split(','),
    poolNames: options.pools?.split(',') ?? settings.pools ?? Object.keys(pools),
    workers: Math.min(2, availableParallelism()),
  };
  const found = { tables: {}, tops: {}, versions: {}, missing: {}, cases: [], checks: [] };
  for (const name of options.only.split(',')) {
    say(name);
    const { cases = [], checks, ...more } = await subjects[name](context);
    found.cases.push(...cases);
    found.checks.push(...checks);
    Object.assign(found, more);
  }
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}`;
  const text = markdown({ machine, settings, own, ...found });
  console.log(text);
  if (!options.smoke) write(text, { machine, settings, own, ...found });
  if (options.check) {
    const short = shortfalls(found.checks);
    for (const line of short) console.error(`Falls short: ${line}`);
    process.exitCode = short.length === 0 ? 0 : 1;
  }
} finally {
  if (options.smoke) rmSync(ownFolder, { recursive: true, force: true });
}

function write(text, results) {
  mkdirSync(resultsFolder, { recursive: true });
  const figures = JSON.stringify(results, (key, value) => (key === 'hits' ? undefined : value), 1);
  writeFileSync(`${resultsFolder}discovery.md`, text);
  writeFileSync(`${resultsFolder}discovery.json`, `${figures}\n`);
}
