import type { Ordered, PageAsked, PagesOf } from '../lists/ports.js';

interface Paged<T> {
  pages(campaignIds: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<T>;
}

/** What there is of a campaign, the newest first, in the pages that a reader would turn. */
export async function allOf<T>(store: Paged<T>, campaignId: string, count = 2): Promise<readonly T[]> {
  const all: T[] = [];
  for (let from: PageAsked['from'] = null; ;) {
    const order = { by: 'created', descending: true } as const;
    const pages = await store.pages([campaignId], order, { count, backward: false, from });
    const page = pages.get(campaignId) ?? [];
    all.push(...page.map(({ item }) => item));
    from = page.at(-1)?.place ?? null;
    if (page.length < count) return all;
  }
}
