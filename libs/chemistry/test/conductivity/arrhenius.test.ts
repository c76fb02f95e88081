import { describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { boltzmannEvPerK, fitArrhenius, PropertyError, type ArrheniusOptions } from '../../src/index.js';

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
    expect(fit.at25C).toEqual(fit.at(298.15));
    expect(fit.flags).toEqual([]);
    // Student's t of four degrees, from the tables.
    const half = 2.77644510519779 * golden['lnConductivityAt298.15KStandardError'];
    agree(fit.at25C.interval95!.low, golden['conductivityAt298.15K_S_cm'] * Math.exp(-half));
    agree(fit.at25C.interval95!.high, golden['conductivityAt298.15K_S_cm'] * Math.exp(half));
  });

  it('gives them in other units as well', () => {
    const golden = reference<Golden>('arrhenius.json');
    const fit = fitArrhenius(
      golden.temperatureK.map((t) => t - 273.15),
      golden.conductivity_S_cm.map((s) => s * 1000),
      { temperatureUnit: '°C', conductivityUnit: 'mS/cm' },
    );
    agree(fit.activationEnergyEv, golden.activationEnergy_eV);
    agree(fit.lnPrefactor, golden.lnPrefactor);
    agree(fit.at25C.conductivity, golden['conductivityAt298.15K_S_cm']);
  });

  it('is the same for errors that are all the same part of their values, but for what they say of the scatter', () => {
    const golden = reference<Golden>('arrhenius.json');
    const plain = fitArrhenius(golden.temperatureK, golden.conductivity_S_cm);
    const withErrors = (part: number) =>
      fitArrhenius(golden.temperatureK, golden.conductivity_S_cm, {
        errors: golden.conductivity_S_cm.map((s) => part * s),
      });
    const small = withErrors(1e-3);
    agree(small.activationEnergyEv, golden.activationEnergy_eV);
    agree(small.activationEnergyStandardErrorEv, golden.activationEnergyStandardError_eV);
    agree(small.lnPrefactorStandardError, plain.lnPrefactorStandardError!);
    expect(small.flags.map(({ code }) => code)).toEqual(['BEYOND_ERRORS']);
    const large = withErrors(0.3);
    expect(large.flags).toEqual([]);
    agree(
      large.activationEnergyStandardErrorEv! / plain.activationEnergyStandardErrorEv!,
      1 / Math.sqrt(large.reducedChiSquare!),
    );
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
    expect(fit.lnPrefactorStandardError).toBeNull();
    expect(fit.at25C.interval95).toBeNull();
    expect(fit.reducedChiSquare).toBeNull();
    expect(fit.at(300).conductivity).toBeCloseTo(1e-5, 12);
    expect(fit.flags.map(({ code }) => code)).toEqual(['FEW_TEMPERATURES']);
  });

  it('carries the errors of two points to the line between them', () => {
    const errors = [1e-6, 5e-5];
    const fit = fitArrhenius([300, 400], [1e-5, 1e-3], { errors });
    expect(fit.at(300).lnStandardError).toBeCloseTo(0.1, 12);
    expect(fit.at(400).lnStandardError).toBeCloseTo(0.05, 12);
    const slope = Math.hypot(0.1, 0.05) / (1 / 300 - 1 / 400);
    expect(fit.activationEnergyStandardErrorEv).toBeCloseTo(slope * boltzmannEvPerK, 12);
    expect(fit.lnPrefactorStandardError).toBeCloseTo(Math.hypot(0.1 * 3, 0.05 * 4), 9);
    expect(fit.at(300).interval95!.high).toBeCloseTo(1e-5 * Math.exp(0.1959963984540054), 15);
  });

  it('follows a point the more, the smaller its error is', () => {
    const temperatures = [300, 320, 340, 360];
    const law = (t: number): number => Math.exp(10 - 0.35 / (boltzmannEvPerK * t)) / t;
    const conductivities = temperatures.map(law);
    conductivities[3]! *= 2;
    const errors = conductivities.map((s, i) => s * (i === 3 ? 1 : 0.01));
    const plain = fitArrhenius(temperatures, conductivities);
    const weighted = fitArrhenius(temperatures, conductivities, { errors });
    expect(Math.abs(plain.activationEnergyEv - 0.35)).toBeGreaterThan(0.05);
    expect(Math.abs(weighted.activationEnergyEv - 0.35)).toBeLessThan(0.001);
    expect(weighted.flags).toEqual([]);
  });

  it('has the truth in its interval of 95 % in about 95 of 100 cases, of few points too', () => {
    const rng = Philox.fromSeed('arrhenius');
    const truth = Math.exp(10 - 0.35 / (boltzmannEvPerK * 298.15)) / 298.15;
    for (const temperatures of [
      [290, 310, 330],
      [280, 300, 320, 340, 360],
    ]) {
      let held = 0;
      for (let n = 0; n < 4000; n += 1) {
        const drawn = temperatures.map(
          (t) => Math.exp(10 - 0.35 / (boltzmannEvPerK * t) + 0.05 * rng.normal()) / t,
        );
        const { low, high } = fitArrhenius(temperatures, drawn).at25C.interval95!;
        if (low <= truth && truth <= high) held += 1;
      }
      expect(held / 4000).toBeGreaterThan(0.94);
      expect(held / 4000).toBeLessThan(0.96);
    }
  });

  it.each<[string, number[], (t: number) => number, number[] | undefined]>([
    ['EXTRAPOLATED', [500, 550, 600], (t) => Math.exp(-4000 / t) / t, undefined],
    ['NOT_ACTIVATED', [290, 310, 330], (t) => Math.exp(4000 / t) / t, undefined],
    ['POOR_FIT', [290, 310, 330, 350], (t) => (t === 310 ? 3 : 1) * Math.exp(-1000 / t), undefined],
    ['BEYOND_ERRORS', [290, 310, 330, 350], (t) => (t === 310 ? 1.2 : 1) * Math.exp(-3000 / t), [0.01]],
    ['CURVED', [280, 300, 320, 340, 360], (t) => Math.exp(-800 / (t - 200)) / t, undefined],
  ])('is flagged as %s at %j', (code, temperatures, law, parts) => {
    const conductivities = temperatures.map(law);
    const fit = fitArrhenius(temperatures, conductivities, {
      ...(parts === undefined ? {} : { errors: conductivities.map((s) => s * parts[0]!) }),
    });
    expect(fit.flags.map((flag) => flag.code)).toEqual([code]);
    expect(fit.flags[0]!.message.length).toBeGreaterThan(20);
  });

  it('is not flagged far from 25 °C where it is read elsewhere, and is where that is far', () => {
    const temperatures = [500, 550, 600];
    const conductivities = temperatures.map((t) => Math.exp(-4000 / t) / t);
    expect(fitArrhenius(temperatures, conductivities, { readAtK: 573.15 }).flags).toEqual([]);
    const [flag] = fitArrhenius(temperatures, conductivities, { readAtK: 1073.15 }).flags;
    expect(flag).toMatchObject({ code: 'EXTRAPOLATED' });
    expect(flag!.message).toMatch(/^800 °C lies outside the temperatures by \d+ % of their range in 1\/T$/);
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

  it('refuses a unit that temperature or conductivity does not have, and errors that cannot be', () => {
    const fit = (options: ArrheniusOptions) => () => fitArrhenius([300, 320], [1e-5, 1e-4], options);
    expect(fit({ temperatureUnit: 'eV' })).toThrow('"eV" is not a unit of temperature');
    expect(fit({ conductivityUnit: 'ohm' })).toThrow('"ohm" is not a unit of ionic_conductivity');
    expect(fit({ errors: [1e-6] })).toThrow('1 errors do not go with 2');
    expect(fit({ errors: [1e-6, 0] })).toThrow('the error of conductivity 2 is 0 S/cm');
    expect(() => fitArrhenius([25, -300], [1e-5, 1e-6], { temperatureUnit: '°C' })).toThrow(
      'temperature 2 is -300 °C; it must be above -273.15 °C',
    );
  });

  it('refuses lists of different length', () => {
    expect(() => fitArrhenius([300, 310, 320], [1e-5, 1e-4])).toThrow('3 temperatures do not go with 2');
  });
});

