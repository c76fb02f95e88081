import type { Actor } from '@ionloop/domain';
import type { HistoryImport, HistoryOptions, HistoryReport, ImportState, Preview } from '@ionloop/engine';
import { bytes, fixed, flag, float, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface ImportRow {
  id: string;
  campaignId: string;
  key: string | null;
  fileName: string;
  bytes: number;
  sha256: string;
  options: HistoryOptions;
  actor: Actor;
  state: ImportState;
  run: number;
  busy: boolean;
  rowsRead: number;
  bytesRead: number;
  bad: number;
  written: number;
  report: HistoryReport | null;
  preview: Preview | null;
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  touchedAt: Date;
  endedAt: Date | null;
}

export const importRow = table<ImportRow>({
  name: 'import',
  columns: {
    id: key('import', text()),
    campaignId: fixed(text('campaign_id')),
    key: nullable(fixed(text())),
    fileName: fixed(text('file_name')),
    bytes: float(),
    sha256: text(),
    options: json(),
    actor: json(),
    state: text(),
    run: integer(),
    busy: flag(),
    rowsRead: integer('rows_read'),
    bytesRead: float('bytes_read'),
    bad: integer(),
    written: integer(),
    report: nullable(json()),
    preview: nullable(json()),
    error: nullable(text()),
    createdAt: fixed(instant('created_at')),
    startedAt: nullable(instant('started_at')),
    touchedAt: instant('touched_at'),
    endedAt: nullable(instant('ended_at')),
  },
  foreignKeys: [
    {
      name: 'import_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'import_key_key', columns: ['campaignId', 'key'] }],
  indices: [
    { name: 'import_unfinished', columns: ['campaignId'], where: 'ended_at IS NULL' },
    {
      name: 'import_writing',
      columns: ['campaignId'],
      unique: true,
      where: `busy AND state = 'importing'`,
    },
  ],
});

export interface ImportPieceRow {
  importId: string;
  number: number;
  bytes: Buffer;
}

const ofImport = (name: string) => ({
  name,
  target: 'import',
  columnNames: ['importId'],
  referencedColumnNames: ['id'],
});

export const importPieceRow = table<ImportPieceRow>({
  name: 'import_piece',
  columns: {
    importId: key('import_piece', text('import_id')),
    number: key('import_piece', integer()),
    bytes: fixed(bytes()),
  },
  foreignKeys: [ofImport('import_piece_import_fkey')],
});

export interface ImportBadRowRow {
  importId: string;
  run: number;
  line: number;
  column: string | null;
  reason: string;
}

export const importBadRowRow = table<ImportBadRowRow>({
  name: 'import_bad_row',
  columns: {
    importId: key('import_bad_row', text('import_id')),
    run: key('import_bad_row', integer()),
    line: key('import_bad_row', integer()),
    column: nullable(fixed(text('wrong_column'))),
    reason: fixed(text()),
  },
  foreignKeys: [ofImport('import_bad_row_import_fkey')],
});

export const importFromRow = (row: ImportRow): HistoryImport => ({
  id: row.id,
  campaignId: row.campaignId,
  fileName: row.fileName,
  bytes: row.bytes,
  sha256: row.sha256,
  options: row.options,
  actor: row.actor,
  state: row.state,
  progress: { rows: row.rowsRead, bytes: row.bytesRead, bad: row.bad, written: row.written },
  report: row.report,
  preview: row.preview,
  error: row.error,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  touchedAt: row.touchedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
