import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** Nothing that we install or build reports about its user. */
export const quietEnvironment = {
  ...process.env,
  DO_NOT_TRACK: '1',
  SCARF_ANALYTICS: 'false',
  DISABLE_OPENCOLLECTIVE: '1',
  ADBLOCK: '1',
};

/** A program of an installed package, to be run by this very Node. */
export const program = (path) => [process.execPath, join(root, 'node_modules', path)];

/** npm as the one that runs us, where one does. */
export function npm() {
  const running = process.env.npm_execpath;
  if (running !== undefined && /\.c?js$/.test(running)) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** Runs one step; a line tells its name and time, and its output is shown only if it failed. */
export async function step(name, [command, ...args], { shown = false } = {}) {
  const began = performance.now();
  const { code, output } = await run(command, args, shown);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (code === 0) {
    console.log(`${name} (${seconds} s)`);
    return true;
  }
  if (output !== '') console.error(output.trimEnd());
  console.error(`${name}: failed after ${seconds} s`);
  return false;
}

function run(command, args, shown) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: quietEnvironment,
      stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: 1, output: `${output}${command}: ${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
