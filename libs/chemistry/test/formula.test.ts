import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../test/support/shared.js';
import {
  elements,
  formatFormula,
  FormulaError,
  formulaParts,
  isFormula,
  parseFormula,
} from '../src/index.js';

const amounts = (formula: string): Record<string, number> =>
  Object.fromEntries(parseFormula(formula).map(({ element, amount }) => [element, amount]));

const problem = (formula: string): FormulaError => {
  try {
    parseFormula(formula);
  } catch (error) {
    if (error instanceof FormulaError) return error;
  }
  throw new Error(`${formula} was read`);
};

describe('a formula', () => {
  it('gives amounts in the order in which elements first appear', () => {
    expect(parseFormula('Li3PO4')).toEqual([
      { element: 'Li', amount: 3 },
      { element: 'P', amount: 1 },
      { element: 'O', amount: 4 },
    ]);
  });

  it('may have decimals and brackets', () => {
    expect(amounts('Li1.3Al0.3Ti1.7(PO4)3')).toEqual({ Li: 1.3, Al: 0.3, Ti: 1.7, P: 3, O: 12 });
  });

  it('may nest brackets of every kind and repeat an element', () => {
    expect(amounts('K4[Fe(CN)6]')).toEqual({ K: 4, Fe: 1, C: 6, N: 6 });
    expect(amounts('Li0.6[Li0.2Sn0.8S2]')).toEqual({ Li: 0.8, Sn: 0.8, S: 2 });
    expect(amounts('{[(Li2O)2]2}2')).toEqual({ Li: 16, O: 8 });
  });

  it('may have spaces between its parts and subscript digits', () => {
    expect(amounts('Li1.4Al0.4Ti1.6 (PO4)3')).toEqual({ Li: 1.4, Al: 0.4, Ti: 1.6, P: 3, O: 12 });
    expect(amounts('Li₃PO₄')).toEqual({ Li: 3, P: 1, O: 4 });
  });

  it.each([
    ['Li1+xAlxTi2-x(PO4)3', { x: 0.3 }, { Li: 1.3, Al: 0.3, Ti: 1.7, P: 3, O: 12 }],
    ['Li1+xAlxTi2-x(PO4)3', { x: 0 }, { Li: 1, Ti: 2, P: 3, O: 12 }],
    ['La2/3-xLi3xTiO3', { x: 0.1 }, { La: 2 / 3 - 0.1, Li: 0.3, Ti: 1, O: 3 }],
    ['Li1+x+2yZr2-x-yYxCay(PO4)3', { x: 0.1, y: 0.2 }, { Li: 1.5, Zr: 1.7, Y: 0.1, Ca: 0.2, P: 3, O: 12 }],
    ['Li7-xLa3Zr2-xTaxO12', { x: 0.5 }, { Li: 6.5, La: 3, Zr: 1.5, Ta: 0.5, O: 12 }],
    ['LiCoO2-δ', { δ: 0.05 }, { Li: 1, Co: 1, O: 1.95 }],
    ['Li₃₋ₓPOₓ', { x: 1 }, { Li: 2, P: 1, O: 1 }],
    ['(1-x)Li2S-xP2S5', { x: 0.25 }, { Li: 1.5, S: 2, P: 0.5 }],
    ['(100-x)Li2S·xP2S5', { x: 25 }, { Li: 150, S: 200, P: 50 }],
    ['0.3Li2S-0.7P2S5', {}, { Li: 0.6, S: 3.8, P: 1.4 }],
    ['75Li2S·25P2S5', {}, { Li: 150, S: 200, P: 50 }],
    ['75 Li2S – 25 P2S5', {}, { Li: 150, S: 200, P: 50 }],
    ['60Li2S-25P2S5-15(LiI)', {}, { Li: 135, S: 185, P: 50, I: 15 }],
    ['1CuSO4·5H2O', {}, { Cu: 1, S: 1, O: 9, H: 10 }],
    ['CuSO4(H2O)5', {}, { Cu: 1, S: 1, O: 9, H: 10 }],
  ])('%s with %j is %j', (formula, variables, expected) => {
    const read = parseFormula(formula, variables);
    expect(read.map(({ element }) => element)).toEqual(Object.keys(expected));
    for (const { element, amount } of read) {
      expect(amount).toBeCloseTo((expected as Record<string, number>)[element]!, 12);
    }
  });

  it('with a variable that makes an amount negative is refused', () => {
    expect(() => parseFormula('LixTi2-x', { x: 3 })).toThrow('the amount 2-x = -1 is not a positive number');
    expect(() => parseFormula('LixTi2-x', { x: NaN })).toThrow('the variable x is NaN');
  });

  it('tells its parts', () => {
    expect(formulaParts('75Li2S·25P2S5').map(({ formula, amount }) => [formula, amount])).toEqual([
      ['Li2S', 75],
      ['P2S5', 25],
    ]);
    expect(formulaParts('Li3PO4').map(({ formula, amount }) => [formula, amount])).toEqual([['Li3PO4', 1]]);
  });

  it.each([
    ['', 1, 'empty'],
    ['Li3Xx2', 4, 'no element "Xx"'],
    ['li3', 1, '"l" is neither'],
    ['Li(PO4', 3, '")" is missing'],
    ['LiPO4)3', 6, '")" is neither'],
    ['Li(PO4]3', 7, '"]" is neither'],
    ['Li()2', 3, 'nothing in the brackets'],
    ['Li1.2.3', 3, '"1.2.3" is not a number'],
    ['Li0O', 3, 'not a positive number'],
    ['3Li', 1, '"3" is neither'],
    ['Li+', 3, '"+" is neither'],
    ['CuSO4·5H2O', 6, 'hydrates'],
    ['CuSO4.5H2O', 6, 'hydrates'],
    ['LiOH.H2O', 5, 'hydrates'],
    ['Li₃PO₄·½H₂O', 1, 'an amount before each'],
    ['Li2S-P2S5', 1, 'need an amount before each'],
    ['0.75Li2S-P2S5', 10, 'need an amount before each'],
    ['Li⁺', 3, 'charges are not read'],
    ['PO4^3-', 4, 'charges are not read'],
    ['Fe3+', 4, 'charges are not read'],
    ['PO4-', 4, 'charges are not read'],
    ['Li3□O', 4, 'a vacancy holds no atom'],
    ['D2O', 1, 'write H for D'],
    ['Li1+xAlxTi2-x(PO4)3', 3, '"x" is a variable; give it a number'],
  ])('%j is refused at position %i', (formula, position, text) => {
    const error = problem(formula);
    expect(error.position).toBe(position);
    expect(error.message).toContain(text);
    expect(error.message).toContain(`position ${position}`);
    expect(isFormula(formula)).toBe(false);
  });

  it('that is absurdly long is refused before it is read', () => {
    expect(problem('('.repeat(100_000)).message).toContain('longer than 500');
  });

  it('written out from amounts is read back to the same amounts', () => {
    const parts = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...elements.keys()), fc.integer({ min: 1, max: 9999 })),
      { minLength: 1, maxLength: 8, selector: ([symbol]) => symbol },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 9 }), (wanted, times) => {
        const inner = wanted.map(([symbol, thousandths]) => `${symbol}${thousandths / 1000}`).join('');
        // A dot before H2O at the end is a hydrate's.
        fc.pre(!/\.\d*H2O$/.test(inner));
        const read = parseFormula(`(${inner})${times}`);
        expect(read.map(({ element }) => element)).toEqual(wanted.map(([symbol]) => symbol));
        read.forEach(({ amount }, i) => {
          expect(amount).toBe((wanted[i]![1] / 1000) * times);
        });
      }),
    );
  });
});

