import type { Philox } from '@ionloop/linalg';
import type { Lattice } from './lattice.js';

const tries = 20;

/** Some steps moved from one component to another, all of one given to another, or two components exchanged. */
export function movedSparsely(
  recipes: Lattice,
  counts: readonly number[],
  reach: number,
  rng: Philox,
): readonly number[] {
  const at = (i: number): number => counts[i] ?? 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    const [giver = 0, taker = 0] = rng.choose(counts.length, 2);
    if (at(giver) === 0) continue;
    const some = 1 + Math.floor(2 * reach * rng.uniform() * recipes.n);
    const amount = rng.integer(4) === 0 ? at(giver) - (rng.integer(2) === 0 ? at(taker) : 0) : some;
    const moved = counts.map((count, i) => {
      if (i === giver) return count - amount;
      return i === taker ? count + amount : count;
    });
    if (amount !== 0 && recipes.has(moved)) return moved;
  }
  return counts;
}
