import { describe, expect, it } from '@jest/globals';
import type { PlanRequest } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import type { Calibration } from '../../src/index.js';
import { answer, downhill, inputOf, onSquare, scattered, slope } from './support.js';

const { abs, sqrt } = Math;
const ask = (campaign: PlanRequest): Calibration => answer({ kind: 'calibration' }, inputOf(campaign));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
/** So many standard deviations hold such a share of a normal: from a table. */
const halfWidths: readonly (readonly [number, number])[] = [
  [0.5, 0.6744897501960817],
  [0.8, 1.2815515655446004],
  [0.95, 1.959963984540054],
];
const rng = Philox.fromSeed('calibration');
/** A slope under noise, so that some intervals miss. */
const noisy = onSquare({
  observations: Array.from({ length: 30 }, () => {
    const point = { a: rng.uniform(), b: rng.uniform() };
    return { point, values: [slope(point) + 0.3 * rng.normal()] };
  }),
});

describe('how far a model may be believed', () => {
  const told = ask(noisy);

  it('has each result beside what was predicted without it', () => {
    expect(told.kind).toBe('gaussian-process');
    expect(told.rows.map(({ number }) => number)).toEqual(noisy.observations.map((_, i) => 101 + i));
    expect(told.rows.map(({ actual }) => actual)).toEqual(noisy.observations.map(({ values }) => values[0]));
    // A model that had seen them would be closer than their noise.
    const errors = told.rows.map(({ actual, mean: expected }) => (actual - expected) ** 2);
    expect(sqrt(mean(errors))).toBeGreaterThan(0.2);
    expect(told.metrics.rmse).toBeCloseTo(sqrt(mean(errors)), 10);
    expect(told.metrics.mae).toBeCloseTo(mean(told.rows.map((row) => abs(row.actual - row.mean))), 10);
    expect(ask(noisy)).toEqual(told);
  });

  it('says what share intervals hold: 19 of them, wider ones never less', () => {
    expect(told.curve.map(({ expected }) => expected)).toEqual(
      Array.from({ length: 19 }, (_, i) => expect.closeTo(0.05 * (i + 1), 12)),
    );
    for (const [share, width] of halfWidths) {
      const held = told.rows.filter((row) => abs(row.actual - row.mean) <= width * row.sd).length / 30;
      expect(told.curve.find(({ expected }) => abs(expected - share) < 1e-9)!.held).toBe(held);
    }
    const held = told.curve.map((one) => one.held);
    expect(held).toEqual(held.toSorted((a, b) => a - b));
    expect(told.metrics.coverage95).toBe(held.at(-1));
  });

  it('passes a model that knows how sure it is', () => {
    expect({ passed: told.passed, reasons: told.reasons }).toEqual({ passed: true, reasons: [] });
  });

  it('says in words what falls short', () => {
    const found = ask(
      onSquare({ observations: scattered.map((point, i) => ({ point, values: [i % 2 === 0 ? -5 : 5] })) }),
    );
    expect(found.passed).toBe(false);
    expect(found.reasons).toEqual([
      '50 % intervals hold 0 % of the values, too few',
      expect.stringMatching(/^its density is worse than that of a guess that knows the mean: NLPD/),
      expect.stringMatching(/^it is farther off than a guess that knows the mean: CRPS/),
    ]);
  });

  it('finds the result that does not belong, on the side where it lies', () => {
    const off = noisy.observations.map((one, i) =>
      i === 7 ? { ...one, values: [one.values[0]! + 20] } : one,
    );
    const found = ask({ ...noisy, observations: off }).rows;
    const farthest = found.reduce((a, b) => (abs(b.robustZ) > abs(a.robustZ) ? b : a));
    expect(farthest).toMatchObject({ number: 108, outlier: true });
    expect(farthest.robustZ).toBeGreaterThan(3.5);
  });

  it('is in the property’s own direction where less is better', () => {
    const [up, down] = [ask(onSquare()), ask(downhill())];
    down.rows.forEach(({ actual, mean: expected, sd, robustZ }, i) => {
      const other = up.rows[i]!;
      expect(actual).toBe(-other.actual);
      expect(expected).toBeCloseTo(-other.mean, 8);
      expect(sd).toBeCloseTo(other.sd, 8);
      expect(robustZ).toBeCloseTo(-other.robustZ, 6);
    });
    expect(down.curve).toEqual(up.curve);
  });
});
