import { describe, expect, it } from '@jest/globals';
import type { AcceptedResult, PlanObjective } from '@ionloop/domain';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../test/support/shared.js';
import { frontOf, meritOf, meritsOf, volumeOf, volumesOf } from '../src/index.js';

interface Golden {
  readonly hypervolume: readonly {
    readonly points: readonly (readonly number[])[];
    readonly reference: readonly number[];
    readonly hypervolume: number;
  }[];
}

describeGolden('the volume that a front beats', () => {
  it('is that of the reference', () => {
    for (const { points, reference: low, hypervolume } of reference<Golden>('hypervolume.json').hypervolume) {
      const above = points
        .map((point) => point.map((value, k) => value - (low[k] ?? 0)))
        .filter((point) => point.every((value) => value > 0));
      expect(volumeOf(above)).toBeCloseTo(hypervolume, 10);
    }
  });
});

const merits = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.array(fc.option(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: count, maxLength: count })), {
    maxLength: 12,
  }),
);

describe('how a front grows', () => {
  it('never shrinks, ends at what the whole front beats, and grows with members of the front alone', () => {
    fc.assert(
      fc.property(merits, (list) => {
        const volumes = volumesOf(list);
        volumes.forEach((volume, i) => {
          expect(volume).toBeGreaterThanOrEqual(i === 0 ? 0 : (volumes[i - 1] ?? 0));
          expect(volume).toBeLessThanOrEqual(1);
        });
        const known = list.filter((one) => one !== null);
        const lows = (known[0] ?? []).map((_, k) => Math.min(...known.map((one) => one[k] ?? 0)));
        const highs = (known[0] ?? []).map((_, k) => Math.max(...known.map((one) => one[k] ?? 0)));
        const share = (value: number, k: number): number => {
          const [low, high] = [lows[k] ?? 0, highs[k] ?? 0];
          return high > low ? (value - low) / (high - low) : 1;
        };
        const whole = volumeOf(known.map((one) => one.map(share)));
        expect(volumes.at(-1) ?? 0).toBeCloseTo(known.length === 0 ? 0 : whole, 9);
      }),
    );
  });

  it('its members are those that no other beats', () => {
    fc.assert(
      fc.property(merits, (list) => {
        const front = frontOf(list);
        list.forEach((one, i) => {
          const beaten = list.some(
            (other) =>
              one !== null &&
              other !== null &&
              other.every((merit, k) => merit >= (one[k] ?? 0)) &&
              other.some((merit, k) => merit > (one[k] ?? 0)),
          );
          expect(front[i]).toBe(one !== null && !beaten);
        });
      }),
    );
  });
});

describe('how good a value is', () => {
  const window = (low: number | null, high: number | null, transform: 'none' | 'log10'): PlanObjective => ({
    ...{ property: 'voltage', unit: 'V', goal: 'window' },
    ...{ low, high, transform },
  });

  it.each([
    [1.5, window(1.4, 1.7, 'none'), 0],
    [1.4, window(1.4, 1.7, 'none'), 0],
    [1.2, window(1.4, 1.7, 'none'), -0.2],
    [2, window(1.4, 1.7, 'none'), -0.3],
    [2, window(1.4, null, 'none'), 0],
    [1e-6, window(1e-4, 1e-3, 'log10'), -2],
    [0, window(1e-4, null, 'log10'), -Number.MAX_VALUE],
  ])('%d of a window', (value, objective, merit) => {
    expect(meritOf(value, objective)).toBeCloseTo(merit, 12);
    expect(Object.is(meritOf(value, objective), -0)).toBe(false);
  });

  it('is known where all objectives are measured and all limits are kept', () => {
    const results = (values: Readonly<Record<string, number>>): { readonly results: AcceptedResult[] } => ({
      results: Object.entries(values).map(([property, value]) => ({
        ...{ measurementId: property, property, value, at: '2026-01-01T00:00:00.000Z' },
      })),
    });
    const campaign = {
      objectives: [
        { property: 'ionic_conductivity', unit: 'S/cm', goal: 'maximise', transform: 'log10' },
        { property: 'density', unit: 'g/cm³', goal: 'minimise', transform: 'none' },
      ],
      limits: [{ property: 'voltage', unit: 'V', transform: 'none', low: 1, high: null }],
    } as const;
    const good = { ionic_conductivity: 1, density: 2, voltage: 1 };
    expect(meritsOf(results(good), campaign)).toEqual([0, -2]);
    expect(meritsOf(results({ ...good, voltage: 0.5 }), campaign)).toBeNull();
    expect(meritsOf(results({ ionic_conductivity: 1e-3, density: 2 }), campaign)).toBeNull();
    expect(meritsOf(results({ ionic_conductivity: 1e-3, voltage: 2 }), campaign)).toBeNull();
  });
});
