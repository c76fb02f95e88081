import { describe, expect, it } from '@jest/globals';
import type { Assignment } from '@ionloop/lab-client';
import { conductivityTruth } from '../src/physics.js';
import { makeAndMeasure } from '../src/sample.js';

const assignment = (point: Assignment['spec']['point'], change: Partial<Assignment> = {}): Assignment => ({
  attemptId: 'a',
  experimentId: 'e',
  experimentNumber: 7,
  campaignId: 'c',
  fence: 1,
  specHash: 'h',
  leaseSeconds: 60,
  heartbeatSeconds: 10,
  spec: {
    campaignId: 'c',
    experiment: 7,
    point,
    label: '',
    property: 'ionic_conductivity',
    unit: 'S/cm',
    temperatureC: 300,
  },
  ...change,
});
const good = { composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } };
const setup = { seed: 's', failRate: 0 };

function conductivityOf(result: ReturnType<typeof makeAndMeasure>): number {
  const [measurement] = result.measurements;
  if (!measurement || !('impedance' in measurement)) throw new Error('no impedance was measured');
  const { resistanceOhm, thicknessCm, areaCm2 } = measurement.impedance;
  return thicknessCm / (resistanceOhm * areaCm2);
}

describe('a simulated sample', () => {
  it('gives the same result for the same seed, campaign, experiment and attempt, and another for another', () => {
    const once = makeAndMeasure(assignment(good), setup);
    expect(makeAndMeasure(assignment(good), setup)).toEqual(once);
    expect(conductivityOf(makeAndMeasure(assignment(good, { fence: 2 }), setup))).not.toBe(
      conductivityOf(once),
    );
  });

  it('scatters around the truth by about 0.06 decades', () => {
    const truth = conductivityTruth(good.composition, 300);
    const errors = Array.from({ length: 400 }, (_, n) =>
      Math.log10(conductivityOf(makeAndMeasure(assignment(good, { experimentNumber: n }), setup)) / truth),
    );
    const mean = errors.reduce((a, b) => a + b) / errors.length;
    const sd = Math.sqrt(errors.reduce((a, b) => a + (b - mean) ** 2, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan(0.012);
    expect(sd).toBeGreaterThan(0.05);
    expect(sd).toBeLessThan(0.07);
  });

  it('of almost pure sulfate cracks most of the time', () => {
    const sulfate = { composition: { Li3PO4: 0.02, Li3BO3: 0.02, Li2SO4: 0.96 } };
    const outcomes = Array.from(
      { length: 100 },
      (_, n) => makeAndMeasure(assignment(sulfate, { experimentNumber: n }), setup).outcome,
    );
    const failed = outcomes.filter((outcome) => outcome === 'failed_sample').length;
    expect(failed).toBeGreaterThan(75);
    expect(failed).toBeLessThan(100);
  });

  it('of any other campaign gets a plausible conductivity too', () => {
    for (const point of [{ 'sintering temperature': 950, 'sintering time': 40 }, { candidate: 'LLZO' }]) {
      const conductivity = conductivityOf(makeAndMeasure(assignment(point), setup));
      expect(conductivity).toBeGreaterThan(1e-8);
      expect(conductivity).toBeLessThan(1e-2);
    }
  });
});
