import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IonloopError } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import type { ArtifactFiles, Piece, Received } from '../artifacts/ports.js';
import { refusal } from './refusal.js';

export interface OpenedFiles {
  readonly files: ArtifactFiles;
  close(): Promise<void>;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that differ from place to place, the same for the same seed. */
export const someBytes = (length: number, seed = 1): Buffer => {
  let state = seed >>> 0;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
};

/** What every store of artifacts must do. */
export function artifactFilesContract(name: string, open: () => Promise<OpenedFiles>): void {
  describe(`artifacts kept by ${name}`, () => {
    let opened: OpenedFiles;
    let files: ArtifactFiles;
    beforeEach(async () => {
      opened = await open();
      files = opened.files;
    });
    afterEach(() => opened.close());

    const bytes = someBytes(10_000);
    const sha256 = sha256Of(bytes);
    const piece = (offset: number, change: Partial<Piece> = {}): Piece => ({
      sha256,
      owner: 'robot',
      offset,
      total: bytes.byteLength,
      ...change,
    });
    const send = (from: number, to: number, change: Partial<Piece> = {}, of = bytes): Promise<Received> =>
      files.receive(piece(from, change), chunks(of.subarray(from, to)));
    const content = async (range?: { from: number; to: number }): Promise<Buffer> => {
      const read: Uint8Array[] = [];
      for await (const chunk of await files.read(sha256, range)) read.push(chunk);
      return Buffer.concat(read);
    };

    it('are there once all of it has come, and are read back whole or in part', async () => {
      expect(await files.size(sha256)).toBeNull();
      expect(await send(0, 10_000)).toEqual({ whole: true, bytes: 10_000 });
      expect(await files.size(sha256)).toBe(10_000);
      expect((await content()).equals(bytes)).toBe(true);
      expect((await content({ from: 10, to: 19 })).equals(bytes.subarray(10, 20))).toBe(true);
      expect((await content({ from: 9_999, to: 9_999 })).equals(bytes.subarray(9_999))).toBe(true);
      expect(await files.arrived(sha256, 'robot')).toBe(0);
    });

    it('may be empty', async () => {
      const empty = sha256Of(new Uint8Array());
      expect(await send(0, 0, { sha256: empty, total: null })).toEqual({ whole: true, bytes: 0 });
      expect(await files.size(empty)).toBe(0);
    });

    it('come in stretches, and are not there before the last', async () => {
      expect(await send(0, 4_000)).toEqual({ whole: false, arrived: 4_000 });
      expect(await send(4_000, 4_001)).toEqual({ whole: false, arrived: 4_001 });
      expect(await files.arrived(sha256, 'robot')).toBe(4_001);
      expect(await files.size(sha256)).toBeNull();
      await expect(files.read(sha256)).rejects.toEqual(refusal('NOT_FOUND'));
      expect(await send(4_001, 10_000)).toEqual({ whole: true, bytes: 10_000 });
      expect((await content()).equals(bytes)).toBe(true);
    });

    it('keep what came before the line was cut, and go on from there', async () => {
      const torn = files.receive(piece(0), brokenAfter(bytes.subarray(0, 3_000), new Error('cut')));
      await expect(torn).rejects.toThrow('cut');
      expect(await files.arrived(sha256, 'robot')).toBe(3_000);
      expect(await files.size(sha256)).toBeNull();
      expect(await send(3_000, 10_000)).toEqual({ whole: true, bytes: 10_000 });
      expect((await content()).equals(bytes)).toBe(true);
    });

    it('keep nothing of what is refused on the way', async () => {
      const refused = files.receive(
        piece(0, { total: null }),
        brokenAfter(bytes.subarray(0, 3_000), new IonloopError('TOO_LARGE', 'too much')),
      );
      await expect(refused).rejects.toEqual(refusal('TOO_LARGE'));
      expect(await files.arrived(sha256, 'robot')).toBe(0);
    });

    it('with another hash are refused, and nothing of them is left', async () => {
      const wrong = someBytes(10_000, 2);
      await expect(send(0, 10_000, {}, wrong)).rejects.toEqual(refusal('CHECKSUM_MISMATCH'));
      expect(await files.size(sha256)).toBeNull();
      expect(await files.arrived(sha256, 'robot')).toBe(0);

      await send(0, 5_000, {}, wrong);
      await expect(send(5_000, 10_000)).rejects.toEqual(refusal('CHECKSUM_MISMATCH'));
      expect(await files.size(sha256)).toBeNull();
      expect(await files.arrived(sha256, 'robot')).toBe(0);
      expect(await send(0, 10_000)).toEqual({ whole: true, bytes: 10_000 });
    });

    it('are checked once all has arrived, if that was not done by the last stretch', async () => {
      const torn = files.receive(piece(0), brokenAfter(bytes, new Error('cut at the very end')));
      await expect(torn).rejects.toThrow('cut at the very end');
      expect(await files.arrived(sha256, 'robot')).toBe(10_000);
      expect(await send(10_000, 10_000)).toEqual({ whole: true, bytes: 10_000 });
      expect((await content()).equals(bytes)).toBe(true);
    });

    it('of two owners at a time do not get in each other’s way', async () => {
      const nonsense = someBytes(10_000, 3);
      await send(0, 4_000, { owner: 'liar' }, nonsense);
      await send(0, 6_000);
      expect(await files.arrived(sha256, 'liar')).toBe(4_000);
      expect(await files.arrived(sha256, 'robot')).toBe(6_000);
      await expect(send(4_000, 10_000, { owner: 'liar' }, nonsense)).rejects.toEqual(
        refusal('CHECKSUM_MISMATCH'),
      );
      expect(await send(6_000, 10_000)).toEqual({ whole: true, bytes: 10_000 });
      expect((await content()).equals(bytes)).toBe(true);
    });

    it('uploaded ten times at once are there once, and whole', async () => {
      const owners = Array.from({ length: 10 }, (_, i) => `robot-${i % 5}`);
      const all = await Promise.all(owners.map((owner) => send(0, 10_000, { owner })));
      expect(all).toEqual(owners.map(() => ({ whole: true, bytes: 10_000 })));
      expect((await content()).equals(bytes)).toBe(true);
    });

    it('that were never finished are forgotten after a while, and only those', async () => {
      await send(0, 10_000);
      const other = someBytes(100, 9);
      const unfinished = { sha256: sha256Of(other), total: 100 };
      await send(0, 50, unfinished, other);
      expect(await files.sweep(3600)).toBe(0);
      expect(await files.arrived(unfinished.sha256, 'robot')).toBe(50);
      expect(await files.sweep(-3600)).toBe(1);
      expect(await files.arrived(unfinished.sha256, 'robot')).toBe(0);
      expect((await content()).equals(bytes)).toBe(true);
    });
  });
}

async function* chunks(bytes: Uint8Array, size = 700): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function* brokenAfter(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield* chunks(bytes);
  throw error;
}
