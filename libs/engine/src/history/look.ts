import type { Campaign } from '@ionloop/domain';
import type { RecordReader } from '../ports.js';
import type { CsvRow } from './csv-rows.js';
import type { HistoryOptions } from './options.js';
import { type BadRow, isBad, isLeftOut } from './read-row.js';
import { type HistoryReport, reportedColumn, Tally, tallied } from './report.js';
import { type Layout, slices } from './rows.js';
import { type Sorted, Sorting } from './sorting.js';
import type { HistoryFile, Survey } from './survey.js';

export interface HistoryProgress {
  readonly phase: 'checking' | 'writing';
  readonly bytes: number;
  readonly of: number;
  readonly rows: number;
  readonly bad: number;
}

/** What became of a row. */
export interface RowVerdict {
  readonly kind: Sorted | 'outside' | 'bad';
  /** The header of the column that is wrong, and why; null where nothing is. */
  readonly column: string | null;
  readonly reason: string | null;
}

export interface LookHooks {
  /** Each row that cannot be imported, as it is found. */
  readonly onBad?: (row: BadRow) => void;
  readonly onRow?: (row: CsvRow, verdict: RowVerdict) => void;
  readonly onProgress?: (progress: HistoryProgress) => void | Promise<void>;
}

/** Reads all of a table and says what an import of it would do. */
export async function look(
  read: RecordReader,
  campaign: Campaign,
  file: HistoryFile,
  { surveyed, layout }: { readonly surveyed: Survey; readonly layout: Layout },
  options: HistoryOptions,
  { onBad, onRow, onProgress }: LookHooks,
): Promise<HistoryReport> {
  const tally = new Tally();
  const sorting = new Sorting(campaign, '', options.keepDuplicates ?? false);
  await sorting.know(read);
  for await (const { rows, raw, bytes } of slices(campaign, file, surveyed, layout, options)) {
    rows.forEach((row, i) => {
      const verdict = verdictOn(row, sorting, tally);
      if (isBad(row)) onBad?.(row);
      const own = raw[i];
      if (own) onRow?.(own, verdict);
    });
    // Nothing is written: any numbers do.
    sorting.settle(campaign.experiments + 1 + tally.experiments - sorting.portion.experiments.length);
    await onProgress?.({ phase: 'checking', bytes, of: surveyed.bytes, rows: tally.rows, bad: tally.bad });
  }
  const { delimiter, decimal, columns } = layout;
  const { bytes, sha256, encoding } = surveyed;
  return {
    file: { name: file.name, bytes, sha256, encoding, delimiter, decimal },
    columns: columns.map(reportedColumn),
    ...tallied(tally),
    importId: null,
    isRepeated: false,
  };
}

/** Counts a row, and sorts it where it can be imported. */
export function verdictOn(row: Parameters<typeof isBad>[0], sorting: Sorting, tally: Tally): RowVerdict {
  tally.rows += 1;
  if (isBad(row)) {
    tally.addBad(row);
    return { kind: 'bad', column: row.column, reason: row.reason };
  }
  if (isLeftOut(row)) {
    tally.outside += 1;
    return { kind: 'outside', column: row.column, reason: row.outside };
  }
  return { kind: sorting.take(row, tally), column: null, reason: row.outside ?? null };
}
