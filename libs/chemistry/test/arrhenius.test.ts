import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../test/support/shared.js';
import { boltzmannEvPerK, fitArrhenius, PropertyError } from '../src/index.js';

interface Golden {
  readonly temperatureK: number[];
  readonly conductivity_S_cm: number[];
  readonly activationEnergy_eV: number;
  readonly activationEnergyStandardError_eV: number;
  readonly lnPrefactor: number;
  readonly 'conductivityAt298.15K_S_cm': number;
  readonly 'lnConductivityAt298.15KStandardError': number;
  readonly rSquared: number;
}

const agree = (actual: number | null, expected: number): void => {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
};

describeGolden('the Arrhenius fit against reference numbers', () => {
  it('gives every published figure', () => {
    const golden = reference<Golden>('arrhenius.json');
    const fit = fitArrhenius(golden.temperatureK, golden.conductivity_S_cm);
    agree(fit.activationEnergyEv, golden.activationEnergy_eV);
    agree(fit.activationEnergyStandardErrorEv, golden.activationEnergyStandardError_eV);
    agree(fit.lnPrefactor, golden.lnPrefactor);
    agree(fit.rSquared, golden.rSquared);
    agree(fit.at(298.15).conductivity, golden['conductivityAt298.15K_S_cm']);
    agree(fit.at(298.15).lnStandardError, golden['lnConductivityAt298.15KStandardError']);
  });
});

describe('the Arrhenius fit', () => {
  it('finds the law that exact data follow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        fc.double({ min: 2, max: 20, noNaN: true }),
        (energy, lnA) => {
          const temperatures = [280, 300, 320, 350, 400];
          const conductivities = temperatures.map((t) => Math.exp(lnA - energy / (boltzmannEvPerK * t)) / t);
          const fit = fitArrhenius(temperatures, conductivities);
          expect(fit.activationEnergyEv).toBeCloseTo(energy, 9);
          expect(fit.lnPrefactor).toBeCloseTo(lnA, 7);
          expect(fit.rSquared).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('says nothing of its error with only two points', () => {
    const fit = fitArrhenius([300, 400], [1e-5, 1e-3]);
    expect(fit.activationEnergyStandardErrorEv).toBeNull();
    expect(fit.at(350).lnStandardError).toBeNull();
    expect(fit.at(300).conductivity).toBeCloseTo(1e-5, 12);
  });

  it.each([
    [[300, 300], [1e-5, 2e-5], 'two different temperatures'],
    [[300, -5], [1e-5, 2e-5], 'temperature 2 is -5 K'],
    [[300, 310], [1e-5, 0], 'conductivity 2 is 0 S/cm'],
    [[300, NaN], [1e-5, 1e-4], 'temperature 2 is NaN'],
  ])('refuses temperatures %j with conductivities %j', (temperatures, conductivities, text) => {
    expect(() => fitArrhenius(temperatures, conductivities)).toThrow(PropertyError);
    expect(() => fitArrhenius(temperatures, conductivities)).toThrow(text);
  });

  it('refuses lists of different length', () => {
    expect(() => fitArrhenius([300, 310, 320], [1e-5, 1e-4])).toThrow('3 temperatures do not go with 2');
  });
});
