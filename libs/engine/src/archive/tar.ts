import { invalidInput } from '@ionloop/domain';

/** A file in an archive: its name, how many bytes it has, and the bytes. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** POSIX's interchange format, in which each file stands behind a block of 512 bytes that says what it is. */
const block = 512;
const mostOctal = 8 ** 11 - 1;

/** Without times and owners: the same files give the same bytes. */
export async function* writeTar(entries: AsyncIterable<ArchiveEntry>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes, content } of entries) {
    yield headerOf(name, bytes);
    let written = 0;
    for await (const chunk of content) {
      written += chunk.byteLength;
      yield chunk;
    }
    if (written !== bytes) throw new Error(`${name} was to have ${bytes} bytes, and has ${written}`);
    yield new Uint8Array(padding(bytes));
  }
  yield new Uint8Array(2 * block);
}

/** Each entry's content has to be read, or left, before the next is asked for. */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveEntry> {
  const bytes = new ByteReader(source);
  for (;;) {
    const header = await bytes.exactly(block);
    if (header === null || header.every((byte) => byte === 0)) return;
    const { name, size } = readHeader(header);
    const content = bytes.upTo(size);
    yield { name, bytes: size, content };
    await left(content);
    await bytes.exactly(padding(size));
  }
}

/** Reads on to the end of what nobody has read. */
async function left(content: AsyncGenerator<Uint8Array>): Promise<void> {
  while ((await content.next()).done !== true);
}

const padding = (bytes: number): number => (block - (bytes % block)) % block;

function headerOf(name: string, bytes: number): Uint8Array {
  const header = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for an archive`);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  writeSize(header, bytes);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Octal digits, and where they do not suffice base 256, as all programs of today read it. */
function writeSize(header: Buffer, bytes: number): void {
  if (bytes <= mostOctal) {
    header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
    return;
  }
  header.writeUInt8(0x80, 124);
  header.writeBigUInt64BE(BigInt(bytes), 128);
}

function readHeader(header: Buffer): { readonly name: string; readonly size: number } {
  const told = parseInt(textAt(header, 148, 8), 8);
  const unsummed = Buffer.from(header);
  unsummed.write('        ', 148);
  if (told !== checksum(unsummed)) {
    throw invalidInput('archive', 'this is not an archive that can be read: a header has been damaged');
  }
  const size =
    (header[124] ?? 0) >= 0x80
      ? Number(header.readBigUInt64BE(128))
      : parseInt(textAt(header, 124, 12) || '0', 8);
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size };
}

const checksum = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);

const textAt = (header: Buffer, from: number, length: number): string => {
  const text = header.toString('utf8', from, from + length);
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).trim();
};

/** Bytes in the portions that are asked for, whatever the portions in which they come. */
class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** Null at the end of everything. */
  async exactly(bytes: number): Promise<Buffer | null> {
    const parts: Uint8Array[] = [];
    for await (const part of this.upTo(bytes)) parts.push(part);
    return bytes > 0 && parts.length === 0 ? null : Buffer.concat(parts);
  }

  async *upTo(bytes: number): AsyncGenerator<Uint8Array> {
    let left = bytes;
    while (left > 0) {
      if (this.rest.byteLength === 0) {
        const next = await this.chunks.next();
        if (next.done === true) {
          if (left === bytes) return;
          throw invalidInput('archive', `the archive breaks off: ${left} bytes are missing`);
        }
        this.rest = next.value;
        continue;
      }
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.byteLength);
      left -= part.byteLength;
      yield part;
    }
  }
}
