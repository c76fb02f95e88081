import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256Of, someBytes } from '@ionloop/engine/testing';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactFolders } from '../src/index.js';

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
async function textOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the folders of workspaces', () => {
  let root: string;
  let folders: ArtifactFolders;
  const bytes = someBytes(120);
  const sha256 = sha256Of(bytes);
  const piece = { sha256, owner: 'robot', offset: 0, total: 120 };
  const place = `sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'ionloop-folders-'));
    folders = await ArtifactFolders.open(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('lie beside each other; that of the default workspace is the root', async () => {
    await (await folders.of('glasses')).receive(piece, inOne(bytes));
    expect(existsSync(join(root, 'workspaces/glasses', place))).toBe(true);
    expect(await (await folders.of('default')).size(sha256)).toBeNull();
    await (await folders.of('default')).receive(piece, inOne(bytes));
    expect(existsSync(join(root, place))).toBe(true);
    expect(await folders.of('glasses')).toBe(await folders.of('glasses'));
  });

  it('are one store, which is that of the workspace that asks', async () => {
    let current = 'glasses';
    const files = folders.within(() => current);
    await files.receive({ ...piece, total: 120 }, inOne(bytes.subarray(0, 50)));
    expect(await files.arrived(sha256, 'robot')).toBe(50);
    await files.receive({ ...piece, offset: 50 }, inOne(bytes.subarray(50)));
    expect(await files.size(sha256)).toBe(120);
    expect(await textOf(await files.read(sha256))).toEqual(Buffer.from(bytes));
    expect(await textOf(await files.read(sha256, { from: 10, to: 19 }))).toHaveLength(10);
    current = 'alloys';
    expect(await files.size(sha256)).toBeNull();
    expect(await files.arrived(sha256, 'robot')).toBe(0);
    await expect(files.read(sha256)).rejects.toThrow();
  });

  it('are swept all of them of what was never finished', async () => {
    expect(await folders.sweep(0)).toBe(0);
    for (const workspace of ['default', 'glasses', 'alloys']) {
      await (await folders.of(workspace)).receive(piece, inOne(bytes.subarray(0, 50)));
    }
    // Also of workspaces that this process has not opened yet.
    const again = await ArtifactFolders.open(root);
    expect(await again.sweep(3600)).toBe(0);
    expect(await again.sweep(-1)).toBe(3);
    expect(await (await again.of('alloys')).arrived(sha256, 'robot')).toBe(0);
    const own = again.within(() => 'glasses');
    await own.receive(piece, inOne(bytes.subarray(0, 50)));
    expect(await own.sweep(-1)).toBe(1);
  });

  it('may be opened again where that failed before', async () => {
    const stone = join(root, 'workspaces');
    writeFileSync(stone, 'a file where a folder should be');
    await expect(folders.of('glasses')).rejects.toThrow();
    rmSync(stone);
    expect(await (await folders.of('glasses')).size(sha256)).toBeNull();
  });
});