describe('writing a formula', () => {
  it('puts the elements in a canonical order', () => {
    expect(formatFormula({ O: 12, P: 3, Ti: 1.7, Al: 0.3, Li: 1.3 })).toBe('Li1.3Ti1.7Al0.3P3O12');
    expect(formatFormula({ O: 1, H: 6, C: 2 }, { order: 'hill' })).toBe('C2H6O');
    expect(formatFormula({ O: 4, H: 2, S: 1 }, { order: 'hill' })).toBe('H2O4S');
    expect(formatFormula({ Li: 1 / 3, O: 2 / 3 }, { digits: 3 })).toBe('Li0.333O0.667');
    expect(formatFormula({ Li: 0.5, H: 2, O: 1 })).toBe('Li0.5(H2O)');
    expect(() => formatFormula({ Li: 0 })).toThrow('nothing to write');
    expect(() => formatFormula({ Xx: 1 })).toThrow('no element "Xx"');
    expect(() => formatFormula({ Li: 1e-9, O: 1 })).toThrow('too small');
  });

  it('and reading it gives the amounts again, in either order', () => {
    const list = fc.dictionary(
      fc.constantFrom(...elements.keys()),
      fc.double({ min: 1e-5, max: 1e5, noNaN: true }),
      { minKeys: 1, maxKeys: 8 },
    );
    fc.assert(
      fc.property(list, fc.constantFrom('hill', 'electronegativity'), (wanted, order) => {
        const text = formatFormula(wanted, { order, digits: 8 });
        const read = amounts(text);
        expect(Object.keys(read).sort()).toEqual(Object.keys(wanted).sort());
        for (const [element, amount] of Object.entries(read)) {
          expect(Math.abs(amount / wanted[element]! - 1)).toBeLessThan(1e-7);
        }
        expect(formatFormula(read, { order, digits: 8 })).toBe(text);
      }),
    );
  });
});

