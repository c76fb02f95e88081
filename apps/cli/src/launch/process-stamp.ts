import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemCode } from '../failure.js';

/** A process as it can be found again, and told from a later one that was given the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, where the system tells. */
  readonly stamp: string | null;
}

export const markOf = (pid: number): ProcessMark => ({ pid, stamp: stampOf(pid) });

export function lives({ pid, stamp }: ProcessMark): boolean {
  if (!isAlive(pid)) return false;
  const now = stampOf(pid);
  return now === null || stamp === null || now === stamp;
}

/** Waits for processes to end by themselves; those that do not are killed. */
export async function outlast(marks: readonly ProcessMark[], patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (marks.some(lives) && performance.now() < deadline) await pause(25);
  for (const mark of marks.filter(lives)) process.kill(mark.pid, 'SIGKILL');
  while (marks.some(lives) && performance.now() < deadline + 1000) await pause(10);
}

export const isMark = (value: unknown): value is ProcessMark =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'stamp' in value &&
  (value.stamp === null || typeof value.stamp === 'string');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
  return statOf(pid)?.[0] !== 'Z';
}

/** On Linux: the machine's boot, and the process's start in ticks since then. */
function stampOf(pid: number): string | null {
  const start = statOf(pid)?.[19];
  return start === undefined ? null : `${readOr('/proc/sys/kernel/random/boot_id').trim()}/${start}`;
}

/** The columns after the program's name, which stands in brackets and may hold blanks; the first is the state. */
function statOf(pid: number): readonly string[] | undefined {
  const text = readOr(`/proc/${pid}/stat`);
  return text === '' ? undefined : text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
