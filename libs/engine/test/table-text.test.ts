import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clean } from '../src/history/clean.js';
import { CsvRows } from '../src/history/csv-rows.js';
import { decimalOf, delimiterOf, numberOf } from '../src/history/dialect.js';

const parts = (...texts: readonly string[]) => {
  const reader = new CsvRows(',');
  return [...texts.flatMap((text) => reader.take(text)), ...reader.end()];
};
const cellsIn = (...texts: readonly string[]) => parts(...texts).map(({ cells }) => cells);

describe('the rows of a table', () => {
  it.each<[string, readonly (readonly string[])[]]>([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [' a , b \n', [['a', 'b']]],
    ['"a,b",c\n', [['a,b', 'c']]],
    [
      '"a\nb",c\nd,e\n',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['"say ""no""",c\r\n', [['say "no"', 'c']]],
    ['a"b"c,d\n', [['abc', 'd']]],
    ['"",x\n', [['', 'x']]],
    ['a,\n', [['a', '']]],
    [',\n', []],
    ['\n\r\n,,\na\n', [['a']]],
    ['"a"', [['a']]],
    [
      '"a","b"\r\n"c",d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['', []],
  ])('%j', (text, rows) => {
    expect(cellsIn(text)).toEqual(rows);
  });

  it('know the line that they begin at, with lines within quotes and empty ones', () => {
    expect(parts('a,b\n"c\n\nd",e\n\nf,g\r\n,\nh,"i\n"').map(({ line }) => line)).toEqual([1, 2, 6, 8]);
  });

  it('are the same in whatever portions they come', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 5 });
    const table = fc.array(fc.tuple(cell, cell, fc.boolean()), { maxLength: 8 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, size) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const lines = rows.map(([a, b]) => `${quoted(a)},${quoted(b)}`);
        const text = lines.map((line, i) => `${line}${rows[i]?.[2] ? '\r\n' : '\n'}`).join('');
        const told = rows
          .map(([a, b]) => [a.trim(), b.trim()])
          .filter(([a, b]) => `${a ?? ''}${b ?? ''}` !== '');
        expect(cellsIn(...(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []))).toEqual(told);
        expect(parts(text)).toEqual(parts(...Array.from(text)));
      }),
    );
  });

  it('are refused where a quote is never closed, at once where it swallows a million characters', () => {
    const reader = new CsvRows(',');
    expect(reader.take('a\nb\n"c\n')).toHaveLength(2);
    const refused = {
      code: 'INVALID_INPUT',
      field: 'file',
      message: 'line 3: a quote is opened that is never closed',
    };
    expect(() => reader.end()).toThrow(expect.objectContaining(refused));
    const endless = new CsvRows(',');
    expect(endless.take(`a\nb\n"${'c'.repeat(999_999)}`)).toHaveLength(2);
    expect(() => endless.take('d')).toThrow(expect.objectContaining(refused));
  });
});

it('a line that has no end is refused for its length', () => {
  const reader = new CsvRows(',');
  expect(reader.take(`a\n${'b'.repeat(1_000_000)}`)).toHaveLength(1);
  expect(() => reader.take('b')).toThrow(
    expect.objectContaining({ field: 'file', message: 'line 2: it has more than 1000000 characters' }),
  );
});

describe('how a table is written', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1,5;2,5;3,5\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b|c\n1|2|3\n', '|'],
    ['a,b\n1,2\n', ','],
    ['a;b,c\n1;2\n3;4\n', ';'],
    ['alone\n1\n', ','],
    ['a;b;c,d\n1;2\n3,4\n5,6\n', ','],
    ['', ','],
  ])('%j is delimited by %j', (head, delimiter) => {
    expect(delimiterOf(head)).toBe(delimiter);
  });

  it.each<[string, ',' | ';', 'point' | 'comma']>([
    ['a;b\n1,5;2\n', ';', 'comma'],
    ['a;b\n-1,5e-3;x\n', ';', 'comma'],
    ['a;b\n+,5E7;x\n', ';', 'comma'],
    ['a;b\n1.5;2\n', ';', 'point'],
    ['a;b\n1,5;2.5\n', ';', 'point'],
    ['a;b\n1,5;-2.5e-10\n3,25;.5\n12,5;x\n', ';', 'comma'],
    ['a;b\n1,5;+20.55E+10\n', ';', 'point'],
    ['1,5;2,5\nx;y\n', ';', 'point'],
    ['a;b\nabout 1,5;1,5 V\n', ';', 'point'],
    ['a,b\n1.5,2\n', ',', 'point'],
    ['a,b\n1,5\n', ',', 'point'],
    ['a,b\n"1,5",2\n', ',', 'comma'],
    ['a;b\n1,5e+12;1,5e-12\n1,e5;2.5e+12\n', ';', 'comma'],
  ])('%j by %j has a decimal %s', (head, delimiter, decimal) => {
    expect(decimalOf(head, delimiter)).toBe(decimal);
  });

  it.each<[string, 'point' | 'comma', number | undefined]>([
    ['1.5', 'point', 1.5],
    ['+2', 'point', 2],
    ['−3e-4', 'point', -3e-4],
    ['.5', 'point', 0.5],
    ['5.', 'point', 5],
    ['1,5', 'point', undefined],
    ['1,5', 'comma', 1.5],
    ['1.5', 'comma', 1.5],
    ['1.000,5', 'comma', undefined],
    ['1e400', 'point', undefined],
    ['', 'point', undefined],
    ['0x10', 'point', undefined],
    ['1 V', 'point', undefined],
    ['Infinity', 'point', undefined],
  ])('%j with a decimal %s is %d', (text, decimal, value) => {
    expect(numberOf(text, decimal)).toBe(value);
  });
});

it.each([
  ['plain', 'plain', undefined],
  ['plain', 'pla', 3],
  ['plain', 'plain', 5],
  ['a\0b\0', 'a�b�', undefined],
  ['😀', '😀', undefined],
  ['😀', '�', 1],
  ['\ud83d x \ude00', '� x �', undefined],
])('the text %j is kept as %j', (text, kept, longest) => {
  expect(clean(text, longest)).toBe(kept);
});
