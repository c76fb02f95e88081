/** The twin of assembly/cholesky.ts, strip by strip: blocks change no bit. */
import { solveTile, subtractProduct } from './tile.js';

const { sqrt } = Math;

export function cholesky(A: Float64Array, n: number, packed: Float64Array, inverses: Float64Array): number {
  for (let i = 0; i < n / 4; i++) {
    const left = 8 * i * (i + 1);
    for (let j = 0; j <= i; j++) {
      const right = 8 * j * (j + 1);
      const tile = left + 16 * j;
      for (let c = 0; c < 4; c++)
        for (let r = 0; r < 4; r++) packed[tile + 4 * c + r] = A[(4 * i + r) * n + 4 * j + c]!;
      subtractProduct(4 * j, packed, right, packed, left, packed, tile, 4);
      if (j < i) solveTile(packed, tile, packed, right + 16 * j, inverses, 4 * j);
      else {
        const failed = factorTile(packed, tile, inverses, 4 * i);
        if (failed > 0) return 4 * i + failed;
      }
    }
  }
  return 0;
}

/** The diagonal tile, element (r,c) at [4c + r], factored in place, its upper part zeroed. */
function factorTile(packed: Float64Array, tile: number, inverses: Float64Array, i: number): number {
  for (let c = 0; c < 4; c++) {
    const column = tile + 4 * c;
    const pivot = packed[column + c]!;
    if (!(pivot > 0)) return c + 1;
    const d = sqrt(pivot);
    const inverse = 1 / d;
    inverses[i + c] = inverse;
    packed[column + c] = d;
    for (let r = c + 1; r < 4; r++) packed[column + r] = packed[column + r]! * inverse;
    for (let q = c + 1; q < 4; q++)
      for (let r = q; r < 4; r++)
        packed[tile + 4 * q + r] = packed[tile + 4 * q + r]! - packed[column + q]! * packed[column + r]!;
    for (let r = 0; r < c; r++) packed[column + r] = 0;
  }
  return 0;
}
