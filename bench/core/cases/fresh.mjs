/** What only a fresh process shows: how slow the first call is, by wall time, and how much memory a big posterior takes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atMost, bounds } from '../bounds.mjs';
import { spread } from '../clock.mjs';

const script = fileURLToPath(new URL('../fresh.mjs', import.meta.url));
const run = promisify(execFile);

async function inFreshProcess(...args) {
  const { stdout } = await run(process.execPath, [script, ...args.map(String)]);
  return JSON.parse(stdout);
}

async function repeat(times, work) {
  const results = [];
  for (let i = 0; i < times; i++) results.push(await work());
  return results;
}

export async function benchFirstCalls({ settings, say }) {
  const { n, processes } = settings.cold;
  const result = { rows: [], checks: [] };
  for (const [what, name] of [
    ['first-likelihood', 'likelihood + gradient'],
    ['first-cholesky', 'Cholesky'],
  ]) {
    say(`first call of ${name}, n = ${n}`);
    const runs = await repeat(processes, () => inFreshProcess(what, n));
    const warm = runs.map((calls) => spread(calls.slice(5)).median);
    const ratio = spread(runs.map(([first], i) => first / warm[i]));
    result.rows.push({
      subject: `first call of ${name}`,
      n,
      unit: 'ms',
      seconds: {
        first: spread(runs.map(([first]) => first / 1e3)),
        warm: spread(warm.map((each) => each / 1e3)),
      },
      ratios: { 'a warm call': ratio },
      notes: [`${processes} processes, wall time; warm: the median of calls 6 to 10`],
    });
    result.checks.push(
      atMost(`first call of ${name}, n = ${n}, over a warm one`, ratio.median, bounds.firstCall, 'ratio'),
    );
  }
  return result;
}

export async function benchMemory({ settings, say }) {
  const { n, m, processes } = settings.memory;
  say(`memory, n = ${n}, m = ${m}`);
  const peaks = await repeat(processes, () => inFreshProcess('memory', n, m));
  const { max } = spread(peaks);
  return {
    rows: [],
    memory: { n, m, megabytes: peaks },
    checks: [atMost(`peak of the memory, n = ${n}, m = ${m}`, max, bounds.megabytes, 'megabytes')],
  };
}
