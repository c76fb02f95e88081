import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A temporary folder that any user can walk through. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-postgres-'));
  chmodSync(folder, 0o755);
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
