import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makeFolder, unless } from './disk.js';

/** A stretch of an upload, in a file that one request alone has written. */
export interface Stretch {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The unfinished uploads: a folder for each artifact and owner, in it a file for each request. No two requests ever
 * write to one file, in this process or in another, so that none needs a lock and none can spoil what another has
 * written; a stretch that came twice is there twice until the upload is done.
 */
export class Unfinished {
  constructor(private readonly root: string) {}

  /** Of one artifact from one owner, whose name may hold anything. */
  folderOf(sha256: string, owner: string): string {
    return join(this.root, sha256, createHash('sha256').update(owner).digest('hex').slice(0, 32));
  }

  async create(folder: string, from: number): Promise<{ readonly path: string; readonly file: FileHandle }> {
    for (let tries = 1; ; tries += 1) {
      await makeFolder(this.root, folder);
      const path = join(folder, `${String(from).padStart(16, '0')}-${randomUUID()}`);
      try {
        return { path, file: await open(path, 'wx') };
      } catch (error) {
        // Another process may have cleared the folder away in between.
        if (!isMissing(error) || tries === 5) throw error;
      }
    }
  }

  /** The stretches that, one behind the other, reach farthest from the first byte on. */
  async chain(folder: string): Promise<readonly Stretch[]> {
    const stretches = await this.stretches(folder);
    const chain: Stretch[] = [];
    for (;;) {
      const end = chain.at(-1)?.to ?? 0;
      const next = stretches
        .filter(({ from, to }) => from <= end && to > end)
        .reduce<Stretch | null>((best, one) => (best === null || one.to > best.to ? one : best), null);
      if (!next) return chain;
      chain.push(next);
    }
  }

  async remove(folder: string, stretches: readonly Stretch[]): Promise<void> {
    for (const { path } of stretches) await rm(path, { force: true });
    await this.removeIfEmpty(folder);
  }

  async clear(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await this.removeIfEmpty(folder);
  }

  async removeIfEmpty(folder: string): Promise<void> {
    for (const one of [folder, join(folder, '..')]) {
      await unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], rmdir(one));
    }
  }

  /** Forgets those in which nothing was written after that moment of the file system's own clock. */
  async sweep(before: number): Promise<number> {
    let swept = 0;
    for (const sha256 of await names(this.root)) {
      const info = await unless(['ENOENT'], stat(join(this.root, sha256)));
      // Left by a process that died while it put stretches together.
      if (info?.isFile() === true && info.mtimeMs < before)
        await rm(join(this.root, sha256), { force: true });
      for (const owner of await names(join(this.root, sha256))) {
        const folder = join(this.root, sha256, owner);
        if ((await this.lastWritten(folder)) >= before) continue;
        await this.clear(folder);
        swept += 1;
      }
    }
    return swept;
  }

  private async lastWritten(folder: string): Promise<number> {
    const paths = [folder, ...(await names(folder)).map((name) => join(folder, name))];
    const found = await Promise.all(paths.map((path) => unless(['ENOENT'], stat(path))));
    return Math.max(...found.map((one) => one?.mtimeMs ?? 0));
  }

  private async stretches(folder: string): Promise<readonly Stretch[]> {
    const found = await Promise.all(
      (await names(folder)).map(async (name) => {
        const path = join(folder, name);
        const from = Number(name.slice(0, name.indexOf('-')));
        const info = await unless(['ENOENT'], stat(path));
        return info && { path, from, to: from + info.size };
      }),
    );
    return found.filter((one) => one !== null);
  }
}

const names = async (folder: string): Promise<readonly string[]> =>
  (await unless(['ENOENT', 'ENOTDIR'], readdir(folder))) ?? [];
