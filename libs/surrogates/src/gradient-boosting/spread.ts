/**
 * What boosters say of their own uncertainty, each before it is calibrated on left-out errors:
 * bagged — boosters on bootstraps of the rows: their variance; virtual — one booster cut short at several lengths: the variance of those
 * (Malinin 2021); quantile — boosters of two quantile losses: the variance of a normal that has those quantiles.
 */
import { InvalidArgumentError, matrix, normQuantile, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numberFrom, numbersFrom } from '../json.js';
import { treesFrom, treesToJson } from '../trees/trees.js';
import { boosterMean, truncatedMeans, type Booster } from './booster.js';

export type Spread =
  | { readonly kind: 'none' }
  | { readonly kind: 'bagged'; readonly members: readonly Booster[] }
  | { readonly kind: 'virtual'; readonly cuts: readonly number[] }
  | { readonly kind: 'quantile'; readonly levels: readonly number[]; readonly boosters: readonly Booster[] };

export type SpreadKind = Spread['kind'];

/** How much of the mean squared left-out error is spread everywhere alike. */
export const floorShares: Readonly<Record<SpreadKind, number>> = {
  none: 1,
  bagged: 0.2,
  virtual: 0.2,
  quantile: 0.2,
};

/** (K, m): what the members of an ensemble say; undefined where there is none. */
export function membersAt(spread: Spread, main: Booster, X: Matrix): Matrix | undefined {
  switch (spread.kind) {
    case 'bagged': {
      const result = matrix(spread.members.length, X.rows);
      spread.members.forEach((member, k) => result.data.set(boosterMean(member, X), k * X.rows));
      return result;
    }
    case 'virtual':
      return truncatedMeans(main, X, spread.cuts);
    case 'none':
    case 'quantile':
      return undefined;
  }
}

/** The unbiased variance over the rows of `values` (K, m), for each column. */
export function varianceOver(values: Matrix): Float64Array {
  const { rows, cols, data } = values;
  const mean = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let k = 0; k < rows; k++)
    for (let i = 0; i < cols; i++) {
      const off = data[k * cols + i]! - mean[i]!;
      mean[i] = mean[i]! + off / (k + 1);
      squares[i] = squares[i]! + off * (data[k * cols + i]! - mean[i]!);
    }
  return squares.map((value) => (rows > 1 ? value / (rows - 1) : 0));
}

/** The uncalibrated variance at the rows of X. */
export function spreadAt(spread: Spread, main: Booster, X: Matrix): Float64Array {
  if (spread.kind === 'none') return new Float64Array(X.rows);
  if (spread.kind === 'quantile') {
    const ends = quantileMeans(spread, X, [spread.levels[0]!, spread.levels.at(-1)!]);
    const width = normQuantile(spread.levels.at(-1)!) - normQuantile(spread.levels[0]!);
    return Float64Array.from({ length: X.rows }, (_, i) => {
      const sd = (ends.data[2 * i + 1]! - ends.data[2 * i]!) / width;
      return sd * sd;
    });
  }
  return varianceOver(membersAt(spread, main, X)!);
}

/** (m, levels): fitted quantiles put in order, straight lines of the normal's quantile between and beyond them. */
export function quantileMeans(
  { levels: fitted, boosters }: Extract<Spread, { kind: 'quantile' }>,
  X: Matrix,
  levels: readonly number[],
): Matrix {
  const columns = boosters.map((booster) => boosterMean(booster, X));
  const at = fitted.map(normQuantile);
  const result = matrix(X.rows, levels.length);
  for (let i = 0; i < X.rows; i++) {
    const values = Float64Array.from(columns, (column) => column[i]!).sort();
    levels.forEach((level, q) => {
      // A normal has no quantile at 0 and 1: there the last thousandth stands.
      const z = normQuantile(Math.min(0.999, Math.max(0.001, level)));
      let k = 0;
      while (k + 2 < at.length && at[k + 1]! < z) k += 1;
      const slope = (values[k + 1]! - values[k]!) / (at[k + 1]! - at[k]!);
      result.data[i * levels.length + q] = values[k]! + slope * (z - at[k]!);
    });
  }
  return result;
}

export function boosterToJson({ base, trees }: Booster): Json {
  return { base, trees: treesToJson(trees) };
}

export function boosterFrom(name: string, json: Json | undefined): Booster {
  const fields = fieldsFrom(name, json);
  return {
    base: numberFrom(`${name}.base`, fields['base']),
    trees: treesFrom(`${name}.trees`, fields['trees']),
  };
}

export function spreadToJson(spread: Spread): Json {
  switch (spread.kind) {
    case 'none':
      return { kind: spread.kind };
    case 'bagged':
      return { kind: spread.kind, members: spread.members.map(boosterToJson) };
    case 'virtual':
      return { kind: spread.kind, cuts: spread.cuts };
    case 'quantile':
      return { kind: spread.kind, levels: spread.levels, boosters: spread.boosters.map(boosterToJson) };
  }
}

export function spreadFrom(name: string, json: Json | undefined): Spread {
  const fields = fieldsFrom(name, json);
  const boosters = (field: string) => {
    const list = fields[field];
    if (!Array.isArray(list)) throw new InvalidArgumentError(`${name}.${field}`, 'must be a list');
    return (list as readonly Json[]).map((one, k) => boosterFrom(`${name}.${field}[${k}]`, one));
  };
  const numbers = (field: string) => Array.from(numbersFrom(`${name}.${field}`, fields[field]));
  switch (fields['kind']) {
    case 'none':
      return { kind: 'none' };
    case 'bagged':
      return { kind: 'bagged', members: boosters('members') };
    case 'virtual':
      return { kind: 'virtual', cuts: numbers('cuts') };
    case 'quantile':
      return { kind: 'quantile', levels: numbers('levels'), boosters: boosters('boosters') };
    default:
      throw new InvalidArgumentError(`${name}.kind`, 'must be a kind of spread');
  }
}
