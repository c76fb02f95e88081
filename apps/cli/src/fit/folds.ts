import type { Philox } from '@ionloop/linalg';
import { givenSplit, groupedKFold, kFold, type Fold } from '@ionloop/surrogates';
import { Failure } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';

export interface FoldOptions {
  readonly folds?: number;
  readonly groups?: string;
  readonly split?: string;
}

export interface Division {
  readonly folds: readonly Fold[];
  /** For the reader of the report. */
  readonly told: string;
  /** (n) The number of each row's group, where there are groups. */
  readonly groups?: Int32Array;
}

const usualFolds = 5;

export function divide(
  table: CsvTable,
  { rows, y }: { readonly rows: readonly CsvRow[]; readonly y: Float64Array },
  options: FoldOptions,
  rng: Philox,
): Division {
  if (options.split !== undefined) return bySplit(table, rows, y, options.split, rng);
  if (options.groups !== undefined) return byGroups(table, rows, y, options.groups, options.folds, rng);
  const k = foldsFor(table, options.folds, rows.length, (count) => `${rowsOf(count)} with a target`);
  return { folds: kFold(k)({ y }, rng), told: `${k} folds` };
}

function byGroups(
  table: CsvTable,
  rows: readonly CsvRow[],
  y: Float64Array,
  column: string,
  asked: number | undefined,
  rng: Philox,
): Division {
  const at = columnIn(table, column);
  // A row without a group is one by itself.
  const names = rows.map(({ line, cells }) => cells[at] || `\u0000 line ${line}`);
  const numbers = new Map([...new Set(names)].map((name, number) => [name, number]));
  const groups = Int32Array.from(names, (name) => numbers.get(name) ?? 0);
  const k = foldsFor(
    table,
    asked,
    numbers.size,
    (count) => `${count === 1 ? '1 group' : `${count} groups`} in "${column}"`,
  );
  const folds = groupedKFold(k)({ y, groups }, rng);
  return { folds, groups, told: `${k} folds that keep the ${numbers.size} groups of ${column} together` };
}

const rowsOf = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

function foldsFor(
  table: CsvTable,
  asked: number | undefined,
  available: number,
  what: (count: number) => string,
): number {
  if (available < 2) {
    throw new Failure(
      `${table.file} has ${what(available)}; there must be 2 at least, one to predict from the other`,
    );
  }
  if (asked !== undefined && asked > available) {
    throw new Failure(`${table.file} has ${what(available)}, too few for ${asked} folds`);
  }
  return asked ?? Math.min(usualFolds, available);
}

function bySplit(
  table: CsvTable,
  rows: readonly CsvRow[],
  y: Float64Array,
  column: string,
  rng: Philox,
): Division {
  const at = columnIn(table, column);
  const marks = rows.map(({ line, cells }) => {
    const cell = (cells[at] ?? '').toLowerCase();
    if (cell === 'train' || cell === '0') return 0;
    if (cell === 'test' || cell === '1') return 1;
    throw new Failure(`${table.file}, line ${line}: "${column}" is "${cell}", neither train nor test`);
  });
  const count = (mark: number): number => marks.filter((one) => one === mark).length;
  for (const [mark, name] of ['train', 'test'].entries()) {
    if (count(mark) === 0) throw new Failure(`${table.file}: "${column}" marks no row ${name}`);
  }
  return {
    folds: givenSplit(marks)({ y }, rng),
    told: `${count(1)} rows that ${column} marks test, from the ${count(0)} marked train`,
  };
}
