export interface Page<T> {
  readonly nodes: readonly T[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * All entries of a list, a page at a time and only as far as they are read:
 * `for await (const experiment of ionloop.experiments.list(id)) …`
 */
export class Connection<T> implements AsyncIterable<T> {
  constructor(
    private readonly ask: (first: number, after: string | null) => Promise<Page<T>>,
    private readonly pageSize: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { nodes } of this.pages()) yield* nodes;
  }

  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    for (let after: string | null = null; ;) {
      const page = await this.ask(this.pageSize, after);
      yield page;
      const { hasNextPage, endCursor } = page.pageInfo;
      if (!hasNextPage || endCursor === null) return;
      after = endCursor;
    }
  }

  /** All of them, or so many from the start. */
  async toArray(atMost = Number.POSITIVE_INFINITY): Promise<T[]> {
    const entries: T[] = [];
    if (atMost <= 0) return entries;
    for await (const entry of this) {
      entries.push(entry);
      if (entries.length >= atMost) break;
    }
    return entries;
  }

  /** How many there are, whatever the page. */
  async count(): Promise<number> {
    return (await this.ask(1, null)).totalCount;
  }
}
