import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArchiveEntry, gunzipped, gzipped, readTar, writeTar } from '@ionloop/engine';
import { newMeasurement, sha256Of, someBytes, StoreStory } from '@ionloop/engine/testing';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactFolders, openPersistence } from '../src/index.js';
import { migratedDatabase, type Opened } from './support/database.js';
import { withAdmin } from './support/admin.js';

interface File {
  readonly name: string;
  readonly content: Buffer;
}

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
const opening = (archive: Buffer) => (): AsyncIterable<Uint8Array> => oneOf(archive);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function filesOf(archive: Buffer): Promise<readonly File[]> {
  const files: File[] = [];
  for await (const { name, content } of readTar(gunzipped(oneOf(archive)))) {
    files.push({ name, content: await bytesOf(content) });
  }
  return files;
}

/** An archive with a manifest that goes with its files. */
function archiveOf(files: readonly File[]): Promise<Buffer> {
  const own = files.filter(({ name }) => name !== 'manifest.json');
  const told = own
    .filter(({ name }) => name !== 'backup.json')
    .map(({ name, content }) => ({ name, bytes: content.length, sha256: hashOf(content) }));
  const manifest = Buffer.from(JSON.stringify({ files: told, missing: [] }));
  return packed([...own, { name: 'manifest.json', content: manifest }]);
}

function packed(files: readonly File[]): Promise<Buffer> {
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    for (const { name, content } of files) {
      yield await Promise.resolve({ name, bytes: content.length, content: oneOf(content) });
    }
  }
  return bytesOf(gzipped(writeTar(entries())));
}

const textOf = (text: string): Buffer => Buffer.from(text);

