import { describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import fc from 'fast-check';
import {
  gumbelMaxima,
  logMeanEntropyDrop,
  logTargetEi,
  logWindow,
  maxValueEntropy,
  quantileOfMaximum,
} from '../src/index.js';
import { believed } from './support.js';

const near = (found: number, wanted: number, relative = 1e-9): void => {
  if (!Number.isFinite(wanted)) expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(wanted)));
};

describe('the maximum of many beliefs', () => {
  const means = Philox.fromSeed(1).normals(9);
  const sds = Philox.fromSeed(2).normals(9).map(Math.abs);

  it.each([1e-6, 1, 1e6])('has quantiles that go with the unit, times %p', (unit) => {
    for (const p of [0.25, 0.5, 0.75]) {
      const one = quantileOfMaximum(means, sds, p);
      const scaled = quantileOfMaximum(
        means.map((value) => unit * value),
        sds.map((value) => unit * value),
        p,
      );
      near(scaled / unit, one);
    }
    // Of a single one they are those of a normal distribution.
    near(quantileOfMaximum(Float64Array.of(0), Float64Array.of(unit), 0.75) / unit, 0.6744897501960817);
    near(quantileOfMaximum(Float64Array.of(0), Float64Array.of(unit), 0.25) / unit, -0.6744897501960817);
  });

  it('is never below what is certain, and that of the others where nothing is certain above them', () => {
    const withOne = (certain: number): number =>
      quantileOfMaximum(Float64Array.of(0, certain), Float64Array.of(1, 0), 0.25);
    near(withOne(2), 2);
    near(withOne(-5), -0.6744897501960817);
  });

  it('has no draws to give of nothing but zeros, as many as are asked for', () => {
    expect(Array.from(gumbelMaxima(new Float64Array(0), new Float64Array(0), 3, Philox.fromSeed(1)))).toEqual(
      [0, 0, 0],
    );
    const draws = gumbelMaxima(means, sds, 500, Philox.fromSeed(1));
    expect(draws.every((draw) => draw >= Math.max(...means))).toBe(true);
    const below = draws.filter((draw) => draw < quantileOfMaximum(means, sds, 0.75)).length;
    expect(below / 500).toBeGreaterThan(0.65);
    expect(below / 500).toBeLessThan(0.85);
  });

  it('is told nothing about by what is certain', () => {
    expect(logMeanEntropyDrop(0, 0, Float64Array.of(0, 1))).toBe(-Infinity);
    const model = believed(Float64Array.of(0, 1), Float64Array.of(0, 1));
    const [certain, open] = maxValueEntropy().score(
      model,
      { rows: 2, cols: 1, data: Float64Array.of(0, 1) },
      { best: 0, rng: Philox.fromSeed(1) },
    );
    expect(certain).toBe(-Infinity);
    expect(open).toBeGreaterThan(-Infinity);
  });
});

describe('a window', () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  const some = fc.record({
    mean: number,
    sd: fc.double({ min: 0.05, max: 3, noNaN: true }),
    low: number,
    width: fc.double({ min: 1e-5, max: 3, noNaN: true }),
    nearest: fc.double({ min: 0.01, max: 2, noNaN: true }),
    unit: fc.constantFrom(1e-4, 0.3, 7, 1e5),
  });

  it('is as likely in other units, and seen in a mirror', () => {
    fc.assert(
      fc.property(some, ({ mean, sd, low, width, unit }) => {
        const high = low + width;
        const one = logWindow(mean, sd, { low, high });
        near(logWindow(unit * mean, unit * sd, { low: unit * low, high: unit * high }), one, 1e-7);
        near(logWindow(-mean, sd, { low: -high, high: -low }), one, 1e-7);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('is approached as much in other units, and seen in a mirror', () => {
    fc.assert(
      fc.property(some, ({ mean, sd, low, width, nearest, unit }) => {
        const high = low + width;
        const one = logTargetEi(mean, sd, { low, high }, nearest);
        const scaled = logTargetEi(
          unit * mean,
          unit * sd,
          { low: unit * low, high: unit * high },
          unit * nearest,
        );
        near(scaled - Math.log(unit), one, 1e-7);
        near(logTargetEi(-mean, sd, { low: -high, high: -low }, nearest), one, 1e-7);
      }),
      { seed: 2, numRuns: 400 },
    );
  });
});
