import { expect } from '@jest/globals';
import { gunzipSync, gzipSync } from 'node:zlib';
import { linesOf } from '../archive/lines.js';
import { readTar, writeTar } from '../archive/tar.js';

export interface FileInBundle {
  readonly name: string;
  readonly bytes: Buffer;
}

export async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // In portions that fit nothing.
  for (let at = 0; at < bytes.length; at += 701) yield await Promise.resolve(bytes.subarray(at, at + 701));
}

export async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function filesIn(bundle: Buffer): Promise<readonly FileInBundle[]> {
  const files: FileInBundle[] = [];
  for await (const { name, content } of readTar(stream(gunzipSync(bundle)))) {
    files.push({ name, bytes: await whole(content) });
  }
  return files;
}

export async function textIn(bundle: Buffer, wanted: string): Promise<string> {
  const lines: string[] = [];
  const file = (await filesIn(bundle)).find(({ name }) => name === wanted);
  for await (const line of linesOf(stream(file?.bytes ?? Buffer.alloc(0)))) lines.push(line);
  return lines.join('\n');
}

export async function bundleOf(files: readonly FileInBundle[]): Promise<Buffer> {
  async function* entries() {
    for (const { name, bytes } of files) {
      yield await Promise.resolve({ name, bytes: bytes.length, content: stream(bytes) });
    }
  }
  return gzipSync(await whole(writeTar(entries())));
}

/** As somebody would do it who knows what a bundle is made of, but not its hashes. */
export async function rewritten(
  bundle: Buffer,
  wanted: string,
  change: (text: string) => string,
): Promise<Buffer> {
  const files = await filesIn(bundle);
  expect(files.map(({ name }) => name)).toContain(wanted);
  return bundleOf(
    files.map(({ name, bytes }) => ({
      name,
      bytes: name === wanted ? Buffer.from(change(bytes.toString())) : bytes,
    })),
  );
}
