import { createRequire } from 'node:module';
import { Failure } from '../failure.js';
import { readText } from './text-file.js';

export interface CsvTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** Where the row begins in the file, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The part of papaparse that is used here; it brings no types of its own. */
interface Papa {
  parse(
    text: string,
    options: { readonly delimiter: string; readonly step: (row: ParseStep) => void },
  ): unknown;
}

interface ParseStep {
  readonly data: readonly string[];
  readonly errors: readonly { readonly type: string; readonly message: string }[];
  readonly meta: { readonly cursor: number };
}

const papa = createRequire(import.meta.url)('papaparse') as Papa;

const delimiters = [',', ';', '\t'] as const;

/** A CSV with a header; separated by commas, semicolons or tabs, whichever its header holds most of. */
export function readCsv(file: string): CsvTable {
  const text = readText(file);
  const [header, ...rows] = parse(file, text);
  if (header === undefined) throw new Failure(`${file} is empty: its first line must name the columns`);
  const columns = header.cells;
  checkHeader(file, header);
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      throw new Failure(
        `${file}, line ${line}: ${cells.length} fields, where the header has ${columns.length}`,
      );
    }
  }
  return { file, columns, rows };
}

/** The place of a column, which must be there. */
export function columnIn(table: CsvTable, name: string): number {
  const index = table.columns.indexOf(name);
  if (index >= 0) return index;
  throw new Failure(
    `${table.file}, line 1: there is no column "${name}"; the columns are ${table.columns.join(', ')}`,
  );
}

function parse(file: string, text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  let line = 1;
  let at = 0;
  papa.parse(text, {
    delimiter: delimiterOf(firstLine),
    step: ({ data, errors, meta }) => {
      const quotes = errors.find(({ type }) => type === 'Quotes');
      if (quotes) throw new Failure(`${file}, line ${line}: ${quotes.message.toLowerCase()}`);
      const cells = data.map((cell) => cell.trim());
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
      line += newLines(text.slice(at, meta.cursor));
      at = meta.cursor;
    },
  });
  return rows;
}

function delimiterOf(header: string): string {
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

const newLines = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

function checkHeader(file: string, { line, cells }: CsvRow): void {
  const unnamed = cells.indexOf('');
  if (unnamed >= 0) throw new Failure(`${file}, line ${line}: column ${unnamed + 1} has no name`);
  const twice = cells.find((cell, i) => cells.indexOf(cell) !== i);
  if (twice !== undefined) throw new Failure(`${file}, line ${line}: there are two columns "${twice}"`);
}
