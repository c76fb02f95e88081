/**
 * How fast the lab protocol is over HTTP, on the embedded database. After `npm run build`:
 *   npm run bench:lab                       prints everything, writes bench/results/lab.{md,json}
 *   npm run bench:lab -- --check            ends with 1 and names what falls short
 *   npm run bench:lab -- --only claims      one of claims, submits, depth; writes nothing
 *   npm run bench:lab -- --smoke            tiny sizes: keeps the bench alive
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { raceForClaims } from './claims.mjs';
import { claimFromTheDeep } from './depth.mjs';
import { openGround } from './ground.mjs';
import { checksOf, machine, markdown } from './report.mjs';
import { settingsFor } from './settings.mjs';
import { submitResults } from './submits.mjs';

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const cases = { claims: raceForClaims, submits: submitResults, depth: claimFromTheDeep };
if (options.only !== undefined && !(options.only in cases)) {
  console.error(`--only is "${options.only}"; it must be one of ${Object.keys(cases).join(', ')}`);
  process.exit(2);
}

const settings = settingsFor(options);
const ground = await openGround();
const results = { smoke: options.smoke, machine: machine() };
try {
  for (const [name, run] of Object.entries(cases)) {
    if (options.only === undefined || options.only === name)
      results[name] = await run(ground, settings[name]);
  }
} finally {
  await ground.close();
}
results.machine.loadAfter = machine().load;
results.checks = checksOf(results);
const table = markdown(results);
console.log(table);
if (!options.smoke && options.only === undefined) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}lab.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${folder}lab.md`, `${table}\n`);
}
const short = results.checks.filter(({ reached }) => !reached);
for (const { what, measured, limit } of short)
  console.error(`Falls short: ${what}: ${measured}, wanted ${limit}`);
process.exitCode = options.check && short.length > 0 ? 1 : 0;
