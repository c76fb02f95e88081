/**
 * Starts `work` on each item in their order, at most `width` at once: the next item is asked for only when there is room for it. After a
 * failure nothing new is started, and the failure of the earliest item is the one that is thrown, however the others are timed.
 */
export async function inOrder<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: { readonly index: number; readonly error: unknown }[] = [];
  let next = 0;
  const start = (item: Item): void => {
    const index = next++;
    const done = work(item, index)
      .catch((error: unknown) => void failures.push({ index, error }))
      .finally(() => running.delete(done));
    running.add(done);
  };
  try {
    for await (const item of items) {
      start(item);
      if (running.size >= width) await Promise.race(running);
      if (failures.length > 0) break;
    }
  } catch (error) {
    failures.push({ index: next, error });
  }
  await Promise.all(running);
  failures.sort((a, b) => a.index - b.index);
  if (failures[0]) throw failures[0].error;
}
