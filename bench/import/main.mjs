/**
 * How fast a history comes in, and in how much memory, as somebody brings it who uses a server: the table is uploaded, a
 * worker in a process of its own looks at it, and it is written by that worker once it is started. After `npm run build`:
 *   npm run bench:import                 10⁶ rows into a database of its own, writes bench/results/import.{md,json}
 *   npm run bench:import -- --rows 50000 so many rows
 *   npm run bench:import -- --points 30000 of so many points, so that most rows are replicates
 *   npm run bench:import -- --check      ends with 1 where that takes 90 s, 400 MB or a turn of 50 ms
 *   npm run bench:import -- --smoke      a few rows: keeps the bench alive
 * BENCH_DATABASE_URL names an empty database; without it an embedded one is started.
 */
import { createCampaign, quietEngine, startImport, uploadImport } from '@ionloop/engine';
import { startEmbeddedPostgres } from '@ionloop/embedded-postgres';
import { openJobs } from '@ionloop/jobs';
import { openPersistence } from '@ionloop/persistence';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { databaseSeconds } from './database.mjs';
import { spec, table } from './table.mjs';
import { startWorker } from './worker.mjs';

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    points: { type: 'string' },
  },
});
const rows = options.smoke ? 2000 : Number(options.rows);
const points = Number(options.points ?? rows);
const limit = { seconds: 90, megabytes: 400, turnMs: 50 };

const folder = mkdtempSync(join(tmpdir(), 'ionloop-import-'));
const given = process.env.BENCH_DATABASE_URL;
const postgres =
  given === undefined
    ? await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), log: () => undefined })
    : null;
let worker;
try {
  const url = given ?? postgres.url();
  const file = join(folder, 'old.csv');
  await pipeline(Readable.from(table(rows, points)), createWriteStream(file));
  const { size: bytes } = statSync(file);
  const persistence = await openPersistence({ url, poolSize: 3 });
  await persistence.migrate();
  const jobs = await openJobs({ kind: 'postgres', url });
  worker = await startWorker(url);
  const engine = quietEngine(persistence.store, { wakeUps: jobs });
  const ada = { kind: 'person', name: 'ada' };
  const { id: campaignId } = await createCampaign(engine, ada, spec);
  const until = async (id, state) => {
    for (;;) {
      const [one] = await engine.store.imports.byIds([id]);
      if (one.state === state) return one;
      if (one.state === 'failed') throw new Error(`the import failed: ${one.error}`);
      await pause(options.smoke ? 20 : 250);
    }
  };
  await worker.measure();
  const server = postgres?.pid ?? null;
  const before = databaseSeconds(server);
  const marks = [performance.now()];
  const mark = () => (marks.push(performance.now()), (marks.at(-1) - marks.at(-2)) / 1000);
  const brought = { campaignId, fileName: 'old.csv', maxBytes: bytes };
  const { id } = await uploadImport(engine, jobs, ada, brought, () => createReadStream(file));
  const uploading = mark();
  await until(id, 'surveyed');
  const looking = mark();
  const whileLooking = await worker.measure();
  await startImport(engine, jobs, ada, { id });
  const { report } = await until(id, 'done');
  const writing = mark();
  const whileWriting = await worker.measure();
  const databaseCpuSeconds = before === null ? null : databaseSeconds(server) - before;
  const seconds = uploading + looking + writing;
  const kept = await persistence.store.read.countExperiments(campaignId);
  if (kept !== report.experiments) throw new Error(`${kept} experiments of ${report.experiments} are there`);
  await jobs.close();
  await persistence.close();
  const result = {
    rows,
    points,
    megabytesOfFile: bytes / 1e6,
    seconds,
    ...{ uploading, looking, writing },
    peakMegabytes: whileWriting.megabytes,
    longestTurnMs: { looking: whileLooking.longestTurnMs, writing: whileWriting.longestTurnMs },
    longestOnProcessorMs: {
      looking: whileLooking.longestOnProcessorMs,
      writing: whileWriting.longestOnProcessorMs,
    },
    cpuSeconds: whileWriting.cpuSeconds,
    cpuSecondsLooking: whileLooking.cpuSeconds,
    databaseCpuSeconds,
    experiments: report.experiments,
    measurements: report.measurements,
    cpu: cpus()[0]?.model,
    node: process.version,
    load: loadavg(),
  };
  const turn = Math.max(whileLooking.longestTurnMs, whileWriting.longestTurnMs);
  const onProcessor = Math.max(whileLooking.longestOnProcessorMs, whileWriting.longestOnProcessorMs);
  const parts = `${uploading.toFixed(1)} s uploaded, ${looking.toFixed(1)} s looked at, ${writing.toFixed(1)} s written`;
  const line = `| ${rows} rows (${(bytes / 1e6).toFixed(0)} MB) | ${seconds.toFixed(1)} s: ${parts} | ${result.cpuSeconds.toFixed(1)} s | ${databaseCpuSeconds === null ? 'unknown' : `${databaseCpuSeconds.toFixed(1)} s`} | ${result.peakMegabytes.toFixed(0)} MB | ${turn.toFixed(0)} ms | ${onProcessor.toFixed(0)} ms |`;
  const text = `| history | time | processor time of the worker | of PostgreSQL | memory of the worker | longest turn of its event loop | on the processor in one |\n| --- | --- | --- | --- | --- | --- | --- |\n${line}\n`;
  console.log(text);
  if (!options.smoke && options.points === undefined) {
    const results = fileURLToPath(new URL('../results/', import.meta.url));
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'import.md'), text);
    writeFileSync(join(results, 'import.json'), `${JSON.stringify(result, null, 2)}\n`);
  }
  const isOver = seconds >= limit.seconds || result.peakMegabytes >= limit.megabytes || turn >= limit.turnMs;
  if (options.check && isOver) process.exitCode = 1;
} finally {
  await worker?.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
