import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../../test/support/shared.js';
import {
  descriptorNames,
  descriptors,
  elementDescriptors,
  elements,
  lithiumDescriptorNames,
  lithiumDescriptors,
  propertyNames,
} from '../../src/index.js';

const named = (formula: string): Record<string, number> =>
  Object.fromEntries([
    ...Array.from(descriptors(formula), (value, i) => [descriptorNames[i]!, value] as const),
    ...Array.from(lithiumDescriptors(formula), (value, i) => [lithiumDescriptorNames[i]!, value] as const),
  ]);
const closeTo = (values: Record<string, number>): unknown =>
  expect.objectContaining(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, expect.closeTo(value, 10) as unknown]),
    ),
  );

describe('the descriptors of a formula', () => {
  it('are 90, of 18 properties, and 94 more with lithium apart, all named differently', () => {
    expect([propertyNames.length, descriptorNames.length, descriptors('Li3PO4').length]).toEqual([
      18, 90, 90,
    ]);
    expect([lithiumDescriptorNames.length, lithiumDescriptors('Li3PO4').length]).toEqual([94, 94]);
    expect(new Set([...descriptorNames, ...lithiumDescriptorNames]).size).toBe(184);
  });

  it('are weighted by fractions: Li2O by hand', () => {
    // Electronegativity: Li 0.98, O 3.44. Mean (2·0.98 + 3.44)/3 = 1.8; variance (2·0.82² + 1.64²)/3 = 1.3448.
    expect(named('Li2O')).toEqual(
      closeTo({
        'atomicNumber mean': 14 / 3,
        'electronegativity mean': 1.8,
        'electronegativity sd': Math.sqrt(1.3448),
        'electronegativity min': 0.98,
        'electronegativity max': 3.44,
        'electronegativity range': 2.46,
        'oxidationState mean': 0,
        'sElectrons mean': (2 * 1 + 2) / 3,
        'pElectrons mean': 4 / 3,
        'electronegativity mean without Li': 3.44,
        'electronegativity sd without Li': 0,
        'Li fraction': 2 / 3,
        'Li per other atom': 2,
        'mixing entropy': -(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3),
        'number of elements': 2,
      }),
    );
  });

  it('are weighted by fractions: Li3PO4 by hand, with lithium and without', () => {
    // Electronegativity of P: 2.19.
    const mean = (3 * 0.98 + 2.19 + 4 * 3.44) / 8;
    const square = (3 * (0.98 - mean) ** 2 + (2.19 - mean) ** 2 + 4 * (3.44 - mean) ** 2) / 8;
    expect(named('Li3PO4')).toEqual(
      closeTo({
        'electronegativity mean': mean,
        'electronegativity sd': Math.sqrt(square),
        'electronegativity mean without Li': (2.19 + 4 * 3.44) / 5,
        'electronegativity min without Li': 2.19,
        'electronegativity range without Li': 1.25,
        'oxidationState mean without Li': (5 - 4 * 2) / 5,
        'Li fraction': 3 / 8,
        'Li per other atom': 3 / 5,
      }),
    );
  });

  it('depend on proportions alone', () => {
    const one = [...descriptors('LiTi2(PO4)3'), ...lithiumDescriptors('LiTi2(PO4)3')];
    const two = [...descriptors('P6O24Li2Ti4'), ...lithiumDescriptors('P6O24Li2Ti4')];
    one.forEach((value, i) => expect(two[i]).toBeCloseTo(value, 12));
  });

  it('are finite for every element, of which what is not known is the median', () => {
    expect([...elementDescriptors.keys()]).toEqual([...elements.keys()]);
    for (const symbol of elements.keys()) {
      expect([...descriptors(symbol), ...lithiumDescriptors(symbol)].every(Number.isFinite)).toBe(true);
    }
    // Noble gases have no Pauling value: the median of the 90 elements that have one.
    expect(named('He')['electronegativity mean']).toBe(named('Ar')['electronegativity mean']);
    expect(named('Li')).toMatchObject({ 'Li fraction': 1, 'electronegativity mean without Li': 0.98 });
  });

  it('have masses and numbers that agree with the table of weights', () => {
    for (const { symbol, atomicNumber, atomicWeight } of elements.values()) {
      const { 'atomicNumber mean': number, 'atomicMass mean': mass } = named(symbol);
      expect(number).toBe(atomicNumber);
      expect(Math.abs(mass! / atomicWeight - 1)).toBeLessThan(2e-2);
    }
  });
});

describeData('the table of element properties', () => {
  it('says what its source says, but for conversions of units in the eleventh digit', () => {
    const text = readFileSync(join(dataFolder, 'element_properties/data.csv'), 'utf8');
    const [header, ...rows] = text
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const columns: [string, string][] = [
      ['melting_point_K', 'meltingPoint'],
      ['electronegativity_pauling', 'electronegativity'],
      ['shannon_radius_typical_pm', 'shannonRadius'],
    ];
    for (const [column, property] of columns) {
      const known = rows.map((cells) => ({ symbol: cells[1]!, cell: cells[header!.indexOf(column)]! }));
      const sorted = known
        .filter(({ cell }) => cell !== '')
        .map(({ cell }) => Number(cell))
        .sort((a, b) => a - b);
      const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
      const at = propertyNames.findIndex((name) => name === property);
      for (const { symbol, cell } of known)
        expect(elementDescriptors.get(symbol)![at]).toBeCloseTo(cell === '' ? median : Number(cell), 6);
    }
  });
});
