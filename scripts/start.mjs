/* global setInterval, clearInterval */
import { ensureReady } from './setup.mjs';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

const startedBy = callers();

await ensureReady();

// In a process group of its own, Ctrl-C reaches Ionloop once, through us. The channel tells it if we are killed.
const ionloop = spawn(
  process.execPath,
  [
    join(root, 'apps/cli/dist/main.js'),
    'start',
    '--began',
    String(performance.timeOrigin),
    ...process.argv.slice(2),
  ],
  { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: process.platform !== 'win32' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ionloop.kill(signal));
ionloop.once('exit', (code) => process.exit(code ?? 1));

// npm hands a signal to its shell only, which dies of it without a word to us.
if (process.env.npm_lifecycle_event !== undefined) {
  const watch = setInterval(() => {
    if (callers() === startedBy) return;
    clearInterval(watch);
    ionloop.kill('SIGTERM');
  }, 500);
}

/** Our parent and, where the system tells, its parent: npm's shell and npm. */
function callers() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
