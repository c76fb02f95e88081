import { describe, expect, it } from '@jest/globals';
import { normQuantile } from '@ionloop/linalg';
import fc from 'fast-check';
import { studentTwoSided } from '../../src/conductivity/studentT.js';

describe("Student's t", () => {
  it.each([
    [1, 12.7062047361747],
    [2, 4.30265272974946],
    [3, 3.18244630528371],
    [4, 2.77644510519779],
    [5, 2.57058183563631],
    [10, 2.22813885198627],
    [30, 2.04227245630124],
    [100, 1.98397151852355],
    [1000, 1.96233908082641],
  ])('holds 95 %% for %i degrees within %f, as the tables say', (degrees, t) => {
    expect(studentTwoSided(degrees, 0.95) / t).toBeCloseTo(1, 12);
  });

  it('is what one, two and four degrees have in closed form', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 0.9999, noNaN: true }), (level) => {
        const one = Math.tan((Math.PI / 2) * level);
        const two = level * Math.sqrt(2 / (1 - level * level));
        const share = Math.cos(Math.acos(Math.sqrt(1 - level * level)) / 3) / Math.sqrt(1 - level * level);
        const four = 2 * Math.sqrt(share - 1);
        expect(studentTwoSided(1, level) / one).toBeCloseTo(1, 10);
        expect(studentTwoSided(2, level) / two).toBeCloseTo(1, 10);
        if (level > 0.01) expect(studentTwoSided(4, level) / four).toBeCloseTo(1, 9);
      }),
    );
  });

  it('goes on smoothly where the sum ends, down to the normal distribution', () => {
    for (const level of [0.1, 0.5, 0.95, 0.999]) {
      const [a, b, c, d] = [999, 1000, 1001, 1002].map((n) => studentTwoSided(n, level));
      expect(Math.abs(d! - 3 * c! + 3 * b! - a!)).toBeLessThan(8e-10);
      expect(a! > b! && b! > c! && c! > d!).toBe(true);
      expect(studentTwoSided(10_000_000, level)).toBeCloseTo(normQuantile(0.5 + level / 2), 5);
    }
  });

  it('is zero at level zero, and refuses what is no level or no number of degrees', () => {
    expect(studentTwoSided(3, 0)).toBe(0);
    expect(() => studentTwoSided(3, 1)).toThrow('the level is 1');
    expect(() => studentTwoSided(0, 0.95)).toThrow('0 degrees of freedom');
    expect(() => studentTwoSided(2.5, 0.95)).toThrow('2.5 degrees of freedom');
  });
});
