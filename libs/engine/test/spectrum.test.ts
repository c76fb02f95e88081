import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimated, InMemoryArtifactFiles, readSpectrum, spectrumOf } from '../src/index.js';
import { sha256Of } from '../src/testing/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const columns = { frequencyHz: [1, 1e6, 1e3], realOhm: [900, 10, 500], imaginaryOhm: [-5, -1, -400] };
const highestFirst = [
  { frequencyHz: 1e6, realOhm: 10, imaginaryOhm: -1 },
  { frequencyHz: 1e3, realOhm: 500, imaginaryOhm: -400 },
  { frequencyHz: 1, realOhm: 900, imaginaryOhm: -5 },
];

describe('a spectrum', () => {
  it.each([
    ['JSON', 'application/json', JSON.stringify({ ...columns, instrument: 'SP-200' })],
    ['JSON that is called something else', 'text/plain', ` ${JSON.stringify(columns)}`],
    [
      'CSV',
      'text/csv',
      '# SP-200\r\nfrequencyHz,realOhm,imaginaryOhm\r\n1,900,-5\r\n1e6,10,-1\r\n\r\n1000,500,-400\r\n',
    ],
    [
      'CSV of other columns and separators',
      'text/csv',
      'imaginaryOhm; phase;realOhm ;frequencyHz\n-5;x;900;1\n-1;;10;1e6\n-400;;500;1e3',
    ],
  ])('is read from %s, from the highest frequency down', (_, mediaType, text) => {
    expect(readSpectrum(bytes(text), mediaType)).toEqual(highestFirst);
  });

  it.each([
    ['no text', new Uint8Array([0xff, 0xfe, 0xff]), /UTF-8/],
    ['broken JSON', bytes('{"frequencyHz": ['), /no JSON/],
    ['a list', bytes('[]'), /no column frequencyHz/],
    ['no columns', bytes('{}'), /frequencyHz must be a list/],
    ['another length', bytes('{"frequencyHz":[1],"realOhm":[1,2],"imaginaryOhm":[1]}'), /realOhm 2/],
    ['no points', bytes('{"frequencyHz":[],"realOhm":[],"imaginaryOhm":[]}'), /no points/],
    ['no numbers', bytes('{"frequencyHz":[1],"realOhm":["1"],"imaginaryOhm":[1]}'), /realOhm\[0\].*"1"/],
    ['holes', bytes('frequencyHz,realOhm,imaginaryOhm\n1,,2'), /realOhm\[0\]/],
    ['words', bytes('frequencyHz,realOhm,imaginaryOhm\n1,x,2'), /realOhm\[0\]/],
    ['infinity', bytes('frequencyHz,realOhm,imaginaryOhm\n1,1e999,2'), /realOhm\[0\]/],
    ['frequencies below zero', bytes('frequencyHz,realOhm,imaginaryOhm\n-1,1,2'), /above zero/],
    ['another header', bytes('f,Z1,Z2\n1,2,3'), /no column frequencyHz/],
    ['nothing at all', bytes(''), /no column/],
  ])('with %s is refused with what is wrong', (_, content, says) => {
    expect(() => readSpectrum(content, 'text/csv')).toThrow(says);
  });

  it('that cannot be read is told as a problem, whatever its bytes are', async () => {
    const files = new InMemoryArtifactFiles(() => new Date());
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('text/csv', 'application/json'),
        async (content, mediaType) => {
          const sha256 = sha256Of(content);
          const piece = { sha256, owner: 'robot', offset: 0, total: content.length };
          await files.receive(piece, inOne(content));
          const spectrum = await spectrumOf(files, { sha256, bytes: content.length, mediaType }, 10);
          expect(spectrum).toEqual({ points: [], total: 0, problem: expect.stringMatching(/./) });
        },
      ),
      { numRuns: 200 },
    );
    const gone = await spectrumOf(files, { sha256: 'f'.repeat(64), bytes: 3, mediaType: 'text/csv' }, 10);
    expect(gone.problem).toContain('there is no artifact');
    const huge = await spectrumOf(files, { sha256: 'f'.repeat(64), bytes: 1e9, mediaType: 'text/csv' }, 10);
    expect(huge.problem).toContain('at most');
  });
});

describe('a spectrum for drawing', () => {
  const arc = Array.from({ length: 5000 }, (_, i) => {
    const angle = (Math.PI * i) / 4999;
    return {
      frequencyHz: 1e6 - i,
      realOhm: 500 - 500 * Math.cos(angle),
      imaginaryOhm: -500 * Math.sin(angle),
    };
  });

  it('has as many points as are asked for, its ends and its height', () => {
    const drawn = decimated(arc, 50);
    expect(drawn).toHaveLength(50);
    expect([drawn[0], drawn.at(-1)]).toEqual([arc[0], arc.at(-1)]);
    expect(Math.min(...drawn.map(({ imaginaryOhm }) => imaginaryOhm))).toBeLessThan(-498);
    expect(drawn.map(({ frequencyHz }) => frequencyHz)).toEqual(
      drawn.map(({ frequencyHz }) => frequencyHz).sort((a, b) => b - a),
    );
  });

  it('keeps a spike that even steps would miss', () => {
    const spiked = arc.map((point, i) => (i === 1234 ? { ...point, imaginaryOhm: -9000 } : point));
    expect(decimated(spiked, 20)).toContainEqual(spiked[1234]);
  });

  it('is never longer than asked for, and never something that was not measured', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 3, max: 40 }), (length, most) => {
        const points = arc.slice(0, length);
        const drawn = decimated(points, most);
        expect(drawn).toHaveLength(Math.min(length, most));
        expect(drawn.every((point) => points.includes(point))).toBe(true);
      }),
    );
  });
});

async function* inOne(content: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield content;
}
