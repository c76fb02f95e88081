import { Failure } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';
import { formulaColumns, type FormulaColumns } from './formula.js';

/** How the cells of a table become the numbers that a model learns from; learned from the table that it is fitted to. */
export interface Schema {
  readonly columns: readonly InputColumn[];
  readonly formula: FormulaColumns | null;
  /** Columns that were not asked for and are of no use, each with the reason. */
  readonly leftOut: readonly string[];
}

export type InputColumn =
  | { readonly name: string; readonly kind: 'number' }
  | { readonly name: string; readonly kind: 'category'; readonly levels: readonly string[] };

export interface Wanted {
  readonly inputs?: readonly string[];
  readonly formula?: string;
  /** Columns that have another part to play. */
  readonly taken: readonly string[];
}

export function schemaOf(table: CsvTable, rows: readonly CsvRow[], wanted: Wanted): Schema {
  const { formula, taken } = wanted;
  const both = wanted.inputs?.find((name) => taken.includes(name));
  if (both !== undefined) throw new Failure(`"${both}" cannot be an input and something else as well`);
  const chosen =
    wanted.inputs ?? (formula === undefined ? table.columns.filter((name) => !taken.includes(name)) : []);
  const leftOut: string[] = [];
  const columns = chosen.flatMap((name): InputColumn[] => {
    const column = inputColumn(table, rows, name);
    const why = wanted.inputs === undefined ? reasonToLeaveOut(column, rows.length) : null;
    if (why === null) return [column];
    leftOut.push(`"${name}" ${why}`);
    return [];
  });
  if (columns.length === 0 && formula === undefined) {
    throw new Failure([`${table.file} has no column to learn from`, ...leftOut].join('\n  '));
  }
  return {
    columns,
    formula: formula === undefined ? null : formulaColumns(table, rows, formula),
    leftOut,
  };
}

function inputColumn(table: CsvTable, rows: readonly CsvRow[], name: string): InputColumn {
  const at = columnIn(table, name);
  const filled = rows.filter(({ cells }) => cells[at] !== '');
  const bad = filled.filter(({ cells }) => decimalNumber(cells[at] ?? '') === undefined);
  // Mostly numbers is a column of numbers with mistakes in it; infinities are mistakes everywhere.
  const infinite = bad.find(({ cells }) => isInfinite(cells[at] ?? ''));
  const mistake = infinite ?? (bad.length <= filled.length / 2 ? bad[0] : undefined);
  if (mistake !== undefined) throw notANumber(table, mistake, at);
  if (bad.length === 0) return { name, kind: 'number' };
  return { name, kind: 'category', levels: [...new Set(filled.map(({ cells }) => cells[at] ?? ''))].sort() };
}

/** What nearly every row has to itself tells rows apart and nothing else: keys, remarks. */
function reasonToLeaveOut(column: InputColumn, rows: number): string | null {
  if (column.kind === 'category' && column.levels.length > Math.max(20, rows / 4)) {
    return `is left out: ${column.levels.length} different texts in ${rows} rows`;
  }
  return null;
}

const isInfinite = (cell: string): boolean =>
  /^[+-]?inf(inity)?$/i.test(cell) ||
  (/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(cell) && !Number.isFinite(Number(cell)));

export function notANumber(table: CsvTable, { line, cells }: CsvRow, at: number): Failure {
  const cell = cells[at] ?? '';
  const what = isInfinite(cell) ? 'which is not finite' : 'which is not a number';
  const comma = /^[+-]?\d+,\d+$/.test(cell) ? ' (write it with a decimal point)' : '';
  return new Failure(
    cell === ''
      ? `${table.file}, line ${line}: "${table.columns[at] ?? ''}" is empty`
      : `${table.file}, line ${line}: "${table.columns[at] ?? ''}" is "${cell}", ${what}${comma}`,
  );
}
