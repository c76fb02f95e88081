import type { ArchiveEntry } from '@ionloop/engine';
import { createHash } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { type BackupHeader, backupFormat, backupVersion, tablesOf } from './instance-format.js';

/** So many characters of rows make a file of the archive. */
const portion = 4 * 1024 * 1024;
const rowsAtOnce = 500;

export interface DumpedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
}

/** The tables of an instance as of one moment, as files with a row a line; returns what each held. */
export async function* dumpTables(dataSource: DataSource, files: DumpedFile[]): AsyncGenerator<ArchiveEntry> {
  const runner = dataSource.createQueryRunner();
  let isDone = false;
  try {
    await runner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    yield await header(runner);
    for (const table of tablesOf(dataSource)) yield* dumpTable(runner, table, files);
    await runner.query('COMMIT');
    isDone = true;
  } finally {
    if (!isDone) await runner.query('ROLLBACK').catch(() => undefined);
    await runner.release();
  }
}

async function header(runner: QueryRunner): Promise<ArchiveEntry> {
  const migrations = (await runner.query('SELECT name FROM schema_migration ORDER BY id')) as {
    name: string;
  }[];
  const told: BackupHeader = {
    format: backupFormat,
    version: backupVersion,
    migrations: migrations.map(({ name }) => name),
  };
  return entryOf('backup.json', `${JSON.stringify(told, null, 2)}\n`);
}

async function* dumpTable(
  runner: QueryRunner,
  table: string,
  files: DumpedFile[],
): AsyncGenerator<ArchiveEntry> {
  await runner.query(
    `DECLARE rows_of_table NO SCROLL CURSOR FOR SELECT row_to_json(one)::text AS line FROM "${table}" AS one`,
  );
  let lines: string[] = [];
  let characters = 0;
  let part = 0;
  const file = (): ArchiveEntry => {
    part += 1;
    const name = `tables/${table}/${String(part).padStart(6, '0')}.jsonl`;
    const entry = entryOf(name, lines.map((line) => `${line}\n`).join(''));
    files.push({ name, bytes: entry.bytes, sha256: entry.sha256, rows: lines.length });
    lines = [];
    characters = 0;
    return entry;
  };
  for (;;) {
    const rows = (await runner.query(`FETCH ${rowsAtOnce} FROM rows_of_table`)) as { line: string }[];
    for (const { line } of rows) {
      // JSON of the database's own may be written over several lines; what stands in quotes never is.
      const flat = line.replaceAll(/[\r\n]+/g, ' ');
      lines.push(flat);
      characters += flat.length;
    }
    if (characters >= portion) yield file();
    if (rows.length < rowsAtOnce) break;
  }
  if (lines.length > 0) yield file();
  await runner.query('CLOSE rows_of_table');
}

export function entryOf(name: string, text: string): ArchiveEntry & { readonly sha256: string } {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  async function* content(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  return { name, bytes: bytes.length, content: content(), sha256 };
}
