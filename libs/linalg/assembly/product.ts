// C −= A·B for matrices packed by strips: A by strips of four rows, B by strips of four columns, each `depth` steps long.
import { bytes } from './lanes';
import { subtractProduct } from './tile';

const BLOCK: i32 = 64;
/** Strips of B that stay in the first-level cache. */
const KEPT: i32 = 8;

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
      for (let i = lower ? begin : 0; i < rowStrips; i++) {
        const last = lower ? min(end, i + 1) : end;
        const left = A + <usize>i * stripBytes + skipped;
        for (let j = begin; j < last; j++)
          subtractProduct(
            steps,
            left,
            B + <usize>j * stripBytes + skipped,
            C + <usize>(4 * i) * rowBytes + ((<usize>j) << 5),
            rowBytes,
          );
      }
    }
  }
}
