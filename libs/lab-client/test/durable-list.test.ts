import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileDisk } from '../src/disk.js';
import { DurableList } from '../src/durable-list.js';
import { temporaryFolder } from './support.js';

const read = (value: unknown): number => {
  if (typeof value !== 'number') throw new TypeError('not a number');
  return value;
};

describe('A durable list', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'deep', 'numbers.jsonl');
  });
  afterEach(() => folder.remove());

  it('has on disk what was added and not removed, in order', async () => {
    const list = await DurableList.open(path, fileDisk, read);
    await Promise.all([list.add(1), list.add(2), list.remove(1), list.add(3)]);
    expect(list.items).toEqual([2, 3]);
    expect(readFileSync(path, 'utf8')).toBe('2\n3\n');
    expect((await DurableList.open(path, fileDisk, read)).items).toEqual([2, 3]);
  });

  it('sets a torn line aside and keeps what stands around it', async () => {
    mkdirSync(join(folder.path, 'deep'));
    writeFileSync(path, '1\n{"tor\n"text"\n2\n3');
    const list = await DurableList.open(path, fileDisk, read);
    expect(list.items).toEqual([1, 2, 3]);
    await list.add(4);
    expect(readFileSync(path, 'utf8')).toBe('1\n2\n3\n4\n');
    const aside = readFileSync(`${path}.unreadable`, 'utf8').trim().split('\n');
    expect(aside.map((line) => (JSON.parse(line) as { line: string }).line)).toEqual(['{"tor', '"text"']);
  });

  it('does not write on in a last line that lacks only its end', async () => {
    mkdirSync(join(folder.path, 'deep'));
    writeFileSync(path, '1\n2');
    const list = await DurableList.open(path, fileDisk, read);
    await list.add(3);
    expect(readFileSync(path, 'utf8')).toBe('1\n2\n3\n');
    expect((await DurableList.open(path, fileDisk, read)).items).toEqual([1, 2, 3]);
    expect(existsSync(`${path}.unreadable`)).toBe(false);
  });

  it('keeps an item that the disk refused, and writes it with the next', async () => {
    const list = await DurableList.open(path, fileDisk, read);
    rmSync(join(folder.path, 'deep'), { recursive: true });
    await expect(list.add(1)).rejects.toThrow('ENOENT');
    expect(list.items).toEqual([1]);
    expect(existsSync(path)).toBe(false);
    mkdirSync(join(folder.path, 'deep'));
    await list.add(2);
    expect(readFileSync(path, 'utf8')).toBe('1\n2\n');
  });
});
