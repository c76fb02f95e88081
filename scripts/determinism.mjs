/**
 * Works through the fixed piece of work in libs/linalg/src/determinism, under the Node and the flags that run this: on the main thread with
 * either core, and in 1 and 2 threads. Compares every section's hash with the committed one; --write renews them.
 * Run after `npm run build`: node [flags of V8] scripts/determinism.mjs [--write]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { hashOfSection, sectionNames, together } from '../libs/linalg/dist/determinism/sections.js';
import { coreStatus, onCore, openPool } from '../libs/linalg/dist/index.js';

const file = new URL('../libs/linalg/test/determinism/hashes.json', import.meta.url);
const tasks = new URL('../libs/linalg/dist/determinism/tasks.js', import.meta.url);

const { path, reason } = coreStatus();
const ways = {
  ...(path === 'simd' && { 'main thread, SIMD': () => onCore('simd', work) }),
  'main thread, portable': () => onCore('portable', work),
  '1 thread': () => inThreads(1),
  '2 threads': () => inThreads(2),
};

const found = {};
for (const [way, run] of Object.entries(ways)) {
  const begin = performance.now();
  found[way] = together(await run());
  found[way].seconds = (performance.now() - begin) / 1000;
}

const [first] = Object.values(found);
const writes = process.argv.includes('--write');
const expected = writes ? first : JSON.parse(readFileSync(file, 'utf8'));

const differing = (way, names = sectionNames) =>
  names.filter((name) => found[way].sections[name] !== expected.sections[name]);
for (const name of sectionNames) {
  const ways = Object.keys(found).filter((way) => differing(way, [name]).length > 0);
  const remark = ways.length > 0 ? `  NOT AS COMMITTED: ${ways.join('; ')}` : '';
  console.log(`${first.sections[name]}  ${name}${remark}`);
}
console.log(`${first.all}  all\n`);
console.log(`Node ${process.version}, V8 ${process.versions.v8} ${process.execArgv.join(' ')}`);
if (path === 'portable') console.log(`no SIMD: ${reason}`);
for (const [way, { seconds }] of Object.entries(found)) {
  const { length } = differing(way);
  const finding = length === 0 ? 'same bits' : `DIFFERENT in ${length} of ${sectionNames.length} sections`;
  console.log(`${way}: ${finding} (${seconds.toFixed(1)} s)`);
}
const same = Object.keys(found).every((way) => differing(way).length === 0);
const gone = Object.keys(expected.sections).filter((name) => !sectionNames.includes(name));
if (gone.length > 0) console.log(`no longer a section: ${gone.join(', ')}`);

if (!same || gone.length > 0) process.exitCode = 1;
else if (writes) {
  const { all, sections } = first;
  writeFileSync(file, `${JSON.stringify({ all, sections }, null, 2)}\n`);
  console.log('written');
}

function work() {
  return sectionNames.map(hashOfSection);
}

async function inThreads(threads) {
  const pool = openPool({ threads, tasks });
  try {
    return await pool.map('hashOfSection', sectionNames);
  } finally {
    await pool.close();
  }
}
