import type { Philox } from '@ionloop/linalg';
import { type Design, Picked } from './design.js';

const { min } = Math;

const attempts = 16;
const mostRounds = 20;

/**
 * Each of the numbers that make a point has one of its `count` equal parts once. Of some such designs that with the
 * largest smallest distance; what constraints refuse or has been tried is replaced by a further design of what is missing.
 */
export const latinHypercube: Design = (space, count, rng, avoid) => {
  const picked = new Picked(space, count, avoid);
  for (let round = 0; round < mostRounds && picked.missing > 0; round++) {
    let best: readonly (readonly number[])[] = [];
    let widest = -1;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const rows = strata(picked.missing, space.uniforms, rng);
      const apart = smallestDistance(rows);
      if (apart > widest) [best, widest] = [rows, apart];
    }
    for (const row of best) picked.take(space.drawn(row));
  }
  return picked.points;
};

function strata(count: number, dimension: number, rng: Philox): readonly (readonly number[])[] {
  const columns = Array.from({ length: dimension }, () =>
    rng.permutation(count).map((part) => (part + rng.uniform()) / count),
  );
  return Array.from({ length: count }, (_, i) => columns.map((column) => column[i] ?? 0));
}

function smallestDistance(rows: readonly (readonly number[])[]): number {
  let least = Infinity;
  rows.forEach((a, i) => {
    for (const b of rows.slice(0, i)) {
      let sum = 0;
      a.forEach((x, c) => (sum += (x - (b[c] ?? 0)) * (x - (b[c] ?? 0))));
      least = min(least, sum);
    }
  });
  return least;
}
