import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCode } from './errors.js';

/** A process as it can be found again, and told from a later one that was given the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, where the system tells. */
  readonly stamp: string | null;
}

export const markOf = (pid: number): ProcessMark => ({ pid, stamp: stampOf(pid) });

export const isMark = (value: unknown): value is ProcessMark =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'stamp' in value &&
  (value.stamp === null || typeof value.stamp === 'string');

export function lives({ pid, stamp }: ProcessMark): boolean {
  if (!isAlive(pid)) return false;
  const now = stampOf(pid);
  return now === null || stamp === null || now === stamp;
}

/** Whether a process has this number: also one that has ended and waits for its parent to notice. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

export const isAlive = (pid: number): boolean => isThere(pid) && statOf(pid)?.[0] !== 'Z';

/** The command line of a process, or undefined where it has ended or cannot be seen. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return readOrUndefined(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trimEnd();
  }
  return process.platform === 'win32' ? undefined : psColumn(pid, 'command');
}

/** On Linux: the machine's boot, and the process's start in ticks since then. */
function stampOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const start = statOf(pid)?.[19];
    const boot = readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
    return start === undefined ? null : `${boot}/${start}`;
  }
  return process.platform === 'win32' ? null : (psColumn(pid, 'lstart') ?? null);
}

/** Linux: the columns after the program's name, which stands in brackets and may hold blanks; the first is the state. */
function statOf(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readOrUndefined(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function psColumn(pid: number, column: string): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-ww', '-o', `${column}=`], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