describe('an error that all temperatures share', () => {
  const temperatures = [300, 330, 360, 400];
  const line = (temperature: number): number =>
    (1e4 * Math.exp(-0.3 / (boltzmannEvPerK * temperature))) / temperature;

  it('is as likely as it says: the interval holds the truth in 95 of 100 samples with a geometry of their own', () => {
    const rng = Philox.fromSeed('a geometry of their own');
    const samples = 4000;
    const held = { with: 0, without: 0 };
    for (let k = 0; k < samples; k++) {
      const geometry = Math.exp(0.1 * rng.normal());
      const measured = temperatures.map((T) => line(T) * geometry * Math.exp(0.02 * rng.normal()));
      const errors = measured.map((value) => 0.02 * value);
      for (const [key, commonError] of [
        ['with', 0.1],
        ['without', 0],
      ] as const) {
        const { low, high } = fitArrhenius(temperatures, measured, { errors, commonError }).at25C.interval95!;
        if (low <= line(298.15) && line(298.15) <= high) held[key] += 1;
      }
    }
    expect(held.with / samples).toBeGreaterThan(0.94);
    expect(held.with / samples).toBeLessThan(0.98);
    expect(held.without / samples).toBeLessThan(0.7);
  });

  it('moves the line and does not turn it', () => {
    const values = temperatures.map((T, i) => line(T) * (1 + 0.01 * (-1) ** i));
    const [plain, shared] = [0, 0.05].map((commonError) =>
      fitArrhenius(temperatures, values, { commonError }),
    ) as [ReturnType<typeof fitArrhenius>, ReturnType<typeof fitArrhenius>];
    expect(shared.activationEnergyStandardErrorEv).toBe(plain.activationEnergyStandardErrorEv);
    expect(shared.at25C.conductivity).toBe(plain.at25C.conductivity);
    expect(shared.at25C.lnStandardError).toBeCloseTo(Math.hypot(plain.at25C.lnStandardError!, 0.05), 12);
    expect(shared.lnPrefactorStandardError).toBeCloseTo(
      Math.hypot(plain.lnPrefactorStandardError!, 0.05),
      12,
    );
  });

  it.each([-0.1, NaN, Infinity])('is refused where it is %p', (commonError) => {
    expect(() => fitArrhenius([300, 350], [1e-4, 1e-3], { commonError })).toThrow(PropertyError);
  });
});
