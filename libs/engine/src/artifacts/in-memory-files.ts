import { IonloopError, notFound } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ArtifactFiles, checksumMismatch, type Piece, type Received } from './ports.js';

interface Unfinished {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Artifacts in memory: for tests, and as the plainest statement of what a store of them must do. */
export class InMemoryArtifactFiles implements ArtifactFiles {
  private readonly whole = new Map<string, Uint8Array>();
  private readonly unfinished = new Map<string, Unfinished>();

  constructor(private readonly clock: () => Date) {}

  size(sha256: string): Promise<number | null> {
    return Promise.resolve(this.whole.get(sha256)?.byteLength ?? null);
  }

  arrived(sha256: string, owner: string): Promise<number> {
    return Promise.resolve(this.unfinished.get(`${sha256}/${owner}`)?.bytes.byteLength ?? 0);
  }

  async receive(piece: Piece, content: AsyncIterable<Uint8Array>): Promise<Received> {
    const { sha256, owner, offset, total } = piece;
    const key = `${sha256}/${owner}`;
    const parts = [(this.unfinished.get(key)?.bytes ?? new Uint8Array()).subarray(0, offset)];
    const keep = (): Uint8Array => {
      const bytes = Buffer.concat(parts);
      const longest = Math.max(bytes.byteLength, this.unfinished.get(key)?.bytes.byteLength ?? 0);
      if (bytes.byteLength === longest) this.unfinished.set(key, { bytes, at: this.clock().getTime() });
      return bytes;
    };
    try {
      for await (const chunk of content) parts.push(Uint8Array.from(chunk));
    } catch (error) {
      if (!(error instanceof IonloopError)) keep();
      throw error;
    }
    const bytes = keep();
    if (bytes.byteLength < (total ?? bytes.byteLength)) return { whole: false, arrived: bytes.byteLength };
    this.unfinished.delete(key);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) throw checksumMismatch(sha256, found);
    this.whole.set(sha256, bytes);
    return { whole: true, bytes: bytes.byteLength };
  }

  read(
    sha256: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.whole.get(sha256);
    if (!bytes) return Promise.reject(notFound('artifact', sha256));
    return Promise.resolve(Readable.from([range ? bytes.subarray(range.from, range.to + 1) : bytes]));
  }

  sweep(olderThanSeconds: number): Promise<number> {
    const before = this.clock().getTime() - olderThanSeconds * 1000;
    const old = [...this.unfinished].filter(([, { at }]) => at < before);
    for (const [key] of old) this.unfinished.delete(key);
    return Promise.resolve(old.length);
  }
}
