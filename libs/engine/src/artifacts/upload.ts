import { type Artifact, invalidInput, IonloopError, isSha256 } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { type ArtifactFiles, type Received, WrongOffset } from './ports.js';

export interface Uploader {
  readonly station: string;
  readonly tokenId: string;
}

export interface UploadRequest {
  readonly sha256: string;
  readonly mediaType: string;
  /** Null: all of it. `from` is null where nothing more comes and what has arrived is to be checked. */
  readonly range: {
    readonly from: number | null;
    /** The last byte's place. */
    readonly to: number;
    readonly total: number;
  } | null;
  /** Of the content, where it was said beforehand. */
  readonly length: number | null;
}

export interface ArtifactStore {
  readonly files: ArtifactFiles;
  /** No artifact may be longer. */
  readonly maxBytes: number;
}

export type Uploaded = Received & { readonly created: boolean };

/**
 * Takes an artifact, whole or a stretch of it. `content` is only asked for once the request is known to be in order, so
 * that nothing is read of what is refused, or of what is there already.
 */
export async function uploadArtifact(
  engine: Engine,
  { files, maxBytes }: ArtifactStore,
  uploader: Uploader,
  request: UploadRequest,
  content: () => AsyncIterable<Uint8Array>,
): Promise<Uploaded> {
  const { sha256, mediaType, range, length } = request;
  checkHash(sha256, 'sha256');
  const total = range?.total ?? length;
  if (total !== null && total > maxBytes) throw tooLarge(total, maxBytes);
  const add = (bytes: number): Promise<Artifact> =>
    engine.store.artifacts.add({ sha256, bytes, mediaType, ...uploader });
  const known = await files.size(sha256);
  if (known !== null) {
    // The file may be from a process that died before it could say so.
    await add(known);
    return { whole: true, bytes: known, created: false };
  }
  const owner = uploader.station;
  const offset = range === null ? 0 : await wantedOffset(files, owner, request.sha256, range);
  const expected = range === null ? length : range.from === null ? 0 : range.to - range.from + 1;
  if (length !== null && expected !== null && length !== expected) {
    throw invalidInput('Content-Range', `the range has ${expected} bytes, the content ${length}`);
  }
  const piece = { sha256, owner, offset, total };
  const received = await files.receive(piece, measured(content(), expected, maxBytes));
  if (received.whole) await add(received.bytes);
  return { ...received, created: received.whole };
}

export function checkHash(sha256: string, field: string): void {
  if (isSha256(sha256)) return;
  throw invalidInput(field, `${field} must be a SHA-256 in 64 lower-case hexadecimal digits`);
}

const tooLarge = (bytes: number, maxBytes: number): IonloopError =>
  new IonloopError('TOO_LARGE', `an artifact of ${bytes} bytes is too large; at most ${maxBytes} are taken`);

async function wantedOffset(
  files: ArtifactFiles,
  owner: string,
  sha256: string,
  { from, to, total }: NonNullable<UploadRequest['range']>,
): Promise<number> {
  const arrived = await files.arrived(sha256, owner);
  if (from === null ? arrived !== total : from !== arrived) {
    const came =
      from === null ? `all ${total} bytes are said to have arrived` : `this stretch begins at ${from}`;
    throw new WrongOffset(`${came}, but ${arrived} bytes have: go on from there`, arrived);
  }
  if (from !== null && to >= total) {
    throw invalidInput('Content-Range', `the last byte of ${total} is ${total - 1}, not ${to}`);
  }
  return arrived;
}

/** Breaks off as soon as there is more than was said, or is allowed, and refuses an end before its time. */
async function* measured(
  content: AsyncIterable<Uint8Array>,
  expected: number | null,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (expected !== null && bytes > expected) {
      throw invalidInput('Content-Range', `more came than the ${expected} bytes that were announced`);
    }
    if (bytes > maxBytes) throw tooLarge(bytes, maxBytes);
    yield chunk;
  }
  if (expected !== null && bytes < expected) {
    throw invalidInput('Content-Range', `only ${bytes} of the ${expected} bytes came that were announced`);
  }
}
