import type { AnyRow } from '../history/read-row.js';
import type { Slice } from '../history/rows.js';

export interface Batch {
  readonly items: readonly AnyRow[];
  /** How much of the file has been read. */
  readonly bytes: number;
}

/** The rows of a table, exactly so many at a time: the same table gives the same batches however its bytes come. */
export async function* batches(slices: AsyncIterable<Slice>, size: number): AsyncGenerator<Batch> {
  let held: AnyRow[] = [];
  let read = 0;
  for await (const { rows, bytes } of slices) {
    read = bytes;
    for (const row of rows) {
      held.push(row);
      if (held.length < size) continue;
      yield { items: held, bytes };
      held = [];
    }
  }
  if (held.length > 0) yield { items: held, bytes: read };
}
