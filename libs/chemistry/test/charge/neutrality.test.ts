import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../../test/support/shared.js';
import {
  chargeNeutrality,
  chargeOf,
  neutral,
  NeutralityUnknownError,
  oxidationStates,
  parseFormula,
} from '../../src/index.js';

const best = (formula: string): Record<string, number> =>
  Object.fromEntries(chargeNeutrality(formula).assignments[0]!.states.map((s) => [s.element, s.state]));

describe('charge neutrality', () => {
  it.each([
    ['Li3PO4', { Li: 1, P: 5, O: -2 }],
    ['Li7La3Zr2O12', { Li: 1, La: 3, Zr: 4, O: -2 }],
    ['Li10GeP2S12', { Li: 1, Ge: 4, P: 5, S: -2 }],
    ['Li6PS5Cl', { Li: 1, P: 5, S: -2, Cl: -1 }],
    ['Li1.3Al0.3Ti1.7(PO4)3', { Li: 1, Al: 3, Ti: 4, P: 5, O: -2 }],
    ['Li2SO4', { Li: 1, S: 6, O: -2 }],
    ['Li4P2S6', { Li: 1, P: 4, S: -2 }],
    ['LiFePO4', { Li: 1, Fe: 2, P: 5, O: -2 }],
    ['LiCoO2', { Li: 1, Co: 3, O: -2 }],
    ['LiBH4', { Li: 1, B: 3, H: -1 }],
    ['Li2O2', { Li: 1, O: -1 }],
    ['NH4Cl', { N: -3, H: 1, Cl: -1 }],
  ])('%s has the states that chemists give it', (formula, states) => {
    const { assignments, mixedValence, complete } = chargeNeutrality(formula);
    expect(best(formula)).toEqual(states);
    expect(mixedValence).toBe(false);
    expect(complete).toBe(true);
    expect(assignments[0]!.electronegativityOrder).toBe(true);
  });

  it('may need one element in two states', () => {
    const { mixedValence, assignments } = chargeNeutrality('Fe3O4');
    expect(mixedValence).toBe(true);
    expect(assignments[0]!.states).toEqual([
      { element: 'Fe', amount: expect.closeTo(1, 12), state: 2 },
      { element: 'Fe', amount: expect.closeTo(2, 12), state: 3 },
      { element: 'O', amount: 4, state: -2 },
    ]);
    expect(chargeNeutrality('Fe3O4', { mixedValence: false }).neutral).toBe(false);
    expect(best('LiMn2O4')).toEqual({ Li: 1, Mn: 4, O: -2 });
  });

  it('costs what the rarer of two states costs, however little is in it', () => {
    const rare = oxidationStates.get('O')!.find(({ state }) => state === -1)!.share;
    const short = chargeNeutrality('Li5.74La3Zr1.5Ta0.5O12');
    const trace = short.assignments[0]!;
    expect(short.mixedValence).toBe(true);
    expect(trace.states.filter(({ element }) => element === 'O').map(({ state }) => state)).toEqual([-2, -1]);
    expect(trace.commonness).toBeLessThanOrEqual(rare);
    const whole = chargeNeutrality('Li6.5La3Zr1.5Ta0.5O12').assignments[0]!;
    expect(whole.commonness).toBeGreaterThan(100 * trace.commonness);
    const more = chargeNeutrality('Li5.7La3Zr1.5Ta0.5O12').assignments[0]!;
    expect(more.commonness).toBeCloseTo(trace.commonness, 14);
  });

  it('says so where its search ends before it knows', () => {
    const names = 'Mn V Cr Mo W Re Os Ir Ru Nb Si Ge As Sb Se Te P S N C'.split(' ');
    const amounts = Object.fromEntries(names.map((name, i) => [name, 1 + Math.sqrt(i + 2) / 7]));
    expect(() => neutral(amounts, 1e-15)).toThrow(NeutralityUnknownError);
    expect(() => neutral(amounts, 1e-15)).toThrow('give their states');
    expect(chargeNeutrality(amounts, { tolerance: 1e-15, mixedValence: false }).complete).toBe(false);
    expect(neutral(amounts, 1e-15, {})).toBe(false);
    expect(neutral(amounts, 0.1)).toBe(true);
  });

  it('says how far from balance the nearest states are where none balance', () => {
    const { neutral: balances, assignments, closest } = chargeNeutrality('Li2Al2O3');
    expect(balances).toBe(false);
    expect(assignments).toEqual([]);
    expect(closest.charge).toBe(2);
    expect(chargeNeutrality('Li3').closest.charge).toBe(3);
  });

  it('ranks states in the order of electronegativity first, then by how common they are', () => {
    const { assignments } = chargeNeutrality('LiMnVO4');
    const ranks = assignments.map((a) => (a.electronegativityOrder ? 1 : 0) + a.commonness / 2);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(assignments.length).toBeGreaterThan(1);
  });

  it('takes a small imbalance for rounding only within the tolerance', () => {
    const rounded = 'Li0.333Al2O3.166';
    expect(chargeNeutrality(rounded).neutral).toBe(false);
    expect(chargeNeutrality(rounded, { tolerance: 1e-3 }).neutral).toBe(true);
  });

  it('finds nothing that a search of all states does not, and misses nothing', () => {
    const some = fc.uniqueArray(fc.constantFrom('Li', 'Fe', 'P', 'S', 'O', 'Ti', 'Cl', 'Mn'), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        some,
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 4, maxLength: 4 }),
        (names, n) => {
          const amounts = Object.fromEntries(names.map((name, i) => [name, n[i]!]));
          let charges = [0];
          for (const name of names) {
            const states = oxidationStates.get(name)!;
            charges = charges.flatMap((charge) => states.map(({ state }) => charge + state * amounts[name]!));
          }
          const balanced = charges.filter((charge) => charge === 0).length;
          const found = chargeNeutrality(amounts, { mixedValence: false, most: Infinity });
          expect(found.assignments).toHaveLength(balanced);
          expect(Math.abs(found.closest.charge)).toBeCloseTo(Math.min(...charges.map(Math.abs)), 9);
          expect(neutral(amounts)).toBe(balanced > 0);
        },
      ),
    );
  });

  it('refuses what has no states', () => {
    expect(() => chargeNeutrality('NeO2')).toThrow('no oxidation state is known of Ne');
    expect(() => chargeNeutrality({})).toThrow('nothing');
    expect(() => neutral({ Li: -1 })).toThrow('the amount of Li is -1');
    expect(() => neutral({ Li: 1 }, NaN)).toThrow('the tolerance is NaN');
  });
});

