import { describe, expect, it } from '@jest/globals';
import {
  decimated,
  InMemoryArtifactFiles,
  readSpectrum,
  type SpectrumPoint,
  spectrumOf,
} from '../src/index.js';
import { sha256Of } from '../src/testing/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, mediaType = 'text/csv') => readSpectrum(bytes(text), mediaType);
const at = (frequencyHz: number, realOhm: number, imaginaryOhm: number): SpectrumPoint => ({
  ...{ frequencyHz, realOhm, imaginaryOhm },
});

describe('a spectrum is refused', () => {
  const header = 'frequencyHz,realOhm,imaginaryOhm';

  it.each<[string, string, string | RegExp]>([
    ['text/csv', `${header}\n0,1,2`, 'frequencyHz[0] is 0; it must be above zero'],
    ['text/csv', `${header}\n1,1,2\n1,2`, 'imaginaryOhm[1] must be a finite number, not missing'],
    ['text/csv', `${'f'.repeat(90)},realOhm`, `the header "${'f'.repeat(80)}" has no column frequencyHz`],
    ['text/csv', '', 'the header "" has no column frequencyHz'],
    ['application/json', '[1]', 'the spectrum must be an object with frequencyHz, realOhm, imaginaryOhm'],
    ['application/json', '7', 'the spectrum must be an object with frequencyHz, realOhm, imaginaryOhm'],
    ['application/json', 'null', 'the spectrum must be an object with frequencyHz, realOhm, imaginaryOhm'],
    ['text/plain', '{', /^the spectrum is no JSON: ./],
    [
      'application/json',
      '{"frequencyHz":[1],"realOhm":[],"imaginaryOhm":[1]}',
      'the columns differ in length: frequencyHz 1, realOhm 0, imaginaryOhm 1',
    ],
    [
      'application/json',
      '{"frequencyHz":[1],"realOhm":["1"],"imaginaryOhm":[1]}',
      'realOhm[0] must be a finite number, not "1"',
    ],
    ['text/csv', header, 'the spectrum has no points'],
  ])('%s %j', (mediaType, text, message) => {
    expect(() => read(text, mediaType)).toThrow(
      expect.objectContaining({
        ...{ code: 'INVALID_INPUT', field: 'spectrum' },
        message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
      }),
    );
  });

  it('with more points than are drawn', () => {
    const rows = (count: number) => [header, ...Array.from({ length: count }, () => '1,2,3')].join('\n');
    expect(read(rows(100_000))).toHaveLength(100_000);
    expect(() => read(rows(100_001))).toThrow('the spectrum has 100001 points; at most 100000 are drawn');
  });

  it('for its length, before it is read', async () => {
    const files = new InMemoryArtifactFiles(() => new Date());
    const text = `${header}\n1,2,3`;
    const sha256 = sha256Of(bytes(text));
    const piece = { sha256, owner: 'robot', offset: 0, total: text.length };
    await files.receive(
      piece,
      (async function* () {
        yield await Promise.resolve(bytes(text));
      })(),
    );
    const most = 4 * 1024 * 1024;
    const drawn = (size: number) => spectrumOf(files, { sha256, bytes: size, mediaType: 'text/csv' }, 10);
    expect(await drawn(most)).toEqual({ points: [at(1, 2, 3)], total: 1, problem: null });
    expect(await drawn(most + 1)).toEqual({
      ...{ points: [], total: 0 },
      problem: `it has ${most + 1} bytes; spectra of at most ${most} are drawn`,
    });
  });
});

it.each([
  ['a comma in a remark', '# a;b\nfrequencyHz,realOhm,imaginaryOhm\n1,2,3\n'],
  ['tabs', 'frequencyHz\trealOhm\timaginaryOhm\n1\t2\t3\n'],
  ['lines of spaces', 'frequencyHz,realOhm,imaginaryOhm\n  \n1,2, 3 \n'],
  ['a brace in a name', 'frequencyHz,realOhm,imaginaryOhm, {x}\n1,2,3,4\n'],
])('a spectrum with %s is read', (_, text) => {
  expect(read(text)).toEqual([at(1, 2, 3)]);
});

describe('fewer points', () => {
  const flat = [
    at(9, 0, 0),
    at(8, 1, 0),
    at(7, 2, 5),
    at(6, 3, 0),
    at(5, 4, 0),
    at(4, 5, -7),
    at(3, 6, 0),
    at(2, 7, 0),
  ];

  it('keep the ends, and of each stretch what is farthest from the line', () => {
    expect(decimated(flat, 4)).toEqual([flat[0], flat[2], flat[5], flat[7]]);
    expect(decimated(flat, 3)).toEqual([flat[0], flat[5], flat[7]]);
    const bent = flat.map(({ frequencyHz, realOhm, imaginaryOhm }) => at(frequencyHz, imaginaryOhm, realOhm));
    expect(decimated(bent, 4)).toEqual([bent[0], bent[2], bent[5], bent[7]]);
  });

  it('of points on a line are the first of each stretch', () => {
    const line = Array.from({ length: 10 }, (_, i) => at(10 - i, i, i));
    expect(decimated(line, 4).map(({ realOhm }) => realOhm)).toEqual([0, 1, 5, 9]);
  });

  it('look at what was kept before and at the middle of what comes after', () => {
    const points = [
      at(7, 0, 0),
      at(6, 1, 1),
      at(5, 2, 3),
      at(4, 3, -1),
      at(3, 4, 6),
      at(2, 6, 2),
      at(1, 9, 0),
    ];
    // Stretches of 5 / 3 points: the second alone, then the third and fourth, then the fifth and sixth.
    const kept = decimated(points, 5).map(({ frequencyHz }) => frequencyHz);
    expect(kept).toEqual([7, 6, 4, 3, 1]);
  });

  it('are all where there are no more, and only the first where two are wanted', () => {
    expect(decimated(flat, 8)).toEqual(flat);
    expect(decimated(flat, 2)).toEqual(flat.slice(0, 2));
    expect(decimated(flat, 0)).toEqual([]);
    expect(decimated([], 5)).toEqual([]);
  });
});
