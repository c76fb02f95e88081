import { fieldsOf, listOf, numberOr, textOr } from './json.js';
import { patientFetch } from './reach.js';
import type { Session } from './session.js';

/** What was found in a table of results, and what became of it: docs/data.md. */
export interface HistoryReport {
  readonly columns: readonly ReportedColumn[];
  readonly rows: number;
  readonly experiments: number;
  readonly measurements: number;
  readonly replicates: number;
  readonly failures: number;
  readonly duplicates: number;
  readonly bad: number;
  readonly badRows: readonly BadRow[];
  /** Null where it was only checked. */
  readonly importId: string | null;
  readonly isRepeated: boolean;
}

export interface ReportedColumn {
  readonly header: string;
  readonly means: string;
  readonly unit: string | null;
  readonly isAssumed: boolean;
}

export interface BadRow {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
}

export interface HistoryOptions {
  readonly map: Readonly<Record<string, string>>;
  readonly skipBad: boolean;
  readonly force: boolean;
  readonly keepDuplicates: boolean;
}

export type HistoryAnswer = { readonly report: HistoryReport } | { readonly problem: string };

/** Brings a table of results in, or only says what would be done. */
export async function sendHistory(
  session: Session,
  campaignId: string,
  file: File,
  options: HistoryOptions,
  dryRun: boolean,
): Promise<HistoryAnswer> {
  const query = new URLSearchParams({
    name: file.name,
    ...(dryRun && { dryRun: '1' }),
    ...(Object.keys(options.map).length > 0 && { map: JSON.stringify(options.map) }),
    ...(options.skipBad && { skipBad: '1' }),
    ...(options.force && { force: '1' }),
    ...(options.keepDuplicates && { keepDuplicates: '1' }),
  });
  try {
    const response = await patientFetch(
      `/v1/campaigns/${encodeURIComponent(campaignId)}/history?${query.toString()}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${session.secret}`, 'content-type': 'text/csv' },
        body: file,
      },
    );
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { report: readReport(body) };
    const { detail } = fieldsOf(body);
    return { problem: typeof detail === 'string' ? detail : `The server answered ${response.status}.` };
  } catch {
    return { problem: 'The server cannot be reached: try again in a moment.' };
  }
}

export function readReport(json: unknown): HistoryReport {
  const report = fieldsOf(json);
  const count = (key: string): number => numberOr(report[key], 0);
  return {
    columns: listOf(report['columns']).map((column) => {
      const { header, means, unit, isAssumed } = fieldsOf(column);
      return {
        header: textOr(header, ''),
        means: textOr(means, 'ignored'),
        unit: typeof unit === 'string' ? unit : null,
        isAssumed: isAssumed === true,
      };
    }),
    rows: count('rows'),
    experiments: count('experiments'),
    measurements: count('measurements'),
    replicates: count('replicates'),
    failures: count('failures'),
    duplicates: count('duplicates'),
    bad: count('bad'),
    badRows: listOf(report['badRows']).map((row) => {
      const { line, column, reason } = fieldsOf(row);
      return {
        line: numberOr(line, 0),
        column: typeof column === 'string' ? column : null,
        reason: textOr(reason, ''),
      };
    }),
    importId: typeof report['importId'] === 'string' ? report['importId'] : null,
    isRepeated: report['isRepeated'] === true,
  };
}
