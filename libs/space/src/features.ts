import { descriptorNames, descriptors, FormulaError, parseFormula } from '@ionloop/chemistry';
import { invalidInput, type PoolFeature, type PoolSpec, type PoolValue, shown } from '@ionloop/domain';
import { log } from '@ionloop/linalg';
import type { PartBlock } from './part.js';

const { max, min } = Math;

/** What models see of the candidates of a pool: numbers first, then categories, amounts and what formulas say. */
export interface FeatureColumns {
  readonly names: readonly string[];
  readonly blocks: readonly PartBlock[];
  /** One row of the columns a candidate, in their order, one after the other. */
  readonly rows: Float64Array;
}

/** Columns of one kind, as long as there are candidates. */
interface Columns {
  readonly kind: PartBlock['kind'];
  readonly names: readonly string[];
  readonly values: readonly ArrayLike<number>[];
}

/** The values of one feature, and where they stand. */
interface Feature {
  readonly spec: PoolFeature;
  /** Whether a value may be missing. */
  readonly gaps: boolean;
  readonly count: number;
  at(candidate: number): PoolValue;
  /** All of them. */
  readonly values: readonly PoolValue[];
  refuse(candidate: number, problem: string): never;
}

export const featureOf = (feature: string | PoolFeature): PoolFeature =>
  typeof feature === 'string' ? { name: feature, kind: 'number' } : feature;

/** Into the unit cube over the pool, but for categories, which are numbered. */
export function featureColumns(spec: PoolSpec, field: string): FeatureColumns {
  const features = spec.features.map((_, j) => openFeature(spec, j, field));
  const of = (kind: PoolFeature['kind']): Feature[] =>
    features.filter((feature) => feature.spec.kind === kind);
  const columns = [
    together('numbers', of('number'), numberColumn),
    together('categorical', of('category'), categoryColumn),
    amountColumns(of('amount')),
    ...of('formula').flatMap(formulaColumns),
  ].filter(({ names }) => names.length > 0);
  const all = columns.flatMap(({ values }) => values);
  return {
    names: columns.flatMap(({ names }) => names),
    blocks: columns.map(({ kind, names }) => ({ kind, width: names.length })),
    rows: interleaved(all, spec.candidates.length),
  };
}

function interleaved(columns: readonly ArrayLike<number>[], count: number): Float64Array {
  const rows = new Float64Array(count * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0, at = j; i < count; i += 1, at += columns.length) rows[at] = column[i] ?? NaN;
  });
  return rows;
}

function openFeature({ name, features, candidates }: PoolSpec, j: number, field: string): Feature {
  const given = features[j] ?? '';
  const spec = featureOf(given);
  return {
    spec,
    gaps: typeof given !== 'string',
    count: candidates.length,
    at: (i) => candidates[i]?.values[j] ?? null,
    get values() {
      return candidates.map(({ values }) => values[j] ?? null);
    },
    refuse(i, problem) {
      const { id = '', values = [] } = candidates[i] ?? {};
      throw invalidInput(
        `${field}.candidates[${i}].values[${j}]`,
        `${name}: ${spec.name} of candidate "${id}" is ${shown(values[j])}; ${problem}`,
      );
    },
  };
}

const together = (
  kind: PartBlock['kind'],
  features: readonly Feature[],
  columnOf: (feature: Feature) => ArrayLike<number>,
): Columns => ({ kind, names: features.map(({ spec }) => spec.name), values: features.map(columnOf) });

/** NaN where a value is missing. */
function numbersOf(feature: Feature): Float64Array {
  const { count, gaps } = feature;
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const value = feature.at(i);
    if (value === null && !gaps) feature.refuse(i, 'it must be a finite number, not null');
    if (value !== null && (typeof value !== 'number' || !Number.isFinite(value)))
      feature.refuse(i, 'it must be a finite number');
    numbers[i] = value ?? NaN;
  }
  return numbers;
}

