import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../test/support/shared.js';
import { ei, logEi, logEiH, logPi, pi, ucb } from '../src/index.js';

interface Golden {
  readonly cases: {
    readonly mean: number;
    readonly sd: number;
    readonly best: number;
    readonly maximise: {
      readonly expectedImprovement: number | null;
      readonly logExpectedImprovement: number;
      readonly probabilityOfImprovement: number;
      readonly upperConfidenceBoundBeta2: number;
    };
  }[];
}

/** |actual − expected| in units of the larger of |expected| and `floor`. */
function relative(actual: number, expected: number, floor = 1e-300): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
}

describeGolden('improvement against the reference numbers', () => {
  const { cases } = reference<Golden>('acquisitions.json');

  it('covers all 80 cases', () => expect(cases).toHaveLength(80));

  it.each(cases)('N($mean, $sd²) over $best', ({ mean, sd, best, maximise }) => {
    expect(relative(logEi(mean, sd, best), maximise.logExpectedImprovement, 1)).toBeLessThan(1e-12);
    // u itself is rounded, and far out EI and PI change by u² times as much.
    const u = (mean - best) / sd;
    const tolerance = 1e-12 + 4e-16 * u * u;
    if (maximise.expectedImprovement !== null)
      expect(relative(ei(mean, sd, best), maximise.expectedImprovement)).toBeLessThan(tolerance);
    expect(relative(pi(mean, sd, best), maximise.probabilityOfImprovement)).toBeLessThan(tolerance);
    expect(relative(ucb(mean, sd, 2), maximise.upperConfidenceBoundBeta2)).toBeLessThan(1e-15);
  });

  const h = reference<{ logExpectedImprovementH: [number, number][] }>('special-functions.json');
  it.each(h.logExpectedImprovementH)('ln h(%d)', (u, expected) => {
    expect(relative(logEiH(u), expected, 1)).toBeLessThan(1e-12);
  });
});

describe('improvement', () => {
  const numbers = fc.double({ min: -50, max: 50, noNaN: true });

  it('ln h grows with u, across its branches too', () => {
    fc.assert(
      fc.property(fc.double({ min: -2e6, max: 20, noNaN: true }), (u) => {
        const further = u + 1e-3 * Math.max(1, Math.abs(u) * 1e-3);
        return logEiH(further) > logEiH(u);
      }),
      { numRuns: 500 },
    );
    for (const edge of [-1, -100, -1e6]) {
      const below = logEiH(edge * (1 + 1e-13));
      const above = logEiH(edge * (1 - 1e-13));
      expect(relative(below, above)).toBeLessThan(1e-11);
    }
  });

  it('EI is the exponential of ln EI', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.1, max: 10, noNaN: true }), (mean, sd) => {
        const value = ei(mean, sd, 0);
        return (
          value < 1e-300 ||
          Math.abs(Math.log(value) - logEi(mean, sd, 0)) <= 1e-11 * Math.max(1, Math.abs(logEi(mean, sd, 0)))
        );
      }),
    );
  });

  it('is never less than the improvement of the mean', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 1e-6, max: 10, noNaN: true }), numbers, (mean, sd, best) => {
        expect(ei(mean, sd, best)).toBeGreaterThanOrEqual(Math.max(mean - best, 0) * (1 - 1e-12));
      }),
    );
  });

  it('is certain where sd is 0', () => {
    expect([ei(3, 0, 1), ei(1, 0, 3), pi(3, 0, 1), pi(1, 0, 3)]).toEqual([2, 0, 1, 0]);
    expect(logEi(3, 0, 1)).toBeCloseTo(Math.LN2, 15);
    expect([logEi(1, 0, 3), logPi(1, 0, 3), logPi(3, 0, 1)]).toEqual([-Infinity, -Infinity, 0]);
  });

  it('ln P orders what P has rounded to 0', () => {
    expect(pi(-50, 1, 0)).toBe(0);
    expect(logPi(-50, 1, 0)).toBeGreaterThan(logPi(-51, 1, 0));
    expect(Math.exp(logPi(-2, 1, 0))).toBeCloseTo(pi(-2, 1, 0), 14);
  });
});
