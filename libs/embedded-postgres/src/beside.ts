import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Removes everything beside the data folder whose name goes on with `suffix`: what an earlier start left unfinished. */
export function dropBeside(dataFolder: string, suffix: string): void {
  const parent = dirname(dataFolder);
  const prefix = basename(dataFolder) + suffix;
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(prefix)) rmSync(join(parent, entry), { recursive: true, force: true });
  }
}
