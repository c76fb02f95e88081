import type { Column } from './columns.js';
import type { BadRow } from './read-row.js';
import type { Decimal, Delimiter, Encoding } from './options.js';

/** What was found in a table, and what became of it. */
export interface HistoryReport {
  readonly file: {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly encoding: Encoding;
    readonly delimiter: Delimiter;
    readonly decimal: Decimal;
  };
  readonly columns: readonly ReportedColumn[];
  readonly rows: number;
  /** Experiments that are new to the campaign. */
  readonly experiments: number;
  readonly measurements: number;
  /** Of the measurements, those of a point that has one already, in the table or in the campaign. */
  readonly replicates: number;
  /** Of the experiments, those that ended without a value. */
  readonly failures: number;
  /** Rows that say again what is known; they are left out. */
  readonly duplicates: number;
  readonly duplicateLines: readonly number[];
  /** Rows of points outside of the space that were not wrong for it: left out, or kept. */
  readonly outside: number;
  readonly bad: number;
  /** The first of them; all are told as they are found. */
  readonly badRows: readonly BadRow[];
  /** Null where it was only checked. */
  readonly importId: string | null;
  /** The same file was imported before: this is what was said then. */
  readonly isRepeated: boolean;
}

export interface ReportedColumn {
  readonly header: string;
  /** `ignored` where nothing is made of it. */
  readonly means: string;
  readonly unit: string | null;
  readonly isAssumed: boolean;
}

export const reportedColumn = ({ header, meaning, unit, isAssumed }: Column): ReportedColumn => {
  const means =
    meaning.kind === 'parameter'
      ? meaning.parameter.name
      : meaning.kind === 'component'
        ? `${meaning.mixture}.${meaning.component}`
        : 'property' in meaning
          ? `${meaning.property}${meaning.kind === 'value' ? '' : ` ${meaning.kind}`}`
          : meaning.kind;
  return { header, means, unit: meaning.kind === 'ignored' ? null : unit, isAssumed };
};

/** So many bad rows, and lines of duplicates, are part of a report. */
export const mostReported = 1000;

export class Tally {
  rows = 0;
  experiments = 0;
  measurements = 0;
  replicates = 0;
  failures = 0;
  duplicates = 0;
  outside = 0;
  bad = 0;
  readonly duplicateLines: number[] = [];
  readonly badRows: BadRow[] = [];

  addBad(row: BadRow): void {
    this.bad += 1;
    if (this.badRows.length < mostReported) this.badRows.push(row);
  }

  addDuplicate(line: number): void {
    this.duplicates += 1;
    if (this.duplicateLines.length < mostReported) this.duplicateLines.push(line);
  }
}

export type Tallied = Omit<HistoryReport, 'file' | 'columns' | 'importId' | 'isRepeated'>;

export const tallied = (tally: Tally): Tallied => ({
  rows: tally.rows,
  experiments: tally.experiments,
  measurements: tally.measurements,
  replicates: tally.replicates,
  failures: tally.failures,
  duplicates: tally.duplicates,
  duplicateLines: tally.duplicateLines,
  outside: tally.outside,
  bad: tally.bad,
  badRows: tally.badRows,
});