describe('a constraint on amounts', () => {
  it('is the charge in common states, or in those given', () => {
    expect(chargeOf({ Li: 7, La: 3, Zr: 2, O: 12 })).toBe(0);
    expect(chargeOf({ Fe: 1, O: 1 })).toBe(1);
    expect(chargeOf({ Fe: 1, O: 1 }, { Fe: 2 })).toBe(0);
    expect(chargeOf(parseFormula('Li6PS5Cl'))).toBe(0);
  });

  it('holds or does not', () => {
    expect(neutral({ Li: 7, La: 3, Zr: 2, O: 12 })).toBe(true);
    expect(neutral({ Li: 6.9, La: 3, Zr: 2, O: 12 })).toBe(false);
    expect(neutral({ Li: 6.9, La: 3, Zr: 2, O: 12 }, 0.01)).toBe(true);
    expect(neutral({ Fe: 1, O: 1 }, 1e-6, { Fe: 3 })).toBe(false);
    expect(neutral({ Li: 0, O: 0 })).toBe(true);
  });
});

describeData('OBELiX', () => {
  const formulas = readFileSync(join(dataFolder, 'obelix/data.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[2]!);

  it('has states that balance and keep the order of electronegativity for every formula', () => {
    expect(formulas).toHaveLength(478);
    const found = formulas.map((formula) => chargeNeutrality(formula));
    expect(found.every(({ neutral: balances, complete }) => balances && complete)).toBe(true);
    expect(found.every(({ assignments }) => assignments[0]!.electronegativityOrder)).toBe(true);
    const single = found.filter(({ mixedValence }) => !mixedValence);
    expect(single).toHaveLength(450);
  });

  it('is neutral in the most common states for most formulas', () => {
    const amounts = formulas.map((formula) => parseFormula(formula));
    expect(amounts.filter((list) => neutral(list, 1e-6, {}))).toHaveLength(411);
    expect(amounts.filter((list) => neutral(list))).toHaveLength(453);
    expect(amounts.filter((list) => neutral(list, 0.01))).toHaveLength(474);
  });
});
