import { clean } from './clean.js';
import type { ColumnProblem } from './columns.js';
import type { CsvRow } from './csv-rows.js';
import type { RowVerdict } from './look.js';
import type { HistoryReport, ReportedColumn } from './report.js';

/** A table as it is understood, for somebody who may say that it is to be understood otherwise. */
export interface Preview {
  readonly file: HistoryReport['file'];
  readonly columns: readonly ReportedColumn[];
  /** What a column of this campaign's tables may mean. */
  readonly meanings: readonly string[];
  /** As long as there is one, rows are not read. */
  readonly problems: readonly ColumnProblem[];
  readonly rows: readonly PreviewRow[];
  /** Of the campaign's settings, with which the rows were judged. */
  readonly revision: number;
}

export interface PreviewRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Null where rows are not read. */
  readonly verdict: RowVerdict | null;
}

export const previewed = 20;
const longest = { cells: 200, characters: 200 } as const;

export const previewRow = ({ line, cells }: CsvRow, verdict: RowVerdict | null): PreviewRow => ({
  line,
  cells: cells.slice(0, longest.cells).map((cell) => clean(cell, longest.characters)),
  verdict,
});
