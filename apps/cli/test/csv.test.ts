import { afterAll, describe, expect, it } from '@jest/globals';
import { columnIn, readCsv } from '../src/input/csv.js';
import { decimalNumber } from '../src/input/number.js';
import { Folder } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

describe('reading a CSV', () => {
  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('takes %s', (_name, delimiter) => {
    const table = readCsv(folder.file('a.csv', `a${delimiter}b\n1${delimiter}2\n`));
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.rows).toEqual([{ line: 2, cells: ['1', '2'] }]);
  });

  it('keeps count of lines over blank lines, quoted line breaks and Windows endings', () => {
    const table = readCsv(folder.file('b.csv', '\uFEFFa,b\r\n\r\n1,"two\r\nlines"\r\n3,4\r\n'));
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.rows.map(({ line }) => line)).toEqual([3, 5]);
    expect(table.rows[0]?.cells[1]).toBe('two\r\nlines');
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['a short row', 'a,b\n1,2\n3\n', 'line 3: 1 fields, where the header has 2'],
    ['a column without a name', 'a,,c\n1,2,3\n', 'line 1: column 2 has no name'],
    ['two columns of a name', 'a,b,a\n1,2,3\n', 'line 1: there are two columns "a"'],
    ['a quote that never ends', 'a,b\n1,"2\n3,4\n', 'line 2: quoted field unterminated'],
  ])('refuses %s', (_what, text, words) => {
    const file = folder.file('c.csv', text);
    expect(() => readCsv(file)).toThrow(words);
  });

  it('names a column that is not there, and those that are', () => {
    const table = readCsv(folder.file('d.csv', 'a,b\n1,2\n'));
    expect(() => columnIn(table, 'c')).toThrow('line 1: there is no column "c"; the columns are a, b');
  });

  it('names a file that is not there', () => {
    expect(() => readCsv(folder.at('none.csv'))).toThrow('none.csv cannot be read: there is no such file');
  });
});

describe('a decimal number', () => {
  it.each([
    ['1', 1],
    [' -2.5e-3 ', -0.0025],
    ['.5', 0.5],
    ['5.', 5],
  ])('%p is %p', (text, value) => expect(decimalNumber(text)).toBe(value));

  it.each(['', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '1 2', '--1'])('%p is none', (text) =>
    expect(decimalNumber(text)).toBeUndefined(),
  );
});
