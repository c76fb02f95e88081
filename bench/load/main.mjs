/**
 * What the server does under load, on the embedded database. After `npm run build`:
 *   npm run bench:load                       prints everything, writes bench/results/load.{md,json}
 *   npm run bench:load -- --check            ends with 1 and names what falls short
 *   npm run bench:load -- --only queries     one of queries, apart, shared, subscribers; writes nothing
 *   npm run bench:load -- --rate 100 --seconds 20   of questions; for a machine that has other things to do
 *   npm run bench:load -- --smoke            few and short: keeps the bench alive
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildCampaign } from '../api/campaign.mjs';
import { openGround } from './ground.mjs';
import { askWhileFitting } from './queries.mjs';
import { followTogether } from './subscribers.mjs';
import { checksOf, markdown } from './report.mjs';

const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '60' },
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const cases = {
  queries: { run: askWhileFitting, apis: 1 },
  /** The same of many campaigns by turns, so that hardly two ask the same at a time. */
  apart: { run: askWhileFitting, apis: 1 },
  /** The same questions, and a server for each of two cores. */
  shared: { run: askWhileFitting, apis: 2 },
  subscribers: { run: followTogether, apis: 1 },
};
if (options.only !== undefined && !(options.only in cases)) {
  console.error(`--only is "${options.only}"; it must be one of ${Object.keys(cases).join(', ')}`);
  process.exit(2);
}
const steady = { rate: Number(options.rate), seconds: Number(options.seconds) };
const settings = options.smoke
  ? {
      queries: { experiments: 100, rate: 20, seconds: 1 },
      apart: { experiments: 100, others: 2, rate: 20, seconds: 1 },
      shared: { experiments: 100, rate: 20, seconds: 1 },
      subscribers: { count: 10, events: 5, perSecond: 10, experiments: 100, patienceMs: 500 },
    }
  : {
      queries: { experiments: 2000, ...steady },
      apart: { experiments: 2000, others: 39, ...steady },
      shared: { experiments: 2000, ...steady },
      subscribers: { count: 1000, events: 60, perSecond: 2, experiments: 20_000, patienceMs: 60_000 },
    };
const say = (what) => console.error(`… ${what}`);

const machine = {
  what: `${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.versions.node}`,
  loadBefore: loadavg()[0],
};
const results = { smoke: options.smoke, machine };
for (const [name, { run, apis }] of Object.entries(cases)) {
  if (options.only !== undefined && options.only !== name) continue;
  // Who is let go is told at the level of info; so is every question, of which there are few then.
  const ground = await openGround({ logLevel: name === 'subscribers' ? 'info' : 'warn', apis }, (url) =>
    campaignsOf(url, settings[name]),
  );
  try {
    results[name] = await run(ground, settings[name], say);
  } finally {
    await ground.close();
  }
}
/** One that is large, and others a twentieth of its size. */
async function campaignsOf(url, { experiments, others = 0 }) {
  const ids = [await buildCampaign(url, experiments, say)];
  while (ids.length <= others) ids.push(await buildCampaign(url, experiments / 20, say));
  return ids;
}

machine.loadAfter = loadavg()[0];
results.checks = checksOf(results);
const text = markdown(results);
console.log(text);
if (!options.smoke && options.only === undefined && options.rate === '300' && options.seconds === '60') {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}load.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${folder}load.md`, `${text}\n`);
}
// Few and short, the figures say nothing but what must hold at any size.
const short = results.checks.filter(({ reached, always }) => !reached && (always || !options.smoke));
for (const { what, measured, limit } of short)
  console.error(`Falls short: ${what}: ${measured}, wanted ${limit}`);
process.exitCode = options.check && short.length > 0 ? 1 : 0;
