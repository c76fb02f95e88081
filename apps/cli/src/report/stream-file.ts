import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure, messageOf, systemCode } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** Writes what comes, however much; a file appears under its name only whole. Text may be printed instead. */
export async function writeStream(
  file: string | undefined,
  content: AsyncIterable<string | Uint8Array>,
  terminal: Terminal,
): Promise<number> {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const part of content) {
      const chunk = Buffer.from(part as Uint8Array);
      bytes += chunk.length;
      yield chunk;
    }
  }
  if (file === undefined) {
    for await (const part of content) terminal.out(String(part).replace(/\r?\n$/, ''));
    return bytes;
  }
  const draft = `${file}.part`;
  try {
    await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(draft));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const code = systemCode(error);
    if (code === undefined || !/^E(NOENT|ACCES|PERM|ISDIR|ROFS|NOSPC)$/.test(code)) throw error;
    const why = code === 'ENOENT' ? 'its folder does not exist' : messageOf(error);
    throw new Failure(`${file} cannot be written: ${why}`);
  }
  return bytes;
}
