import type { CountsOf, Listed, Ordered, PageAsked, PagesOf, Place } from './ports.js';

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

export const byTime =
  <T extends { readonly id: string }>(timeOf: (item: T) => string) =>
  (item: T): Listed<T> => ({ item, place: { key: timeOf(item), tie: item.id } });

interface Made {
  readonly id: string;
  readonly createdAt: string;
}

/** The same page of each campaign's, by the time at which they were made. */
export const pagesInTime = <T extends Made>(
  campaignIds: readonly string[],
  of: (campaignId: string) => readonly T[],
  { descending }: Ordered<'created'>,
  page: PageAsked,
): PagesOf<T> =>
  ofEach(campaignIds, (campaignId) =>
    pageIn(of(campaignId).map(byTime(({ createdAt }) => createdAt)), descending, page),
  );

export const countsIn = (
  campaignIds: readonly string[],
  of: (campaignId: string) => readonly unknown[],
): CountsOf => ofEach(campaignIds, (campaignId) => of(campaignId).length);

/** Of each campaign what is found there; one that has nothing at all, as it is not known, is left out. */
export const ofEach = <V>(
  ids: readonly string[],
  of: (id: string) => V | undefined,
): Promise<ReadonlyMap<string, V>> => {
  const found = new Map<string, V>();
  for (const id of ids) {
    const value = of(id);
    if (value !== undefined) found.set(id, value);
  }
  return Promise.resolve(found);
};
