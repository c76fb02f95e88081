import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const page = readFileSync(resolve(checkout, 'docs/lab-protocol-cases.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** `file`: "name"; "name"; `file`: "name" */
function namedTests(cell: string): readonly { readonly file: string; readonly name: string }[] {
  let file = '';
  return [...cell.matchAll(/`([^`]+)`|"([^"]+)"/g)].flatMap(([, path, name]) => {
    if (path !== undefined) file = path;
    return name === undefined ? [] : [{ file, name }];
  });
}

describe('the cases of the lab protocol', () => {
  it('are twenty-seven, in order', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
  });

  it.each(rows)(
    '| %s | %s | %s | has tests that exist, or says what is missing',
    (_, number, __, cell = '') => {
      const tests = namedTests(cell);
      if (tests.length === 0) expect([number, cell]).toEqual([number, expect.stringMatching(/^missing: /)]);
      for (const { file, name } of tests) {
        expect([file, readFileSync(resolve(checkout, file), 'utf8').includes(name)]).toEqual([file, true]);
      }
    },
  );
});
