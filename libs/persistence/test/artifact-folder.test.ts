import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { artifactFilesContract, sha256Of, someBytes } from '@ionloop/engine/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactFolder } from '../src/index.js';
import { tinyFileSystem } from './support/tiny-file-system.js';

artifactFilesContract('a folder', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ionloop-artifacts-'));
  const files = await ArtifactFolder.open(join(root, 'artifacts'));
  return { files, close: () => rm(root, { recursive: true }) };
});

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

describe('a folder of artifacts', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'ionloop-artifacts-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('holds each under its hash, and nothing else once all is done', async () => {
    const folder = join(root, 'names');
    const files = await ArtifactFolder.open(folder);
    const bytes = someBytes(50);
    const sha256 = sha256Of(bytes);
    const piece = { sha256, owner: '../../etc', offset: 0, total: 50 };
    await files.receive(piece, inOne(bytes.subarray(0, 20)));
    await files.receive({ ...piece, offset: 20 }, inOne(bytes.subarray(20)));
    expect(everything(folder)).toEqual([join('sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256)]);
  });

  it('goes on after the process that received was killed', async () => {
    const folder = join(root, 'killed');
    const files = await ArtifactFolder.open(folder);
    const bytes = Buffer.alloc(1000, 'a');
    const sha256 = sha256Of(bytes);
    const program = join(__dirname, 'support/receive.mjs');
    const receiving = spawn(process.execPath, [program, folder, sha256], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(receiving.stdout, 'data');
    receiving.kill('SIGKILL');
    await once(receiving, 'exit');
    const arrived = await files.arrived(sha256, 'robot');
    expect(arrived).toBeGreaterThanOrEqual(20);
    expect(arrived).toBeLessThan(1000);
    expect(await files.size(sha256)).toBeNull();
    const rest = { sha256, owner: 'robot', offset: arrived, total: 1000 };
    expect(await files.receive(rest, inOne(bytes.subarray(arrived)))).toEqual({ whole: true, bytes: 1000 });
  });

  it('is used by two at a time as by one', async () => {
    const folder = join(root, 'shared');
    const [one, two] = [await ArtifactFolder.open(folder), await ArtifactFolder.open(folder)];
    const bytes = someBytes(200_000, 7);
    const sha256 = sha256Of(bytes);
    const piece = { sha256, owner: 'robot', offset: 0, total: 200_000 };
    await one.receive(piece, inOne(bytes.subarray(0, 100_000)));
    const rest = { ...piece, offset: 100_000 };
    const both = [one, two].map((files) => files.receive(rest, inOne(bytes.subarray(100_000))));
    expect(await Promise.all(both)).toEqual([
      { whole: true, bytes: 200_000 },
      { whole: true, bytes: 200_000 },
    ]);
    expect(await two.size(sha256)).toBe(200_000);
    expect(everything(join(folder, 'incoming'))).toEqual([]);
  });

  it('says so where it cannot be written to', async () => {
    writeFileSync(join(root, 'a-file'), '');
    await expect(ArtifactFolder.open(join(root, 'a-file'))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

const tiny = tinyFileSystem(256);
(tiny ? describe : describe.skip)('disk-full: a file system without room', () => {
  afterAll(() => tiny?.remove());

  it('refuses clearly, keeps nothing by half, and goes on when there is room', async () => {
    const folder = tiny?.folder ?? '';
    const files = await ArtifactFolder.open(folder);
    writeFileSync(join(folder, 'hog'), Buffer.alloc(150_000));
    const bytes = someBytes(120_000);
    const piece = { sha256: sha256Of(bytes), owner: 'robot', offset: 0, total: 120_000 };
    const full = { code: 'STORAGE_FULL', message: expect.stringContaining('no room') as unknown };
    await expect(files.receive(piece, inOne(bytes))).rejects.toMatchObject(full);
    expect(await files.size(piece.sha256)).toBeNull();
    expect(await files.arrived(piece.sha256, 'robot')).toBe(0);
    expect(everything(folder)).toEqual(['hog']);

    rmSync(join(folder, 'hog'));
    expect(await files.receive(piece, inOne(bytes))).toEqual({ whole: true, bytes: 120_000 });
  });

  it('keeps what had arrived where there is no room to put it together, and does so later', async () => {
    const folder = tiny?.folder ?? '';
    const files = await ArtifactFolder.open(folder);
    const bytes = someBytes(50_000, 5);
    const piece = { sha256: sha256Of(bytes), owner: 'robot', offset: 0, total: 50_000 };
    await files.receive(piece, inOne(bytes.subarray(0, 30_000)));
    writeFileSync(join(folder, 'hog'), Buffer.alloc(44_000));
    const rest = { ...piece, offset: 30_000 };
    await expect(files.receive(rest, inOne(bytes.subarray(30_000)))).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    });
    expect(await files.size(piece.sha256)).toBeNull();

    rmSync(join(folder, 'hog'));
    const arrived = await files.arrived(piece.sha256, 'robot');
    const again = await files.receive({ ...piece, offset: arrived }, inOne(bytes.subarray(arrived)));
    expect(again).toEqual({ whole: true, bytes: 50_000 });
  });
});
