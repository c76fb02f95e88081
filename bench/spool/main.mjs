// Does the list on disk hold what it promises? Kills a writer again and again with SIGKILL and reads what is left; then
// what keeping costs. node bench/spool/main.mjs [kills] [--python INTERPRETER]
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableList } from '../../libs/lab-client/dist/durable-list.js';
import { fileDisk } from '../../libs/lab-client/dist/disk.js';
import { Philox } from '../../libs/linalg/dist/index.js';

const here = new URL('.', import.meta.url).pathname;
const kills = Number(process.argv[2] ?? 200);
const at = process.argv.indexOf('--python');
const python = at < 0 ? null : process.argv[at + 1];
const rng = Philox.fromSeed('kills of the spool');

/** One life: until it has kept something, and a little longer. */
function live(command, args, environment, after) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
    let said = '';
    let timer;
    child.stdout.on('data', (text) => {
      said += text;
      if (said.includes('kept')) timer ??= setTimeout(() => child.kill('SIGKILL'), after);
    });
    child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL') throw new Error(`the writer ended with ${code}`);
      done(said);
    });
  });
}

/** Follows what was promised; `mayBe` is what was under way when the kill came. */
function promised(must, said) {
  const mayBe = new Set();
  for (const line of said.split('\n')) {
    const [what, id] = line.split(' ');
    if (what === 'begun') mayBe.add(id);
    if (what === 'kept') must.add(id);
    if (what === 'going') {
      must.delete(id);
      mayBe.add(id);
    }
    if (what === 'gone') mayBe.delete(id);
  }
  return mayBe;
}

async function killed(name, command, argsOf, read, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-spool-'));
  let must = new Set();
  let next = 1;
  let writes = 0;
  const lost = [];
  const risen = [];
  let underWay = 0;
  for (let kill = 0; kill < kills; kill++) {
    const said = await live(command, argsOf(folder, next), environment, 1 + Math.floor(rng.uniform() * 60));
    writes += (said.match(/kept|gone/g) ?? []).length;
    const mayBe = promised(must, said);
    const found = new Set(await read(folder));
    lost.push(...[...must].filter((id) => !found.has(id)));
    risen.push(...[...found].filter((id) => !must.has(id) && !mayBe.has(id)));
    if (/(begun|going) \d+\n$/.test(said)) underWay += 1;
    must = found;
    next =
      1 +
      Math.max(
        next,
        ...[...found].map(Number),
        ...[...said.matchAll(/begun (\d+)/g)].map(([, id]) => Number(id)),
      );
  }
  rmSync(folder, { recursive: true });
  console.log(
    `${name}: ${kills} kills, ${underWay} of them in the middle of a write, ${writes} writes promised: ${lost.length} lost, ${risen.length} came back`,
  );
  return lost.length + risen.length;
}

const listIn = async (folder) =>
  (await DurableList.open(join(folder, 'results.jsonl'), fileDisk, (item) => item)).items.map(({ id }) =>
    String(id),
  );

let wrong = await killed(
  'JSON lines',
  process.execPath,
  (folder, next) => [join(here, 'writer.mjs'), join(folder, 'results.jsonl'), String(next)],
  listIn,
  process.env,
);
if (python) {
  const environment = { ...process.env, PYTHONPATH: join(here, '../../clients/python/src') };
  const read = (folder) => {
    const program =
      'import sys, sqlite3; print(*[k for (k,) in sqlite3.connect(sys.argv[1] + "/spool.sqlite").execute("SELECT key FROM result")])';
    return spawnSync(python, ['-c', program, folder], { encoding: 'utf8' })
      .stdout.split(/\s+/)
      .filter(Boolean);
  };
  wrong += await killed(
    'SQLite (Python)',
    python,
    (folder, next) => [join(here, 'writer.py'), folder, String(next)],
    read,
    environment,
  );
}

/** What keeping one result and letting it go costs, with so many others waiting. */
const folder = mkdtempSync(join(tmpdir(), 'ionloop-spool-'));
for (const waiting of [0, 10, 100, 1000]) {
  const path = join(folder, `${waiting}.jsonl`);
  await fileDisk.write(
    path,
    Array.from({ length: waiting }, (_, id) => `${JSON.stringify({ id, words: 'x'.repeat(2000) })}\n`).join(
      '',
    ),
  );
  const list = await DurableList.open(path, fileDisk, (item) => item);
  const rounds = 40;
  const began = performance.now();
  for (let i = 0; i < rounds; i++) {
    const item = { id: `new ${i}`, words: 'x'.repeat(2000) };
    await list.add(item);
    await list.remove(item);
  }
  console.log(
    `${waiting} results of 2 kB waiting: ${((performance.now() - began) / rounds).toFixed(1)} ms to keep one and let it go`,
  );
}
const file = openSync(join(folder, 'plain'), 'a');
const began = performance.now();
for (let i = 0; i < 40; i++) {
  writeSync(file, 'x'.repeat(2000));
  fsyncSync(file);
}
console.log(`one write with fsync here: ${((performance.now() - began) / 40).toFixed(1)} ms`);
closeSync(file);
rmSync(folder, { recursive: true });
process.exit(wrong === 0 ? 0 : 1);
