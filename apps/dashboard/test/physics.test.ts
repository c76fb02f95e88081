import { describe, expect, test } from '@jest/globals';
import { readArrhenius } from '../src/api/arrhenius.js';
import { readImpedance } from '../src/api/impedance.js';
import { inverseOf, lineAt, productOf, rangeOf, temperatureTicks } from '../src/plots/arrhenius.js';
import { pooledSpread, replicatesOf } from '../src/plots/replicates.js';

const boltzmann = 8.617333262e-5;

/** A sample that follows σT = A·exp(−Eₐ/kT) to the letter. */
const kept = (energy: number, lnPrefactor: number) => ({
  series: [25, 50, 100, 200].map((temperatureC) => {
    const kelvin = temperatureC + 273.15;
    return { temperatureC, conductivity: Math.exp(lnPrefactor - energy / (boltzmann * kelvin)) / kelvin };
  }),
  arrhenius: {
    activationEnergyEv: energy,
    activationEnergyStandardErrorEv: 0.01,
    lnPrefactor,
    rSquared: 0.9999,
    at25C: { value: 1e-4, uncertainty: 1e-6, interval95: { low: 9e-5, high: 1.1e-4 }, unit: 'S/cm' },
    flags: ['FEW_POINTS'],
  },
});

describe('an Arrhenius plot', () => {
  const series = readArrhenius(kept(0.35, 9));

  test('is read from what is kept of a measurement', () => {
    expect(series).toMatchObject({
      activationEnergyEv: 0.35,
      standardErrorEv: 0.01,
      at25C: 1e-4,
      interval25C: { low: 9e-5, high: 1.1e-4 },
      flags: ['FEW_POINTS'],
    });
    expect(series?.points).toHaveLength(4);
  });

  test('nothing else is taken for one', () => {
    expect(readArrhenius(null)).toBeNull();
    expect(readArrhenius({ value: 1 })).toBeNull();
    expect(readArrhenius({ ...kept(0.3, 9), series: [] })).toBeNull();
    expect(readArrhenius({ series: kept(0.3, 9).series })).toBeNull();
  });

  test('puts the samples on the line that was fitted', () => {
    if (!series) throw new Error('there is a series');
    for (const { temperatureC, conductivity } of series.points) {
      const line = lineAt(series, inverseOf(temperatureC));
      expect(productOf(temperatureC, conductivity) / line).toBeCloseTo(1, 9);
    }
  });

  test('has round temperatures above, none too near another', () => {
    const ticks = temperatureTicks([inverseOf(210), inverseOf(20)], 0.2);
    expect(ticks.map(({ temperatureC }) => temperatureC)).toEqual([200, 140, 100, 60, 20]);
    for (const [i, { at }] of ticks.entries()) {
      if (i > 0) expect(at - (ticks[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(0.2);
    }
  });

  test('has room for one value', () => {
    const [low, high] = rangeOf([3], 0.1);
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
  });
});

describe('replicates', () => {
  const row = (number: number, point: unknown, ...values: readonly (readonly [number, string])[]) => ({
    number,
    label: `point ${number}`,
    point,
    measurements: values.map(([value, status]) => ({ property: 'ph', value, status })),
  });
  const rows = [
    row(1, { a: 1, b: { x: 1, y: 2 } }, [7, 'accepted']),
    row(2, { b: { y: 2, x: 1 }, a: 1 }, [7.4, 'accepted'], [99, 'excluded']),
    row(3, { a: 2, b: { x: 1, y: 2 } }, [5, 'accepted'], [5.2, 'accepted'], [5.4, 'accepted']),
    row(4, { a: 3 }, [1, 'accepted']),
  ];

  test('are accepted values of the same point, whatever the order of its parts', () => {
    expect(replicatesOf(rows, 'ph').map(({ experiments, values }) => [experiments, values])).toEqual([
      [[3], [5, 5.2, 5.4]],
      [
        [1, 2],
        [7, 7.4],
      ],
    ]);
    expect(replicatesOf(rows, 'ionic_conductivity')).toEqual([]);
  });

  test('the spread of a single result is pooled over all of them', () => {
    const spread = pooledSpread(replicatesOf(rows, 'ph'), (value) => value);
    // (0.2² + 0 + 0.2²) + (0.2² + 0.2²) over 2 + 1 degrees of freedom.
    expect(spread?.degrees).toBe(3);
    expect(spread?.sd).toBeCloseTo(Math.sqrt(0.16 / 3), 12);
    expect(pooledSpread([], (value) => value)).toBeNull();
  });
});

test('what was read off a spectrum is told as far as it is there', () => {
  expect(readImpedance({ value: 1 })).toBeNull();
  expect(readImpedance({ impedance: { resistanceOhm: 250, thicknessCm: 0.1 } })).toEqual({
    resistanceOhm: 250,
    thicknessCm: 0.1,
    areaCm2: null,
    fitModel: null,
    residual: null,
  });
});
