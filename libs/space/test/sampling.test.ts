import { describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import fc from 'fast-check';
import { openSpace } from '../src/index.js';
import { hitAndRun, opened, type Polytope } from '../src/sampling/polytope.js';
import { maximise } from '../src/sampling/simplex.js';

const uniform = { allowed: () => true, density: () => 1 };
const walk = (polytope: Polytope, count: number, thin: number, target = uniform): (readonly number[])[] => {
  const rng = Philox.fromSeed('uniformity');
  let x = opened(polytope)!.start;
  const step = hitAndRun(polytope, target);
  return Array.from({ length: count }, () => {
    for (let i = 0; i < thin; i++) x = step(x, rng);
    return x;
  });
};
const cube = (d: number) =>
  Array.from({ length: d }, (_, i) => ({
    a: Array.from({ length: d }, (__, j) => (i === j ? 1 : 0)),
    low: 0,
    high: 1,
  }));
const sumsTo = (d: number, low: number, high: number) => ({ a: Array<number>(d).fill(1), low, high });
/** The Kolmogorov–Smirnov statistic √n·sup|F_n − F|, below 1.63 in 99 of 100 true draws. */
const kolmogorov = (values: readonly number[], cdf: (x: number) => number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  return Math.sqrt(n) * Math.max(...sorted.map((x, i) => Math.max((i + 1) / n - cdf(x), cdf(x) - i / n)));
};

describe('hit and run', () => {
  it.each([3, 5])('is uniform on a simplex of %d fractions: each is Beta(1, d − 1)', (d) => {
    const points = walk({ dimension: d, rows: [...cube(d), sumsTo(d, 1, 1)] }, 3000, 12 * d);
    for (let i = 0; i < d; i++)
      expect(
        kolmogorov(
          points.map((p) => p[i]!),
          (x) => 1 - (1 - x) ** (d - 1),
        ),
      ).toBeLessThan(1.63);
    for (const p of points) expect(Math.abs(p.reduce((s, v) => s + v, 0) - 1)).toBeLessThan(1e-10);
  });

  it('is uniform on a triangle with a corner cut off, by χ² over cells of equal area', () => {
    // x + y ≤ 1 and x ≤ ½: F(x) = (x − x²/2)/(3/8); given x, y is uniform on 0 … 1 − x.
    const rows = [...cube(2), sumsTo(2, -Infinity, 1), { a: [1, 0], low: -Infinity, high: 0.5 }];
    const points = walk({ dimension: 2, rows }, 6000, 25);
    const cells = Array<number>(36).fill(0);
    for (const [x, y] of points as [number, number][]) {
      const column = Math.min(5, Math.floor((6 * (x - (x * x) / 2) * 8) / 3));
      cells[6 * column + Math.min(5, Math.floor((6 * y) / (1 - x)))]! += 1;
    }
    const expected = points.length / 36;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(57.34); // the 99 % quantile of χ² with 35 degrees of freedom
  });

  it('keeps a density and what is not convex: 1/x beside a hole', () => {
    const target = {
      density: ([x]: readonly number[]) => 1 / x!,
      allowed: ([x]: readonly number[]) => x! < 0.2 || x! > 0.4,
    };
    const rows = [{ a: [1], low: 0.01, high: 1 }];
    const values = walk({ dimension: 1, rows }, 3000, 15, target as typeof uniform).map(([x]) => x!);
    const total = Math.log(20) + Math.log(2.5);
    const cdf = (x: number): number =>
      (x < 0.2 ? Math.log(x / 0.01) : Math.log(20) + Math.log(Math.max(x, 0.4) / 0.4)) / total;
    expect(kolmogorov(values, cdf)).toBeLessThan(1.63);
  });

  it('finds no start where there is none', () => {
    expect(opened({ dimension: 2, rows: [...cube(2), sumsTo(2, 3, 4)] })).toBeNull();
  });

  it('starts in the middle: of a square cut at its diagonal, at the centre of the circle inside', () => {
    const { start } = opened({ dimension: 2, rows: [...cube(2), sumsTo(2, -Infinity, 1)] })!;
    for (const value of start) expect(value).toBeCloseTo(1 - Math.SQRT1_2, 10);
  });

  it('takes walls without room between them for equalities', () => {
    const { polytope, start } = opened({
      dimension: 2,
      rows: [...cube(2), sumsTo(2, 1, Infinity), sumsTo(2, -Infinity, 1)],
    })!;
    expect(polytope.rows.filter(({ low, high }) => low === high).length).toBeGreaterThan(0);
    for (const value of start) expect(value).toBeCloseTo(0.5, 10);
  });
});

describe('the simplex method', () => {
  it('finds the corner of a textbook: 3x + 5y within 4, 12 and 18', () => {
    const rows = [
      { a: [1, 0], low: -Infinity, high: 4 },
      { a: [0, 2], low: -Infinity, high: 12 },
      { a: [3, 2], low: -Infinity, high: 18 },
    ];
    expect(maximise([3, 5], rows)).toEqual([expect.closeTo(2, 12), expect.closeTo(6, 12)]);
    expect(
      maximise([-1, -1], [...rows, { a: [1, 1], low: 3, high: Infinity }])!.reduce((s, v) => s + v),
    ).toBeCloseTo(3, 12);
    expect(maximise([1, 1], [...rows, { a: [1, 1], low: 9, high: 9 }])).toBeNull();
  });

  it("ends where the largest gain would circle: Beale's example", () => {
    const rows = [
      { a: [0.25, -60, -1 / 25, 9], low: -Infinity, high: 0 },
      { a: [0.5, -90, -1 / 50, 3], low: -Infinity, high: 0 },
      { a: [0, 0, 1, 0], low: -Infinity, high: 1 },
    ];
    const x = maximise([0.75, -150, 0.02, -6], rows)!;
    expect(0.75 * x[0]! - 150 * x[1]! + 0.02 * x[2]! - 6 * x[3]!).toBeCloseTo(0.05, 12);
  });

  it('agrees with the corners of random polygons, tried one by one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: -5, max: 5 }),
            fc.integer({ min: -5, max: 5 }),
            fc.integer({ min: -6, max: 8 }),
          ),
          { maxLength: 6 },
        ),
        fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })),
        (halfPlanes, objective) => {
          const lines = [
            ...halfPlanes.filter(([a, b]) => a !== 0 || b !== 0),
            ...([
              [1, 0, 7],
              [0, 1, 7],
            ] as const),
            ...([
              [-1, 0, 0],
              [0, -1, 0],
            ] as const),
          ];
          let best = -Infinity;
          for (const [a, b, c] of lines)
            for (const [d, e, f] of lines) {
              const det = a * e - b * d;
              if (det === 0) continue;
              const [x, y] = [(c * e - b * f) / det, (a * f - c * d) / det];
              if (lines.every(([p, q, r]) => p * x + q * y <= r + 1e-9))
                best = Math.max(best, objective[0] * x + objective[1] * y);
            }
          const found = maximise(
            objective,
            lines.map(([a, b, c]) => ({ a: [a, b], low: -Infinity, high: c })),
          );
          if (best === -Infinity) expect(found).toBeNull();
          else expect(objective[0] * found![0]! + objective[1] * found![1]!).toBeCloseTo(best, 8);
        },
      ),
    );
  });
});

