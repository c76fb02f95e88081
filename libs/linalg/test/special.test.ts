import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeGolden, reference } from '../../../test/support/shared.js';
import * as linalg from '../src/index.js';
import { ulps } from './ulps.js';

type Table = Record<string, [number, number][]>;

/** The error that each function's comment promises, in units of the last place. */
const promised = {
  exp: 1,
  expm1: 3,
  log: 1,
  log1p: 2,
  sin: 1,
  cos: 1,
  erf: 3,
  erfc: 8,
  erfcx: 8,
  normPdf: 4,
  normCdf: 10,
  logNormCdf: 10,
  normQuantile: 10,
  log1mexp: 4,
  lgamma: 6,
} as const;

function check(name: keyof typeof promised, rows: [number, number][]): void {
  for (const [x, expected] of rows) {
    const actual = linalg[name](x);
    // The smallest numbers are given as 0 in the tables.
    if (expected === 0 && Math.abs(actual) < 1e-300) continue;
    expect({ x, within: ulps(actual, expected) <= promised[name], actual, expected }).toMatchObject({
      within: true,
    });
  }
}

describe('special functions against 60-digit arithmetic', () => {
  const table = JSON.parse(readFileSync(join(__dirname, 'special-values.json'), 'utf8')) as Table;
  it.each(Object.keys(promised) as (keyof typeof promised)[])('%s keeps the error it promises', (name) => {
    expect(table[name]!.length).toBeGreaterThan(20);
    check(name, table[name]!);
  });
});

describeGolden('special functions against the reference numbers', () => {
  const table = reference<Table>('special-functions.json');
  const names = Object.keys(table).filter((name) => name in promised) as (keyof typeof promised)[];
  it.each(names)('%s', (name) => check(name, table[name]!));
});

describe('special functions at the edges of their range', () => {
  const edges: [keyof typeof promised, number, number][] = [
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

  it.each(
    Object.keys(promised).filter((name) => name !== 'sin' && name !== 'cos') as (keyof typeof promised)[],
  )('%s of NaN is NaN', (name) => {
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
        const back = linalg.normCdf(linalg.normQuantile(p));
        return Math.abs(back - p) <= 1e-12 * p;
      }),
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
