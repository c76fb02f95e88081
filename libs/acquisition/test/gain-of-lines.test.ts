import { describe, expect, it } from '@jest/globals';
import { exp, normCdf, normPdf } from '@ionloop/linalg';
import fc from 'fast-check';
import { logGainOfLines } from '../src/knowledgeGradient.js';

type Line = readonly [intercept: number, slope: number];

/** E maxⱼ(aⱼ + bⱼZ) − maxⱼ aⱼ, each line taken where it is above all others, found by asking every pair. */
function gainByPairs(lines: readonly Line[]): number {
  const distinct = lines.filter(
    ([a, b], j) => !lines.some(([c, d], k) => d === b && (c > a || (c === a && k < j))),
  );
  const expected = distinct.map(([a, b]) => {
    const lower = distinct.filter(([, d]) => d < b).map(([c, d]) => (c - a) / (b - d));
    const higher = distinct.filter(([, d]) => d > b).map(([c, d]) => (a - c) / (d - b));
    const [from, to] = [Math.max(-Infinity, ...lower), Math.min(Infinity, ...higher)];
    return from < to ? a * (normCdf(to) - normCdf(from)) + b * (density(from) - density(to)) : 0;
  });
  return expected.reduce((sum, one) => sum + one, 0) - Math.max(...lines.map(([a]) => a));
}

const density = (u: number): number => (Number.isFinite(u) ? normPdf(u) : 0);
const gain = (lines: readonly Line[]): number =>
  exp(
    logGainOfLines(
      Float64Array.from(lines, ([a]) => a),
      Float64Array.from(lines, ([, b]) => b),
    ),
  );

// Whole numbers from a few, so that slopes and heights are often the same.
const line: fc.Arbitrary<Line> = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }));
const someLines = fc.array(line, { minLength: 1, maxLength: 9 });

describe('what is gained by choosing among lines once Z is known', () => {
  it('is what each line adds where it is the highest, also where lines are parallel or meet in a point', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        expect(gain(lines)).toBeCloseTo(gainByPairs(lines), 10);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the lines, on a line twice, or on their common height', () => {
    fc.assert(
      fc.property(someLines, fc.integer({ min: -5, max: 5 }), (lines, height) => {
        const before = gain(lines);
        expect(gain([...lines].reverse())).toBeCloseTo(before, 12);
        expect(gain([...lines, lines[0]!])).toBeCloseTo(before, 12);
        expect(gain(lines.map(([a, b]) => [a + height, b]))).toBeCloseTo(before, 12);
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing where one line is above all others everywhere', () => {
    expect(gain([[1, 2]])).toBe(0);
    expect(
      gain([
        [0, 2],
        [3, 2],
        [1, 2],
      ]),
    ).toBe(0);
  });
});
