import type { Columns } from './columns.js';
import type { SplitFinder } from './splitFinder.js';
import { hasBit } from './trees.js';
import type { Kernels } from './workspace.js';

interface RowArrays {
  readonly codes: Uint16Array | Uint8Array;
  readonly rows: Int32Array;
  readonly spareRows: Int32Array;
}

type Split = Pick<SplitFinder, 'feature' | 'cut' | 'set' | 'gapsLeft' | 'isPlain'>;

/** Of rows[start … end) those that go left come first, each side in its order; returns where the right side begins. */
export function divideRows(
  { columns, n }: Columns,
  split: Split,
  { codes, rows, spareRows }: RowArrays,
  start: number,
  end: number,
  kernels: Kernels | undefined,
): number {
  const { feature, cut, set, gapsLeft } = split;
  const size = codes.BYTES_PER_ELEMENT;
  const at = feature * n;
  if (kernels !== undefined && split.isPlain(feature)) {
    const from = rows.byteOffset + 4 * start;
    const column = codes.byteOffset + size * at;
    return start + kernels.divideRows(column, size - 1, cut, from, end - start, spareRows.byteOffset);
  }
  const { bins, categorical } = columns[feature]!;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const code = codes[at + row]!;
    let goesLeft: boolean;
    if (code === bins) goesLeft = gapsLeft;
    else if (categorical) goesLeft = hasBit(set, code);
    else goesLeft = code <= cut;
    if (goesLeft) rows[left++] = row;
    else spareRows[right++] = row;
  }
  rows.set(spareRows.subarray(0, right), left);
  return left;
}
