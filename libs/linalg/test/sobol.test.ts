import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeGolden, reference } from '../../../test/support/shared.js';
import { largestSobolDimension, row, sobol, toRows, type Matrix } from '../src/index.js';

interface Golden {
  readonly dimension: number;
  readonly points: number[][];
  readonly pointsDimension100Columns80to85: number[][];
}

describeGolden('sobol against the reference points', () => {
  const golden = reference<Golden>('sobol.json');

  it('gives the same points in 12 dimensions', () => {
    expect(toRows(sobol(golden.dimension, golden.points.length))).toEqual(golden.points);
  });

  it('gives the same columns 80 … 85 in 100 dimensions', () => {
    const expected = golden.pointsDimension100Columns80to85;
    const points = sobol(100, expected.length);
    expected.forEach((values, i) =>
      expect([...row(points, i).slice(80, 80 + values.length)]).toEqual(values),
    );
  });
});

describe('sobol against scipy in high dimensions', () => {
  const golden = JSON.parse(readFileSync(join(__dirname, 'sobol-values.json'), 'utf8')) as {
    rows: number[];
    columns: number[];
    points: number[][];
  };

  it('gives the same points', () => {
    const points = sobol(2048, 512);
    const ours = golden.rows.map((i) => golden.columns.map((j) => row(points, i)[j - 1]! * 4294967296));
    expect(ours).toEqual(golden.points);
  });
});

/** How many of the 2ᵏ equal intervals the first 2ᵏ points reach in dimension j. */
function filled({ data, cols }: Matrix, j: number, k: number): number {
  const cells = new Set<number>();
  for (let i = 0; i < 2 ** k; i++) cells.add(Math.floor(data[i * cols + j]! * 2 ** k));
  return cells.size;
}

describe('sobol', () => {
  it.each([{}, { seed: 'a' }, { seed: 99 }])(
    'puts one of 2ᵏ points in each interval of length 2⁻ᵏ, in all of its dimensions, with %j',
    (options) => {
      const points = sobol(largestSobolDimension, 256, options);
      for (const k of [1, 2, 5, 8])
        for (let j = 0; j < points.cols; j++) expect(filled(points, j, k)).toBe(2 ** k);
    },
  );

  it('scrambles a digit by the more significant ones alone', () => {
    const plain = sobol(40, 128);
    const scrambled = sobol(40, 128, { seed: 'owen' });
    const agreeing = (a: number, b: number) => Math.clz32((a * 4294967296) ^ (b * 4294967296));
    for (let j = 0; j < 40; j++)
      for (let i = 1; i < 128; i++) {
        const [here, before] = [i * 40 + j, (i - 1) * 40 + j];
        expect(agreeing(scrambled.data[here]!, scrambled.data[before]!)).toBe(
          agreeing(plain.data[here]!, plain.data[before]!),
        );
      }
  });

  it('keeps elementary boxes of two dimensions filled after scrambling', () => {
    const points = sobol(2, 64, { seed: 5 });
    for (let k = 0; k <= 6; k++) {
      const boxes = new Set(
        toRows(points).map(([x, y]) => `${Math.floor(x! * 2 ** k)},${Math.floor(y! * 2 ** (6 - k))}`),
      );
      expect(boxes.size).toBe(64);
    }
  });

  it('depends on the seed alone', () => {
    expect(sobol(3, 10, { seed: 1 })).toEqual(sobol(3, 10, { seed: 1 }));
    expect(sobol(3, 10, { seed: 1 })).not.toEqual(sobol(3, 10, { seed: 2 }));
    expect(row(sobol(5, 10, { seed: 1 }), 3).slice(0, 3)).toEqual(row(sobol(3, 10, { seed: 1 }), 3).slice());
  });

  it('integrates a smooth function far better than its count of random points would', () => {
    const points = toRows(sobol(4, 1024, { seed: 3 }));
    const mean =
      points.reduce((sum, x) => sum + x.reduce((product, value) => product * (0.5 + value), 1), 0) /
      points.length;
    expect(Math.abs(mean - 1)).toBeLessThan(1e-3);
  });

  it('refuses more dimensions than it has direction numbers for', () => {
    expect(() => sobol(2049, 2)).toThrow('dimension must be at most 2048, not 2049');
    expect(() => sobol(0, 2)).toThrow('dimension must be a whole number of at least 1');
    expect(() => sobol(2, -1)).toThrow('count must be a whole number');
  });
});
