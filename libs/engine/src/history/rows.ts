import { type Campaign, invalidInput } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { type Column, columnsOf } from './columns.js';
import { type CsvRow, CsvRows } from './csv-rows.js';
import { decimalOf, delimiterOf } from './dialect.js';
import type { Decimal, Delimiter, HistoryOptions } from './options.js';
import { type AnyRow, rowReader } from './read-row.js';
import { type HistoryFile, type Survey, textOf } from './survey.js';

/** How a table is written, and what its columns mean. */
export interface Layout {
  readonly delimiter: Delimiter;
  readonly decimal: Decimal;
  readonly columns: readonly Column[];
}

const headCharacters = 64 * 1024;

/** How a table begins. */
export interface Head {
  readonly delimiter: Delimiter;
  readonly decimal: Decimal;
  readonly headers: readonly string[];
  /** The first of its rows. */
  readonly rows: readonly CsvRow[];
}

export async function headOf(
  file: HistoryFile,
  { encoding }: Survey,
  options: HistoryOptions,
): Promise<Head> {
  let head = '';
  for await (const text of textOf(file, encoding)) {
    head += text;
    if (head.length >= headCharacters) break;
  }
  // Whole lines alone tell how many columns there are.
  const whole = head.length >= headCharacters ? head.slice(0, head.lastIndexOf('\n') + 1) : `${head}\n`;
  const delimiter = options.delimiter ?? delimiterOf(whole);
  const decimal = options.decimal ?? decimalOf(whole, delimiter);
  const [header, ...rows] = new CsvRows(delimiter).take(whole);
  if (!header) throw invalidInput('file', `${file.name} has no line that names the columns`);
  return { delimiter, decimal, headers: header.cells, rows };
}

export async function layoutOf(
  campaign: Campaign,
  file: HistoryFile,
  surveyed: Survey,
  options: HistoryOptions,
): Promise<Layout> {
  const { delimiter, decimal, headers } = await headOf(file, surveyed, options);
  return { delimiter, decimal, columns: columnsOf(headers, campaign, options) };
}

export interface Slice {
  readonly rows: readonly AnyRow[];
  /** The same as they stand in the table. */
  readonly raw: readonly CsvRow[];
  /** How much of the file has been read. */
  readonly bytes: number;
}

/** So many rows are read, and so many characters split, before others get their turn. */
const atOnce = 250;
const charactersAtOnce = 32 * 1024;

/** All rows of a table, a few at a time. Refuses a file that changed since it was looked at. */
export async function* slices(
  campaign: Campaign,
  file: HistoryFile,
  { encoding, sha256, bytes: size }: Survey,
  { delimiter, decimal, columns }: Layout,
  { force = false, outside = 'refuse' }: HistoryOptions,
): AsyncGenerator<Slice> {
  const read = rowReader({ campaign, columns, decimal, force, outside });
  const reader = new CsvRows(delimiter);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted: HistoryFile = {
    name: file.name,
    open: async function* () {
      for await (const chunk of file.open()) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
      }
    },
  };
  let isHeader = true;
  async function* portions(rows: readonly CsvRow[]): AsyncGenerator<Slice> {
    for (let from = 0; from < rows.length; from += atOnce) {
      const some = rows.slice(from, from + atOnce).filter(() => !isHeader || (isHeader = false));
      yield { rows: some.map(read), raw: some, bytes };
      await turn();
    }
  }
  for await (const text of textOf(counted, encoding)) {
    for (let from = 0; from < text.length; from += charactersAtOnce) {
      yield* portions(reader.take(text.slice(from, from + charactersAtOnce)));
    }
  }
  yield* portions(reader.end());
  if (bytes !== size || hash.digest('hex') !== sha256) {
    throw invalidInput('file', `${file.name} was changed while it was read`);
  }
}
