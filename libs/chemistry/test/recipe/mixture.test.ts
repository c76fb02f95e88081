import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FormulaError, mixtureRecipe, molarMass, precursorMasses, RecipeError } from '../../src/index.js';

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
    expect(() => precursorMasses(fractions as Record<string, number>, grams)).toThrow(RecipeError);
  });
});

describe('a mixture as a recipe', () => {
  const glass = {
    batchGrams: 5,
    precursors: [
      { formula: 'Li2S', moleFraction: 0.75, purity: 0.98, excess: 0.02 },
      { formula: 'P2S5', moleFraction: 0.25 },
    ],
  };

  it('says what to weigh, what it holds and that nothing leaves', () => {
    const { lines, released, balance, weighed } = mixtureRecipe(glass);
    const mole = 0.75 * molarMass('Li2S') + 0.25 * molarMass('P2S5');
    expect(lines).toEqual([
      {
        precursor: 'Li2S',
        moles: expect.closeTo((0.75 * 5) / mole, 12),
        grams: expect.closeTo((((0.75 * 5) / mole) * molarMass('Li2S') * 1.02) / 0.98, 12),
      },
      {
        precursor: 'P2S5',
        moles: expect.closeTo((0.25 * 5) / mole, 12),
        grams: expect.closeTo(((0.25 * 5) / mole) * molarMass('P2S5'), 12),
      },
    ]);
    expect(released).toEqual({});
    expect(balance.map(({ element, made }) => [element, made])).toEqual([
      ['Li', expect.closeTo((1.5 * 5) / mole, 12)],
      ['S', expect.closeTo((2 * 5) / mole, 12)],
      ['P', expect.closeTo((0.5 * 5) / mole, 12)],
    ]);
    expect(weighed).toEqual([
      { element: 'Li', amount: expect.closeTo(1.53, 12) },
      { element: 'S', amount: expect.closeTo(2.015, 12) },
      { element: 'P', amount: expect.closeTo(0.5, 12) },
    ]);
  });

  it("keeps to the dispenser's step", () => {
    const { lines } = mixtureRecipe({ ...glass, stepGrams: 0.01 });
    for (const { grams } of lines) expect(Math.abs(grams * 100 - Math.round(grams * 100))).toBeLessThan(1e-9);
  });

  it('refuses a purity that cannot be', () => {
    expect(() =>
      mixtureRecipe({ batchGrams: 1, precursors: [{ formula: 'Li2S', moleFraction: 1, purity: 1.2 }] }),
    ).toThrow('the purity of Li2S is 1.2');
  });
});
