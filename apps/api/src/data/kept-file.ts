import { IonloopError } from '@ionloop/domain';
import type { HistoryFile } from '@ionloop/engine';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Keeps what comes in a file for as long as the work takes: a table is read more than once. */
export async function keptForAWhile<T>(
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
  work: (file: HistoryFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ionloop-history-'));
  const path = join(folder, 'table');
  try {
    await pipeline(Readable.from(limited(content, maxBytes), { objectMode: false }), createWriteStream(path));
    return await work({ name, open: () => createReadStream(path) as AsyncIterable<Uint8Array> });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new IonloopError(
        'TOO_LARGE',
        `a table may have ${maxBytes} bytes here; larger ones are taken at /v1/campaigns/{id}/imports, and by \`ionloop import\``,
      );
    }
    yield chunk;
  }
}
