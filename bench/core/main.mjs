/**
 * The numerical core beside NumPy, SciPy and scikit-learn on the same data in the same run. After `npm run build`:
 *   npm run bench:core                 prints everything, writes bench/results/core.{md,json}
 *   npm run bench:core -- --check      ends with 1 and names each thing that falls short
 *   npm run bench:core -- --smoke      tiny sizes, no peers: keeps the bench alive
 *   npm run bench:core -- --only likelihood,memory
 */
import { coreStatus } from '@ionloop/linalg';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAppend } from './cases/append.mjs';
import { benchCholesky, sharesOfCeiling } from './cases/cholesky.mjs';
import { benchFirstCalls, benchMemory } from './cases/fresh.mjs';
import { benchLikelihood } from './cases/likelihood.mjs';
import { benchPosterior } from './cases/posterior.mjs';
import { openCeiling } from './ceiling.mjs';
import { openPeers } from './peers.mjs';
import { markdown, shortfalls } from './report.mjs';
import { full, smoke } from './settings.mjs';

const subjects = {
  cholesky: benchCholesky,
  likelihood: benchLikelihood,
  posterior: benchPosterior,
  append: benchAppend,
  first: benchFirstCalls,
  memory: benchMemory,
};

const everything = Object.keys(subjects).join(',');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', default: everything },
  },
});
const settings = options.smoke ? smoke : full;
const say = (what) => console.error(`… ${what}`);

const peers = settings.withPeers
  ? await openPeers(say)
  : { missing: 'a smoke run asks none', close: async () => undefined };
try {
  say('ceiling');
  const ceilingNow = await openCeiling();
  const ceilings = () => Array.from({ length: settings.ceilings }, ceilingNow);
  let ceiling = Math.max(...ceilings());
  const { path, reason } = coreStatus();
  const found = {
    settings,
    machine: {
      cpu: cpus()[0]?.model ?? '?',
      cpus: availableParallelism(),
      node: process.versions.node,
      core: path === 'simd' ? 'SIMD' : `portable (${reason})`,
    },
    peers: { versions: peers.versions, missing: peers.missing },
    rows: [],
    checks: [],
  };
  for (const name of options.only.split(',')) {
    ceiling = Math.max(ceiling, ...ceilings());
    const { rows, checks, memory } = await subjects[name]({ settings, peers, say });
    found.rows.push(...rows);
    found.checks.push(...checks);
    if (memory) found.memory = memory;
  }
  ceiling = Math.max(ceiling, ...ceilings());
  found.checks.unshift(...sharesOfCeiling(found.rows, ceiling));
  const text = markdown({ ...found, ceiling });
  console.log(text);
  // A part of a run is no report.
  if (!options.smoke && options.only === everything)
    write(text, { ...found, settings: settings.name, ceiling });
  if (options.check) {
    const short = shortfalls(found.checks);
    for (const line of short) console.error(`Falls short: ${line}`);
    process.exitCode = short.length === 0 ? 0 : 1;
  }
} finally {
  await peers.close();
}

function write(text, results) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}core.md`, text);
  writeFileSync(`${folder}core.json`, `${JSON.stringify(results, null, 2)}\n`);
}