function numberColumn(feature: Feature): Float64Array {
  const numbers = numbersOf(feature);
  const values = feature.spec.scale === 'log' ? logarithms(numbers, feature) : numbers;
  if (!hasNaN(values)) return inUnitRange(values);
  const middle = medianOf(values.filter((value) => !Number.isNaN(value)));
  return inUnitRange(values.map((value) => (Number.isNaN(value) ? middle : value)));
}

function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i += 1) if (Number.isNaN(values[i])) return true;
  return false;
}

const logarithms = (values: Float64Array, feature: Feature): Float64Array =>
  values.map((value, i) =>
    value <= 0 ? feature.refuse(i, 'on a log scale it must be above 0') : log(value),
  );

/** Numbered in the order of their names; what is not known comes last. */
function categoryColumn(feature: Feature): readonly number[] {
  const texts = feature.values.map((value) => (value === null ? null : String(value)));
  const known = [...new Set(texts.filter((text) => text !== null))].sort();
  const numbers = new Map(known.map((text, number) => [text, number]));
  return texts.map((text) => (text === null ? known.length : (numbers.get(text) ?? NaN)));
}

/** As shares of the largest whole, so that what adds up to the same everywhere adds up to 1. */
function amountColumns(features: readonly Feature[]): Columns {
  const amounts = features.map((feature) =>
    numbersOf(feature).map((value, i) => {
      if (value < 0) feature.refuse(i, 'an amount must not be negative');
      return Number.isNaN(value) ? 0 : value;
    }),
  );
  const wholes = (amounts[0] ?? new Float64Array()).map((_, i) =>
    amounts.reduce((sum, column) => sum + (column[i] ?? 0), 0),
  );
  const largest = wholes.reduce((most, whole) => Math.max(most, whole), 0) || 1;
  return {
    kind: 'composition',
    names: features.map(({ spec }) => spec.name),
    values: amounts.map((column) => column.map((value) => value / largest)),
  };
}

/** The fraction of each element that is in any of the formulas, and the descriptors of the whole. */
function formulaColumns(feature: Feature): readonly Columns[] {
  const { name } = feature.spec;
  const formulas = feature.values.map((value, i) => {
    if (typeof value !== 'string') return feature.refuse(i, 'it must be a chemical formula');
    try {
      return { amounts: parseFormula(value), described: descriptors(value) };
    } catch (error) {
      if (error instanceof FormulaError || error instanceof RangeError)
        return feature.refuse(i, error.message);
      throw error;
    }
  });
  const fractions = formulas.map(({ amounts }) => {
    const whole = amounts.reduce((sum, { amount }) => sum + amount, 0);
    return new Map(amounts.map(({ element, amount }) => [element, amount / whole]));
  });
  const elements = [...new Set(fractions.flatMap((one) => [...one.keys()]))].sort();
  return [
    {
      kind: 'composition',
      names: elements.map((element) => `${name}: ${element}`),
      values: elements.map((element) => fractions.map((one) => one.get(element) ?? 0)),
    },
    {
      kind: 'descriptors',
      names: descriptorNames.map((descriptor) => `${name}: ${descriptor}`),
      values: descriptorNames.map((_, at) =>
        inUnitRange(Float64Array.from(formulas, ({ described }) => described[at] ?? NaN)),
      ),
    },
  ];
}

/** From 0 to 1; what never varies says nothing and sits in the middle. */
function inUnitRange(values: Float64Array): Float64Array {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!(value >= least)) least = min(least, value);
    if (!(value <= most)) most = max(most, value);
  }
  // Halved first, so that a range wider than the largest number still has a width.
  const half = most / 2 - least / 2;
  const scaled = new Float64Array(values.length);
  for (let i = 0; i < scaled.length; i += 1)
    scaled[i] = half > 0 ? ((values[i] ?? NaN) / 2 - least / 2) / half : 0.5;
  return scaled;
}

/** 0 where there is none. */
function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
