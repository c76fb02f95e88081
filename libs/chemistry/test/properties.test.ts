import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkUnit,
  conductivityFromImpedance,
  convert,
  convertDifference,
  fromModelScale,
  properties,
  PropertyError,
  toModelScale,
} from '../src/index.js';

const refusal = (act: () => unknown): PropertyError => {
  try {
    act();
  } catch (error) {
    if (error instanceof PropertyError) return error;
  }
  throw new Error('nothing was refused');
};

describe('converting a property', () => {
  it.each([
    ['ionic_conductivity', 1.2, 'mS/cm', 'S/cm', 1.2e-3],
    ['ionic_conductivity', 3, 'S/m', 'S/cm', 3e-2],
    ['ionic_conductivity', 5e-4, 'S/cm', 'mS/cm', 0.5],
    ['activation_energy', 226, 'meV', 'eV', 0.226],
    ['activation_energy', 96.48533212331, 'kJ/mol', 'eV', 1],
    ['relative_density', 95, '%', '1', 0.95],
    ['ionic_conductivity', 120, 'µS/cm', 'mS/cm', 0.12],
    ['activation_energy', 1, 'eV', 'kcal/mol', 23.0605478306],
    ['density', 5.1, 'g/cm³', 'kg/m³', 5100],
    ['temperature', 25, '°C', 'K', 298.15],
    ['temperature', -40, '°C', '°F', -40],
    ['temperature', 212, '°F', '°C', 100],
    ['voltage', -50, 'mV', 'V', -0.05],
    ['current_density', 0.5, 'mA/cm²', 'A/m²', 5],
    ['resistance', 2.6, 'kΩ', 'Ω', 2600],
    ['resistance', 1.2, 'MΩ', 'kΩ', 1200],
    ['thickness', 20, 'µm', 'mm', 0.02],
    ['area', 78.5, 'mm²', 'cm²', 0.785],
    ['time', 12, 'h', 'min', 720],
    ['mass', 250, 'mg', 'g', 0.25],
    ['pressure', 1, 'atm', 'Pa', 101325],
    ['pressure', 760, 'Torr', 'bar', 1.01325],
    ['value', -17.5, '1', '1', -17.5],
    ['value', -17.5, '', '1', -17.5],
  ])('%s: %f %s in %s', (property, value, unit, toUnit, expected) => {
    expect(convert(property, value, unit, toUnit)).toBeCloseTo(expected, expected > 1 ? 9 : 12);
  });

  it('leaves a value that is in its unit already as it is, to the bit', () => {
    expect(convert('ionic_conductivity', 0.1 + 0.2, 'mS/cm', 'mS/cm')).toBe(0.1 + 0.2);
  });

  it.each([
    ['UNKNOWN_PROPERTY', 'colour', 1, 'S/cm', 'there is no property "colour"; known are ionic_conductivity'],
    ['UNKNOWN_PROPERTY', 'constructor', 1, '1', 'there is no property'],
    [
      'UNKNOWN_UNIT',
      'ionic_conductivity',
      1,
      'eV',
      '"eV" is not a unit of ionic_conductivity; it is measured in "S/cm"',
    ],
    ['NOT_FINITE', 'ionic_conductivity', NaN, 'S/cm', 'NaN S/cm'],
    ['NOT_FINITE', 'value', Infinity, '1', 'Infinity'],
    ['NOT_POSITIVE', 'ionic_conductivity', 0, 'S/cm', 'must be positive'],
    ['NOT_POSITIVE', 'activation_energy', -0.3, 'eV', '-0.3 eV'],
    ['NOT_POSITIVE', 'temperature', -273.15, '°C', 'above -273.15 °C'],
    ['NOT_POSITIVE', 'temperature', -1, 'K', 'must be positive'],
    ['IMPLAUSIBLE', 'temperature', 2e4, '°C', '20000 °C; plausible is 0.001 … 10000 K'],
    ['IMPLAUSIBLE', 'ionic_conductivity', 101, 'S/cm', 'plausible is 1e-16 … 100 S/cm'],
    ['IMPLAUSIBLE', 'ionic_conductivity', 1e-17, 'S/cm', '1e-17 S/cm'],
    ['IMPLAUSIBLE', 'relative_density', 130, '%', '130 %; plausible is 0.01 … 1.05 1'],
  ])('is refused as %s: %s %f %s', (code, property, value, unit, text) => {
    const to = properties.find(({ name }) => name === property)?.units[0] ?? '1';
    const error = refusal(() => convert(property, value, unit, to));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });

  it('can be forced where the value is merely implausible', () => {
    expect(convert('ionic_conductivity', 150, 'S/cm', 'S/cm', { force: true })).toBe(150);
    expect(refusal(() => convert('ionic_conductivity', -1, 'S/cm', 'S/cm', { force: true })).code).toBe(
      'NOT_POSITIVE',
    );
  });

  it('there and back is the same value, for every pair of units', () => {
    for (const { name, units, plausible } of properties) {
      const min = Math.max(plausible.min, -1e3);
      const max = Math.min(plausible.max, 1e3);
      fc.assert(
        fc.property(fc.double({ min, max, noNaN: true }), fc.constantFrom(...units), (value, unit) => {
          const back = convert(name, convert(name, value, units[0]!, unit), unit, units[0]!, { force: true });
          // A unit with another zero rounds to the digits of the distance between the two.
          const size = name === 'temperature' ? Math.abs(value) + 500 : Math.abs(value);
          expect(Math.abs(back - value)).toBeLessThanOrEqual(4e-15 * size + 1e-320);
        }),
      );
    }
  });
});

