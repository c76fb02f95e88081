/** The twin of assembly/product.ts. */
import { subtractProduct } from './tile.js';

const { min } = Math;

export function subtractStrips(
  A: Float64Array,
  rowStrips: number,
  B: Float64Array,
  columnStrips: number,
  depth: number,
  C: Float64Array,
  stride: number,
  lower: boolean,
): void {
  for (let i = 0; i < rowStrips; i++) {
    const columns = lower ? min(columnStrips, i + 1) : columnStrips;
    for (let j = 0; j < columns; j++)
      subtractProduct(depth, A, 4 * i * depth, B, 4 * j * depth, C, 4 * i * stride + 4 * j, stride);
  }
}
