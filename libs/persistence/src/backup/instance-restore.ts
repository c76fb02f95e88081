import { checkChain, emptyLog, invalidInput, IonloopError, type RecordedEvent } from '@ionloop/domain';
import { type ArchiveEntry, gunzipped, linesOf, readTar } from '@ionloop/engine';
import { createHash } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { migrate } from '../migrate.js';
import { eventFromRow, eventRow } from '../rows/event.js';
import type { ArtifactHomes } from './artifact-homes.js';
import { restoreArtifacts } from './restore-artifacts.js';
import {
  backupFormat,
  type BackupHeader,
  type BackupManifest,
  backupVersion,
  tablesOf,
} from './instance-format.js';

export interface RestoredInstance {
  readonly rows: number;
  readonly artifacts: number;
  /** Of each campaign, where its log ends. */
  readonly campaigns: readonly { readonly id: string; readonly events: number; readonly headHash: string }[];
  readonly missing: readonly string[];
}

/** Opens the backup from its first byte; it is read more than once. */
export type Opened = () => AsyncIterable<Uint8Array>;

/**
 * An instance from its backup: all of it or nothing. The hashes of its files are checked before anything is written, the
 * chains of its logs before it is committed. Refuses where there is a record already, unless it is to be replaced.
 */
export async function restoreInstance(
  dataSource: DataSource,
  homes: ArtifactHomes,
  open: Opened,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<RestoredInstance> {
  const { header, manifest } = await checkBackup(open);
  await migrate(dataSource);
  const own = await dataSource.query<{ readonly name: string }[]>(
    'SELECT name FROM schema_migration ORDER BY id',
  );
  refuseOtherSchema(
    header.migrations,
    own.map(({ name }) => name),
  );
  const kept = await restoreArtifacts(homes, gunzipped(open()));
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('BEGIN');
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const tables = tablesOf(dataSource);
    await empty(runner, tables, replace);
    let rows = 0;
    for await (const entry of readTar(gunzipped(open()))) {
      const table = /^tables\/(\w+)\/\d+\.jsonl$/.exec(entry.name)?.[1];
      if (table === undefined) continue;
      if (!tables.includes(table)) throw invalidInput('backup', `there is no table ${table} here`);
      rows += await insert(runner, table, entry);
    }
    const campaigns = await checkLogs(runner);
    await runner.query('COMMIT');
    return { rows, artifacts: kept, campaigns, missing: manifest.missing };
  } catch (error) {
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** Reads all of a backup and keeps nothing; refuses one that was changed or cut off. */
export async function checkBackup(
  open: Opened,
): Promise<{ readonly header: BackupHeader; readonly manifest: BackupManifest }> {
  let header: BackupHeader | null = null;
  let manifest: BackupManifest | null = null;
  const found = new Map<string, string>();
  for await (const entry of readTar(gunzipped(open()))) {
    if (header === null) header = await readHeader(entry);
    else if (entry.name === 'manifest.json') manifest = (await jsonOf(entry)) as BackupManifest;
    else {
      const hash = createHash('sha256');
      for await (const chunk of entry.content) hash.update(chunk);
      found.set(entry.name, hash.digest('hex'));
    }
  }
  if (header === null || manifest === null) throw invalidInput('backup', 'the backup breaks off');
  for (const { name, sha256 } of manifest.files) {
    if (found.get(name) === sha256) continue;
    throw invalidInput('backup', found.has(name) ? `${name} was changed` : `${name} is not in the backup`);
  }
  const told = new Set(manifest.files.map(({ name }) => name));
  const stranger = [...found.keys()].find((name) => !told.has(name));
  if (stranger !== undefined) throw invalidInput('backup', `${stranger} is not in the manifest`);
  return { header, manifest };
}

async function jsonOf({ name, content }: ArchiveEntry): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw invalidInput('backup', `${name} is not JSON`);
  }
}

