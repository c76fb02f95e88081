// C −= A·B for matrices packed by strips: A by strips of four rows, B by strips of four columns, each `depth` steps long.
import { KEPT, KEPT_BYTES, keep, keptAt } from './kept';
import { bytes } from './lanes';
import { subtractProducts } from './tile';

const BLOCK: i32 = 128;

/** C (4·rowStrips, 4·columnStrips), rows `stride` doubles apart. With `lower` only tiles that touch the lower triangle are worked on. */
export function subtractStrips(
  A: usize, rowStrips: i32, B: usize, columnStrips: i32, depth: i32, C: usize, stride: i32, lower: bool,
): void {
  const stripBytes = bytes(4 * depth);
  const rowBytes = bytes(stride);
  for (let from = 0; from < depth; from += BLOCK) {
    const steps = min(depth - from, BLOCK);
    const skipped = (<usize>from) << 5;
    for (let begin = 0; begin < columnStrips; begin += KEPT) {
      const end = min(begin + KEPT, columnStrips);
      for (let j = begin; j < end; j++) keep(j - begin, B + <usize>j * stripBytes + skipped, steps);
      for (let i = lower ? begin : 0; i < rowStrips; i++)
        subtractProducts(
          steps, A + <usize>i * stripBytes + skipped, 0, keptAt(0), KEPT_BYTES,
          C + <usize>(4 * i) * rowBytes + ((<usize>begin) << 5), rowBytes, 32, (lower ? min(end, i + 1) : end) - begin,
        );
    }
  }
}
