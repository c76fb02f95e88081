import { descriptors } from '@ionloop/chemistry';
import type { PoolFeature, PoolValue, SpaceSpec } from '@ionloop/domain';
import { Failure, messageOf } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';
import { featuresOf, type FeatureChoice, isText } from './features.js';
import type { BesideColumn } from './wishes.js';

/** A finished data set: its rows are the candidates, and asking for one reveals its value. */
export interface ReplayPool {
  readonly file: string;
  readonly target: string;
  readonly features: readonly PoolFeature[];
  /** Their names. */
  readonly inputs: readonly string[];
  readonly candidates: readonly PoolRow[];
  /** Rows that cannot take part, each with its line and the reason. */
  readonly skipped: readonly string[];
  /** Columns that were not asked for and hold text. */
  readonly textColumns: readonly string[];
}

export interface PoolRow {
  /** The row's place in the file, counted from 0 after the header, whether or not those before it take part; the first of replicates. */
  readonly index: number;
  readonly inputs: readonly PoolValue[];
  /** The mean of the replicates. */
  readonly value: number;
  /** What asking can reveal: one of these by chance. */
  readonly replicates: readonly number[];
  /** Of each of the replicates what further columns say, in their order; only where there are such. */
  readonly beside?: readonly (readonly number[])[];
}

export interface PoolColumns extends FeatureChoice {
  readonly target: string;
  readonly transform: 'none' | 'log10';
  /** What becomes of rows with the same inputs: one candidate with their mean, one that reveals any of them, or a candidate each. */
  readonly replicates?: 'mean' | 'draw' | 'each';
  /** Further columns of results, or of costs. */
  readonly beside?: readonly BesideColumn[];
}

const fewest = 5;

export function readPool(table: CsvTable, choice: PoolColumns): ReplayPool {
  const { target, transform, replicates = 'mean', beside = [] } = choice;
  const targetAt = columnIn(table, target);
  if (isText(table, targetAt)) throw new Failure(whyNotTarget(table, targetAt));
  const results = [target, ...beside.map(({ column }) => column)];
  const { features, textColumns } = featuresOf(table, results, choice);
  const read = [
    ...features.map((feature) => readerOf(table, feature)),
    resultReader(table, target, transform === 'log10' ? 'logarithm' : 'number'),
    ...beside.map(({ column, mustBe }) => resultReader(table, column, mustBe)),
  ];

  const skipped: string[] = [];
  const rows = table.rows.flatMap((row, index) => {
    const values = read.map((reader) => reader(row));
    const trouble = values.find((value) => typeof value === 'object' && value !== null);
    if (trouble !== undefined) {
      skipped.push(`line ${row.line}: ${trouble.trouble}`);
      return [];
    }
    const inputs = values.slice(0, features.length) as PoolValue[];
    const [value = Number.NaN, ...others] = values.slice(features.length) as number[];
    return [{ index, inputs, value, beside: others }];
  });
  const candidates = candidatesOf(rows, replicates);
  if (candidates.length < fewest) {
    throw new Failure(
      [
        `${table.file} has ${candidates.length} usable ${candidates.length < rows.length ? 'candidates' : 'rows'}; a replay needs ${fewest}`,
        ...skipped.slice(0, 5),
      ].join('\n  '),
    );
  }
  const inputs = features.map(({ name }) => name);
  return { file: table.file, target, features, inputs, candidates, skipped, textColumns };
}

export const spaceOf = (pool: ReplayPool): SpaceSpec => ({
  parameters: [
    {
      kind: 'pool',
      name: 'row',
      features: pool.features,
      candidates: pool.candidates.map(({ index, inputs }) => ({ id: String(index), values: inputs })),
    },
  ],
});

interface FileRow {
  readonly index: number;
  readonly inputs: readonly PoolValue[];
  readonly value: number;
  readonly beside: readonly number[];
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function candidatesOf(rows: readonly FileRow[], replicates: 'mean' | 'draw' | 'each'): PoolRow[] {
  const same = new Map<string, FileRow[]>();
  for (const row of rows) {
    const key = replicates === 'each' ? String(row.index) : JSON.stringify(row.inputs);
    same.set(key, [...(same.get(key) ?? []), row]);
  }
  return [...same.values()].flatMap((group) => {
    const values = group.map(({ value }) => value);
    const mean = meanOf(values);
    const others = group.map(({ beside }) => beside);
    return group.slice(0, 1).map(({ index, inputs, beside }) => ({
      ...{ index, inputs, value: mean },
      replicates: replicates === 'draw' ? values : [mean],
      ...(beside.length > 0 && {
        beside:
          replicates === 'draw'
            ? others
            : [beside.map((_, k) => meanOf(others.map((each) => each[k] ?? Number.NaN)))],
      }),
    }));
  });
}

interface Trouble {
  readonly trouble: string;
}
type Reader = (row: CsvRow) => PoolValue | Trouble;

function readerOf(table: CsvTable, { name, kind, scale }: PoolFeature): Reader {
  const place = columnIn(table, name);
  return ({ cells }) => {
    const cell = cells[place] ?? '';
    if (kind === 'category') return cell === '' ? null : cell;
    if (kind === 'formula') return formulaIn(name, cell);
    return numberIn(name, cell, scale === 'log');
  };
}

function resultReader(table: CsvTable, name: string, mustBe: BesideColumn['mustBe']): Reader {
  const place = columnIn(table, name);
  return ({ cells }) => {
    const value = numberIn(name, cells[place] ?? '', mustBe === 'logarithm');
    const isFree = mustBe === 'price' && typeof value === 'number' && value <= 0;
    return isFree ? { trouble: `"${name}" is ${value}; what a row costs must be above 0` } : value;
  };
}

function formulaIn(name: string, cell: string): string | Trouble {
  if (cell === '') return { trouble: `"${name}" is empty` };
  try {
    descriptors(cell);
    return cell;
  } catch (error) {
    return { trouble: `"${name}": ${messageOf(error)}` };
  }
}

function numberIn(name: string, cell: string, isLogarithm: boolean): number | Trouble {
  if (cell === '') return { trouble: `"${name}" is empty` };
  const value = decimalNumber(cell);
  if (value === undefined) {
    const comma = /^[+-]?\d+,\d+$/.test(cell) ? ' (write it with a decimal point)' : '';
    return { trouble: `"${name}" is "${cell}", which is not a number${comma}` };
  }
  if (isLogarithm && value <= 0) return { trouble: `"${name}" is ${cell}, which has no logarithm` };
  return value;
}

function whyNotTarget(table: CsvTable, place: number): string {
  const name = table.columns[place] ?? '';
  const first = table.rows.find(
    ({ cells }) => cells[place] !== '' && decimalNumber(cells[place] ?? '') === undefined,
  );
  return first === undefined
    ? `${table.file}: the column "${name}" is empty and cannot be the target`
    : `${table.file}, line ${first.line}: the column "${name}" holds text ("${first.cells[place] ?? ''}") and cannot be the target`;
}
