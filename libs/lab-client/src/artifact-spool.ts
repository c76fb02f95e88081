import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disk } from './disk.js';
import { messageOf } from './errors.js';
import type { Upload } from './upload.js';
import type { ArtifactFile, NamedArtifact } from './wire.js';

/** What is kept of a file, wherever it came from. */
type Source = Pick<Upload, 'bytes' | 'read'>;

/**
 * Files of results on their way, each under its hash in a folder of the spool: there before the result that names them is
 * kept, gone after the last that does has been acknowledged.
 */
export class ArtifactSpool {
  /** Files that the disk would not take: from where they came, for as long as this life lasts. */
  readonly #elsewhere = new Map<string, Source>();

  private constructor(
    private readonly folder: string,
    private readonly disk: Disk,
    private readonly log: (line: string) => void,
  ) {}

  /** Files that no result names are left from before a result was kept, or from after it was acknowledged. */
  static async open(
    folder: string,
    disk: Disk,
    named: readonly NamedArtifact[],
    log: (line: string) => void,
  ): Promise<ArtifactSpool> {
    const spool = new ArtifactSpool(folder, disk, log);
    const wanted = new Set(named.map(({ sha256 }) => sha256));
    for (const name of await disk.names(folder)) {
      if (!wanted.has(name)) await disk.remove(join(folder, name));
    }
    return spool;
  }

  /** Copies them all before any is named, so that a result never names what a power cut can take. */
  async keep(files: readonly ArtifactFile[]): Promise<readonly NamedArtifact[]> {
    const named: NamedArtifact[] = [];
    for (const file of files) {
      const sha256 = await this.#keep(file);
      const { name, mediaType, kind, measurement } = file;
      named.push({
        sha256,
        name,
        ...(mediaType === undefined ? {} : { mediaType }),
        ...(kind === undefined ? {} : { kind }),
        ...(measurement === undefined ? {} : { measurement }),
      });
    }
    if (named.length > 0) await this.disk.syncFolder(this.folder).catch(() => undefined);
    return named;
  }

  /** Null where it is lost, which only another program or a broken disk can bring about. */
  async uploadOf({ sha256, mediaType }: NamedArtifact): Promise<Upload | null> {
    const basics = { sha256, mediaType: mediaType ?? 'application/octet-stream' };
    const path = join(this.folder, sha256);
    const bytes = await this.disk.size(path);
    if (bytes !== null) {
      return { ...basics, bytes, read: (from, length) => this.disk.readBytes(path, from, length) };
    }
    const elsewhere = this.#elsewhere.get(sha256);
    return elsewhere ? { ...basics, ...elsewhere } : null;
  }

  /** Takes those off the disk that no other result names. */
  async forget(done: readonly NamedArtifact[], others: readonly NamedArtifact[]): Promise<void> {
    const wanted = new Set(others.map(({ sha256 }) => sha256));
    for (const { sha256 } of done) {
      if (wanted.has(sha256)) continue;
      this.#elsewhere.delete(sha256);
      await this.disk.remove(join(this.folder, sha256));
    }
  }

  /** What the server will not have is kept for a person to look at. */
  async setAside({ sha256 }: NamedArtifact, folder: string): Promise<void> {
    const path = join(this.folder, sha256);
    if ((await this.disk.size(path)) === null) return;
    await folderFor(this.disk, folder);
    await this.disk.store(join(folder, sha256), piecesOf(this.disk, path));
    await this.disk.syncFolder(folder);
  }

  async #keep(file: ArtifactFile): Promise<string> {
    const hash = createHash('sha256');
    const draft = join(this.folder, `draft-${randomUUID()}`);
    try {
      await folderFor(this.disk, this.folder);
      await this.disk.store(draft, hashed(contentOf(file), hash));
      const sha256 = hash.digest('hex');
      await this.disk.rename(draft, join(this.folder, sha256));
      return sha256;
    } catch (error) {
      await this.disk.remove(draft).catch(() => undefined);
      this.log(`${file.name} cannot be kept on disk: ${messageOf(error)}`);
      return await this.#leave(file);
    }
  }

  /** Where it is, for this life: the result is worth more than that its files are certain. */
  async #leave(file: ArtifactFile): Promise<string> {
    const hash = createHash('sha256');
    const chunks: Uint8Array[] = [];
    for await (const chunk of hashed(contentOf(file), hash)) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    const sha256 = hash.digest('hex');
    const read = (from: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(content.subarray(from, from + length));
    this.#elsewhere.set(sha256, { bytes: content.byteLength, read });
    return sha256;
  }
}

async function folderFor(disk: Disk, path: string): Promise<void> {
  for (const made of await disk.makeFolder(path)) await disk.syncFolder(dirname(made));
}

/** A file is opened when its first bytes are asked for: opened before, what is wrong with it would be nobody's error, and end the station. */
async function* contentOf(file: ArtifactFile): AsyncGenerator<Uint8Array> {
  if ('path' in file) {
    yield* createReadStream(file.path) as AsyncIterable<Uint8Array>;
    return;
  }
  const { content } = file;
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* piecesOf(disk: Disk, path: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const piece = await disk.readBytes(path, at, 1024 * 1024);
    if (piece.byteLength === 0) return;
    yield piece;
    at += piece.byteLength;
  }
}
