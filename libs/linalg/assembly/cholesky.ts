// A = L·Lᵀ: from the lower triangle of A, row-major with `n` a multiple of 4 and rows `n` apart, to L packed by strips (triangle.ts).
//
// Panels of 96 columns. Within a panel each tile takes off the panel's earlier columns, then is solved with the diagonal tile; what of A is
// right of the panel then takes off the whole panel at once. Every element loses its products by increasing column.
import { bytes } from './lanes';
import { loadTransposed, subtractAndSolve, subtractProduct } from './tile';
import { stripAt } from './triangle';

const PANEL: i32 = 96;
/** Strips of the panel that are worked on together. */
const GROUP: i32 = 8;
/** Strips of the panel that stay in the first-level cache while others pass by. */
const KEPT: i32 = 6;

/** 0, or one more than the index of the first pivot that is not positive. What is right of the first panel in A is written over. */
export function cholesky(A: usize, n: i32, packed: usize, inverses: usize): i32 {
  for (let from = 0; from < n; from += PANEL) {
    const to = min(from + PANEL, n);
    const failed = factorPanel(A, n, from, to, packed, inverses);
    if (failed > 0) return failed;
    updateRest(A, n, from, to, packed);
  }
  return 0;
}

/** By groups of strips, and in a group by columns: neighbouring tiles then do not wait for each other. */
function factorPanel(A: usize, n: i32, from: i32, to: i32, packed: usize, inverses: usize): i32 {
  const stride = bytes(n);
  const strips = n >> 2;
  const skipped = (<usize>from) << 5;
  for (let begin = from >> 2; begin < strips; begin += GROUP) {
    const end = min(begin + GROUP, strips);
    for (let j = from >> 2; j < min(to >> 2, end); j++) {
      const right = stripAt(packed, j) + skipped;
      const depth = 4 * j - from;
      const diagonal = right + ((<usize>depth) << 5);
      const inverse = inverses + ((<usize>j) << 5);
      for (let i = max(begin, j); i < end; i++) {
        const left = stripAt(packed, i) + skipped;
        const tile = left + ((<usize>depth) << 5);
        loadTransposed(tile, A + <usize>(4 * i) * stride + ((<usize>j) << 5), stride);
        if (j < i) subtractAndSolve(depth, right, left, tile, diagonal, inverse);
        else {
          subtractProduct(depth, right, left, tile, 32);
          const failed = factorTile(tile, inverse);
          if (failed > 0) return 4 * j + failed;
        }
      }
    }
  }
  return 0;
}

/** The diagonal tile, element (r,c) at [4c + r], factored in place, its upper part zeroed. */
function factorTile(tile: usize, inverses: usize): i32 {
  for (let c: usize = 0; c < 4; c++) {
    const column = tile + (c << 5);
    const pivot = load<f64>(column + (c << 3));
    if (!(pivot > 0)) return <i32>c + 1;
    const d = sqrt(pivot);
    const inverse = 1.0 / d;
    store<f64>(inverses + (c << 3), inverse);
    store<f64>(column + (c << 3), d);
    for (let r = c + 1; r < 4; r++) store<f64>(column + (r << 3), load<f64>(column + (r << 3)) * inverse);
    for (let q = c + 1; q < 4; q++) {
      const factor = load<f64>(column + (q << 3));
      for (let r = q; r < 4; r++) {
        const at = tile + (q << 5) + (r << 3);
        store<f64>(at, load<f64>(at) - factor * load<f64>(column + (r << 3)));
      }
    }
    for (let r: usize = 0; r < c; r++) store<f64>(column + (r << 3), 0);
  }
  return 0;
}

function updateRest(A: usize, n: i32, from: i32, to: i32, packed: usize): void {
  const stride = bytes(n);
  const strips = n >> 2;
  const skipped = (<usize>from) << 5;
  for (let begin = to >> 2; begin < strips; begin += KEPT) {
    const end = min(begin + KEPT, strips);
    for (let i = begin; i < strips; i++) {
      const left = stripAt(packed, i) + skipped;
      const columns = min(i + 1, end);
      for (let j = begin; j < columns; j++)
        subtractProduct(
          to - from,
          left,
          stripAt(packed, j) + skipped,
          A + <usize>(4 * i) * stride + ((<usize>j) << 5),
          stride,
        );
    }
  }
}
