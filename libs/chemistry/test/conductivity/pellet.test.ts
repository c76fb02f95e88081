import { describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import fc from 'fast-check';
import {
  conductivityFromImpedance,
  pelletConductivity,
  PropertyError,
  type PelletMeasurement,
} from '../../src/index.js';

const pellet: PelletMeasurement = {
  resistance: { value: 2.6, unit: 'kΩ', error: 0.05 },
  thickness: { value: 1.02, unit: 'mm', error: 0.01 },
  diameter: { value: 10, unit: 'mm', error: 0.1 },
};

const refusal = (act: () => unknown): PropertyError => {
  try {
    act();
  } catch (error) {
    if (error instanceof PropertyError) return error;
  }
  throw new Error('nothing was refused');
};

describe('the conductivity of a pellet', () => {
  it('comes from resistance, thickness and diameter in their own units', () => {
    const { value, unit, withoutError } = pelletConductivity(pellet);
    expect(value).toBeCloseTo(0.102 / (2600 * Math.PI * 0.25), 16);
    expect(unit).toBe('S/cm');
    expect(withoutError).toEqual([]);
    expect(pelletConductivity(pellet, { unit: 'mS/cm' }).value).toBeCloseTo(1000 * value, 13);
  });

  it('is the same whatever units it was measured in', () => {
    const lengths = { cm: 1, mm: 10, µm: 1e4 };
    const resistances = { Ω: 1, kΩ: 1e-3, MΩ: 1e-6 };
    const areas = { 'cm²': 1, 'mm²': 100 };
    const unitOf = (units: Record<string, number>) => fc.constantFrom(...Object.entries(units));
    fc.assert(
      fc.property(
        fc.tuple(unitOf(resistances), unitOf(lengths), unitOf(areas)),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        fc.double({ min: 1e-2, max: 10, noNaN: true }),
        ([r, l, a], resistanceOhm, thicknessCm, areaCm2) => {
          const { value } = pelletConductivity({
            resistance: { value: resistanceOhm * r[1], unit: r[0] },
            thickness: { value: thicknessCm * l[1], unit: l[0] },
            area: { value: areaCm2 * a[1], unit: a[0] },
          });
          const plain = conductivityFromImpedance({ resistanceOhm, thicknessCm, areaCm2 });
          expect(Math.abs(value / plain - 1)).toBeLessThan(2e-15);
        },
      ),
    );
  });

  it('has the error that drawn errors really make', () => {
    const rng = Philox.fromSeed('pellets');
    const { value, error, relativeError } = pelletConductivity(pellet);
    const draws = Array.from({ length: 20_000 }, () => {
      const drawn = ({ value: mean, unit, error: spread }: Required<PelletMeasurement['resistance']>) => ({
        value: mean + spread * rng.normal(),
        unit,
      });
      return pelletConductivity({
        resistance: drawn({ value: 2.6, unit: 'kΩ', error: 0.05 }),
        thickness: drawn({ value: 1.02, unit: 'mm', error: 0.01 }),
        diameter: drawn({ value: 10, unit: 'mm', error: 0.1 }),
      }).value;
    });
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const sd = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws.length - 1));
    expect(sd / error!).toBeGreaterThan(0.97);
    expect(sd / error!).toBeLessThan(1.03);
    expect(error).toBe(relativeError! * value);
    expect(relativeError).toBeCloseTo(Math.hypot(0.05 / 2.6, 0.01 / 1.02, 2 * 0.01), 14);
  });

  it('says which errors it was not given', () => {
    const bare = {
      resistance: { value: 2.6, unit: 'kΩ' },
      thickness: { value: 1, unit: 'mm' },
      area: { value: 0.785, unit: 'cm²' },
    };
    expect(pelletConductivity(bare)).toMatchObject({
      error: null,
      relativeError: null,
      withoutError: ['resistance', 'thickness', 'area'],
      effectiveMedium: null,
    });
    const some = pelletConductivity({ ...bare, thickness: { value: 1, unit: 'mm', error: 0.02 } });
    expect(some.relativeError).toBeCloseTo(0.02, 15);
    expect(some.withoutError).toEqual(['resistance', 'area']);
  });

  it('reports what pores may cost and leaves the value alone', () => {
    const dense = pelletConductivity(pellet);
    const porous = pelletConductivity({ ...pellet, relativeDensity: { value: 92, unit: '%', error: 1 } });
    expect(porous.value).toBe(dense.value);
    expect(porous.effectiveMedium).toMatchObject({
      relativeDensity: 0.92,
      porosity: expect.closeTo(0.08, 14),
      remaining: expect.closeTo(0.88, 14),
      withoutPores: expect.closeTo(dense.value / 0.88, 14),
      note: expect.stringContaining('estimate'),
    });
    const at = (percent: number) =>
      pelletConductivity({ ...pellet, relativeDensity: { value: percent, unit: '%' } }).effectiveMedium!;
    expect(at(70).note).toContain('rough');
    expect(at(30)).toMatchObject({
      withoutPores: null,
      remaining: 0,
      note: expect.stringContaining('no path'),
    });
    expect(at(101)).toMatchObject({
      porosity: 0,
      withoutPores: dense.value,
      note: expect.stringContaining('off'),
    });
  });

  it.each<[Partial<PelletMeasurement>, string, string]>([
    [{ diameter: undefined as never }, 'MISSING', 'neither an area nor a diameter'],
    [{ area: { value: 1, unit: 'cm²' } }, 'AMBIGUOUS', 'both an area and a diameter'],
    [{ resistance: { value: -1, unit: 'Ω' } }, 'NOT_POSITIVE', 'resistance is -1 Ω'],
    [{ resistance: { value: 1, unit: 'Ω', error: -1 } }, 'NEGATIVE', 'error of resistance is -1 Ω'],
    [{ resistance: { value: 1, unit: 'Ω', error: NaN } }, 'NOT_FINITE', 'NaN Ω'],
    [{ resistance: { value: 1, unit: 'S' } }, 'UNKNOWN_UNIT', '"S" is not a unit of resistance'],
    [{ thickness: { value: 1, unit: 'inch' } }, 'UNKNOWN_UNIT', '"inch" is not a unit of thickness'],
    [{ thickness: { value: 3, unit: 'm' } }, 'IMPLAUSIBLE', 'thickness is 3 m'],
    [{ diameter: { value: 0, unit: 'mm' } }, 'NOT_POSITIVE', 'diameter is 0 mm'],
    [{ resistance: { value: 1, unit: 'mΩ' } }, 'IMPLAUSIBLE', 'ionic_conductivity is'],
    [{ relativeDensity: { value: 130, unit: '%' } }, 'IMPLAUSIBLE', 'relative_density is 130 %'],
  ])('refuses %j', (wrong, code, text) => {
    const error = refusal(() => pelletConductivity({ ...pellet, ...wrong }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });

  it('keeps what is implausible where it is forced', () => {
    const hot = { ...pellet, resistance: { value: 1, unit: 'mohm' } };
    expect(pelletConductivity(hot, { force: true }).value).toBeCloseTo(129.87, 1);
  });
});
