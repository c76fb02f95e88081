/**
 * How fast a history comes in, and in how much memory. After `npm run build`:
 *   npm run bench:import                 10⁶ rows into a database of its own, writes bench/results/import.{md,json}
 *   npm run bench:import -- --check      ends with 1 where that takes 90 s or 400 MB
 *   npm run bench:import -- --smoke      a few rows: keeps the bench alive
 * BENCH_DATABASE_URL names an empty database; without it an embedded one is started.
 */
import { randomIds, createCampaign, importHistory } from '@ionloop/engine';
import { startEmbeddedPostgres } from '@ionloop/embedded-postgres';
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
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false } },
});
const rows = options.smoke ? 2000 : 1_000_000;
const limit = { seconds: 90, megabytes: 400 };

const spec = {
  name: 'A million',
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 0, max: 2000, unit: '°C' },
      { kind: 'continuous', name: 'time', min: 0, max: 2000, unit: 'min' },
      { kind: 'mixture', name: 'm', components: [{ name: 'A' }, { name: 'B' }] },
    ],
  },
  objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
  budget: 10,
};

/** Nearly all points differ; one row in fifty is a replicate, one in a hundred a failure. */
function* table() {
  yield 'temperature [K];time [h];A [%];B [%];conductivity [mS/cm];outcome;note\r\n';
  for (let i = 0; i < rows; i += 1) {
    const n = i % 50 === 49 ? i - 30 : i;
    const t = (300 + (n % 1000)).toFixed(2).replace('.', ',');
    const h = ((n / 1000) % 30).toFixed(4).replace('.', ',');
    const a = n % 100;
    const failed = i % 100 === 7;
    const sigma = failed ? '' : (0.001 + (i % 9973) / 1e4).toFixed(6).replace('.', ',');
    yield `${t};${h};${a};${100 - a};${sigma};${failed ? 'failed' : 'measured'};row ${i}\r\n`;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'ionloop-import-'));
const url = process.env.BENCH_DATABASE_URL;
const postgres =
  url === undefined
    ? await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), log: () => undefined })
    : null;
try {
  const file = join(folder, 'old.csv');
  await pipeline(Readable.from(table()), createWriteStream(file));
  const persistence = await openPersistence({ url: url ?? postgres.url(), poolSize: 4 });
  await persistence.migrate();
  const wakeUps = { wake: () => Promise.resolve() };
  const lab = { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 1800, attemptCap: 3 };
  const engine = { store: persistence.store, wakeUps, ids: randomIds, lab };
  const ada = { kind: 'person', name: 'ada' };
  const { id } = await createCampaign(engine, ada, spec);
  const turns = { longest: 0, last: performance.now() };
  const clock = setInterval(() => {
    const now = performance.now();
    turns.longest = Math.max(turns.longest, now - turns.last - 5);
    turns.last = now;
  }, 5);
  const at = { start: performance.now(), checked: 0 };
  let peak = 0;
  const report = await importHistory(
    engine,
    ada,
    id,
    { name: 'old.csv', open: () => createReadStream(file) },
    {},
    {
      onProgress: ({ phase, rows: done }) => {
        if (phase === 'checking') at.checked = performance.now();
        if (done % 5000 < 500) peak = Math.max(peak, process.memoryUsage.rss());
      },
    },
  );
  const seconds = (performance.now() - at.start) / 1000;
  clearInterval(clock);
  await persistence.close();
  const result = {
    rows,
    megabytesOfFile: statSync(file).size / 1e6,
    seconds,
    secondsOfChecking: (at.checked - at.start) / 1000,
    peakMegabytes: Math.max(peak, process.resourceUsage().maxRSS * 1024) / 1e6,
    longestTurnMs: turns.longest,
    experiments: report.experiments,
    measurements: report.measurements,
    cpu: cpus()[0]?.model,
    node: process.version,
    load: loadavg(),
  };
  const line = `| ${rows} rows (${result.megabytesOfFile.toFixed(0)} MB) | ${seconds.toFixed(1)} s, ${result.secondsOfChecking.toFixed(1)} s of them checking | ${result.peakMegabytes.toFixed(0)} MB | ${result.longestTurnMs.toFixed(0)} ms |`;
  const text = `| history | time | memory | longest turn of the event loop |\n| --- | --- | --- | --- |\n${line}\n`;
  console.log(text);
  if (!options.smoke) {
    const results = fileURLToPath(new URL('../results/', import.meta.url));
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'import.md'), text);
    writeFileSync(join(results, 'import.json'), `${JSON.stringify(result, null, 2)}\n`);
  }
  if (options.check && (seconds >= limit.seconds || result.peakMegabytes >= limit.megabytes))
    process.exitCode = 1;
} finally {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