describe('the element table', () => {
  it('has hydrogen to lawrencium in order', () => {
    expect(elements.size).toBe(103);
    expect([...elements.values()].map(({ atomicNumber }) => atomicNumber)).toEqual(
      Array.from({ length: 103 }, (_, i) => i + 1),
    );
    expect(elements.get('Li')).toEqual({ symbol: 'Li', atomicNumber: 3, atomicWeight: 6.94 });
  });
});

const rows = (file: string): Record<string, string>[] => {
  const [header = '', ...lines] = readFileSync(join(dataFolder, file), 'utf8').trim().split('\n');
  const names = header.trim().split(',');
  return lines.map((line) => {
    const cells = line.trim().split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
};

describeData('published tables', () => {
  it('every formula of OBELiX is read', () => {
    const table = rows('obelix/data.csv');
    expect(table).toHaveLength(478);
    for (const { formula_reduced: reduced, formula_cell: cell } of table) {
      for (const formula of [reduced, cell]) expect(parseFormula(formula ?? '').length).toBeGreaterThan(1);
    }
  });

  it('every formula of OBELiX has the published atomic fractions', () => {
    const fractions = new Map(rows('obelix/composition_fractions.csv').map((row) => [row['id'], row]));
    const table = rows('obelix/data.csv');
    const apart: string[] = [];
    for (const {
      id,
      formula_cell: cell = '',
      formula_reduced: reduced = '',
      formula_mismatch: mismatch,
    } of table) {
      const published = fractions.get(id)!;
      for (const [formula, tolerance] of [
        [cell, 2e-6],
        [reduced, 0.02],
      ] as const) {
        if (formula === reduced && mismatch === '1') continue;
        const read = amounts(formula);
        const total = Object.values(read).reduce((sum, amount) => sum + amount, 0);
        for (const [element, cellText] of Object.entries(published)) {
          if (element === 'id') continue;
          const fraction = (read[element] ?? 0) / total;
          if (!(Math.abs(fraction - Number(cellText)) <= tolerance)) apart.push(`${formula}: ${element}`);
        }
      }
    }
    expect(apart).toEqual([]);
  });

  it('every element has the published symbol, number and weight', () => {
    for (const { symbol = '', atomic_number: number, atomic_mass_u: mass } of rows(
      'element_properties/data.csv',
    )) {
      expect(elements.get(symbol)).toEqual({
        symbol,
        atomicNumber: Number(number),
        atomicWeight: Number(mass),
      });
    }
  });
});