describe('a backup of an instance', () => {
  let root: string;
  let here: Opened;
  let there: Opened;
  let artifacts: ArtifactFolders;
  let restored: ArtifactFolders;
  let campaignId: string;
  let backup: Buffer;
  const [shared, alone, lost] = [someBytes(3000), someBytes(70), someBytes(9)];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'ionloop-backup-'));
    [here, there] = [await migratedDatabase(), await migratedDatabase()];
    artifacts = await ArtifactFolders.open(join(root, 'here'));
    restored = await ArtifactFolders.open(join(root, 'there'));
    const { store } = here.persistence;
    const story = new StoreStory(store);
    campaignId = await story.activeCampaign();
    await story.accepted(campaignId, [newMeasurement({ uncertainty: 0.1 })]);
    await store.workspaces.add({ id: 'glasses', name: 'Gläser' });
    const keep = async (bytes: Buffer, workspace: string): Promise<void> => {
      const sha256 = sha256Of(bytes);
      const piece = { sha256, owner: 'robot', offset: 0, total: bytes.length };
      await (await artifacts.of(workspace)).receive(piece, oneOf(bytes));
      const told = { sha256, bytes: bytes.length, mediaType: 'text/csv', station: 'robot', tokenId: 't' };
      await store.artifacts.add({ ...told, workspace });
    };
    await keep(shared, 'default');
    await keep(shared, 'glasses');
    await keep(alone, 'glasses');
    await keep(lost, 'default');
    const hash = sha256Of(lost);
    rmSync(join(root, 'here/sha256', hash.slice(0, 2), hash.slice(2, 4), hash));
    backup = await bytesOf(here.persistence.backup(artifacts));
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    rmSync(root, { recursive: true });
  });

  const restore = (archive: Buffer, replace = false) =>
    there.persistence.restore(restored, opening(archive), { replace });
  const changed = async (change: (files: readonly File[]) => readonly File[]): Promise<Buffer> =>
    archiveOf(change(await filesOf(backup)));
  /** Every row of every table that a backup has, as the database itself writes it. */
  const rowsIn = (opened: Opened): Promise<Readonly<Record<string, readonly unknown[]>>> =>
    withAdmin(opened.url, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
          AND tablename NOT IN ('schema_migration', 'request_in_flight', 'rate_bucket')`,
      );
      const found: Record<string, readonly unknown[]> = {};
      for (const { name } of tables) {
        const sql = `SELECT to_jsonb(one)::text AS line FROM "${name}" AS one ORDER BY 1`;
        found[name] = (await client.query<{ line: string }>(sql)).rows.map(({ line }) => line);
      }
      return found;
    });

  it('has each file once with its hash, and says which artifacts were lost', async () => {
    const files = await filesOf(backup);
    expect([files[0]?.name, files.at(-1)?.name]).toEqual(['backup.json', 'manifest.json']);
    const manifest = JSON.parse(files.at(-1)!.content.toString()) as {
      files: readonly { name: string; bytes: number; sha256: string }[];
      missing: readonly string[];
    };
    expect(manifest.missing).toEqual([sha256Of(lost)]);
    expect(manifest.files).toEqual(
      files
        .slice(1, -1)
        .map(({ name, content }) => ({ name, bytes: content.length, sha256: hashOf(content) })),
    );
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('artifacts/')).sort()).toEqual(
      [shared, alone].map((bytes) => `artifacts/${sha256Of(bytes)}`).sort(),
    );
  });

  it('comes back row by row, each log to its hash, each artifact to every workspace that had it', async () => {
    const told = await restore(backup);
    const before = await rowsIn(here);
    expect(await rowsIn(there)).toEqual(before);
    expect(told.rows).toBe(Object.values(before).reduce((sum, rows) => sum + rows.length, 0));
    const last = (await here.persistence.store.read.events(campaignId, 0, 1000)).at(-1)!;
    expect(told).toMatchObject({
      artifacts: 2,
      missing: [sha256Of(lost)],
      campaigns: [{ id: campaignId, events: last.seq, headHash: last.hash }],
    });
    const sizes = (workspace: string) =>
      Promise.all(
        [shared, alone, lost].map(async (bytes) => (await restored.of(workspace)).size(sha256Of(bytes))),
      );
    expect(await sizes('default')).toEqual([3000, null, null]);
    expect(await sizes('glasses')).toEqual([3000, 70, null]);
    const hash = sha256Of(shared);
    const place = join(root, 'there/workspaces/glasses/sha256', hash.slice(0, 2), hash.slice(2, 4), hash);
    expect(readFileSync(place)).toEqual(shared);
  });

  it('is put over another record only where that is wanted, and once more to the same', async () => {
    await expect(restore(backup)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(
        /^there is a record here already \(in \w+\): restore into an empty instance$/,
      ),
    });
    await restore(backup, true);
    expect(await rowsIn(there)).toEqual(await rowsIn(here));
  });

  it.each<[string, (files: readonly File[]) => readonly File[], string | RegExp]>([
    [
      'of a newer version',
      ([first, ...rest]) => [
        {
          name: first!.name,
          content: textOf(first!.content.toString().replace('"version": 1', '"version": 2')),
        },
        ...rest,
      ],
      'the backup has version 2; 1 is read here',
    ],
    [
      'of an older schema',
      ([first, ...rest]) => {
        const header = JSON.parse(first!.content.toString()) as { migrations: readonly string[] };
        const older = { ...header, migrations: header.migrations.slice(0, -1) };
        return [{ name: first!.name, content: textOf(JSON.stringify(older)) }, ...rest];
      },
      /^the backup is from an older Ionloop \(to .+\): restore it with that version/,
    ],
    [
      'of a newer schema',
      ([first, ...rest]) => {
        const header = JSON.parse(first!.content.toString()) as { migrations: readonly string[] };
        const newer = { ...header, migrations: [...header.migrations, 'Unheard9999'] };
        return [{ name: first!.name, content: textOf(JSON.stringify(newer)) }, ...rest];
      },
      'the backup is from a newer Ionloop (to Unheard9999)',
    ],
    ['of something else', ([, ...rest]) => rest, 'this is not a backup of Ionloop'],
    [
      'whose header is no JSON',
      ([first, ...rest]) => [{ ...first!, content: textOf('{') }, ...rest],
      'not JSON',
    ],
    [
      'with a table that is not here',
      (files) => [...files, { name: 'tables/secret/000001.jsonl', content: textOf('{}\n') }],
      'there is no table secret here',
    ],
    [
      'whose log was changed, with a manifest that goes with it',
      (files) =>
        files.map(({ name, content }) => ({
          name,
          content: name.startsWith('tables/event/')
            ? textOf(content.toString().replace('Ada', 'Eve'))
            : content,
        })),
      /is broken: event 1 \(campaign.created\) was changed after it was written/,
    ],
    [
      'whose log lost its end',
      (files) =>
        files.map(({ name, content }) => {
          if (!name.startsWith('tables/event/')) return { name, content };
          const lines = content.toString().trimEnd().split('\n');
          return { name, content: textOf(`${lines.slice(0, -1).join('\n')}\n`) };
        }),
      `the log of campaign`,
    ],
  ])('%s is refused, and nothing changes', async (_, change, message) => {
    const before = await rowsIn(there);
    await expect(restore(await changed(change), true)).rejects.toThrow(message);
    expect(await rowsIn(there)).toEqual(before);
  });

  it('that does not go with its manifest is refused before anything is written', async () => {
    const files = await filesOf(backup);
    const artifact = files.findIndex(({ name }) => name.startsWith('artifacts/'));
    const one = files[artifact]!;
    const other = { ...one, content: Buffer.concat([one.content, textOf('!')]) };
    const refusals: readonly (readonly [readonly File[], string])[] = [
      [files.with(artifact, other), `${one.name} was changed`],
      [files.toSpliced(artifact, 1), `${one.name} is not in the backup`],
      [
        files.toSpliced(1, 0, { name: 'artifacts/more', content: textOf('x') }),
        'artifacts/more is not in the manifest',
      ],
      [files.slice(0, -1), 'the backup breaks off'],
    ];
    for (const [some, message] of refusals) {
      await expect(restore(await packed(some), true)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message,
      });
    }
    await expect(restore(backup.subarray(0, -20), true)).rejects.toThrow('the archive is damaged');
  });

  it('of a table of many rows comes in portions', async () => {
    await withAdmin(here.url, (client) =>
      client.query(
        `INSERT INTO access_change (id, workspace, at, actor, action, subject, detail)
          SELECT 'change-' || lpad(n::text, 6, '0'), 'default', now(), '{}', 'token.created', 't',
            jsonb_build_object('text', repeat('0123456789', 500))
          FROM generate_series(1, 1200) AS n`,
      ),
    );
    const large = await bytesOf(here.persistence.backup(artifacts));
    const names = (await filesOf(large)).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('tables/access_change/'))).toEqual([
      'tables/access_change/000001.jsonl',
      'tables/access_change/000002.jsonl',
    ]);
    await restore(large, true);
    expect(await rowsIn(there)).toEqual(await rowsIn(here));
  });

  it('that nobody reads to its end holds no connection', async () => {
    const single = await openPersistence({ url: here.url, poolSize: 1 });
    const reading = single.backup(artifacts)[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.();
    await expect(single.ping()).resolves.toBeUndefined();
    await single.close();
  });
});
