import { IonloopError } from '@ionloop/domain';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The code of a system error, such as ENOENT; errors of the system may come from another realm. */
export const codeOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** What could not be done because it was done already, or undone by another process. */
export async function unless<T>(codes: readonly string[], work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Whether there is no room; the three ways in which a system says so. */
export const isFull = (error: unknown): boolean => noRoom.has(codeOf(error) ?? '');

export const storageFull = (): IonloopError =>
  new IonloopError(
    'STORAGE_FULL',
    'there is no room for it where artifacts are kept, so it is not: go on when there is room',
  );

/** A name is only certain once its folder is on disk; systems that cannot sync a folder do not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder that is certain to be there after a power cut, as are those above it up to `root`. */
export async function makeFolder(root: string, folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) === undefined) return;
  for (let at = folder; at !== root && at !== dirname(at); at = dirname(at)) await syncFolder(dirname(at));
}

/** All of it: a single write may take less than it is given. */
export async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.byteLength;) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}
