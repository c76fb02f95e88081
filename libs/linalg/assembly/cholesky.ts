// A = L·Lᵀ in place, lower triangle, row-major with `n` a multiple of 4 and rows `n` apart.
//
// Panels of 96 columns. Within a panel each tile takes off the panel's earlier columns, then is solved with the diagonal tile; what is
// right of the panel then takes off the whole panel at once. Every element loses its products by increasing column.
import { bytes } from './lanes';
import { loadTransposed, solveTile, storeTransposed, subtractProduct } from './tile';

const PANEL: i32 = 96;
/** Strips of the panel that are worked on together. */
const GROUP: i32 = 8;
/** Strips of the panel that stay in the first-level cache while others pass by. */
const KEPT: i32 = 6;

/** Doubles that `cholesky` needs beside A. */
export function choleskyWorkspace(n: i32): i32 {
  return n * PANEL + PANEL;
}

/** 0, or one more than the index of the first pivot that is not positive. */
export function cholesky(A: usize, n: i32, workspace: usize): i32 {
  const panel = workspace;
  const inverses = workspace + bytes(n * PANEL);
  const stride = bytes(n);
  for (let from = 0; from < n; from += PANEL) {
    const width = min(n - from, PANEL);
    const failed = factorPanel(A, from, (n - from) >> 2, width, stride, panel, inverses);
    if (failed > 0) return failed;
    updateRest(A, from, (n - from) >> 2, width, stride, panel);
  }
  return 0;
}

/** By groups of strips, and in a group by columns: neighbouring tiles then do not wait for each other. */
function factorPanel(
  A: usize, from: i32, strips: i32, width: i32, stride: usize, panel: usize, inverses: usize,
): i32 {
  const stripBytes = bytes(4 * width);
  const columns = width >> 2;
  for (let begin = 0; begin < strips; begin += GROUP) {
    const end = min(begin + GROUP, strips);
    for (let j = 0; j < min(columns, end); j++) {
      const right = panel + <usize>j * stripBytes;
      const diagonal = right + ((<usize>j) << 7);
      for (let i = max(begin, j); i < end; i++) {
        const left = panel + <usize>i * stripBytes;
        const tile = left + ((<usize>j) << 7);
        const place = A + <usize>(from + 4 * i) * stride + bytes(from + 4 * j);
        loadTransposed(tile, place, stride);
        subtractProduct(4 * j, right, left, tile, 32);
        if (j < i) {
          solveTile(tile, diagonal, inverses + ((<usize>j) << 5));
          storeTransposed(tile, place, stride);
        } else {
          const failed = factorTile(tile, inverses + ((<usize>j) << 5), place, stride);
          if (failed > 0) return from + 4 * j + failed;
        }
      }
    }
  }
  return 0;
}

/** The diagonal tile, element (r,c) at [4c + r]: factored, its upper part zeroed, its lower part written to `place`. */
function factorTile(tile: usize, inverses: usize, place: usize, stride: usize): i32 {
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
    for (let r = c; r < 4; r++) store<f64>(place + r * stride + (c << 3), load<f64>(column + (r << 3)));
  }
  return 0;
}

function updateRest(A: usize, from: i32, strips: i32, width: i32, stride: usize, panel: usize): void {
  const stripBytes = bytes(4 * width);
  for (let begin = width >> 2; begin < strips; begin += KEPT) {
    const end = min(begin + KEPT, strips);
    for (let i = begin; i < strips; i++) {
      const left = panel + <usize>i * stripBytes;
      const columns = min(i + 1, end);
      let right = panel + <usize>begin * stripBytes;
      let place = A + <usize>(from + 4 * i) * stride + bytes(from + 4 * begin);
      for (let j = begin; j < columns; j++) {
        subtractProduct(width, left, right, place, stride);
        right += stripBytes;
        place += 32;
      }
    }
  }
}
