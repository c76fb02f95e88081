import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { molarMass, recipe, RecipeError, type RecipeRequest } from '../../src/index.js';

const grams = (request: RecipeRequest): number[] => recipe(request).lines.map((line) => line.grams);

const refusal = (request: RecipeRequest): RecipeError => {
  try {
    recipe(request);
  } catch (error) {
    if (error instanceof RecipeError) return error;
  }
  throw new Error('nothing was refused');
};

const garnet: RecipeRequest = {
  target: 'Li7La3Zr2O12',
  batchGrams: 10,
  precursors: [{ formula: 'Li2CO3' }, { formula: 'La2O3' }, { formula: 'ZrO2' }],
};

describe('a recipe', () => {
  it('weighs in a garnet, whose carbonate loses carbon dioxide', () => {
    const moles = 10 / molarMass('Li7La3Zr2O12');
    const { lines, released } = recipe(garnet);
    expect(lines.map((line) => line.moles / moles)).toEqual([3.5, 1.5, 2].map((n) => expect.closeTo(n, 9)));
    expect(released).toEqual({ CO2: expect.closeTo(3.5 * moles, 9) });
    const total = lines.reduce((sum, line) => sum + line.grams, 0);
    expect(total).toBeCloseTo(10 + 3.5 * moles * molarMass('CO2'), 8);
  });

  it('adds what evaporates and makes up for what is not pure', () => {
    const [carbonate, lanthana, zirconia] = garnet.precursors;
    const plain = grams(garnet);
    const made = recipe({
      ...garnet,
      precursors: [{ ...carbonate!, excess: 0.1 }, { ...lanthana!, purity: 0.99 }, zirconia!],
    });
    expect(made.lines[0]!.grams / plain[0]!).toBeCloseTo(1.1, 12);
    expect(made.lines[1]!.grams / plain[1]!).toBeCloseTo(1 / 0.99, 12);
    expect(made.lines[2]!.grams).toBeCloseTo(plain[2]!, 12);
    expect(made.weighed).toEqual([
      { element: 'Li', amount: expect.closeTo(7.7, 9) },
      { element: 'La', amount: expect.closeTo(3, 9) },
      { element: 'Zr', amount: expect.closeTo(2, 9) },
    ]);
  });

  it('adds an excess of an element', () => {
    const made = recipe({ ...garnet, elementExcess: { Li: 0.1 } });
    const carbonate = { formula: 'Li2CO3', excess: 0.1 };
    const same = recipe({ ...garnet, precursors: [carbonate, ...garnet.precursors.slice(1)] });
    expect(made.lines.map((line) => line.grams)).toEqual(
      same.lines.map((line) => expect.closeTo(line.grams, 9)),
    );
    expect(made.weighed[0]).toEqual({ element: 'Li', amount: expect.closeTo(7.7, 9) });
  });

  it('takes the excess from the precursors that bring the element alone, whatever brings the rest', () => {
    const request: RecipeRequest = {
      target: 'Li1.3Al0.3Ti1.7(PO4)3',
      batchGrams: 10,
      precursors: [
        { formula: 'Li3PO4' },
        { formula: 'Li2CO3' },
        { formula: 'LiOH' },
        { formula: 'Al2O3' },
        { formula: 'TiO2' },
        { formula: 'NH4H2PO4' },
      ],
      elementExcess: { Li: 0.1, P: 0.02 },
    };
    const plain = recipe({ ...request, elementExcess: {} });
    const made = recipe(request);
    const amount = (of: typeof made, name: string) =>
      of.weighed.find(({ element }) => element === name)!.amount;
    expect(amount(made, 'Li')).toBeCloseTo(1.1 * amount(plain, 'Li'), 9);
    expect(amount(made, 'P')).toBeCloseTo(1.02 * amount(plain, 'P'), 9);
    expect(amount(made, 'Ti')).toBeCloseTo(1.7, 9);
    expect(made.lines[0]!.grams).toBe(plain.lines[0]!.grams);
    expect(plain.lines[0]!.grams).toBeGreaterThan(0);
  });

  it.each<[Record<string, number>, string]>([
    [{ Li: -0.1 }, 'the excess of Li is -0.1'],
    [{ Na: 0.1 }, 'the target has no Na'],
  ])('refuses an excess of %j', (elementExcess, text) => {
    expect(refusal({ ...garnet, elementExcess }).message).toContain(text);
  });

  it('refuses an excess that would bring another element in excess', () => {
    const { code, message, elements } = refusal({
      target: 'Li3PO4',
      batchGrams: 1,
      precursors: [{ formula: 'Li3PO4' }],
      elementExcess: { Li: 0.1 },
    });
    expect([code, elements]).toEqual(['INVALID', ['Li']]);
    expect(message).toContain('brings no other element');
  });

  it('takes a hydrate and a phosphate that loses ammonia', () => {
    const { lines, released } = recipe({
      target: 'Li3PO4',
      batchGrams: molarMass('Li3PO4'),
      precursors: [{ formula: 'LiOH(H2O)' }, { formula: 'NH4H2PO4' }],
    });
    expect(lines.map((line) => line.moles)).toEqual([expect.closeTo(3, 9), expect.closeTo(1, 9)]);
    expect(released).toEqual({ NH3: expect.closeTo(1, 9), H2O: expect.closeTo(6, 9) });
  });

  it('makes a glass from its mixture', () => {
    const { lines } = recipe({
      target: '75Li2S·25P2S5',
      batchGrams: 1,
      precursors: [{ formula: 'Li2S' }, { formula: 'P2S5' }],
    });
    expect(lines[0]!.moles / lines[1]!.moles).toBeCloseTo(3, 9);
    expect(lines[0]!.grams + lines[1]!.grams).toBeCloseTo(1, 12);
  });

  it("keeps to the dispenser's step and says what is then made", () => {
    const { lines, weighed } = recipe({ ...garnet, stepGrams: 0.5 });
    for (const line of lines) expect(Number.isInteger(line.grams * 2)).toBe(true);
    const lithium = weighed.find(({ element }) => element === 'Li')!;
    expect(Math.abs(lithium.amount - 7)).toBeGreaterThan(1e-3);
  });

  it.each([
    [{ ...garnet, precursors: garnet.precursors.slice(0, 2) }, ['Zr'], 'Zr is missing (0 of 2)'],
    [{ ...garnet, volatiles: [] }, ['C'], 'cannot make Li7La3Zr2O12'],
    [
      { target: 'LiCoO2', batchGrams: 1, precursors: [{ formula: 'Li2CO3' }, { formula: 'Co3O4' }] },
      ['O'],
      'cannot make LiCoO2',
    ],
  ])('that cannot be is refused with the element: case %#', (request, elements, text) => {
    const error = refusal(request);
    expect(error.code).toBe('UNREACHABLE');
    expect(error.elements).toEqual(expect.arrayContaining(elements));
    expect(error.message).toContain(text);
  });

  it('takes oxygen from the air where it may', () => {
    const { lines, released } = recipe({
      target: 'LiCoO2',
      batchGrams: molarMass('LiCoO2'),
      precursors: [{ formula: 'Li2CO3' }, { formula: 'Co3O4' }],
      gases: ['O2'],
    });
    expect(lines.map((line) => line.moles)).toEqual([expect.closeTo(1 / 2, 9), expect.closeTo(1 / 3, 9)]);
    expect(released).toEqual({ CO2: expect.closeTo(1 / 2, 9), O2: expect.closeTo(-1 / 12, 9) });
  });

  it.each([
    [{ ...garnet, batchGrams: 0 }, 'a batch of 0 g'],
    [{ ...garnet, precursors: [] }, 'no precursors'],
    [{ ...garnet, stepGrams: -1 }, 'step is -1 g'],
    [{ ...garnet, precursors: [{ formula: 'Li2CO3', purity: 1.2 }] }, 'purity of Li2CO3 is 1.2'],
    [{ ...garnet, precursors: [{ formula: 'Li2CO3', excess: -0.1 }] }, 'excess of Li2CO3 is -0.1'],
  ])('with numbers that make no sense is refused: case %#', (request, text) => {
    expect(refusal(request).code).toBe('INVALID');
    expect(refusal(request).message).toContain(text);
  });

  it('gives back the amounts of any mixture of oxides', () => {
    const amount = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.tuple(amount, amount, amount, amount), (tenths) => {
        fc.pre(tenths.some((n) => n > 0));
        const formulas = ['Li2O', 'Al2O3', 'SiO2', 'P2O5'];
        const target = formulas
          .map((formula, i) => `(${formula})${tenths[i]! / 10}`)
          .filter((_, i) => tenths[i]! > 0);
        const { lines } = recipe({
          target: target.join(''),
          batchGrams: molarMass(target.join('')),
          precursors: formulas.map((formula) => ({ formula })),
        });
        lines.forEach((line, i) => expect(line.moles).toBeCloseTo(tenths[i]! / 10, 8));
      }),
    );
  });
});
