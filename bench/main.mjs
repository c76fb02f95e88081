/**
 * Everything that is measured, in one report. After `npm run build`:
 *   npm run bench                           runs each bench, writes bench/results/report.{md,json,svg}
 *   npm run bench -- --only core,screening  of the benches
 *   npm run bench -- --check                ends with 1 and names each thing that falls short
 *   npm run bench -- --smoke --to FOLDER    tiny sizes, no peers
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bars } from './report/bars.mjs';
import { boundsOf } from './report/bounds.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** In the order in which they run: what takes turns with peers first, what wants the whole machine last. */
const benches = [
  { name: 'core', title: 'The numerical core', seeds: 'fixed inputs', args: ['--check'] },
  { name: 'surrogates', title: 'The surrogates', seeds: 'fixed by name', args: ['--check'] },
  {
    name: 'discovery',
    title: 'Discovery',
    seeds: '50, the same for all contestants',
    args: ['--check', '--kept'],
  },
  {
    name: 'demo-loop',
    title: 'The demo’s loop against random search',
    seeds: '20',
    args: ['--check'],
    smoke: ['1'],
  },
  { name: 'screening', title: 'Screens', seeds: 'one', args: ['--check'] },
  { name: 'lab', title: 'The lab protocol', seeds: 'none: it is a race', args: ['--check'] },
  { name: 'api', title: 'The API on a large campaign', seeds: 'one', args: ['--check'] },
  { name: 'load', title: 'Load', seeds: 'one', args: ['--check'] },
  { name: 'verify', title: 'Verification', seeds: 'one', args: ['--check'] },
  { name: 'import', title: 'Import', seeds: 'one', args: ['--check'] },
  { name: 'scale', title: 'Many campaigns', seeds: 'one a campaign', args: [] },
  { name: 'startup', title: 'Starting', seeds: 'none', script: 'measure.mjs', args: ['5'], smoke: ['1'] },
].filter(({ name, script = 'main.mjs' }) => existsSync(join(here, name, script)));

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string' },
    to: { type: 'string', default: join(here, 'results') },
  },
});
const names = options.only?.split(',') ?? benches.map(({ name }) => name);
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `there is no bench "${unknown.join('", "')}"; there are ${benches.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const machine = {
  cpu: cpus()[0]?.model ?? '?',
  threads: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  commit: commitOf(),
};
const found = [];
for (const bench of benches.filter(({ name }) => names.includes(name))) {
  console.error(`… ${bench.name}`);
  const loadBefore = loadavg()[0];
  const began = performance.now();
  const { code, stdout, short } = await run(bench);
  const seconds = (performance.now() - began) / 1000;
  found.push({ ...bench, code, seconds, loadBefore, loadAfter: loadavg()[0], text: stdout, short });
  console.error(`… ${bench.name}: ${seconds.toFixed(0)} s, ${short.length} fall short`);
}
write();
const short = found.flatMap((bench) => bench.short.map((line) => `${bench.name}: ${line}`));
for (const line of short) console.error(`Falls short: ${line}`);
const failed = found.filter((bench) => bench.code !== 0 && bench.short.length === 0);
for (const { name, code } of failed) console.error(`Failed: ${name} ended with ${code}`);
process.exitCode = failed.length > 0 || (options.check && short.length > 0) ? 1 : 0;

function run({ name, script = 'main.mjs', args, smoke = ['--smoke'] }) {
  const child = spawn(process.execPath, [join(here, name, script), ...(options.smoke ? smoke : args)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => (output[stream] += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(output.stderr);
      const lines = [...output.stderr.matchAll(/^Falls short: (.*)$/gm)].map((match) => match[1]);
      resolve({ code, stdout: output.stdout.trim(), short: lines });
    });
  });
}

function write() {
  mkdirSync(options.to, { recursive: true });
  const bounds = options.smoke ? [] : found.flatMap(({ name }) => boundsOf(name, resultsOf(name)));
  if (bounds.length > 0) writeFileSync(join(options.to, 'report.svg'), bars(bounds));
  const sections = found.map(
    ({ title, text, seconds, loadBefore, loadAfter, seeds, short: lines }) =>
      `## ${title}\n\n${seconds.toFixed(0)} s, load ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after; seeds: ${seeds}.\n\n${text}\n` +
      (lines.length === 0 ? '' : `\nFalls short:\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`),
  );
  const report = `# All benches${options.smoke ? ', at toy sizes' : ''}

\`npm run bench\` — ${machine.threads} × ${machine.cpu}, ${machine.memoryGiB} GiB, Node ${machine.node}, commit ${machine.commit}. Versions of the peers stand in each part.
${bounds.length > 0 ? '\n![Each measured figure over its bound](report.svg)\n' : ''}
${sections.join('\n')}`;
  writeFileSync(join(options.to, 'report.md'), report);
  writeFileSync(join(options.to, 'report.json'), `${JSON.stringify({ machine, found, bounds }, null, 2)}\n`);
  console.log(join(options.to, 'report.md'));
}

function resultsOf(name) {
  const file = join(here, 'results', `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function commitOf() {
  const git = (...args) => spawnSync('git', args, { cwd: here, encoding: 'utf8' }).stdout.trim();
  const commit = git('rev-parse', '--short', 'HEAD');
  return commit === '' ? 'unknown' : commit + (git('status', '--porcelain') === '' ? '' : ' with changes');
}
