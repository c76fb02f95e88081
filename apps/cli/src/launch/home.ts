import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile } from '@ionloop/embedded-postgres';
import { Failure, messageOf, systemCode } from '../failure.js';

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
  const claim = claimFile(join(home, 'ionloop.lock'));
  if ('giveBack' in claim) return claim.giveBack;
  throw new Failure(
    `Ionloop is running on ${home} already (process ${claim.heldBy.pid}); stop that one first, or set IONLOOP_HOME to another folder`,
  );
}
