/** The twin of assembly/product.ts. */
import { multiplyTile, updateTile } from './tile.js';

const { min } = Math;
const block = 256;

export function multiplyStrips(
  A: Float64Array,
  rowStrips: number,
  B: Float64Array,
  columnStrips: number,
  depth: number,
  C: Float64Array,
  stride: number,
  { add, lower }: { readonly add: boolean; readonly lower: boolean },
): void {
  const tile = new Float64Array(16);
  for (let from = 0; from < depth; from += block) {
    const steps = min(depth - from, block);
    for (let i = 0; i < rowStrips; i++) {
      const columns = lower ? min(columnStrips, i + 1) : columnStrips;
      for (let j = 0; j < columns; j++) {
        multiplyTile(steps, A, 4 * (i * depth + from), B, 4 * (j * depth + from), tile);
        updateTile(C, 4 * i * stride + 4 * j, stride, tile, add);
      }
    }
  }
}
