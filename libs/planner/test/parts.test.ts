import { describe, expect, it } from '@jest/globals';
import { fromRows } from '@ionloop/linalg';
import fc from 'fast-check';
import { distanceBy } from '@ionloop/space';
import { logFeasibility } from '../src/feasibility/vote.js';
import { withoutLowTail } from '../src/knowledge/low-tail.js';
import { readable, reasonFor } from '../src/explain/reasons.js';
import { conductivity, plain } from './support.js';

describe('a number for a reader', () => {
  it.each([
    [0, '0'],
    [1.2345e-5, '1.2 × 10⁻⁵'],
    [4e-4, '4 × 10⁻⁴'],
    [-3.21e-12, '-3.2 × 10⁻¹²'],
    [0.01234, '0.012'],
    [1, '1'],
    [340, '340'],
    [1234, '1234'],
    [98765, '9.9 × 10⁴'],
  ])('%f is written %s', (value, text) => {
    expect(readable(value)).toBe(text);
  });
});

describe('a reason', () => {
  const grounds = {
    phrase: 'because it is so',
    predictions: [{ mean: -3, sd: 0.5 }],
    best: -3.3,
    nearest: 0.2,
    feasible: 1,
    believed: 0,
  };

  it('speaks in the units of the property', () => {
    expect(reasonFor([conductivity], grounds)).toBe(
      'Expected 1 × 10⁻³ S/cm (95 %: 1 × 10⁻⁴ … 0.01), best so far 5 × 10⁻⁴ S/cm; because it is so; nearest measured point 20 % away, a region measured rarely.',
    );
    expect(reasonFor([plain], { ...grounds, nearest: null })).toBe(
      'Expected -3 (95 %: -4 … -2), best so far -3.3; because it is so.',
    );
  });

  it('mentions failures and points without a result', () => {
    const text = reasonFor([conductivity], { ...grounds, feasible: 0.4, believed: 2 });
    expect(text).toContain('40 % chance that it can be made');
    expect(text).toContain('2 points without a result are taken as predicted');
  });
});

describe('the vote on feasibility', () => {
  const failed = fromRows([[0.5, 0.5]]);
  const at = (x: number, y: number, worked = fromRows([])) =>
    Math.exp(logFeasibility(fromRows([[x, y]]), worked, failed, distanceBy([]))[0]!);

  it('speaks against a failed point and leaves what is far alone', () => {
    expect(at(0.5, 0.5)).toBeCloseTo(0.1 / 1.1, 12);
    expect(at(0.55, 0.5)).toBeGreaterThan(at(0.5, 0.5));
    expect(at(1, 1)).toBeGreaterThan(0.99);
  });

  it('is softened by a success nearby', () => {
    expect(at(0.5, 0.5, fromRows([[0.52, 0.5]]))).toBeGreaterThan(0.4);
  });

  it('is not held where nothing failed', () => {
    expect(logFeasibility(fromRows([[0, 0]]), fromRows([]), fromRows([]), distanceBy([]))).toHaveLength(0);
  });
});

describe('the low tail', () => {
  it('is raised to two spreads below the median', () => {
    expect(Array.from(withoutLowTail(Float64Array.from([-16, -5, -4, -3, -2])))).toEqual([
      expect.closeTo(-4 - 2 * Math.sqrt(5 / 3), 12),
      -5,
      -4,
      -3,
      -2,
    ]);
  });

  it('leaves order and all values from the median up as they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (values) => {
          const y = Float64Array.from(values);
          const raised = withoutLowTail(y);
          const sorted = y.toSorted();
          const median = (sorted[(y.length - 1) >> 1]! + sorted[y.length >> 1]!) / 2;
          y.forEach((value, i) => {
            if (value >= median) expect(raised[i]).toBe(value);
            else expect(raised[i]).toBeGreaterThanOrEqual(value);
          });
        },
      ),
    );
  });
});
