/**
 * The models beside scikit-learn and LightGBM on the same data in the same run, and how far they may be believed. After `npm run build`:
 *   npm run bench:surrogates                 prints everything, writes bench/results/surrogates.{md,json}
 *   npm run bench:surrogates -- --check      ends with 1 and names each thing that falls short
 *   npm run bench:surrogates -- --smoke      tiny sizes, no peers, no data sets: keeps the bench alive
 *   npm run bench:surrogates -- --only forest,process
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  benchBoosting,
  benchCalibration,
  benchEnsemble,
  benchForest,
  benchObelix,
  benchProcess,
} from './cases.mjs';
import { openPeers } from './peers.mjs';
import { markdown, shortfalls } from './report.mjs';
import { full, smoke } from './settings.mjs';

const subjects = {
  forest: benchForest,
  boosting: benchBoosting,
  process: benchProcess,
  ensemble: benchEnsemble,
  calibration: benchCalibration,
  obelix: benchObelix,
};

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(subjects).join(',') },
  },
});
const settings = options.smoke ? smoke : full;
const say = (what) => console.error(`… ${what}`);
const none = { missing: 'a smoke run asks none', close: async () => undefined };
const peers = settings.withPeers ? await openPeers(say) : none;
const botorch = settings.withPeers ? await openPeers(say, 'discovery') : none;
try {
  const found = { rows: [], checks: [] };
  for (const name of options.only.split(',')) {
    say(name);
    const { rows, checks } = await subjects[name]({ settings, peers, botorch, say });
    found.rows.push(...rows);
    found.checks.push(...checks);
  }
  const missing = Object.entries({ 'scikit-learn and LightGBM': peers, BoTorch: botorch }).flatMap(
    ([what, { missing: reason }]) => (reason === undefined ? [] : [{ what, reason }]),
  );
  // A peer that is not there is a shortfall by its name, never an empty cell.
  if (settings.withPeers)
    for (const { what, reason } of missing)
      found.checks.push({ what, value: reason, limit: 'there', sign: 'be', passed: false });
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}`;
  const versions = { ...peers.versions, ...botorch.versions };
  const text = markdown({ machine, versions, missing, ...found });
  console.log(text);
  if (!options.smoke) write(text, { machine, versions, ...found });
  if (options.check) {
    const short = shortfalls(found.checks);
    for (const line of short) console.error(`Falls short: ${line}`);
    process.exitCode = short.length === 0 ? 0 : 1;
  }
} finally {
  await peers.close();
  await botorch.close();
}

function write(text, results) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}surrogates.md`, text);
  writeFileSync(`${folder}surrogates.json`, `${JSON.stringify(results, null, 2)}\n`);
}
