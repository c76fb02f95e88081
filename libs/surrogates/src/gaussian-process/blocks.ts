/**
 * Inputs of different kinds as groups, each with one lengthscale: k = σ²·κ(r), r² = Σ_g D_g/ℓ_g², with D_g = squared distance ÷ (2·Σ variances) over the
 * columns of a group, so that the mean of D_g over pairs of rows is 1 whatever the group holds.
 *   numbers      a group for each column, as z-scores
 *   categorical  a group for each column, as a column for each category, and one for all that were not there
 *   composition  up to 10 columns: as numbers; more: one group of √fraction, of raw amounts where rows do not sum to a constant
 *   descriptors  one group of all columns, as z-scores
 */
import { InvalidArgumentError, matrix, requireCols, type Kernel, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numberFrom, numbersFrom } from '../json.js';
import { requireOneOf } from '../options.js';
import { scalingOf, type Scaling } from '../scaling.js';
import type { InputMap } from './inputMap.js';
import type { KernelName } from './kernels.js';

const { abs, max, sqrt } = Math;

export const blockKinds = ['numbers', 'categorical', 'composition', 'descriptors'] as const;
export type BlockKind = (typeof blockKinds)[number];

export interface InputBlock {
  readonly kind: BlockKind;
  /** Of X; no column is in two blocks, and those in none are not looked at. */
  readonly columns: readonly number[];
}

/** Compositions of so many columns still have a lengthscale for each. */
const mostSingleAmounts = 10;
/** How far sums of rounded fractions may be from each other. */
const sumTolerance = 0.01;

/** One column of what the kernel sees: (form of x − centre)·rate. */
interface Derived {
  readonly column: number;
  readonly form: 'value' | 'root' | 'is' | 'other';
  /** The category that it `is`, or all that it is not. */
  readonly categories: readonly number[];
  readonly centre: number;
  readonly rate: number;
}

type Group = readonly Derived[];

export function requireBlocks(name: string, blocks: readonly InputBlock[]): void {
  if (blocks.length === 0) throw new InvalidArgumentError(name, 'must hold at least one block');
  const seen = new Set<number>();
  blocks.forEach(({ kind, columns }, b) => {
    requireOneOf(`${name}[${b}].kind`, kind, blockKinds);
    if (columns.length === 0)
      throw new InvalidArgumentError(`${name}[${b}].columns`, 'must name at least one column');
    for (const column of columns) {
      if (!Number.isSafeInteger(column) || column < 0)
        throw new InvalidArgumentError(`${name}[${b}].columns`, `must be column numbers; found ${column}`);
      if (seen.has(column))
        throw new InvalidArgumentError(`${name}[${b}].columns`, `must not name column ${column} again`);
      seen.add(column);
    }
  });
}

/** The groups of the blocks, by the spread of the given rows (the pool, say), and the kernel over them. */
export function blocksOn(
  blocks: readonly InputBlock[],
  rows: Matrix,
  kernel: KernelName,
): { readonly inputs: InputMap; readonly kernel: Kernel } {
  for (const [b, { columns }] of blocks.entries())
    for (const column of columns)
      if (column >= rows.cols)
        throw new InvalidArgumentError(
          `options.blocks[${b}].columns`,
          `must lie in 0 … ${rows.cols - 1}; found ${column}`,
        );
  const scaling = scalingOf(rows);
  const groups = blocks.flatMap((block) => groupsOf(block, rows, scaling));
  const lengthscaleOf = groups.flatMap((group, g) => group.map(() => g));
  const columns = lengthscaleOf.map((_, column) => column);
  return {
    inputs: blockMap(groups.flat()),
    kernel: { terms: [[{ kind: kernel, columns, lengthscaleOf }]] },
  };
}

/** Columns that the data say hold categories must be in a block of them. */
export function requireCategorical(blocks: readonly InputBlock[], categorical: readonly number[]): void {
  for (const { kind, columns } of blocks)
    for (const column of columns)
      if (kind !== 'categorical' && categorical.includes(column))
        throw new InvalidArgumentError('data.categorical', `must not name column ${column}, one of ${kind}`);
}

function groupsOf({ kind, columns }: InputBlock, rows: Matrix, scaling: Scaling): Group[] {
  switch (kind) {
    case 'numbers':
      return columns.map((column) => standardGroup([column], scaling));
    case 'descriptors':
      return [standardGroup(columns, scaling)];
    case 'categorical':
      return columns.map((column) => categoryGroup(column, rows));
    case 'composition':
      requireAmounts(columns, rows);
      return columns.length <= mostSingleAmounts
        ? columns.map((column) => standardGroup([column], scaling))
        : [amountGroup(columns, rows)];
  }
}

