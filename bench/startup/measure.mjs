/* global clearTimeout */
// How long a start takes: on an empty home, on one that has been used, and until the first measurement is accepted.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 5);
const entry = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));
const { PATH, HOME } = process.env;

/** Starts on this home, waits for the words, stops; gives the seconds that each took. */
function measure(home, words) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const ionloop = spawn(process.execPath, [entry, 'start'], {
      env: { PATH, HOME, IONLOOP_HOME: home, IONLOOP_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const reached = {};
    let output = '';
    const read = (text) => {
      output += text;
      for (const word of words) if (output.includes(word)) reached[word] ??= seconds();
      if (words.every((word) => word in reached)) ionloop.kill('SIGINT');
    };
    ionloop.stdout.on('data', read);
    ionloop.stderr.on('data', read);
    const limit = setTimeout(() => ionloop.kill('SIGKILL'), 180_000);
    ionloop.once('exit', () => {
      clearTimeout(limit);
      if (words.every((word) => word in reached)) resolve(reached);
      else reject(new Error(`ended early:\n${output}`));
    });
  });
}

const ready = 'Ionloop is ready';
const first = 'First measurement accepted';
const times = { 'ready, empty home': [], 'first measurement, empty home': [], 'ready, used home': [] };
for (let round = 0; round < rounds; round += 1) {
  const home = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  chmodSync(home, 0o755);
  try {
    const cold = await measure(home, [ready, first]);
    times['ready, empty home'].push(cold[ready]);
    times['first measurement, empty home'].push(cold[first]);
    times['ready, used home'].push((await measure(home, [ready]))[ready]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model ?? '?'}, ${rounds} rounds, seconds`,
);
for (const [what, values] of Object.entries(times)) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))].toFixed(2);
  console.log(`${what.padEnd(30)} median ${at(0.5)}   fastest ${at(0)}   slowest ${at(1)}`);
}
