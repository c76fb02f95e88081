import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LabClient } from '../src/index.js';
import { Link } from '../src/link.js';
import { Spool } from '../src/spool.js';
import { type HostileLab, MemoryDisk, PowerCut } from '../src/testing/index.js';
import type { Result } from '../src/wire.js';
import { clientOf, measured, openLab, specOf, startStation, temporaryFolder, until } from './support.js';

const sha256Of = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
const curve = Buffer.from(Array.from({ length: 2_500_000 }, (_, i) => (i * i) % 251));

describe('files that come with a result', () => {
  let lab: HostileLab;
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(async () => {
    lab = await openLab();
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await lab.close();
    folder.remove();
  });

  const inSpool = (): readonly string[] => {
    const path = join(folder.path, 'artifacts');
    return existsSync(path) ? readdirSync(path) : [];
  };
  const withFiles = (artifacts: Result['artifacts']): Result => ({
    ...measured(),
    ...(artifacts && { artifacts }),
  });

  async function handedIn(result: Result): Promise<readonly { sha256: string; name: string }[]> {
    lab.enqueue(specOf(1));
    const station = startStation(lab, folder.path, () => Promise.resolve(result));
    await until('a result', () => (lab.attempts[0]?.result ?? null) !== null);
    await until('nothing left', () => inSpool().length === 0);
    await station.stop();
    return lab.attempts[0]?.result?.artifacts ?? [];
  }

  it('are there before it, by path and by content, and off the disk after it', async () => {
    const path = join(folder.path, 'curve.bin');
    writeFileSync(path, curve);
    const artifacts = await handedIn(
      withFiles([
        { name: 'curve.bin', path, mediaType: 'application/x-curve', measurement: 0 },
        { name: 'words', content: 'sintered at 950 °C', kind: 'log' },
        { name: 'nothing', content: new Uint8Array() },
      ]),
    );
    expect(artifacts).toMatchObject([
      { sha256: sha256Of(curve), name: 'curve.bin' },
      { sha256: sha256Of('sintered at 950 °C'), name: 'words' },
      { sha256: sha256Of(''), name: 'nothing' },
    ]);
    expect(Buffer.from(lab.artifacts.get(sha256Of(curve)) ?? []).equals(curve)).toBe(true);
    const body = lab.seenOf('submit')[0]?.body;
    expect(body?.['artifacts']).toEqual([
      { sha256: sha256Of(curve), name: 'curve.bin', mediaType: 'application/x-curve', measurement: 0 },
      { sha256: sha256Of('sintered at 950 °C'), name: 'words', kind: 'log' },
      { sha256: sha256Of(''), name: 'nothing' },
    ]);
    expect(existsSync(path)).toBe(true);
  });

  it('are gone on with where an upload was cut, not begun again', async () => {
    lab.plant('artifacts', null, null, { kind: 'cut-after', bytes: 300_000 });
    await handedIn(withFiles([{ name: 'curve', content: curve }]));
    const puts = lab.uploads.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ range }) => range?.split('-')[0])).toEqual([
      'bytes 0',
      'bytes 1048576',
      'bytes 1348576',
      'bytes 2397152',
    ]);
    expect(puts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(curve.length);
  });

  it('that the server will not have are set aside with the reason, and the result goes without', async () => {
    lab.plant('artifacts', { kind: 'status', status: 413, code: 'TOO_LARGE' });
    const artifacts = await handedIn(
      withFiles([
        { name: 'film', content: curve },
        { name: 'words', content: 'small' },
      ]),
    );
    expect(artifacts.map(({ name }) => name)).toEqual(['words']);
    expect(readFileSync(join(folder.path, 'refused', sha256Of(curve))).equals(curve)).toBe(true);
    const [line] = readFileSync(join(folder.path, 'refused.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ artifact: { name: 'film' } });
  });

  it('that nobody can read do not cost the result', async () => {
    const artifacts = await handedIn(withFiles([{ name: 'lost', path: join(folder.path, 'nowhere') }]));
    expect(artifacts).toEqual([]);
    expect(lab.attempts[0]?.result?.note).toMatch(/lost is missing: ENOENT/);
  });

  it('wait for room where the server has none', async () => {
    const full = { kind: 'status', status: 507, code: 'STORAGE_FULL' } as const;
    lab.plant('artifacts', full, full, null, full);
    const artifacts = await handedIn(withFiles([{ name: 'words', content: 'patient' }]));
    expect(artifacts).toHaveLength(1);
  });

  it('that two results share leave the disk with the second', async () => {
    const client = clientOf(lab);
    await client.register({ properties: [] });
    const disk = new MemoryDisk();
    const log = (): void => undefined;
    const link = new Link(10, client.clock, log);
    const spool = await Spool.open('/spool', { client, link, disk, log });
    const result = withFiles([{ name: 'same', content: 'the same' }]);
    const path = `/spool/artifacts/${sha256Of('the same')}`;
    lab.enqueue(specOf(1), specOf(2));
    const [one, two] = await client.claim({ max: 2, waitSeconds: 0 });
    if (!one || !two) throw new Error('nothing to claim');
    const [first, second] = [await spool.keep(one, result), await spool.keep(two, result)];
    const never = new AbortController().signal;
    await spool.handIn(first, never);
    expect(disk.files.has(path)).toBe(true);
    await spool.handIn(second, never);
    expect(disk.files.has(path)).toBe(false);
    expect(lab.attempts.every(({ result: told }) => told?.artifacts.length === 1)).toBe(true);
  });
});

describe('a power cut at any moment', () => {
  it.each([
    ['every name that was not synced', () => false],
    ['no name', () => true],
  ])('that loses %s leaves no result without its files', async (_, survives) => {
    const log = (): void => undefined;
    const client = new LabClient({ url: 'http://127.0.0.1:9', token: 'none', station: 'sim-1' });
    const parts = { client, link: new Link(10, client.clock, log), log };
    const content = 'an impedance spectrum';
    const story = async (disk: MemoryDisk): Promise<boolean> => {
      try {
        const spool = await Spool.open('/spool', { ...parts, disk });
        await spool.keep(
          { attemptId: 'attempt', fence: 1 },
          { ...measured(), artifacts: [{ name: 'eis', content }] },
        );
        return !disk.isOff;
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        return false;
      }
    };
    const whole = new MemoryDisk();
    expect(await story(whole)).toBe(true);
    expect(whole.operations).toBeGreaterThan(6);
    let kept = 0;
    for (let moment = 0; moment <= whole.operations; moment += 1) {
      const disk = new MemoryDisk();
      disk.cutAfter(moment, (written) => written.slice(0, written.length / 2));
      const certain = await story(disk);
      disk.powerBack(survives);
      const again = await Spool.open('/spool', { ...parts, disk });
      if (certain) expect(again.items).toHaveLength(1);
      for (const { result } of again.items) {
        kept += 1;
        expect(result.artifacts).toEqual([{ name: 'eis', sha256: sha256Of(content) }]);
        expect(disk.files.get(`/spool/artifacts/${sha256Of(content)}`)).toBe(content);
      }
      const left = [...disk.files.keys()].filter((path) => path.startsWith('/spool/artifacts/'));
      expect(left).toHaveLength(again.items.length);
    }
    expect(kept).toBeGreaterThan(0);
  });
});
