import { descriptors } from '@ionloop/chemistry';
import type { PoolFeature, PoolValue, SpaceSpec } from '@ionloop/domain';
import { Failure, messageOf } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';
import { featuresOf, type FeatureChoice, isText } from './features.js';

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
}

export interface PoolColumns extends FeatureChoice {
  readonly target: string;
  readonly transform: 'none' | 'log10';
  /** What becomes of rows with the same inputs: one candidate with their mean, one that reveals any of them, or a candidate each. */
  readonly replicates?: 'mean' | 'draw' | 'each';
}

const fewest = 5;

export function readPool(table: CsvTable, choice: PoolColumns): ReplayPool {
  const { target, transform, replicates = 'mean' } = choice;
  const targetAt = columnIn(table, target);
  if (isText(table, targetAt)) throw new Failure(whyNotTarget(table, targetAt));
  const { features, textColumns } = featuresOf(table, target, choice);
  const read = [
    ...features.map((feature) => readerOf(table, feature)),
    targetReader(table, target, transform),
  ];

  const skipped: string[] = [];
  const rows = table.rows.flatMap((row, index) => {
    const values = read.map((reader) => reader(row));
    const trouble = values.find((value) => typeof value === 'object' && value !== null);
    if (trouble !== undefined) {
      skipped.push(`line ${row.line}: ${trouble.trouble}`);
      return [];
    }
    const inputs = values.slice(0, -1) as PoolValue[];
    return [{ index, inputs, value: values.at(-1) as number }];
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
}

function candidatesOf(rows: readonly FileRow[], replicates: 'mean' | 'draw' | 'each'): PoolRow[] {
  const same = new Map<string, FileRow[]>();
  for (const row of rows) {
    const key = replicates === 'each' ? String(row.index) : JSON.stringify(row.inputs);
    same.set(key, [...(same.get(key) ?? []), row]);
  }
  return [...same.values()].flatMap((group) => {
    const values = group.map(({ value }) => value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return group.slice(0, 1).map(({ index, inputs }) => ({
      ...{ index, inputs, value: mean },
      replicates: replicates === 'draw' ? values : [mean],
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

function targetReader(table: CsvTable, name: string, transform: PoolColumns['transform']): Reader {
  const place = columnIn(table, name);
  return ({ cells }) => numberIn(name, cells[place] ?? '', transform === 'log10');
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
