import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../test/support/shared.js';
import { elements, FormulaError, isFormula, parseFormula } from '../src/index.js';

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
