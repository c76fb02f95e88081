import { IonloopError, notFound } from '@ionloop/domain';
import {
  type ArtifactFiles,
  checksumMismatch,
  type Piece,
  type Received,
  WrongOffset,
} from '@ionloop/engine';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFull, isMissing, makeFolder, storageFull, syncFolder, unless, writeAll } from './disk.js';
import { type Stretch, Unfinished } from './unfinished.js';

/**
 * Artifacts in a folder, which several processes may share: each under its hash, two folders deep. A file gets that
 * name by a rename within the file system, after its bytes were synced and hashed, and is never written to again.
 */
export class ArtifactFolder implements ArtifactFiles {
  private readonly whole: string;
  private readonly incoming: string;
  private readonly unfinished: Unfinished;

  private constructor(root: string) {
    this.whole = join(root, 'sha256');
    this.incoming = join(root, 'incoming');
    this.unfinished = new Unfinished(this.incoming);
  }

  /** Makes the folder where it is missing; refuses one that cannot be written to. */
  static async open(root: string): Promise<ArtifactFolder> {
    const folder = new ArtifactFolder(root);
    await mkdir(folder.whole, { recursive: true });
    await mkdir(folder.incoming, { recursive: true });
    await folder.clock();
    return folder;
  }

  async size(sha256: string): Promise<number | null> {
    return (await unless(['ENOENT'], stat(this.pathOf(sha256))))?.size ?? null;
  }

  async arrived(sha256: string, owner: string): Promise<number> {
    const chain = await this.unfinished.chain(this.unfinished.folderOf(sha256, owner));
    return chain.at(-1)?.to ?? 0;
  }

  async receive(piece: Piece, content: AsyncIterable<Uint8Array>): Promise<Received> {
    const folder = this.unfinished.folderOf(piece.sha256, piece.owner);
    try {
      const stretch = await this.write(folder, piece.offset, content);
      const total = piece.total ?? stretch.to;
      if (stretch.to < total) return { whole: false, arrived: await this.arrived(piece.sha256, piece.owner) };
      await this.complete(piece.sha256, folder, stretch, total);
      return { whole: true, bytes: total };
    } catch (error) {
      await this.unfinished.removeIfEmpty(folder);
      throw isFull(error) ? storageFull() : error;
    }
  }

  async read(
    sha256: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    try {
      const file = await open(this.pathOf(sha256), 'r');
      const part = range ? { start: range.from, end: range.to } : {};
      return file.createReadStream(part) as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw isMissing(error) ? notFound('artifact', sha256) : error;
    }
  }

  async sweep(olderThanSeconds: number): Promise<number> {
    return this.unfinished.sweep((await this.clock()) - olderThanSeconds * 1000);
  }

  /** What came is kept where it breaks off, unless it is refused or there is no room for it. */
  private async write(
    folder: string,
    from: number,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Stretch & { readonly hash: string }> {
    const { path, file } = await this.unfinished.create(folder, from);
    const hash = createHash('sha256');
    let to = from;
    try {
      for await (const chunk of content) {
        await writeAll(file, chunk);
        hash.update(chunk);
        to += chunk.byteLength;
      }
      await file.sync();
      await file.close();
      if (to === from && from > 0) await rm(path, { force: true });
    } catch (error) {
      await file.close().catch(() => undefined);
      if (to === from || error instanceof IonloopError || isFull(error)) await rm(path, { force: true });
      throw error;
    }
    return { path, from, to, hash: hash.digest('hex') };
  }

  private async complete(
    sha256: string,
    folder: string,
    last: Stretch & { readonly hash: string },
    total: number,
  ): Promise<void> {
    if (last.from === 0) {
      if (last.hash !== sha256) {
        await this.unfinished.remove(folder, [last]);
        throw checksumMismatch(sha256, last.hash);
      }
      await this.publish(sha256, last.path);
    } else {
      await this.join(sha256, folder, total);
    }
    await this.unfinished.clear(folder);
  }

  /** Copies the stretches behind each other: what another request may still write to is never given the last name. */
  private async join(sha256: string, folder: string, total: number): Promise<void> {
    const chain = await this.unfinished.chain(folder);
    const arrived = chain.at(-1)?.to ?? 0;
    if (arrived !== total) {
      throw new WrongOffset(`what came before was found wrong meanwhile: go on from ${arrived}`, arrived);
    }
    const path = join(this.incoming, `joined-${randomUUID()}`);
    const hash = createHash('sha256');
    try {
      const file = await open(path, 'wx');
      try {
        let end = 0;
        for (const { path: from, from: start, to } of chain) {
          for await (const bytes of createReadStream(from, { start: end - start, end: to - start - 1 })) {
            await writeAll(file, bytes as Uint8Array);
            hash.update(bytes as Uint8Array);
          }
          end = to;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      const found = hash.digest('hex');
      if (found !== sha256) {
        await this.unfinished.remove(folder, chain);
        throw checksumMismatch(sha256, found);
      }
      await this.publish(sha256, path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Whoever comes second puts the same bytes in the same place. */
  private async publish(sha256: string, from: string): Promise<void> {
    const to = this.pathOf(sha256);
    await makeFolder(this.whole, dirname(to));
    try {
      await rename(from, to);
    } catch (error) {
      // The upload was finished by another request, which has cleared this one's file away.
      if (!isMissing(error) || (await this.size(sha256)) === null) throw error;
    }
    await syncFolder(dirname(to));
  }

  private pathOf(sha256: string): string {
    return join(this.whole, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** Of the file system: it may be on another machine, whose clock is what files are dated by. */
  private async clock(): Promise<number> {
    const path = join(this.incoming, `clock-${randomUUID()}`);
    try {
      const file = await open(path, 'wx');
      try {
        return (await file.stat()).mtimeMs;
      } finally {
        await file.close();
      }
    } finally {
      await rm(path, { force: true });
    }
  }
}
