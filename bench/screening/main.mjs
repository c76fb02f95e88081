/**
 * How many candidates a screen weighs. After `npm run build`:
 *   npm run bench:screening                 prints everything, writes bench/results/screening.{md,json}
 *   npm run bench:screening -- --check      ends with 1 where a million at n = 200 take more than 4 s
 *   npm run bench:screening -- --smoke      tiny sizes: keeps the bench alive
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Philox } from '@ionloop/linalg';
import { LocalScreens, newState } from '@ionloop/planner';
import { openStream } from '@ionloop/space';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false } },
});
const threads = 2;
const n = options.smoke ? 20 : 200;
const million = options.smoke ? 20_000 : 1_000_000;
const stretch = options.smoke ? 40_000 : 40_000_000;
const limitSeconds = 4;

const components = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ name }));
const space = { parameters: [{ kind: 'mixture', name: 'm', step: 1 / 200, components }] };
const stream = openStream(space);

/** n results of a smooth function with interactions, spread over the space. */
function observations() {
  const rng = Philox.fromSeed('results');
  return Array.from({ length: n }, () => {
    const point = stream.pointAt(BigInt(Math.floor(rng.uniform() * Number(stream.size))));
    const [a, b, c, d, e, f] = Object.values(point.m);
    return { point, values: [3 * a * b - 2 * (c - 0.2) ** 2 + d * e - 0.5 * f + 0.01 * rng.normal()] };
  });
}

const base = { space, top: 1000, acquisition: 'ucb', beta: 1, filters: [], student: null, seed: 'bench' };
const from = 1_000_000_000n;
const over = (count) => ({ from: String(from), to: String(from + BigInt(count)) });
const student = { labels: options.smoke ? 200 : 2000, alpha: 10 };
const filter = { kind: 'sum', name: 'funnel', columns: ['E', 'F'], min: 0, max: 0.15 };
const cases = [
  { what: 'mean', settings: { acquisition: 'mean' }, count: million },
  { what: 'mean + sd, UCB', settings: {}, count: million, limit: limitSeconds },
  { what: 'log EI', settings: { acquisition: 'log-ei' }, count: million },
  { what: 'student, teacher last', settings: { student }, count: stretch },
  { what: 'hard filter, then UCB', settings: { filters: [filter] }, count: million },
];

const screens = new LocalScreens(threads);
const rows = [];
try {
  const known = observations();
  for (const { what, settings, count, limit } of cases) {
    console.error(`… ${what}`);
    const request = {
      settings: { ...base, ...settings },
      goal: 'maximise',
      model: 'gp',
      observations: known,
      failures: [],
    };
    const run = async (range) => {
      const plan = await screens.prepare({ ...request, settings: { ...request.settings, range } });
      const began = performance.now();
      const cpu = process.cpuUsage();
      const state = await screens.run(plan, newState(plan));
      const { best } = await screens.finish(plan, state);
      const { user, system } = process.cpuUsage(cpu);
      return {
        seconds: (performance.now() - began) / 1000,
        cpuSeconds: (user + system) / 1e6,
        plan,
        best,
      };
    };
    // Threads start and engines warm up outside of what is measured.
    await run(over(Math.min(count, 40_000)));
    const { seconds, cpuSeconds, plan, best } = await run(over(count));
    if (best.length !== Math.min(1000, count)) throw new Error(`${what}: ${best.length} of 1000 were found`);
    rows.push({
      what,
      count,
      seconds,
      cpuSeconds,
      perSecond: count / seconds,
      limit: limit ?? null,
      report: plan.student?.report ?? null,
    });
  }
} finally {
  await screens.close();
}

const began = performance.now();
let encoded = 0;
for (const { X } of stream.blocks(from, from + BigInt(stretch), 4096)) encoded += X.rows;
const encoding = (1000 * encoded) / (performance.now() - began);

const hours = (perSecond) => {
  const h = 1e9 / perSecond / 3600;
  return h < 0.1 ? `${(60 * h).toFixed(1)} min` : `${h.toFixed(2)} h`;
};
const whole = (x) => String(Math.round(x)).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}, load at the end ${loadavg()[0].toFixed(1)}; ${threads} threads.`,
  `A mixture of six components in steps of 0.005 (${whole(Number(stream.size))} recipes), Gaussian process of ${n} results, best 1000 kept.`,
  '',
  '| score | candidates | s | processor s | candidates/s | 10⁹ would take |',
  '| --- | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map(
    ({ what, count, seconds, cpuSeconds, perSecond }) =>
      `| ${what} | ${whole(count)} | ${seconds.toFixed(2)} | ${cpuSeconds.toFixed(2)} | ${whole(perSecond)} | ${hours(perSecond)} |`,
  ),
  `| encoding alone, one thread | ${whole(encoded)} | ${(encoded / encoding).toFixed(2)} | | ${whole(encoding)} | ${hours(encoding)} |`,
  '',
  ...rows.flatMap(({ report }) =>
    report
      ? [
          `Student: degree ${report.degree}, ${report.labels - report.heldOut} labels; on ${report.heldOut} others rank agreement ${report.rankAgreement.toFixed(4)}, ${(100 * report.recall).toFixed(0)} % of the teacher's best ${report.among} among its best ${report.among * student.alpha}.`,
        ]
      : [],
  ),
];
console.log(lines.join('\n'));
if (!options.smoke) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}screening.md`, `${lines.join('\n')}\n`);
  writeFileSync(`${folder}screening.json`, `${JSON.stringify({ n, threads, rows, encoding }, null, 2)}\n`);
}
const late = rows.filter(({ limit, seconds }) => limit !== null && seconds > limit);
for (const { what, seconds, limit } of late) {
  console.error(`Falls short: ${what}, ${seconds.toFixed(2)} s, at most ${limit}`);
}
if (options.check && late.length > 0) process.exitCode = 1;
