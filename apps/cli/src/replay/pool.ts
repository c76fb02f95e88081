import type { SpaceSpec } from '@ionloop/domain';
import { Failure } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';

/** A finished data set: its rows are the candidates, and asking for one reveals its value. */
export interface ReplayPool {
  readonly file: string;
  readonly target: string;
  readonly inputs: readonly string[];
  readonly candidates: readonly PoolRow[];
  /** Rows that cannot take part, each with its line and the reason. */
  readonly skipped: readonly string[];
  /** Columns that were not asked for and hold text. */
  readonly textColumns: readonly string[];
}

export interface PoolRow {
  /** The row's place in the file, counted from 0 after the header, whether or not those before it take part. */
  readonly index: number;
  readonly inputs: readonly number[];
  readonly value: number;
}

export interface PoolColumns {
  readonly target: string;
  /** Left out: every other column that holds numbers. */
  readonly inputs?: readonly string[];
  readonly transform: 'none' | 'log10';
}

const fewest = 5;

export function readPool(table: CsvTable, { target, inputs, transform }: PoolColumns): ReplayPool {
  const targetAt = columnIn(table, target);
  refuseText(table, targetAt, 'the target');
  const others = table.columns.filter((name) => name !== target);
  const textColumns =
    inputs === undefined ? others.filter((name) => isText(table, columnIn(table, name))) : [];
  const chosen = inputs ?? others.filter((name) => !textColumns.includes(name));
  if (chosen.includes(target)) throw new Failure(`"${target}" cannot be both an input and the target`);
  const places = chosen.map((name) => columnIn(table, name));
  if (places.length === 0) throw new Failure(`${table.file} has no numeric column besides "${target}"`);
  for (const place of places) refuseText(table, place, 'an input');

  const skipped: string[] = [];
  const candidates = table.rows.flatMap((row, index): PoolRow[] => {
    const trouble = troubleOf(table, row, [targetAt, ...places], transform, targetAt);
    if (trouble !== null) {
      skipped.push(`line ${row.line}: ${trouble}`);
      return [];
    }
    const number = (place: number): number => decimalNumber(row.cells[place] ?? '') ?? Number.NaN;
    return [{ index, inputs: places.map(number), value: number(targetAt) }];
  });
  if (candidates.length < fewest) {
    throw new Failure(
      [
        `${table.file} has ${candidates.length} usable rows; a replay needs ${fewest}`,
        ...skipped.slice(0, 5),
      ].join('\n  '),
    );
  }
  return { file: table.file, target, inputs: chosen, candidates, skipped, textColumns };
}

export const spaceOf = (pool: ReplayPool): SpaceSpec => ({
  parameters: [
    {
      kind: 'pool',
      name: 'row',
      features: pool.inputs,
      candidates: pool.candidates.map(({ index, inputs }) => ({ id: String(index), values: inputs })),
    },
  ],
});

function troubleOf(
  table: CsvTable,
  { cells }: CsvRow,
  places: readonly number[],
  transform: 'none' | 'log10',
  targetAt: number,
): string | null {
  for (const place of places) {
    const name = table.columns[place] ?? '';
    const cell = cells[place] ?? '';
    if (cell === '') return `"${name}" is empty`;
    const value = decimalNumber(cell);
    if (value === undefined) {
      const comma = /^[+-]?\d+,\d+$/.test(cell) ? ' (write it with a decimal point)' : '';
      return `"${name}" is "${cell}", which is not a number${comma}`;
    }
    if (place === targetAt && transform === 'log10' && value <= 0) {
      return `"${name}" is ${cell}, which has no logarithm`;
    }
  }
  return null;
}

/** Most of what is written in a text column is not numbers; a numeric one may have a few bad cells. */
function isText(table: CsvTable, place: number): boolean {
  const filled = table.rows.filter(({ cells }) => cells[place] !== '');
  const numbers = filled.filter(({ cells }) => decimalNumber(cells[place] ?? '') !== undefined);
  return numbers.length <= filled.length / 2;
}

function refuseText(table: CsvTable, place: number, role: string): void {
  if (!isText(table, place)) return;
  const name = table.columns[place] ?? '';
  const first = table.rows.find(
    ({ cells }) => cells[place] !== '' && decimalNumber(cells[place] ?? '') === undefined,
  );
  throw new Failure(
    first === undefined
      ? `${table.file}: the column "${name}" is empty and cannot be ${role}`
      : `${table.file}, line ${first.line}: the column "${name}" holds text ("${first.cells[place] ?? ''}") and cannot be ${role}; only numeric columns can be replayed`,
  );
}
