import { invalidInput } from '@ionloop/domain';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

export const gzipped = (source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  through(source, createGzip());

/** Refuses what is not, or not whole, as what the archive's bytes are: damage. */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* through(source, createGunzip());
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (!String(code).startsWith('Z_')) throw error;
    throw invalidInput('archive', `the archive is damaged: ${String(message)}`);
  }
}

async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: ReturnType<typeof createGzip> | ReturnType<typeof createGunzip>,
): AsyncGenerator<Uint8Array> {
  // What goes wrong is told by the transform, which the pipeline ends with it.
  const pumping = pipeline(Readable.from(source, { objectMode: false }), transform).catch(() => undefined);
  yield* transform as AsyncIterable<Uint8Array>;
  await pumping;
}
