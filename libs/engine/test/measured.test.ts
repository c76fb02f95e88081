import { describe, expect, it } from '@jest/globals';
import type { Objective } from '@ionloop/domain';
import { readMeasurement } from '../src/lab/measured.js';

const ids = { next: () => 'm1', secret: () => 's1' };
const objective = (property: string, unit: string): Objective => ({
  property,
  unit,
  goal: 'maximise',
  transform: 'none',
});

describe('a measurement and its uncertainty, brought to the unit of the objective', () => {
  it.each([
    ['ionic_conductivity', 0.5, 'mS/cm', 0.02, 'S/cm', 5e-4, 2e-5],
    ['temperature', 850, '°C', 5, 'K', 1123.15, 5],
    ['temperature', 0, '°C', 5, '°F', 32, 9],
    ['voltage', -40, 'mV', 2, 'V', -0.04, 0.002],
  ])('%s: %f %s ± %f in %s', (property, value, unit, uncertainty, toUnit, expected, spread) => {
    const measured = readMeasurement(
      ids,
      { objectives: [objective(property, toUnit)] },
      { property, value, unit, uncertainty },
      'measurement',
    );
    expect(measured.value).toBeCloseTo(expected, 9);
    expect(measured.uncertainty).toBeCloseTo(spread, 12);
    expect(measured.raw).toEqual({ value, unit });
  });
});
