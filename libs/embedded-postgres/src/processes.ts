import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCode } from './errors.js';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** The command line of a process, or undefined where it has ended or cannot be seen. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return readOrUndefined(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trimEnd();
  }
  return process.platform === 'win32' ? undefined : psColumn(pid, 'command');
}

/**
 * What tells one process from a later one that was given the same number: a pid file that outlives its process,
 * or its machine's last start, must not be taken for a live one.
 */
export function processStamp(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const boot = readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim();
    // The second column is the program's name in brackets and may hold blanks; start time is column 22.
    const startTicks = readOrUndefined(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19];
    return startTicks === undefined ? undefined : `${boot ?? ''}/${startTicks}`;
  }
  return process.platform === 'win32' ? undefined : psColumn(pid, 'lstart');
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
