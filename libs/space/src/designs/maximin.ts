import type { Point } from '@ionloop/domain';
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Space } from '../contract.js';
import { candidatesOf, type Design } from './design.js';

const { min } = Math;

/** The smallest distance between two points, or a point and one to avoid, is as large as exchanges make it. */
export const maximin: Design = (space, count, rng, avoid) =>
  farthest(space, candidatesOf(space, count, rng, avoid), avoid, count, rng);

const mostExchanges = 200;

/** `count` of `free`, each in turn the farthest from all before it, then improved by exchanges. */
export function farthest(
  space: Space,
  free: readonly Point[],
  taken: readonly Point[],
  count: number,
  rng: Philox,
): readonly Point[] {
  if (free.length === 0 || count <= 0) return [];
  const X = space.encode(free);
  const T = space.encode(taken);
  const between = (i: number, j: number): number => space.distance.squared(X, i, X, j);
  const toTaken = Float64Array.from(free, (_, i) => nearest(X, i, T, space));
  const gap = Float64Array.from(toTaken);
  const chosen: number[] = [];
  const left = new Set(free.keys());
  while (chosen.length < count && left.size > 0) {
    const first = chosen.length === 0 && taken.length === 0;
    const next = first ? rng.integer(free.length) : argMax([...left], (i) => gap[i] ?? 0);
    chosen.push(next);
    left.delete(next);
    for (const i of left) gap[i] = min(gap[i] ?? 0, between(i, next));
  }
  exchange(chosen, left, between, toTaken);
  return chosen.map((i) => free[i]).filter((point) => point !== undefined);
}

/** One of the two closest points gives way to a candidate that is farther from all others, while there is one. */
function exchange(
  chosen: number[],
  left: Set<number>,
  between: (i: number, j: number) => number,
  toTaken: Float64Array,
): void {
  const gapOf = (i: number, place: number): number => {
    let least = toTaken[i] ?? Infinity;
    chosen.forEach((other, k) => {
      if (k !== place) least = min(least, between(i, other));
    });
    return least;
  };
  for (let round = 0; round < mostExchanges && left.size > 0; round++) {
    const gaps = chosen.map(gapOf);
    const smallest = min(...gaps);
    const improved = [...chosen.keys()].some((place) => {
      if ((gaps[place] ?? 0) > smallest) return false;
      const better = argMax([...left], (i) => gapOf(i, place));
      if (gapOf(better, place) <= smallest) return false;
      left.add(chosen[place] ?? better);
      left.delete(better);
      chosen[place] = better;
      return true;
    });
    if (!improved) return;
  }
}

function nearest(X: Matrix, i: number, T: Matrix, space: Space): number {
  let least = Infinity;
  for (let t = 0; t < T.rows; t++) least = min(least, space.distance.squared(X, i, T, t));
  return least;
}

function argMax(items: readonly number[], worth: (item: number) => number): number {
  let [best, most] = [items[0] ?? 0, -Infinity];
  for (const item of items) {
    const value = worth(item);
    if (value > most) [best, most] = [item, value];
  }
  return best;
}
