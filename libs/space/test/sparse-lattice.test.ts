import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lattice } from '../src/lattice.js';
import { sparseLattice } from '../src/sparseLattice.js';

const cases = fc
  .record({
    n: fc.integer({ min: 1, max: 10 }),
    dose: fc.nat(5),
    most: fc.integer({ min: 1, max: 4 }),
    pairs: fc.array(fc.tuple(fc.nat(4), fc.nat(10)), { minLength: 2, maxLength: 4 }),
  })
  .map(({ n, dose, most, pairs }) => ({
    n,
    dose,
    most,
    lo: pairs.map(([a]) => (a < 3 ? 0 : Math.min(a - 2, n))),
    hi: pairs.map(([a, b]) => Math.max(a < 3 ? 0 : Math.min(a - 2, n), Math.min(b, n))),
  }));

/** Of all recipes within the bounds, those of few components, none of them too small. */
const byBruteForce = ({
  n,
  dose,
  most,
  lo,
  hi,
}: {
  n: number;
  dose: number;
  most: number;
  lo: number[];
  hi: number[];
}) =>
  (lattice(n, lo, hi)?.enumerate() ?? []).filter(
    (counts) => counts.filter((c) => c > 0).length <= most && counts.every((c) => c === 0 || c >= dose),
  );

describe('recipes of few components with a minimum dose', () => {
  it('are all found, counted and recognised', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { n, lo, hi } = given;
        const expected = byBruteForce(given);
        const recipes = sparseLattice(n, lo, hi, given);
        expect(recipes?.enumerate() ?? []).toEqual(expected);
        expect(recipes?.count ?? 0).toBe(expected.length);
        const good = new Set(expected.map(String));
        for (const counts of recipes ? (lattice(n, lo, hi)?.enumerate() ?? []) : [])
          expect(recipes!.has(counts)).toBe(good.has(String(counts)));
      }),
    );
  });

  it('are drawn each as often as any other', () => {
    const recipes = sparseLattice(8, [0, 0, 1], [8, 6, 8], { dose: 2, most: 2 })!;
    const per = 300;
    const seen = new Map<string, number>();
    for (let i = 0; i < per; i++)
      for (let j = 0; j < per; j++) {
        const key = String(recipes.draw([(i + 0.5) / per, (j + 0.5) / per]));
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    expect(new Set(recipes.enumerate().map(String))).toEqual(new Set(seen.keys()));
    for (const times of seen.values())
      expect(Math.abs((times * recipes.count) / (per * per) - 1)).toBeLessThan(0.05);
  });

  it('nearest to a recipe are that recipe, and nearest to anything are a recipe', () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (given, fractions) => {
          const recipes = sparseLattice(given.n, given.lo, given.hi, given);
          fc.pre(recipes !== null);
          expect(recipes.has(recipes.nearest(fractions.slice(0, given.lo.length)))).toBe(true);
          for (const counts of recipes.enumerate())
            expect(recipes.nearest(counts.map((c) => c / given.n))).toEqual(counts);
        },
      ),
    );
  });
});
