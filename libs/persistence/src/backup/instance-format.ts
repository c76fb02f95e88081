import type { DataSource } from 'typeorm';
import { allRows } from '../rows/index.js';

export const backupFormat = 'ionloop-backup';
export const backupVersion = 1;

/** The first file of a backup. */
export interface BackupHeader {
  readonly format: typeof backupFormat;
  readonly version: number;
  /** What made the tables, in order: the version of the schema. */
  readonly migrations: readonly string[];
}

/** The last: what the others are, so that one that was changed or cut off is known. */
export interface BackupManifest {
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** Artifacts that the record knows and the folder had lost. */
  readonly missing: readonly string[];
}

const inFlight: ReadonlySet<string> = new Set(['request_in_flight', 'rate_bucket']);

/** All tables of the record, in an order that foreign keys allow; what is only in flight is left out. */
export function tablesOf(dataSource: DataSource): readonly string[] {
  const first = [
    ...['workspace', 'campaign', 'plan', 'model', 'experiment', 'attempt', 'measurement'],
    ...['screen', 'analysis', 'import'],
  ];
  const all = allRows.map((row) => dataSource.getMetadata(row).tableName);
  const kept = all.filter((table) => !inFlight.has(table));
  const known = first.filter((table) => kept.includes(table));
  return [...known, ...kept.filter((table) => !known.includes(table))];
}
