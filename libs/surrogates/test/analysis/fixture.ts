import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';

/** Numbers computed with other tools, which `madeWith` names; the caller says what shape they have. */
export function fixture<T>(name: string, read: (parsed: unknown) => T = (parsed) => parsed as T): T {
  return read(JSON.parse(readFileSync(join(__dirname, '../fixtures/analysis', name), 'utf8')));
}

/** All within `tolerance` of the expected, in units of the largest of them or of 1. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(actual.length).toBe(expected.length);
  const size = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const off = Array.from(actual).map((value, i) => Math.abs(value - expected[i]!));
  const worst = Math.max(...off);
  expect({ at: off.indexOf(worst), worst, within: worst <= tolerance * size }).toMatchObject({
    within: true,
  });
}

/** Whether two lists of labels are the same partition under other numbers. */
export function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const pairs = new Set(Array.from(a, (label, i) => `${label} ${b[i]!}`));
  return pairs.size === new Set(Array.from(a)).size && pairs.size === new Set(Array.from(b)).size;
}
