import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '@ionloop/domain';
import {
  type Engine,
  InMemoryArtifactFiles,
  InMemoryStore,
  quietEngine,
  uploadArtifact,
  type UploadRequest,
  WrongOffset,
} from '../src/index.js';
import { refusal, sha256Of, someBytes } from '../src/testing/index.js';

const bytes = someBytes(1000);
const sha256 = sha256Of(bytes);
const maxBytes = 2000;
const uploader = { station: 'robot', tokenId: 'token' };

let engine: Engine;
let files: InMemoryArtifactFiles;
let asked: number;
beforeEach(() => {
  engine = quietEngine(new InMemoryStore(() => new Date()));
  files = new InMemoryArtifactFiles(() => new Date());
  asked = 0;
});

const whole: UploadRequest = { sha256, mediaType: 'text/plain', range: null, length: null };
const stretch = (from: number, to: number, total = bytes.length): UploadRequest => ({
  ...whole,
  range: { from, to: to - 1, total },
  length: to - from,
});
const upload = (request: UploadRequest, content = bytes) =>
  uploadArtifact(engine, { files, maxBytes }, uploader, request, async function* () {
    asked += 1;
    for (let at = 0; at < content.length; at += 64)
      yield await Promise.resolve(content.subarray(at, at + 64));
  });
const known = () => engine.store.artifacts.find([sha256]);

describe('an artifact', () => {
  it('comes whole, and is not read again where it is there', async () => {
    expect(await upload({ ...whole, length: 1000 })).toEqual({ whole: true, bytes: 1000, created: true });
    expect(await known()).toMatchObject([{ sha256, bytes: 1000, mediaType: 'text/plain', ...uploader }]);
    expect(await upload(whole)).toEqual({ whole: true, bytes: 1000, created: false });
    expect(asked).toBe(1);
  });

  it('comes in stretches, each from where the last one ended', async () => {
    expect(await upload(stretch(0, 400), bytes.subarray(0, 400))).toEqual({
      ...{ whole: false, arrived: 400, created: false },
    });
    expect(await known()).toEqual([]);
    const gap = upload(stretch(500, 1000), bytes.subarray(500));
    await expect(gap).rejects.toMatchObject({
      wanted: 400,
      message: expect.stringMatching(/go on from there/),
    });
    await expect(gap).rejects.toBeInstanceOf(WrongOffset);
    expect(await upload(stretch(400, 1000), bytes.subarray(400))).toMatchObject({
      whole: true,
      created: true,
    });
  });

  it('is checked where all of it has come and nothing more does', async () => {
    const end: UploadRequest = { ...whole, range: { from: null, to: 999, total: 1000 } };
    await expect(upload(end, Buffer.of())).rejects.toMatchObject({
      wanted: 0,
      message: expect.stringMatching(/^all 1000 bytes are said to have arrived/),
    });
    await upload(stretch(0, 1000, 1500), bytes);
    expect(await upload(end, Buffer.of())).toEqual({ whole: true, bytes: 1000, created: true });
  });

  it('is known again where its file is, though nobody could say so', async () => {
    await files.receive({ sha256, owner: 'robot', offset: 0, total: null }, whatComes(bytes));
    expect(await known()).toEqual([]);
    expect(await upload(whole)).toEqual({ whole: true, bytes: 1000, created: false });
    expect(await known()).toHaveLength(1);
    expect(asked).toBe(0);
  });

  it.each<[string, UploadRequest, Buffer, ErrorCode, RegExp, number]>([
    ['under no hash', { ...whole, sha256: 'AB' }, bytes, 'INVALID_INPUT', /64 lower-case/, 0],
    ['that is said to be too long', { ...whole, length: 2001 }, bytes, 'TOO_LARGE', /2001 bytes.*2000/, 0],
    ['that says nothing and is too long', whole, someBytes(2001), 'TOO_LARGE', /at most 2000/, 1],
    ['whose last byte is beyond its end', stretch(0, 1001), bytes, 'INVALID_INPUT', /is 999, not 1000/, 0],
    [
      'with another length than range',
      { ...stretch(0, 9), length: 8 },
      bytes,
      'INVALID_INPUT',
      /9 bytes.* 8/,
      0,
    ],
    ['with more than was announced', stretch(0, 100), bytes, 'INVALID_INPUT', /more came than the 100/, 1],
    ['with less', stretch(0, 900), bytes.subarray(0, 50), 'INVALID_INPUT', /only 50 of the 900/, 1],
    ['of other bytes', whole, someBytes(1000, 2), 'CHECKSUM_MISMATCH', /./, 1],
  ])('%s is refused, and read no further than needed', async (_, request, content, code, says, reads) => {
    await expect(upload(request, content)).rejects.toEqual(refusal(code, says));
    expect(asked).toBe(reads);
    expect(await known()).toEqual([]);
    expect(await files.size(sha256)).toBeNull();
  });
});

async function* whatComes(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
