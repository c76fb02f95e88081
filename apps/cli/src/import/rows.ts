import type { BadRow, HistoryOptions, HistoryReport } from '@ionloop/engine';
import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { Failure } from '../failure.js';
import type { ImportOptions } from '../commands/import.js';
import { idOf } from '../launch/named-campaign.js';
import { engineOn, withRecord } from '../launch/record.js';
import { writeJson } from '../report/json-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** The rows of a CSV into a campaign, or what would become of them. */
export async function importRows(
  file: string,
  { campaign, dryRun, json, ...options }: ImportOptions & { readonly campaign: string },
  terminal: Terminal,
): Promise<void> {
  const settings = readSettings(terminal);
  const { BadRows, checkHistory, importHistory } = await import('@ionloop/engine');
  const history = { name: basename(file), open: () => createReadStream(file) };
  const bad: BadRow[] = [];
  const hooks = {
    onBad: (row: BadRow): void => {
      bad.push(row);
      terminal.err(`line ${row.line}${row.column === null ? '' : `, "${row.column}"`}: ${row.reason}`);
    },
    onProgress: ({ phase, bytes, of }: { phase: string; bytes: number; of: number }): void =>
      terminal.progress(`${phase} ${Math.floor((100 * bytes) / of)} %`),
  };
  const report = await withRecord(settings, async ({ store }) => {
    const engine = await engineOn(store, settings);
    const id = await idOf(store.read, campaign);
    const asked = { ...options, delimiter: options.delimiter === 'tab' ? '\t' : options.delimiter };
    const told = Object.fromEntries(
      Object.entries(asked).filter(([, value]) => value !== undefined),
    ) as HistoryOptions;
    if (dryRun === true) return checkHistory(engine, id, history, told, hooks);
    const actor = { kind: 'person', name: userInfo().username } as const;
    return importHistory(engine, actor, id, history, told, hooks).catch((error: unknown) => {
      if (error instanceof BadRows) return error.report;
      throw error;
    });
  });
  terminal.progress('');
  for (const line of toldReport(report, dryRun === true)) terminal.out(line);
  writeJson(json, { ...report, badRows: bad.length > 0 ? bad : report.badRows });
  if (report.bad > 0 && options.skipBad !== true) {
    throw new Failure(
      `${report.bad} of ${report.rows} rows cannot be imported, so nothing was; mend them, or leave them out with --skip-bad`,
    );
  }
}

function toldReport(report: HistoryReport, isDry: boolean): readonly string[] {
  const { file, columns, rows, experiments, measurements, replicates, failures, duplicates, outside } =
    report;
  const delimiter = file.delimiter === '\t' ? 'tab' : `"${file.delimiter}"`;
  if (report.isRepeated) return [`${file.name} was imported before; nothing was changed.`];
  const done = report.importId === null ? (isDry ? 'Would bring' : 'Would have brought') : 'Brought';
  return [
    `${file.name}: ${rows} rows in ${file.encoding}, columns by ${delimiter}, decimal ${file.decimal}`,
    ...columns.map(
      ({ header, means, unit, isAssumed }) =>
        `  "${header}" is ${means}${unit === null ? '' : ` in ${unit}${isAssumed ? ' (assumed)' : ''}`}`,
    ),
    `${done} ${experiments} experiments and ${measurements} measurements, ${replicates} of them replicates;`,
    `  ${failures} failures, ${duplicates} duplicates left out.`,
    ...(outside === 0
      ? []
      : [`  ${outside} rows of points outside of the space: left out, or kept as knowledge.`]),
  ];
}
