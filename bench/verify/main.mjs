/**
 * A campaign of 500 experiments, planned by a model from its twentieth on: how long `verify` takes to recompute every plan,
 * and whether one byte that was flipped behind the record's back is found and named. After `npm run build`:
 *   npm run bench:verify              prints it, writes bench/results/verify.{md,json}
 *   npm run bench:verify -- --check   ends with 1 where something is not as it should be
 *   npm run bench:verify -- --smoke   a small campaign: keeps the bench alive
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/dist/index.js';
import { quietEngine, usualLab, verifyCampaign } from '../../libs/engine/dist/index.js';
import { openPersistence } from '../../libs/persistence/dist/index.js';
import { plan, plannerVersion } from '../../libs/planner/dist/index.js';
import { flip, flips } from './flips.mjs';
import { runCampaign } from './campaign.mjs';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false } },
});
const experiments = options.smoke ? 24 : 500;
const say = (what) => console.error(`… ${what}`);
const planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const folder = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
const persistence = await openPersistence({ url: postgres.url(), poolSize: 2 });
const client = new pg.Client({ connectionString: postgres.url() });
const rows = [];
const short = [];
let figures;
try {
  await persistence.migrate();
  await client.connect();
  const { store } = persistence;
  const engine = quietEngine(store, { lab: { ...usualLab, leaseSeconds: 600 } });
  const began = performance.now();
  const id = await runCampaign(engine, planner, experiments, say);
  const made = (performance.now() - began) / 1000;
  const verify = async () => {
    const from = performance.now();
    const verdict = await verifyCampaign(store.read, planner, id);
    return { verdict, seconds: (performance.now() - from) / 1000 };
  };
  const { verdict, seconds } = await verify();
  const identical = verdict.plans.filter((one) => one.identical).length;
  if (!verdict.ok) short.push(`the untouched campaign does not verify: ${verdict.faults.join('; ')}`);
  say(`verified in ${seconds.toFixed(1)} s`);
  for (const one of flips) {
    const { what } = one;
    const { seq, undo } = await flip(client, id, verdict.events, one);
    const found = await verify();
    const named = found.verdict.faults.join('; ');
    const isNamed = !found.verdict.ok && new RegExp(`\\b${seq}\\b`).test(named);
    if (!isNamed)
      short.push(`a byte of ${what} in event ${seq} is not named: ${named || 'nothing was found'}`);
    rows.push({ what, seq, named, seconds: found.seconds, found: isNamed });
    await undo();
  }
  const again = await verify();
  if (!again.verdict.ok) short.push('the campaign does not verify once all is as it was');
  figures = { experiments, events: verdict.events, plans: verdict.plans.length, identical, made, seconds };
} finally {
  await client.end();
  await persistence.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
const text = [
  `A campaign of ${figures.experiments} experiments (${figures.events} events, ${figures.plans} plans), made in ${figures.made.toFixed(0)} s; ${machine}.`,
  '',
  `Verified in ${figures.seconds.toFixed(1)} s: ${figures.identical} of ${figures.plans} plans identical to the byte.`,
  '',
  '| one byte flipped in | event | found | in | what is said |',
  '| --- | --: | --- | --: | --- |',
  ...rows.map(
    ({ what, seq, named, seconds, found }) =>
      `| ${what} | ${seq} | ${found ? 'yes' : 'NO'} | ${seconds.toFixed(2)} s | ${named.slice(0, 120)} |`,
  ),
].join('\n');
console.log(text);
if (!options.smoke) {
  const results = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(results, { recursive: true });
  writeFileSync(
    `${results}verify.json`,
    `${JSON.stringify({ machine, ...figures, flips: rows }, null, 2)}\n`,
  );
  writeFileSync(`${results}verify.md`, `${text}\n`);
}
for (const line of short) console.error(`Falls short: ${line}`);
process.exitCode = options.check && short.length > 0 ? 1 : 0;
