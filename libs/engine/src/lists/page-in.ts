import type { Listed, PageAsked, Place } from './ports.js';

/** Keys as the order wants them, rows without one last; equal ones by their tie, in the same direction. */
const comparing =
  (descending: boolean) =>
  (a: Place, b: Place): number => {
    const direction = descending ? -1 : 1;
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
      return direction * compare(a.tie, b.tie);
    }
    return direction * (compare(a.key, b.key) || compare(a.tie, b.tie));
  };

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The page of a list that is at hand whole. */
export function pageIn<T>(
  listed: readonly Listed<T>[],
  descending: boolean,
  { count, backward, from }: PageAsked,
): readonly Listed<T>[] {
  const order = comparing(descending);
  const sorted = [...listed].sort((a, b) => order(a.place, b.place));
  const side = sorted.filter(
    ({ place }) => from === null || (backward ? order(place, from) < 0 : order(place, from) > 0),
  );
  return backward ? side.slice(Math.max(0, side.length - count)) : side.slice(0, count);
}
