import { InvalidArgumentError } from 'commander';
import { decimalNumber } from './number.js';

/** Readers of option values: each refuses what it cannot take, which ends the command as wrong usage. */

export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(
        max === Number.MAX_SAFE_INTEGER
          ? `It must be a whole number of at least ${min}.`
          : `It must be a whole number from ${min} to ${max}.`,
      );
    }
    return value;
  };
}

export function positiveNumber(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value <= max)) {
      throw new InvalidArgumentError(`It must be a number above 0 and at most ${max}.`);
    }
    return value;
  };
}

export function names(text: string): readonly string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.includes('')) throw new InvalidArgumentError('It must be names with commas between them.');
  const twice = list.find((name, i) => list.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidArgumentError(`"${twice}" is named twice.`);
  return list;
}

export function namesOf<T extends string>(known: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    names(text).map((name) => {
      const member = known.find((candidate) => candidate === name);
      if (member === undefined) {
        throw new InvalidArgumentError(`There is no "${name}"; choose of ${known.join(', ')}.`);
      }
      return member;
    });
}

export function wholeNumbers(min: number, max: number): (text: string) => readonly number[] {
  const read = wholeNumber(min, max);
  return (text) => text.split(',').map(read);
}

export function numberOption(text: string): number {
  const value = decimalNumber(text);
  if (value === undefined) throw new InvalidArgumentError('It must be a number.');
  return value;
}

export function rangeOption(text: string): readonly [number, number] {
  const [low, high, ...more] = text.split(':').map(decimalNumber);
  if (low === undefined || high === undefined || more.length > 0 || low >= high) {
    throw new InvalidArgumentError('It must be low:high with numbers low < high.');
  }
  return [low, high];
}

/** `low:high`, or `property:low:high` for a further property; may be given again and again. */
export function namedRangeOption(text: string, before: readonly NamedRange[] = []): readonly NamedRange[] {
  const parts = text.split(':');
  const named = parts.length > 2;
  const property = named ? parts.slice(0, -2).join(':').trim() : null;
  if (property === '') throw new InvalidArgumentError('It must be low:high, or property:low:high.');
  return [...before, { property, range: rangeOption(named ? parts.slice(-2).join(':') : text) }];
}

export interface NamedRange {
  readonly property: string | null;
  readonly range: readonly [number, number];
}
