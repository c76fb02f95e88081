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

  it('is lost now and then whatever it is made of, as often as asked', () => {
    const lost = (failRate: number) =>
      Array.from(
        { length: 500 },
        (_, n) => makeAndMeasure(assignment(good, { experimentNumber: n }), { seed: 's', failRate }).outcome,
      ).filter((outcome) => outcome === 'failed_sample').length;
    expect(lost(0)).toBe(0);
    expect(lost(0.1)).toBeGreaterThan(30);
    expect(lost(0.1)).toBeLessThan(70);
    expect(lost(1)).toBe(500);
  });

  it('cannot be made of fractions that do not add up, and it says so', () => {
    const result = makeAndMeasure(assignment({ composition: { Li3PO4: 0.5, Li2SO4: 0.4 } }), setup);
    expect(result).toEqual({
      outcome: 'infeasible',
      note: 'composition: the fractions add up to 0.9, not to 1',
      measurements: [],
    });
  });

  it('counts a component that a corner of the ternary leaves out as none', () => {
    const [binary, ternary] = [
      { composition: { Li3PO4: 0.3, Li2SO4: 0.7 } },
      { composition: { Li3PO4: 0.3, Li3BO3: 0, Li2SO4: 0.7 } },
    ].map((point) => makeAndMeasure(assignment(point), setup));
    expect(binary).toEqual(ternary);
  });

  it('of the ternary depends on what else is varied, by at most a decade', () => {
    const truth = conductivityTruth(good.composition, 300);
    const values = [700, 800, 900, 1000].map((sintering) =>
      conductivityOf(makeAndMeasure(assignment({ ...good, sintering }), setup)),
    );
    expect(new Set(values).size).toBe(4);
    for (const value of values) {
      expect(value).toBeLessThan(truth * 1.5);
      expect(value).toBeGreaterThan(truth * 0.06);
    }
  });

  it('of a pool counts by its elements where its name is a formula', () => {
    const value = (candidate: string) => conductivityOf(makeAndMeasure(assignment({ candidate }), setup));
    expect(value('Li6PS5Cl')).toBeCloseTo(value('Li12P2S10Cl2'), 12);
    expect(value('Li6PS5Cl')).not.toBeCloseTo(value('Li7La3Zr2O12'), 12);
  });

  it.each([
    ['activation_energy', 'meV', 'eV', 0.2, 0.9],
    ['relative_density', '%', '1', 0.5, 1],
    ['value', '1', '1', 0, 1.1],
  ])('has a %s asked for in %s, and gives it in %s', (property, asked, given, min, max) => {
    for (const time of [10, 50, 100, 300, 540]) {
      const plain = assignment({ time });
      const result = makeAndMeasure({ ...plain, spec: { ...plain.spec, property, unit: asked } }, setup);
      const [measurement] = result.measurements;
      expect(measurement).toMatchObject({ property, unit: given });
      const { value } = measurement as { value: number };
      expect(value).toBeGreaterThan(min);
      expect(value).toBeLessThanOrEqual(max);
    }
  });
});
