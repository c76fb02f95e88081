import { describe } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Reference numbers and data sets live beside the checkout, not in it. Where they are not there, the tests that
 * need them say so by name; in CI they must be there.
 */
const checkout = resolve(__dirname, '../..');
export const referenceFolder = process.env['IONLOOP_REFERENCE'] ?? resolve(checkout, '../shared/reference');
export const dataFolder = process.env['IONLOOP_DATA'] ?? resolve(checkout, '../shared/data');

/** Numbers computed with other tools; the caller says what shape they have. */
export function reference<T>(name: string, read: (parsed: unknown) => T = (parsed) => parsed as T): T {
  return read(JSON.parse(readFileSync(join(referenceFolder, name), 'utf8')));
}

/** `describe` where the thing is at hand; otherwise a skipped block whose title is the reason. Never skips in CI. */
export function describeWith(
  what: string,
  available: boolean,
  reason: string,
): (title: string, body: () => void) => void {
  if (available) return describe;
  if (process.env['CI']) throw new Error(`CI must have ${what}: ${reason}`);
  return (title, body) => {
    describe.skip(`${title} — skipped, no ${what}: ${reason}`, body);
  };
}

export const describeGolden = describeWith(
  'reference numbers',
  existsSync(referenceFolder),
  `${referenceFolder} does not exist (set IONLOOP_REFERENCE)`,
);
export const describeData = describeWith(
  'data sets',
  existsSync(dataFolder),
  `${dataFolder} does not exist (set IONLOOP_DATA)`,
);
