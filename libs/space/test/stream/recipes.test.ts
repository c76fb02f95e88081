import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lattice } from '../../src/lattice.js';
import { Recipes } from '../../src/stream/recipes.js';

const shape = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    bounds: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 })), {
      minLength: 2,
      maxLength: 5,
    }),
    most: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ n, bounds, most }) => ({
    n,
    lo: bounds.map(([lo]) => lo),
    hi: bounds.map(([lo, more]) => lo + more),
    most,
  }));

const listed = (n: number, lo: number[], hi: number[], most: number): readonly (readonly number[])[] =>
  (lattice(n, lo, hi)?.enumerate() ?? []).filter((counts) => counts.filter((c) => c > 0).length <= most);

describe('recipes by their rank', () => {
  it('are the listed ones in their order, and each has its own rank', () => {
    fc.assert(
      fc.property(shape, ({ n, lo, hi, most }) => {
        const expected = listed(n, lo, hi, most);
        const recipes = Recipes.of(n, lo, hi, most);
        expect(recipes?.size).toBe(expected.length);
        const counts = new Int32Array(lo.length);
        expected.forEach((recipe, rank) => {
          recipes?.unrank(rank, counts);
          expect([...counts]).toEqual(recipe);
          expect(recipes?.rank(counts)).toBe(rank);
        });
      }),
    );
  });

  it('follow each other', () => {
    fc.assert(
      fc.property(shape, ({ n, lo, hi, most }) => {
        const expected = listed(n, lo, hi, most);
        fc.pre(expected.length > 0);
        const recipes = Recipes.of(n, lo, hi, most);
        const counts = new Int32Array(lo.length);
        recipes?.unrank(0, counts);
        const found = [[...counts]];
        while (recipes?.advance(counts)) found.push([...counts]);
        expect(found).toEqual(expected);
      }),
    );
  });

  it('are found at both ends of a lattice of 10¹⁵', () => {
    const recipes = Recipes.of(1000, Array(7).fill(0), Array(7).fill(1000));
    expect(recipes?.size).toBe(Number(binomial(1006n, 6n)));
    const counts = new Int32Array(7);
    recipes?.unrank(recipes.size - 1, counts);
    expect([...counts]).toEqual([1000, 0, 0, 0, 0, 0, 0]);
    recipes?.unrank(123_456_789_012_345, counts);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(1000);
    expect(recipes?.rank(counts)).toBe(123_456_789_012_345);
  });

  it('are refused where their numbers would not be exact', () => {
    expect(Recipes.of(10_000, Array(6).fill(0), Array(6).fill(10_000))).toBeNull();
  });

  it('have no number beyond the last', () => {
    const recipes = Recipes.of(2, [0, 0], [2, 2]);
    expect(() => recipes?.unrank(3, new Int32Array(2))).toThrow(RangeError);
  });
});

function binomial(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
