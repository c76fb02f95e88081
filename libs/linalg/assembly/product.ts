// C += A·B for matrices packed by strips: A by strips of four rows, B by strips of four columns, each `depth` steps long.
import { bytes } from './lanes';
import { updateTile } from './tile';

const BLOCK: i32 = 256;

/**
 * C (4·rowStrips, 4·columnStrips), rows `stride` doubles apart. Each element gains the sums over 256 steps one after the other. With
 * `lower` only tiles that touch the lower triangle are worked on.
 */
export function multiplyStrips(
  A: usize, rowStrips: i32, B: usize, columnStrips: i32, depth: i32, C: usize, stride: i32, add: bool, lower: bool,
): void {
  const stripBytes = bytes(4 * depth);
  const rowBytes = bytes(stride);
  for (let from = 0; from < depth; from += BLOCK) {
    const steps = min(depth - from, BLOCK);
    const skipped = (<usize>from) << 5;
    for (let begin = 0; begin < columnStrips; begin += 4) {
      const end = min(begin + 4, columnStrips);
      for (let i = lower ? begin : 0; i < rowStrips; i++) {
        const last = lower ? min(end, i + 1) : end;
        const left = A + <usize>i * stripBytes + skipped;
        for (let j = begin; j < last; j++)
          updateTile(
            steps,
            left,
            B + <usize>j * stripBytes + skipped,
            C + <usize>(4 * i) * rowBytes + ((<usize>j) << 5),
            rowBytes,
            add,
          );
      }
    }
  }
}
