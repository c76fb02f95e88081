import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMark, lives, markOf, type ProcessMark } from '@ionloop/embedded-postgres';

/** What other commands need to know of a running Ionloop. It holds the database's password: for the owner's eyes only. */
export interface RunFile {
  readonly pid: number;
  readonly stamp: string | null;
  readonly url: string | null;
  readonly databaseUrl: string;
  readonly children: readonly ProcessMark[];
}

const fileIn = (home: string): string => join(home, 'run.json');

export function writeRunFile(home: string, run: Omit<RunFile, 'pid' | 'stamp'>): void {
  const file = fileIn(home);
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify({ ...markOf(process.pid), ...run }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export const removeRunFile = (home: string): void => rmSync(fileIn(home), { force: true });

export function readRunFile(home: string): RunFile | null {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(home), 'utf8'));
    return isRunFile(value) ? value : null;
  } catch {
    return null;
  }
}

/** The Ionloop that runs on this folder now. */
export function runningOn(home: string): RunFile | null {
  const run = readRunFile(home);
  return run !== null && lives(run) ? run : null;
}

const isRunFile = (value: unknown): value is RunFile =>
  isMark(value) &&
  'databaseUrl' in value &&
  typeof value.databaseUrl === 'string' &&
  'url' in value &&
  (value.url === null || typeof value.url === 'string') &&
  'children' in value &&
  Array.isArray(value.children) &&
  value.children.every(isMark);
