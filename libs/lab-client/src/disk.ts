import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './errors.js';

/**
 * What lasting needs of a file system. The contents of a file outlive a power cut as soon as `append` or `write` has
 * resolved; its name, a new folder and a rename only once `syncFolder` has.
 */
export interface Disk {
  /** Empty where there is no such file. */
  read(path: string): Promise<string>;
  append(path: string, text: string): Promise<void>;
  /** In the place of what the file held. */
  write(path: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** With the folders above it; says which it had to make, the uppermost first. */
  makeFolder(path: string): Promise<readonly string[]>;
  syncFolder(path: string): Promise<void>;
}

export const fileDisk: Disk = {
  async read(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    }
  },
  append: (path, text) => put(path, 'a', text),
  write: (path, text) => put(path, 'w', text),
  rename,
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return [];
    const made = [resolve(path)];
    while (made[0] !== undefined && made[0] !== resolve(first)) made.unshift(dirname(made[0]));
    return made;
  },
  /** Systems that cannot sync a folder do not need it. */
  async syncFolder(path) {
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

async function put(path: string, flags: 'a' | 'w', text: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
