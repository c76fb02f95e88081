import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FormulaError, molarMass, precursorMasses } from '../src/index.js';

describe('molar mass', () => {
  it.each([
    ['H2O', 18.015],
    ['Li3PO4', 115.794],
    ['Li2SO4', 109.94],
    ['Li1.3Al0.3Ti1.7(PO4)3', 383.4],
  ])('of %s is %f g/mol', (formula, grams) => {
    expect(molarMass(formula)).toBeCloseTo(grams, 1);
  });

  it('of something that is not a formula is refused', () => {
    expect(() => molarMass('EC')).toThrow(FormulaError);
  });
});

describe('precursor masses', () => {
  it('weigh in the published best mixture', () => {
    const masses = precursorMasses({ Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 }, 10);
    expect(masses.map(({ precursor }) => precursor)).toEqual(['Li3PO4', 'Li3BO3', 'Li2SO4']);
    expect(masses.map(({ grams }) => Number(grams.toFixed(3)))).toEqual([2.701, 1.04, 6.258]);
  });

  it('always sum to the batch, in the ratio of moles', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        (percent, batch) => {
          const [a, b] = precursorMasses({ Li3PO4: percent / 100, Li2SO4: 1 - percent / 100 }, batch);
          expect(a!.grams + b!.grams).toBeCloseTo(batch, 6);
          const moles = [a!.grams / molarMass('Li3PO4'), b!.grams / molarMass('Li2SO4')];
          expect(moles[0]! / (moles[0]! + moles[1]!)).toBeCloseTo(percent / 100, 9);
        },
      ),
    );
  });

  it.each([
    [{ Li3PO4: 0.5, Li2SO4: 0.4 }, 1, 'sum to 0.9'],
    [{ Li3PO4: 1.5, Li2SO4: -0.5 }, 1, 'fraction of Li2SO4 is -0.5'],
    [{ Li3PO4: 1 }, 0, 'a batch of 0 g'],
    [{ Li3PO4: 1 }, NaN, 'a batch of NaN g'],
  ])('of %j in %f g are refused', (fractions, grams, text) => {
    expect(() => precursorMasses(fractions as Record<string, number>, grams)).toThrow(text);
  });
});