describe('a difference', () => {
  it('has no zero of its own', () => {
    expect(convertDifference('temperature', 2, '°C', 'K')).toBe(2);
    expect(convertDifference('temperature', 5, 'K', '°F')).toBe(9);
    expect(convertDifference('ionic_conductivity', 0.1, 'mS/cm', 'S/cm')).toBeCloseTo(1e-4, 18);
    expect(refusal(() => convertDifference('temperature', NaN, 'K', 'K')).code).toBe('NOT_FINITE');
  });

  it('is that of the two converted values, for every pair of units', () => {
    for (const { name, units, plausible } of properties) {
      const inside = fc.double({
        min: Math.max(plausible.min, -1e3),
        max: Math.min(plausible.max, 1e3),
        noNaN: true,
      });
      fc.assert(
        fc.property(inside, inside, fc.constantFrom(...units), (a, b, unit) => {
          const to = (value: number): number => convert(name, value, units[0]!, unit);
          const apart = convertDifference(name, a - b, units[0]!, unit);
          const size =
            Math.abs(to(a)) + Math.abs(to(b)) + Math.abs(apart) + (name === 'temperature' ? 1e3 : 0);
          expect(Math.abs(to(a) - to(b) - apart)).toBeLessThanOrEqual(4e-15 * size + 1e-320);
        }),
      );
    }
  });
});

describe('a unit', () => {
  it.each([
    ['resistance', 'kohm', 'kΩ'],
    ['resistance', 'M\u2126', 'MΩ'],
    ['thickness', 'um', 'µm'],
    ['thickness', '\u03bcm', '\u00b5m'],
    ['area', 'mm2', 'mm²'],
    ['temperature', '\u2103', '°C'],
    ['ionic_conductivity', 'uS/cm', 'µS/cm'],
  ])('of %s may be written %s for %s', (property, written, unit) => {
    expect(convert(property, 3.7, written, unit, { force: true })).toBe(3.7);
  });

  it('is told apart by the case of its letters', () => {
    expect(convert('resistance', 1, 'Mohm', 'Ω')).toBeCloseTo(1e6, 6);
    expect(convert('resistance', 1, 'mohm', 'Ω')).toBeCloseTo(1e-3, 15);
    expect(refusal(() => checkUnit('voltage', 'v')).code).toBe('UNKNOWN_UNIT');
  });

  it('is checked without a value', () => {
    expect(() => checkUnit('ionic_conductivity', 'mS/cm')).not.toThrow();
    expect(refusal(() => checkUnit('ionic_conductivity', 'ohm')).code).toBe('UNKNOWN_UNIT');
    expect(refusal(() => checkUnit('magic', '1')).code).toBe('UNKNOWN_PROPERTY');
  });
});

describe("the models' scale", () => {
  it('is the logarithm to base ten where asked for', () => {
    expect(toModelScale(1e-4, 'log10')).toBeCloseTo(-4, 14);
    expect(toModelScale(1e-4, 'none')).toBe(1e-4);
    expect(fromModelScale(-3.5, 'log10')).toBeCloseTo(10 ** -3.5, 17);
    expect(fromModelScale(-3.5, 'none')).toBe(-3.5);
  });

  it('has no place for the logarithm of what is not positive', () => {
    expect(refusal(() => toModelScale(0, 'log10')).code).toBe('NOT_POSITIVE');
    expect(refusal(() => toModelScale(NaN, 'log10')).code).toBe('NOT_POSITIVE');
  });
});

describe('conductivity from impedance', () => {
  it('is thickness over resistance and area', () => {
    expect(conductivityFromImpedance({ resistanceOhm: 500, thicknessCm: 0.1, areaCm2: 0.5 })).toBeCloseTo(
      4e-4,
      18,
    );
  });

  it.each([
    [{ resistanceOhm: 0, thicknessCm: 0.1, areaCm2: 0.5 }, 'NOT_POSITIVE', 'resistance'],
    [{ resistanceOhm: 10, thicknessCm: -0.1, areaCm2: 0.5 }, 'NOT_POSITIVE', 'thickness'],
    [{ resistanceOhm: 10, thicknessCm: 0.1, areaCm2: Infinity }, 'NOT_FINITE', 'area'],
  ])('refuses %j', (impedance, code, text) => {
    const error = refusal(() => conductivityFromImpedance(impedance));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });
});
