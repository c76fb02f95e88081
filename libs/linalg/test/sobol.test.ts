import { describe, expect, it } from '@jest/globals';
import { describeGolden, reference } from '../../../test/support/shared.js';
import { row, sobol, toRows } from '../src/index.js';

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

describe('sobol', () => {
  it('puts one of 2ᵏ points in each interval of length 2⁻ᵏ, scrambled or not', () => {
    for (const options of [{}, { seed: 'a' }, { seed: 99 }]) {
      const points = sobol(512, 64, options);
      for (let j = 0; j < 512; j++) {
        const cells = new Set(
          Array.from({ length: 64 }, (_, i) => Math.floor(points.data[i * 512 + j]! * 64)),
        );
        expect(cells.size).toBe(64);
      }
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
    expect(() => sobol(513, 2)).toThrow('dimension must be at most 512, not 513');
    expect(() => sobol(0, 2)).toThrow('dimension must be a whole number of at least 1');
    expect(() => sobol(2, -1)).toThrow('count must be a whole number');
  });
});
