/**
 * Many campaigns at once on one PostgreSQL and one Redis: how soon after a result the next experiment is proposed, with one worker
 * and with more. After `npm run build`:
 *   npm run bench:scale                                      100 campaigns, one worker and then two; writes bench/results/scale.{md,json}
 *   npm run bench:scale -- --campaigns 200 --workers 1,2,4   other sizes
 *   npm run bench:scale -- --campaigns 1000 --takes 120     a sample takes some two minutes, as in a laboratory that is less fast
 *   npm run bench:scale -- --smoke                           tiny: keeps the bench alive
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, markdown } from './report.mjs';
import { runLoops } from './loops.mjs';

const { values: options } = parseArgs({
  options: {
    campaigns: { type: 'string', default: '100' },
    workers: { type: 'string', default: '1,2' },
    budget: { type: 'string', default: '8' },
    takes: { type: 'string', default: '0' },
    smoke: { type: 'boolean', default: false },
  },
});

const campaigns = options.smoke ? 3 : Number(options.campaigns);
const budget = options.smoke ? 5 : Number(options.budget);
const takes = options.smoke ? 0 : Number(options.takes);
const results = { machine: machine(), campaigns, budget, takes, runs: [] };
for (const workers of options.smoke ? [1] : options.workers.split(',').map(Number)) {
  results.runs.push(await runLoops({ campaigns, budget, workers, takes }));
}
results.machine.loadAfter = machine().load;
const table = markdown(results);
console.log(table);
if (!options.smoke) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}scale.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${folder}scale.md`, `${table}\n`);
}
