import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lattice } from '../src/lattice.js';

const bounded = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 2, maxLength: 4 }),
  )
  .map(([n, pairs]) => ({
    n,
    lo: pairs.map(([a, b]) => Math.min(a, b, n)),
    hi: pairs.map(([a, b]) => Math.min(Math.max(a, b), n)),
  }));

/** Every list of counts there is, by trying all of them. */
function byBruteForce({ n, lo, hi }: { n: number; lo: number[]; hi: number[] }): number[][] {
  let lists: number[][] = [[]];
  lo.forEach((low, i) => {
    lists = lists.flatMap((list) => Array.from({ length: hi[i]! - low + 1 }, (_, c) => [...list, low + c]));
  });
  return lists.filter((list) => list.reduce((sum, c) => sum + c, 0) === n);
}

describe('recipes in steps', () => {
  it('are all found and counted', () => {
    fc.assert(
      fc.property(bounded, ({ n, lo, hi }) => {
        const recipes = lattice(n, lo, hi);
        const expected = byBruteForce({ n, lo, hi });
        expect(recipes?.enumerate() ?? []).toEqual(expected);
        expect(recipes?.count ?? 0).toBe(expected.length);
      }),
    );
  });

  it('are drawn each as often as any other', () => {
    const recipes = lattice(6, [0, 1, 0], [4, 5, 6])!;
    const per = 200;
    const seen = new Map<string, number>();
    for (let i = 0; i < per; i++) {
      for (let j = 0; j < per; j++) {
        const key = String(recipes.draw([(i + 0.5) / per, (j + 0.5) / per]));
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
    expect(seen.size).toBe(recipes.count);
    const expected = (per * per) / recipes.count;
    for (const times of seen.values()) expect(Math.abs(times / expected - 1)).toBeLessThan(0.1);
  });

  it('nearest to a recipe are that recipe, and always lie within the bounds', () => {
    fc.assert(
      fc.property(
        bounded,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        ({ n, lo, hi }, fractions) => {
          const recipes = lattice(n, lo, hi);
          fc.pre(recipes !== null);
          const all = new Set(recipes.enumerate().map(String));
          expect(all.has(String(recipes.nearest(fractions)))).toBe(true);
          for (const counts of recipes.enumerate())
            expect(recipes.nearest(counts.map((c) => c / n))).toEqual(counts);
        },
      ),
    );
  });

  it('stay exact with fifty components in ten thousand steps', () => {
    const recipes = lattice(10_000, Array<number>(50).fill(0), Array<number>(50).fill(10_000))!;
    for (const u of [0, 0.37, 0.999999999]) {
      const counts = recipes.draw(Array<number>(49).fill(u));
      expect(counts.every((c) => c >= 0)).toBe(true);
      expect(counts.reduce((sum, c) => sum + c, 0)).toBe(10_000);
    }
  });
});
