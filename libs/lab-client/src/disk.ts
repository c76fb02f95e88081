import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './errors.js';

/**
 * What lasting needs of a file system. The contents of a file outlive a power cut as soon as `append`, `write` or
 * `store` has resolved; its name, a new folder and a rename only once `syncFolder` has.
 */
export interface Disk {
  /** Empty where there is no such file. */
  read(path: string): Promise<string>;
  append(path: string, text: string): Promise<void>;
  /** In the place of what the file held. */
  write(path: string, text: string): Promise<void>;
  /** Bytes as they come, in the place of what the file held. Where they break off, a part of them may be left. */
  store(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Null where there is no such file. */
  size(path: string): Promise<number | null>;
  /** So many bytes from a place on, fewer where the file ends. */
  readBytes(path: string, from: number, length: number): Promise<Uint8Array>;
  /** Nothing where there is no such file. */
  remove(path: string): Promise<void>;
  /** Of the files in a folder; none where there is no such folder. */
  names(folder: string): Promise<readonly string[]>;
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
  async store(path, content) {
    const file = await open(path, 'w');
    try {
      for await (const chunk of content) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  size: (path) => orNull(stat(path).then(({ size }) => size)),
  async readBytes(path, from, length) {
    const file = await open(path, 'r');
    try {
      const bytes = new Uint8Array(length);
      let read = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, read, length - read, from + read);
        read += bytesRead;
        if (bytesRead === 0 || read === length) return bytes.subarray(0, read);
      }
    } finally {
      await file.close();
    }
  },
  remove: (path) => rm(path, { force: true }),
  names: async (folder) => (await orNull(readdir(folder))) ?? [],
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

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function put(path: string, flags: 'a' | 'w', text: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
