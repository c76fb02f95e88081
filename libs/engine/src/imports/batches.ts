import type { AnyRow } from '../history/read-row.js';
import type { Slice } from '../history/rows.js';

export interface Batch {
  readonly items: readonly AnyRow[];
  /** How much of the file has been read. */
  readonly bytes: number;
}

/**
 * The rows of a table behind the first so many, exactly so many at a time: the same table gives the same batches however its
 * bytes come.
 */
export async function* batches(
  slices: AsyncIterable<Slice>,
  size: number,
  behind: number,
): AsyncGenerator<Batch> {
  let held: AnyRow[] = [];
  let read = 0;
  let skipped = 0;
  for await (const { rows, bytes } of slices) {
    read = bytes;
    for (const row of rows) {
      if (skipped < behind) {
        skipped += 1;
        continue;
      }
      held.push(row);
      if (held.length < size) continue;
      yield { items: held, bytes };
      held = [];
    }
  }
  if (held.length > 0) yield { items: held, bytes: read };
}

/** The same, but that the next is made while one is worked on. */
export async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const next = (): Promise<IteratorResult<T, unknown>> => {
    const coming = source.next();
    // What goes wrong is told when it is its turn.
    coming.catch(() => undefined);
    return coming;
  };
  try {
    for (let coming = next(); ;) {
      const { done, value } = await coming;
      if (done) return;
      coming = next();
      yield value;
    }
  } finally {
    await source.return(undefined).catch(() => undefined);
  }
}
