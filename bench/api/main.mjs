/**
 * How fast a large campaign opens and is paged through, over HTTP, on the embedded database. After `npm run build`:
 *   npm run bench:api                       prints everything, writes bench/results/api.{md,json}
 *   npm run bench:api -- --check            ends with 1 and names what falls short
 *   npm run bench:api -- --only open,deep   parts of it; writes nothing
 *   npm run bench:api -- --smoke            a small campaign: keeps the bench alive
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openGround } from './ground.mjs';
import { middleCursor, questions } from './questions.mjs';

const everything = Object.keys(questions).join(',');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', default: everything },
  },
});
const chosen = options.only.split(',');
const unknown = chosen.find((name) => !(name in questions));
if (unknown !== undefined) {
  console.error(`--only names "${unknown}"; it must be of ${everything}`);
  process.exit(2);
}
const experiments = options.smoke ? 300 : 100_000;
const repeats = options.smoke ? 3 : 20;
const say = (what) => console.error(`… ${what}`);

const ground = await openGround(experiments, say);
const rows = [];
try {
  for (const name of chosen) {
    const { what, wanted, query } = questions[name];
    const variables = { id: ground.campaignId, ...(name === 'deep' && { after: middleCursor(experiments) }) };
    const times = [];
    // The first is counted like the others: nobody has asked for this campaign before.
    for (let i = 0; i < repeats; i += 1) {
      await ground.happen();
      const from = performance.now();
      const data = await ground.query(query, variables);
      times.push(performance.now() - from);
      if (data.campaign === null) throw new Error('the campaign is not there');
    }
    const sorted = [...times].sort((a, b) => a - b);
    const row = { name, what, wanted, first: times[0], median: sorted[repeats >> 1], worst: sorted.at(-1) };
    rows.push(row);
    say(`${what}: ${row.median.toFixed(1)} ms`);
  }
} finally {
  await ground.close();
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
const number = (value) => value.toFixed(1);
const table = [
  `A campaign of ${experiments} experiments; ${repeats} times each; ${machine}.`,
  '',
  '| question | first, ms | median, ms | worst, ms | wanted, ms |',
  '| --- | --: | --: | --: | --: |',
  ...rows.map(
    ({ what, first, median, worst, wanted }) =>
      `| ${what} | ${number(first)} | ${number(median)} | ${number(worst)} | < ${wanted} |`,
  ),
].join('\n');
console.log(table);
if (!options.smoke && options.only === everything) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}api.json`, `${JSON.stringify({ experiments, machine, rows }, null, 2)}\n`);
  writeFileSync(`${folder}api.md`, `${table}\n`);
}
// Of a small campaign the figures say nothing.
const short = options.smoke ? [] : rows.filter(({ median, wanted }) => median >= wanted);
for (const { what, median, wanted } of short)
  console.error(`Falls short: ${what}: ${number(median)} ms, wanted < ${wanted} ms`);
process.exitCode = options.check && short.length > 0 ? 1 : 0;
