// A = L·Lᵀ: from the lower triangle of A, row-major with `n` a multiple of 4 and rows `n` apart, to L packed by strips (triangle.ts).
//
// Panels of 128 columns, or one of all columns where that is small. Within a panel each tile takes off the panel's earlier columns, then is
// solved with the diagonal tile; what is right of the panel then takes off the whole panel at once. Every element loses its products by
// increasing column. A tile goes to its place in the packed triangle when the first panel needs it, and stays there.
import { KEPT, KEPT_BYTES, keep, keptAt } from './kept';
import { bytes } from './lanes';
import { loadTransposed, subtractAndSolve, subtractProduct, subtractProducts } from './tile';
import { stripAt } from './triangle';

const PANEL: i32 = 128;
/** Up to here one panel does it. */
const SMALL: i32 = 256;
/** Strips of the panel that are worked on together. */
const GROUP: i32 = 6;

/** 0, or one more than the index of the first pivot that is not positive. */
export function cholesky(A: usize, n: i32, packed: usize, inverses: usize): i32 {
  const panel = n > SMALL ? PANEL : n;
  for (let from = 0; from < n; from += panel) {
    const to = min(from + panel, n);
    const failed = factorPanel(A, n, from, to, packed, inverses);
    if (failed > 0) return failed;
    updateRest(A, n, from, to, packed);
  }
  return 0;
}

/** The tiles `begin` … `end − 1` of row strip i, from A to their places. */
function packTiles(A: usize, n: i32, i: i32, begin: i32, end: i32, packed: usize): void {
  const stride = bytes(n);
  const rows = A + <usize>(4 * i) * stride;
  const strip = stripAt(packed, i);
  for (let j = begin; j < end; j++) loadTransposed(strip + ((<usize>j) << 7), rows + ((<usize>j) << 5), stride);
}

/** By groups of strips, and in a group by columns: neighbouring tiles then do not wait for each other. */
function factorPanel(A: usize, n: i32, from: i32, to: i32, packed: usize, inverses: usize): i32 {
  const strips = n >> 2;
  const skipped = (<usize>from) << 5;
  for (let begin = from >> 2; begin < strips; begin += GROUP) {
    const end = min(begin + GROUP, strips);
    const columns = min(to >> 2, end);
    if (from == 0) for (let i = begin; i < end; i++) packTiles(A, n, i, 0, min(columns, i + 1), packed);
    for (let j = from >> 2; j < columns; j++) {
      const right = stripAt(packed, j) + skipped;
      const depth = 4 * j - from;
      const diagonal = right + ((<usize>depth) << 5);
      const inverse = inverses + ((<usize>j) << 5);
      for (let i = max(begin, j); i < end; i++) {
        const left = stripAt(packed, i) + skipped;
        const tile = left + ((<usize>depth) << 5);
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
  const strips = n >> 2;
  const skipped = (<usize>from) << 5;
  for (let begin = to >> 2; begin < strips; begin += KEPT) {
    const end = min(begin + KEPT, strips);
    for (let j = begin; j < end; j++) keep(j - begin, stripAt(packed, j) + skipped, to - from);
    for (let i = begin; i < strips; i++) {
      const strip = stripAt(packed, i);
      const columns = min(i + 1, end);
      if (from == 0) packTiles(A, n, i, begin, columns, packed);
      subtractProducts(
        to - from, keptAt(0), KEPT_BYTES, strip + skipped, 0, strip + ((<usize>begin) << 7), 32, 128, columns - begin,
      );
    }
  }
}
