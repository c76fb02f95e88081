/**
 * The dashboard as somebody has it before them: the first load over the wire, when it can be used, and how long it keeps
 * the browser from answering while a very large campaign is open. After `npm run build`; needs chromium:
 *   npm run bench:dashboard -- [loads]              prints both
 *   npm run bench:dashboard -- --only tasks         or loads: one of them
 *   npm run bench:dashboard -- --check              ends with 1 where a bound is broken
 *   npm run bench:dashboard -- --smoke              one load and a small campaign: keeps the bench alive
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureLoads } from './loads.mjs';
import { measureTasks } from './long-tasks.mjs';

const { values, positionals } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', default: 'loads,tasks' },
  },
  allowPositionals: true,
});
const parts = values.only.split(',');
const broken = [];
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`,
);
if (parts.includes('loads')) {
  const loads = await measureLoads(values.smoke ? 1 : Number(positionals[0] ?? 5));
  console.log(`\n${loads.table.join('\n')}`);
  broken.push(...loads.broken);
}
if (parts.includes('tasks')) {
  const tasks = await measureTasks(values.smoke);
  console.log(`\n${tasks.table.join('\n')}`);
  broken.push(...tasks.broken);
}
for (const one of broken) console.error(`Falls short: ${one}`);
if (values.check && broken.length > 0) process.exitCode = 1;
