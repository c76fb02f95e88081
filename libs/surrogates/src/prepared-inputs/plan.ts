/** How columns of numbers, categories and gaps become columns that a model can take, learned from the rows it is fitted to. */
import { InvalidArgumentError, matrix, type Matrix } from '@ionloop/linalg';
import type { Capabilities, Json } from '../contract.js';
import { fieldsFrom, numberFrom } from '../json.js';
import { requireOneOf } from '../options.js';

const { isNaN } = Number;
const { sqrt } = Math;

/** 'unit cube': from 0 to 1. 'unit spread': the standard deviation that even numbers from 0 to 1 have. */
export const inputScales = ['unit cube', 'unit spread', 'any'] as const;
export type InputScale = (typeof inputScales)[number];

/** One column that the model sees, made from the column `from` of what it is given. */
export type PreparedColumn =
  | {
      readonly role: 'number';
      readonly from: number;
      readonly centre: number;
      readonly rate: number;
      /** What stands for a gap, before scaling; null leaves gaps to the model. */
      readonly fill: number | null;
    }
  | { readonly role: 'category'; readonly from: number; readonly fill: number | null }
  /** 1 where the value is that category. */
  | { readonly role: 'level'; readonly from: number; readonly level: number }
  /** 1 where the value is missing. */
  | { readonly role: 'gap'; readonly from: number };

const roles = ['number', 'category', 'level', 'gap'] as const;

/** Numbers and categories come first, in their order, where the model takes categories as they are; what is added comes after them. */
export function planColumns(
  X: Matrix,
  categorical: readonly number[],
  can: Capabilities,
  scale: InputScale,
): readonly PreparedColumn[] {
  const kept: PreparedColumn[] = [];
  const added: PreparedColumn[] = [];
  for (let from = 0; from < X.cols; from++) {
    const known = knownValues(X, from);
    const filled = !can.missing;
    if (filled && known.length < X.rows) added.push({ role: 'gap', from });
    if (!categorical.includes(from)) kept.push(numberColumn(from, known, scale, filled));
    else if (can.categorical)
      kept.push({
        role: 'category',
        from,
        fill: filled ? known.reduce((most, value) => Math.max(most, value), -1) + 1 : null,
      });
    else for (const level of levelsOf(known)) added.push({ role: 'level', from, level });
  }
  // A model must be given something to look at.
  const all = [...kept, ...added];
  return all.length > 0 ? all : [{ role: 'gap', from: 0 }];
}

function knownValues(X: Matrix, column: number): Float64Array {
  const values = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + column]!);
  return values.filter((value) => !isNaN(value));
}

/** Ascending, each once. Two levels are told apart by one column. */
function levelsOf(known: Float64Array): readonly number[] {
  const levels = [...new Set(known)].sort((a, b) => a - b);
  return levels.length === 2 ? levels.slice(1) : levels;
}

function numberColumn(from: number, known: Float64Array, scale: InputScale, filled: boolean): PreparedColumn {
  const fill = filled ? medianOf(known) : null;
  return { role: 'number', from, fill, ...scalingOf(known, scale) };
}

/** A column that does not vary has rate 0, unless it is left as it is. */
function scalingOf(known: Float64Array, scale: InputScale): { centre: number; rate: number } {
  if (scale === 'any') return { centre: 0, rate: 1 };
  if (known.length === 0) return { centre: 0, rate: 0 };
  const low = known.reduce((least, value) => Math.min(least, value));
  const high = known.reduce((most, value) => Math.max(most, value));
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low > 1e-12 * size)) return { centre: low + 0, rate: 0 };
  if (scale === 'unit cube') return { centre: low + 0, rate: 1 / (high - low) };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / known.length;
  return { centre: mean + 0, rate: 1 / sqrt(12 * variance) };
}

/** 0 where nothing is known. */
function medianOf(known: Float64Array): number {
  if (known.length === 0) return 0;
  const sorted = known.slice().sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2 + 0;
}

/** X (m,d) as the model sees it. */
export function prepare(X: Matrix, columns: readonly PreparedColumn[]): Matrix {
  const result = matrix(X.rows, columns.length);
  columns.forEach((column, k) => {
    for (let i = 0; i < X.rows; i++)
      result.data[i * columns.length + k] = valueOf(column, X.data[i * X.cols + column.from]!) + 0;
  });
  return result;
}

function valueOf(column: PreparedColumn, value: number): number {
  switch (column.role) {
    case 'number':
      return ((isNaN(value) ? (column.fill ?? value) : value) - column.centre) * column.rate;
    case 'category':
      return isNaN(value) ? (column.fill ?? value) : value;
    case 'level':
      return value === column.level ? 1 : 0;
    case 'gap':
      return isNaN(value) ? 1 : 0;
  }
}

/** Which of the columns are categories to the model. */
export function categoriesOf(columns: readonly PreparedColumn[]): readonly number[] {
  return columns.flatMap(({ role }, k) => (role === 'category' ? [k] : []));
}

export function columnsFrom(name: string, json: Json | undefined, d: number): readonly PreparedColumn[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new InvalidArgumentError(name, 'must be a list of at least one column');
  return (json as readonly Json[]).map((one, k) => columnFrom(`${name}[${k}]`, one, d));
}

function columnFrom(name: string, json: Json, d: number): PreparedColumn {
  const fields = fieldsFrom(name, json);
  const number = (field: string) => numberFrom(`${name}.${field}`, fields[field]);
  const from = number('from');
  if (!Number.isSafeInteger(from) || from < 0 || from >= d)
    throw new InvalidArgumentError(`${name}.from`, `must lie in 0 … ${d - 1}, not ${from}`);
  const fill = () => (fields['fill'] === null ? null : number('fill'));
  const role = requireOneOf(`${name}.role`, fields['role'], roles);
  switch (role) {
    case 'number':
      return { role, from, centre: number('centre'), rate: number('rate'), fill: fill() };
    case 'category':
      return { role, from, fill: fill() };
    case 'level':
      return { role, from, level: number('level') };
    case 'gap':
      return { role, from };
  }
}
