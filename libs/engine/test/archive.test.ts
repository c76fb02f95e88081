import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { gunzipped, linesOf, readTar, writeTar } from '../src/index.js';
import { stream, whole } from '../src/testing/archives.js';

interface File {
  readonly name: string;
  readonly text: string;
}

async function* entriesOf(files: readonly File[]) {
  for (const { name, text } of files) {
    const content = Buffer.from(text);
    yield await Promise.resolve({ name, bytes: content.length, content: stream(content) });
  }
}
const written = (...files: readonly File[]): Promise<Buffer> => whole(writeTar(entriesOf(files)));
async function read(archive: Uint8Array): Promise<readonly File[]> {
  const files: File[] = [];
  for await (const { name, bytes, content } of readTar(stream(archive))) {
    const text = (await whole(content)).toString();
    expect(Buffer.byteLength(text)).toBe(bytes);
    files.push({ name, text });
  }
  return files;
}
const refused = (message: string | RegExp) =>
  expect.objectContaining({
    ...{ code: 'INVALID_INPUT', field: 'archive' },
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
  });

describe('an archive', () => {
  const files = [
    { name: 'empty.txt', text: '' },
    { name: 'one.txt', text: 'a' },
    { name: 'block.txt', text: 'b'.repeat(512) },
    { name: 'more.txt', text: 'é'.repeat(300) },
    { name: 'x'.repeat(100), text: 'a long name' },
  ];

  it('is read as it was written, a block behind the other', async () => {
    const archive = await written(...files);
    expect(archive).toHaveLength(512 * (5 + 0 + 1 + 1 + 2 + 1 + 2));
    expect(await read(archive)).toEqual(files);
    expect(await read(await written())).toEqual([]);
  });

  it('has the header that POSIX wants', async () => {
    const header = (await written({ name: 'a.txt', text: 'x'.repeat(9) })).subarray(0, 512);
    const field = (from: number, length: number) => header.toString('latin1', from, from + length);
    expect(field(0, 100)).toBe('a.txt'.padEnd(100, '\0'));
    expect([field(100, 8), field(108, 8), field(116, 8)]).toEqual(['0000644\0', '0000000\0', '0000000\0']);
    expect([field(124, 12), field(136, 12), field(156, 1)]).toEqual(['00000000011\0', '00000000000\0', '0']);
    expect(field(257, 8)).toBe('ustar\x0000');
    const sum = [...header].reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
    expect(field(148, 8)).toBe(`${sum.toString(8).padStart(6, '0')}\0 `);
  });

  it('is read by another program', async () => {
    const { stdout, error } = spawnSync('tar', ['-xO', '-f', '-', 'more.txt'], {
      input: await written(...files),
    });
    if (error === undefined) expect(stdout.toString()).toBe('é'.repeat(300));
  });

  it('may be left in the middle of a file', async () => {
    const names: string[] = [];
    for await (const { name } of readTar(stream(await written(...files)))) names.push(name);
    expect(names).toEqual(files.map(({ name }) => name));
  });

  it('may tell of a folder, and of sizes that eight digits do not hold', async () => {
    const archive = await written({ name: 'a.txt', text: 'abc' });
    archive.write('folder', 345);
    archive.writeUInt8(0x80, 124);
    archive.fill(0, 125, 128);
    archive.writeBigUInt64BE(3n, 128);
    archive.write(' '.repeat(8), 148);
    const sum = archive.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(await read(archive)).toEqual([{ name: 'folder/a.txt', text: 'abc' }]);
  });

  it.each([
    [8 ** 11 - 1, '77777777777\0'],
    [8 ** 11, '\x80\0\0\0\0\0\0\x02\0\0\0\0'],
  ])('tells a size of %d bytes', async (bytes, field) => {
    const huge = async function* () {
      yield await Promise.resolve({ name: 'huge', bytes, content: stream(Buffer.alloc(0)) });
    };
    const header = await writeTar(huge()).next();
    expect(Buffer.from(header.value ?? []).toString('latin1', 124, 136)).toBe(field);
  });

  it('is not written where a file is not as long as it was to be, or its name is too long', async () => {
    const short = async function* () {
      yield await Promise.resolve({ name: 'short', bytes: 9, content: stream(Buffer.from('abc')) });
    };
    await expect(whole(writeTar(short()))).rejects.toThrow('short was to have 9 bytes, and has 3');
    const name = 'x'.repeat(101);
    await expect(written({ name, text: '' })).rejects.toThrow(`${name} is too long a name for an archive`);
  });

  it('is refused where it is damaged, or breaks off', async () => {
    const archive = await written({ name: 'a.txt', text: 'abc' }, { name: 'b.txt', text: 'd' });
    const damaged = Buffer.from(archive);
    damaged.write('b', 0);
    await expect(read(damaged)).rejects.toEqual(
      refused('this is not an archive that can be read: a header has been damaged'),
    );
    await expect(read(archive.subarray(0, 500))).rejects.toEqual(
      refused('the archive breaks off: 12 bytes are missing'),
    );
    await expect(read(archive.subarray(0, 514))).rejects.toEqual(
      refused('the archive breaks off: 1 bytes are missing'),
    );
    expect(await read(archive.subarray(0, 1024))).toEqual([{ name: 'a.txt', text: 'abc' }]);
  });
});

describe('what is packed', () => {
  it('is refused where it is no such thing, or was cut; other troubles are passed on', async () => {
    await expect(whole(gunzipped(stream(Buffer.from('plain'))))).rejects.toEqual(refused(/./));
    const packed = gzipSync(Buffer.from('a'.repeat(5000)));
    expect(await whole(gunzipped(stream(packed)))).toHaveLength(5000);
    await expect(whole(gunzipped(stream(packed.subarray(0, 20))))).rejects.toEqual(refused(/./));
    const broken = async function* () {
      yield await Promise.resolve(packed.subarray(0, 20));
      throw new TypeError('the line is dead');
    };
    await expect(whole(gunzipped(broken()))).rejects.toThrow(new TypeError('the line is dead'));
  });
});

it.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['\na\n\nb', ['', 'a', '', 'b']],
  ['é\n😀', ['é', '😀']],
])('the lines of %j are %j', async (text, lines) => {
  for (const size of [1, 2, 100]) {
    const bytes = Buffer.from(text);
    const portions = async function* () {
      for (let at = 0; at < bytes.length; at += size)
        yield await Promise.resolve(bytes.subarray(at, at + size));
    };
    const found: string[] = [];
    for await (const line of linesOf(portions())) found.push(line);
    expect(found).toEqual(lines);
  }
});
