import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { FolderInUseError, FolderUnusableError, systemCode } from './errors.js';
import { isAlive, processStamp } from './processes.js';

interface Owner {
  readonly pid: number;
  readonly stamp?: string;
}

/**
 * Claims the data folder for this process, by a file beside it that names its owner. A claim whose process has
 * ended counts for nothing. Returns what gives the folder back.
 */
export function claimFolder(dataFolder: string): () => void {
  const file = `${dataFolder}.owner`;
  const mine = ownRecord();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, mine, { mode: 0o600 });
  } catch (error) {
    throw new FolderUnusableError(
      dataFolder,
      `its parent cannot be written (${systemCode(error) ?? 'unknown'})`,
      {
        cause: error,
      },
    );
  }
  try {
    // A hard link appears with its content, or not at all: no one ever reads half a claim.
    while (!linked(draft, file)) {
      const found = readOwner(file);
      if (found !== undefined && owns(found)) throw new FolderInUseError(dataFolder, found.pid);
      discardStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readText(file) === mine) rmSync(file, { force: true });
  };
}

function ownRecord(): string {
  const stamp = processStamp(process.pid);
  const owner: Owner = { pid: process.pid, ...(stamp === undefined ? {} : { stamp }) };
  return JSON.stringify(owner);
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

/** Two starters may find the same stale claim: what was moved aside is looked at again before it is dropped. */
function discardStale(file: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readOwner(aside);
  if (moved !== undefined && owns(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function owns(owner: Owner): boolean {
  if (!isAlive(owner.pid)) return false;
  const stamp = processStamp(owner.pid);
  return stamp === undefined || owner.stamp === undefined || stamp === owner.stamp;
}

function readOwner(file: string): Owner | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value)) return undefined;
    if (typeof value.pid !== 'number') return undefined;
    return 'stamp' in value && typeof value.stamp === 'string'
      ? { pid: value.pid, stamp: value.stamp }
      : { pid: value.pid };
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