describe('a constrained space', () => {
  it('is uniform along an equality', () => {
    const range = { kind: 'continuous', min: 0, max: 10 } as const;
    const space = openSpace({
      parameters: [
        { ...range, name: 'x' },
        { ...range, name: 'y' },
        { ...range, name: 'z' },
      ],
      constraints: [{ kind: 'sum', of: ['x', 'y', 'z'], relation: '=', bound: 10 }],
    });
    const points = space.sample(1500, Philox.fromSeed('line'));
    expect(points).toHaveLength(1500);
    for (const name of ['x', 'y', 'z'])
      expect(
        kolmogorov(
          points.map((p) => Number(p[name])),
          (v) => 1 - (1 - v / 10) ** 2,
        ),
      ).toBeLessThan(1.63);
  });

  it('is uniform where drawing and refusing is worth it', () => {
    const space = openSpace({
      parameters: [
        { kind: 'continuous', name: 'x', min: 0, max: 1 },
        { kind: 'continuous', name: 'y', min: 1, max: 1000, scale: 'log' },
      ],
      constraints: [{ kind: 'expression', expression: 'x + log(y) / log(1000) <= 1' }],
    });
    const points = space.sample(800, Philox.fromSeed('refuse'));
    expect(
      kolmogorov(
        points.map(({ x }) => Number(x)),
        (x) => 1 - (1 - x) ** 2,
      ),
    ).toBeLessThan(1.63);
  });
});
