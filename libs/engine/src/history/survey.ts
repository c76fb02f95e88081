import { invalidInput } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { type Encoding, isEncoding } from './options.js';

/** A table that somebody brings: it is read more than once, from its first byte on. */
export interface HistoryFile {
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface Survey {
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: Encoding;
}

/** Reads all of a file once: its hash, and how its text is written. */
export async function survey(file: HistoryFile, told?: Encoding): Promise<Survey> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let first = Buffer.alloc(0);
  let isUtf8 = true;
  for await (const chunk of file.open()) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    if (first.length < 4) first = Buffer.concat([first, chunk.subarray(0, 4)]);
    if (isUtf8) isUtf8 = decodes(utf8, chunk);
  }
  if (bytes === 0) throw invalidInput('file', `${file.name} is empty: its first line must name the columns`);
  if (isUtf8) isUtf8 = decodes(utf8);
  const encoding = told ?? marked(first) ?? (isUtf8 ? 'utf-8' : 'windows-1252');
  return { bytes, sha256: hash.digest('hex'), encoding };
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** By the mark that some programs put first. */
function marked(first: Buffer): Encoding | null {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 'utf-8' : null;
}

/** The text, without its mark. What does not fit its encoding, though somebody said it would, is refused. */
export async function* textOf(file: HistoryFile, encoding: Encoding): AsyncGenerator<string> {
  if (!isEncoding(encoding))
    throw invalidInput('encoding', `${String(encoding)} is not an encoding that is read`);
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of file.open()) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw invalidInput('encoding', `${file.name} is not written in ${encoding}`);
  }
}
