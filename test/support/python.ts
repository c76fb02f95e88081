import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeWith } from './shared.js';

const checkout = resolve(__dirname, '../..');
export const pythonClient = join(checkout, 'clients/python');

const installed = join(checkout, '.stamps/python');
const inside = (folder: string): string => join(folder, 'bin/python3');

const hasHttpx = (interpreter: string): boolean =>
  spawnSync(interpreter, ['-c', 'import sys, httpx; assert sys.version_info >= (3, 10)']).status === 0;

/** What is at hand: the one that is named, the system's own, or one that an earlier run has made. */
function found(): string | undefined {
  const named = process.env['IONLOOP_TEST_PYTHON'];
  return [...(named === undefined ? [] : [named]), 'python3', '/usr/bin/python3', inside(installed)].find(
    hasHttpx,
  );
}

/** An environment with httpx from PyPI, made once for this checkout; its name is given when it is finished. */
function made(): string | undefined {
  const draft = `${installed}-${process.pid}`;
  mkdirSync(resolve(draft, '..'), { recursive: true });
  const steps: readonly (readonly string[])[] = [
    ['python3', '-m', 'venv', draft],
    [inside(draft), '-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '10', 'httpx>=0.23,<1'],
  ];
  const ready = steps.every(
    ([command = '', ...args]) => spawnSync(command, args, { timeout: 90_000 }).status === 0,
  );
  if (ready && !existsSync(installed)) renameSync(draft, installed);
  else rmSync(draft, { recursive: true, force: true });
  return hasHttpx(inside(installed)) ? inside(installed) : undefined;
}

const interpreter = process.platform === 'win32' ? undefined : (found() ?? made());

/** A Python of at least 3.10 that has httpx; only inside `describePython`. */
export function python(): string {
  if (interpreter === undefined) throw new Error('there is no Python with httpx here');
  return interpreter;
}

export const pythonEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  PYTHONPATH: join(pythonClient, 'src'),
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  ...more,
});

export const describePython = describeWith(
  'Python with httpx',
  interpreter !== undefined,
  'no Python of at least 3.10 with httpx is here, and PyPI cannot be reached to make one (set IONLOOP_TEST_PYTHON)',
);
