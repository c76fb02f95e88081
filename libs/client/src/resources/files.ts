import type { Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

export type ExportFormat = 'csv' | 'jsonld' | 'bundle';

export interface HistoryOptions extends CallOptions {
  /** What the file is called. */
  readonly name?: string;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** What columns mean, by their headers: `{ T: 'temperature [K]' }`. */
  readonly map?: Readonly<Record<string, string>>;
  readonly delimiter?: string;
  readonly decimal?: 'point' | 'comma';
  readonly encoding?: string;
  /** Import the rows that can be. */
  readonly skipBad?: boolean;
  /** Keep implausible values, with a flag. */
  readonly force?: boolean;
  readonly keepDuplicates?: boolean;
}

/** What was found in a table, and what became of it: docs/data.md. */
export interface HistoryReport {
  readonly rows: number;
  readonly experiments: number;
  readonly measurements: number;
  readonly replicates: number;
  readonly failures: number;
  readonly duplicates: number;
  readonly bad: number;
  readonly badRows: readonly {
    readonly line: number;
    readonly column: string | null;
    readonly reason: string;
  }[];
  readonly columns: readonly {
    readonly header: string;
    readonly means: string;
    readonly unit: string | null;
    readonly isAssumed: boolean;
  }[];
  /** Null where it was only checked. */
  readonly importId: string | null;
  /** The same file was imported before: this is what was said then. */
  readonly isRepeated: boolean;
}

const longestMs = 10 * 60_000;

/** Campaigns as files, in and out, and the files that came with results. */
export class Files {
  constructor(private readonly operator: Operator) {}

  /** As `fetch` answers it: `.text()`, `.blob()`, or `.body` to pipe it somewhere. */
  export(campaignId: string, format: ExportFormat = 'csv', call: CallOptions = {}): Promise<Response> {
    const path = `/v1/campaigns/${encodeURIComponent(campaignId)}/export?format=${format}`;
    return this.operator.transport.rest(
      { method: 'GET', path, repeatable: true },
      { timeoutMs: longestMs, ...call },
    );
  }

  /** One of `experiments.artifacts`. */
  artifact(sha256: string, call: CallOptions = {}): Promise<Response> {
    const path = `/artifacts/${encodeURIComponent(sha256)}`;
    return this.operator.transport.rest(
      { method: 'GET', path, repeatable: true },
      { timeoutMs: longestMs, ...call },
    );
  }

  /** Rows of a CSV as experiments of a campaign, all or none; the same file once. */
  async importHistory(
    campaignId: string,
    table: string | Blob | ArrayBuffer | ReadableStream<Uint8Array>,
    { signal, timeoutMs, onRetry, ...told }: HistoryOptions = {},
  ): Promise<HistoryReport> {
    const query = new URLSearchParams(
      Object.entries<unknown>(told).flatMap(([name, value]): [string, string][] => {
        if (value === undefined || value === false) return [];
        if (value === true) return [[name, '1']];
        return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
      }),
    );
    const path = `/v1/campaigns/${encodeURIComponent(campaignId)}/history?${query.toString()}`;
    const repeatable = !(table instanceof ReadableStream);
    const response = await this.operator.transport.rest(
      { method: 'POST', path, body: table, repeatable },
      { signal, timeoutMs: timeoutMs ?? longestMs, ...(onRetry && { onRetry }) },
    );
    return (await response.json()) as HistoryReport;
  }
}