function requireAmounts(columns: readonly number[], rows: Matrix): void {
  for (const column of columns)
    for (let i = 0; i < rows.rows; i++)
      if (rows.data[i * rows.cols + column]! < 0)
        throw new InvalidArgumentError(
          'data.X',
          `must not be negative in column ${column}, an amount; row ${i} is ${rows.data[i * rows.cols + column]!}`,
        );
}

function standardGroup(columns: readonly number[], { centre, rate }: Scaling): Group {
  const varying = columns.filter((column) => rate[column]! > 0).length;
  const share = varying > 0 ? 1 / sqrt(2 * varying) : 0;
  return columns.map((column) => ({
    ...{ column, form: 'value', categories: [] },
    centre: centre[column]!,
    rate: share * rate[column]!,
  }));
}

function categoryGroup(column: number, rows: Matrix): Group {
  const values = Array.from({ length: rows.rows }, (_, i) => rows.data[i * rows.cols + column]!);
  const categories = [...new Set(values)].sort((a, b) => a - b);
  return sharedRate(
    [
      ...categories.map((category) => ({ column, form: 'is' as const, categories: [category] })),
      { column, form: 'other', categories },
    ],
    rows,
  );
}

function amountGroup(columns: readonly number[], rows: Matrix): Group {
  const sums = Array.from({ length: rows.rows }, (_, i) =>
    columns.reduce((sum, column) => sum + rows.data[i * rows.cols + column]!, 0),
  );
  const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length;
  const constant = sums.every((sum) => abs(sum - mean) <= sumTolerance * mean);
  const form = constant ? ('root' as const) : ('value' as const);
  return sharedRate(
    columns.map((column) => ({ column, form, categories: [] })),
    rows,
  );
}

/** All columns of a group in the same units: 1/√(2·Σ variances). */
function sharedRate(group: readonly Omit<Derived, 'centre' | 'rate'>[], rows: Matrix): Group {
  const raw = group.map((derived) => ({ ...derived, centre: 0, rate: 1 }));
  const { centre, rate } = scalingOf(blockMap(raw).apply(rows));
  const total = rate.reduce((sum, value) => sum + (value > 0 ? 1 / (value * value) : 0), 0);
  const shared = total > 0 ? 1 / sqrt(2 * total) : 0;
  return group.map((derived, q) => ({ ...derived, centre: centre[q]!, rate: shared }));
}

function formOf({ form, categories }: Derived, x: number): number {
  switch (form) {
    case 'value':
      return x;
    case 'root':
      return sqrt(max(x, 0));
    case 'is':
      return x === categories[0] ? 1 : 0;
    case 'other':
      return categories.includes(x) ? 0 : 1;
  }
}

function blockMap(derived: readonly Derived[]): InputMap {
  const sources = derived.map(({ column }) => column);
  return {
    sources,
    apply(X) {
      const { rows, cols, data } = X;
      const Z = matrix(rows, derived.length);
      derived.forEach((one, q) => {
        const { form, column, centre, rate } = one;
        const plain = form === 'value';
        for (let i = 0, from = column, to = q; i < rows; i++, from += cols, to += derived.length)
          Z.data[to] = ((plain ? data[from]! : formOf(one, data[from]!)) - centre) * rate + 0;
      });
      return Z;
    },
    toJSON: () => ({ kind: 'blocks', columns: derived.map((one) => ({ ...one })) }),
  };
}

export function blocksFrom(name: string, { columns }: { readonly [field: string]: Json }): InputMap {
  if (!Array.isArray(columns)) throw new InvalidArgumentError(`${name}.columns`, 'must be a list');
  return blockMap(
    (columns as readonly Json[]).map((json, e) => {
      const at = `${name}.columns[${e}]`;
      const fields = fieldsFrom(at, json);
      return {
        column: numberFrom(`${at}.column`, fields['column']),
        form: requireOneOf(`${at}.form`, fields['form'], ['value', 'root', 'is', 'other'] as const),
        categories: Array.from(numbersFrom(`${at}.categories`, fields['categories'])),
        centre: numberFrom(`${at}.centre`, fields['centre']),
        rate: numberFrom(`${at}.rate`, fields['rate']),
      };
    }),
  );
}

/** The rows that blocks take their spread from: those given with the options, else those of the data. */
export function referenceRows(reference: Matrix | undefined, X: Matrix): Matrix {
  if (reference === undefined) return X;
  requireCols('options.reference', reference, X.cols);
  return reference;
}
