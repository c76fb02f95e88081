import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { systemCode } from './errors.js';
import { isMark, lives, markOf, type ProcessMark } from './processes.js';

export type Claim = { readonly giveBack: () => void } | { readonly heldBy: ProcessMark };

/** Makes this process the owner of a file that names it, unless another one is. A claim whose process has ended counts for nothing. */
export function claimFile(file: string): Claim {
  const mine = JSON.stringify(markOf(process.pid));
  const draft = beside(file);
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // A hard link appears with its content, or not at all: no one ever reads half a claim.
    while (!linked(draft, file)) {
      const holder = holderOf(file);
      if (holder !== null && lives(holder)) return { heldBy: holder };
      discardStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    giveBack: () => {
      if (textOf(file) === mine) rmSync(file, { force: true });
    },
  };
}

const beside = (file: string): string => `${file}.${randomBytes(6).toString('hex')}`;

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
  const aside = beside(file);
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
