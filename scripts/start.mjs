import { ensureReady } from './setup.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './steps.mjs';

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
