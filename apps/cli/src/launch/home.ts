import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, messageOf, systemCode } from '../failure.js';
import { isMark, lives, markOf, type ProcessMark } from './process-stamp.js';

/** Makes the folder; refuses, by its name, one that cannot be written. */
export function prepareHome(home: string): void {
  const probe = join(home, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(home, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Failure(
      `the folder ${home} cannot be written (${reasonOf(error)}); set IONLOOP_HOME to one that can`,
    );
  }
}

function reasonOf(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file is in its place or above it';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return messageOf(error);
  }
}

/** Takes the folder for this process; a holder that has died counts for nothing. Returns what gives it back. */
export function claimHome(home: string): () => void {
  const file = join(home, 'ionloop.lock');
  const mine = JSON.stringify(markOf(process.pid));
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // A hard link appears with its content or not at all: nobody reads half a lock.
    while (!linked(draft, file)) {
      const holder = holderOf(file);
      if (holder !== null && lives(holder)) {
        throw new Failure(
          `Ionloop is running on ${home} already (process ${holder.pid}); stop that one first, or set IONLOOP_HOME to another folder`,
        );
      }
      discardStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (textOf(file) === mine) rmSync(file, { force: true });
  };
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Two starters may find the same stale lock: what one moved aside is looked at again before it is dropped. */
function discardStale(file: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = holderOf(aside);
  if (moved !== null && lives(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function holderOf(file: string): ProcessMark | null {
  try {
    const value: unknown = JSON.parse(textOf(file) ?? 'null');
    return isMark(value) ? value : null;
  } catch {
    return null;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
