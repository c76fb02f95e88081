import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './steps.mjs';

/** Ionloop as `ionloop start` has it, in a folder of its own, and the link that it prints. */
export async function startIonloop(home, settings) {
  const ionloop = spawn(process.execPath, [join(root, 'apps/cli/dist/main.js'), 'start'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      IONLOOP_HOME: home,
      IONLOOP_PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = await new Promise((found, lost) => {
    let output = '';
    ionloop.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /https?:\/\/\S+\/#token=\S+/.exec(output);
      if (match) found(match[0]);
    });
    ionloop.once('exit', () => lost(new Error(`ionloop did not start:\n${output}`)));
  });
  return { ionloop, link };
}
