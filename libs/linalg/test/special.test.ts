import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../test/support/shared.js';
import * as linalg from '../src/index.js';
import { ulp } from './ulp.js';

type Table = Record<string, [x: number, y: number, rest?: number][]>;

const names = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'erf',
  'erfc',
  'erfcx',
  'normPdf',
  'normCdf',
  'logNormCdf',
  'normQuantile',
  'log1mexp',
  'lgamma',
] as const;
type Name = (typeof names)[number];

const sources = ['exp', 'log', 'trig', 'erf', 'normal', 'lgamma']
  .map((file) => readFileSync(join(__dirname, `../src/special/${file}.ts`), 'utf8'))
  .join('');

/** The error that the function's comment states, in units of the last place. */
function stated(name: Name): number {
  const [before, after] = sources.split(`export function ${name}(`);
  const comment = before!.slice(before!.lastIndexOf('/**'));
  const error = /within ([\d.]+) ulp/.exec(comment)?.[1];
  if (after === undefined || error === undefined) throw new Error(`${name} does not state its error`);
  return Number(error);
}

/** Where y is the true value rounded, and the rest is not known, it may be half an ulp. */
function check(name: Name, rows: Table[string]): void {
  for (const [x, y, rest] of rows) {
    const actual = linalg[name](x);
    const error = Object.is(actual + 0, y + 0) ? 0 : Math.abs((actual - y) / ulp(y) - (rest ?? 0));
    const allowed = stated(name) + (rest === undefined ? 0.5 : 0);
    expect({ x, actual, y, error, within: error <= allowed }).toMatchObject({ within: true });
  }
}

describe('special functions against 60-digit arithmetic', () => {
  const read = (file: string) => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Table;
  const values = read('special-values.json');
  const errors = read('special-errors.json');
  it.each(names)('%s keeps the error that it states', (name) => {
    expect(errors[name]!.length).toBeGreaterThan(100);
    check(name, errors[name]!);
    check(name, values[name]!);
  });
});

describeGolden('special functions against the reference numbers', () => {
  const table = reference<Table>('special-functions.json');

  it.each(names.filter((name) => name in table && name !== 'log1mexp'))('%s', (name) =>
    check(name, table[name]!),
  );

  it('log1mexp, where the table says 0 for −700 though ln(1 − e⁻⁷⁰⁰) is −9.86e-305', () => {
    check(
      'log1mexp',
      table['log1mexp']!.filter(([x]) => x !== -700),
    );
    expect(table['log1mexp']!.find(([x]) => x === -700)).toEqual([-700, 0]);
    expect(linalg.log1mexp(-700)).toBe(-linalg.exp(-700));
    expect(Math.abs(linalg.exp(-700) / 9.859676543759771e-305 - 1)).toBeLessThan(1e-15);
  });
});

describe('special functions at the edges of their range', () => {
  const edges: [Name, number, number][] = [
    ['exp', Infinity, Infinity],
    ['exp', -Infinity, 0],
    ['exp', 0, 1],
    ['expm1', -Infinity, -1],
    ['expm1', Infinity, Infinity],
    ['log', 0, -Infinity],
    ['log', Infinity, Infinity],
    ['log', -1, NaN],
    ['log1p', -1, -Infinity],
    ['log1p', -2, NaN],
    ['erf', Infinity, 1],
    ['erf', -Infinity, -1],
    ['erfc', Infinity, 0],
    ['erfc', -Infinity, 2],
    ['erfcx', Infinity, 0],
    ['erfcx', -30, Infinity],
    ['normPdf', 50, 0],
    ['normCdf', -Infinity, 0],
    ['normCdf', Infinity, 1],
    ['normQuantile', 0, -Infinity],
    ['normQuantile', 1, Infinity],
    ['normQuantile', 0.5, 0],
    ['normQuantile', 1.5, NaN],
    ['log1mexp', 0, -Infinity],
    ['lgamma', 0, Infinity],
    ['lgamma', 1, 0],
    ['lgamma', 2, 0],
    ['lgamma', -0.5, NaN],
  ];
  it.each(edges)('%s(%d) is %d', (name, x, expected) => {
    expect(linalg[name](x) + 0).toBe(expected);
  });

  it.each(names.filter((name) => name !== 'sin' && name !== 'cos'))('%s of NaN is NaN', (name) => {
    expect(linalg[name](NaN)).toBeNaN();
  });

  it('refuses angles beyond the range in which sin and cos are accurate', () => {
    expect(() => linalg.sin(1e7)).toThrow('the angle of sin must lie within ±1000000');
    expect(() => linalg.cos(NaN)).toThrow('the angle of cos');
  });
});

describe('identities between the special functions', () => {
  const inRange = (min: number, max: number) => fc.double({ min, max, noNaN: true });

  it('log undoes exp', () => {
    fc.assert(
      fc.property(
        inRange(-700, 700),
        (x) => Math.abs(linalg.log(linalg.exp(x)) - x) <= 4e-16 * Math.max(1, Math.abs(x)),
      ),
    );
  });

  it('normCdf undoes normQuantile', () => {
    fc.assert(
      fc.property(inRange(1e-300, 0.999), (p) => {
        const z = linalg.normQuantile(p);
        // d ln Φ/dz is about |z| in the tail: one unit in the last place of z is z² of them in p.
        return Math.abs(linalg.normCdf(z) - p) <= 2 * (1 + z * z) * 2 ** -52 * p;
      }),
      { examples: [[5.398649303605869e-295]] },
    );
  });

  it('sin² + cos² is 1', () => {
    fc.assert(
      fc.property(inRange(-1e6, 1e6), (x) => {
        const s = linalg.sin(x);
        const c = linalg.cos(x);
        return Math.abs(s * s + c * c - 1) < 4e-16;
      }),
    );
  });

  it('Γ(x+1) = x·Γ(x)', () => {
    fc.assert(
      fc.property(inRange(0.01, 100), (x) => {
        const left = linalg.lgamma(x + 1);
        return Math.abs(left - linalg.lgamma(x) - linalg.log(x)) <= 2e-15 * Math.max(1, Math.abs(left));
      }),
    );
  });

  it('erf and erfc add up to 1', () => {
    fc.assert(fc.property(inRange(-10, 10), (x) => Math.abs(linalg.erf(x) + linalg.erfc(x) - 1) <= 3e-16));
  });
});