async function readHeader(entry: ArchiveEntry): Promise<BackupHeader> {
  const isNone = invalidInput('backup', 'this is not a backup of Ionloop');
  if (entry.name !== 'backup.json') throw isNone;
  const header = (await jsonOf(entry)) as Partial<BackupHeader> | null;
  if (header?.format !== backupFormat || !Array.isArray(header.migrations)) throw isNone;
  if (header.version !== backupVersion) {
    throw invalidInput(
      'backup',
      `the backup has version ${String(header.version)}; ${backupVersion} is read here`,
    );
  }
  return header as BackupHeader;
}

/** Rows of another schema would be put in columns that mean something else. */
function refuseOtherSchema(theirs: readonly string[], ours: readonly string[]): void {
  if ([...theirs].sort().join() === [...ours].sort().join()) return;
  const older = theirs.every((name) => ours.includes(name));
  throw invalidInput(
    'backup',
    older
      ? `the backup is from an older Ionloop (to ${theirs.at(-1) ?? 'nothing'}): restore it with that version, then bring the database up to date with this one`
      : `the backup is from a newer Ionloop (to ${theirs.at(-1) ?? 'nothing'}): use that version or a later one`,
  );
}

/** A first start makes a token before anybody can do anything, and the schema its first workspace. */
const madeAtStart: ReadonlySet<string> = new Set(['token', 'access_change', 'workspace']);

async function empty(runner: QueryRunner, tables: readonly string[], replace: boolean): Promise<void> {
  const list = tables.map((table) => `"${table}"`).join(', ');
  await runner.query(`LOCK TABLE ${list} IN ACCESS EXCLUSIVE MODE`);
  for (const table of tables) {
    const [row] = (await runner.query(`SELECT EXISTS (SELECT FROM "${table}") AS there`)) as {
      there: boolean;
    }[];
    if (row?.there !== true || madeAtStart.has(table) || replace) continue;
    throw new IonloopError(
      'CONFLICT',
      `there is a record here already (in ${table}): restore into an empty instance`,
    );
  }
  for (const table of tables) await runner.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await runner.query(`TRUNCATE ${list}`);
  for (const table of tables) await runner.query(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
}

const rowsAtOnce = 1000;

/** The database reads the text that it wrote: no number or date passes through here. */
async function insert(runner: QueryRunner, table: string, { content }: ArchiveEntry): Promise<number> {
  let lines: string[] = [];
  let rows = 0;
  const write = async (): Promise<void> => {
    if (lines.length === 0) return;
    await runner.query(`INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1)`, [
      `[${lines.join(',')}]`,
    ]);
    rows += lines.length;
    lines = [];
  };
  for await (const line of linesOf(content)) {
    lines.push(line);
    if (lines.length >= rowsAtOnce) await write();
  }
  await write();
  return rows;
}

async function checkLogs(runner: QueryRunner): Promise<RestoredInstance['campaigns']> {
  const heads = (await runner.query(
    'SELECT id, head_seq AS events, head_hash AS hash FROM campaign ORDER BY id',
  )) as {
    id: string;
    events: number;
    hash: string;
  }[];
  const campaigns: { id: string; events: number; headHash: string }[] = [];
  for (const { id, events, hash } of heads) {
    let head = emptyLog;
    while (head.seq < events) {
      const page: readonly RecordedEvent[] = (
        await runner.manager
          .createQueryBuilder(eventRow, 'event')
          .where('event.campaignId = :id AND event.seq > :after', { id, after: head.seq })
          .orderBy('event.seq')
          .limit(200)
          .getMany()
      ).map(eventFromRow);
      if (page.length === 0) break;
      head = checkChain(page, head);
    }
    if (head.seq !== events || head.hash !== hash) {
      throw new IonloopError(
        'RECORD_CORRUPT',
        `the log of campaign ${id} does not end where its campaign says`,
      );
    }
    campaigns.push({ id, events, headHash: hash });
  }
  return campaigns;
}
