import { toModelScale } from '@ionloop/chemistry';
import { matrix, type Matrix } from '@ionloop/linalg';
import { Failure } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';
import { formulaValues } from './formula.js';
import { notANumber, type InputColumn, type Schema } from './schema.js';

/** Rows of a table as a model learns from them. */
export interface FitRows {
  /** Each row's place in the file, counted from 0 after the header. */
  readonly places: readonly number[];
  readonly rows: readonly CsvRow[];
  readonly y: Float64Array;
  readonly skipped: readonly string[];
}

/** The rows whose target is known; those where it is empty are named. */
export function rowsWithTarget(table: CsvTable, target: string, log: boolean): FitRows {
  const at = columnIn(table, target);
  const skipped: string[] = [];
  const known = table.rows.flatMap((row, place) => {
    const cell = row.cells[at] ?? '';
    if (cell === '') {
      skipped.push(`line ${row.line}: "${target}" is empty`);
      return [];
    }
    const value = decimalNumber(cell);
    if (value === undefined) throw notANumber(table, row, at);
    if (log && value <= 0) {
      throw new Failure(`${table.file}, line ${row.line}: "${target}" is ${cell}, which has no logarithm`);
    }
    return [{ row, place, value: toModelScale(value, log ? 'log10' : 'none') }];
  });
  return {
    places: known.map(({ place }) => place),
    rows: known.map(({ row }) => row),
    y: Float64Array.from(known, ({ value }) => value),
    skipped,
  };
}

export interface Inputs {
  readonly X: Matrix;
  readonly categorical: readonly number[];
  readonly names: readonly string[];
  /** Places of columns that describe one thing together. */
  readonly blocks: readonly (readonly number[])[];
  /** Texts that training did not know. */
  readonly unknown: readonly string[];
}

export function inputsOf(table: CsvTable, rows: readonly CsvRow[], { columns, formula }: Schema): Inputs {
  const names = [...columns.map(({ name }) => name), ...(formula?.names ?? [])];
  const unknown: string[] = [];
  const readers = columns.map((column) => readerOf(table, column, unknown));
  const values = rows.flatMap((row) => [
    ...readers.map((read) => read(row)),
    ...(formula === null ? [] : formulaValues(table, row, formula)),
  ]);
  return {
    X: matrix(rows.length, names.length, Float64Array.from(values)),
    categorical: columns.flatMap(({ kind }, at) => (kind === 'category' ? [at] : [])),
    names,
    blocks: formula === null ? [] : formula.blocks.map((block) => block.map((at) => columns.length + at)),
    unknown,
  };
}

/** Empty cells are missing values; a text that training did not know is a category of its own. */
function readerOf(table: CsvTable, column: InputColumn, unknown: string[]): (row: CsvRow) => number {
  const at = columnIn(table, column.name);
  return (row) => {
    const cell = row.cells[at] ?? '';
    if (cell === '') return Number.NaN;
    if (column.kind === 'category') {
      const level = column.levels.indexOf(cell);
      if (level >= 0) return level;
      unknown.push(`line ${row.line}: training knows no ${column.name} "${cell}"`);
      return column.levels.length;
    }
    const value = decimalNumber(cell);
    if (value === undefined) throw notANumber(table, row, at);
    return value;
  };
}
