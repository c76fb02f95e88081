// A = L·Lᵀ in place, lower triangle, row-major with `n` a multiple of 4 and rows `n` apart.
//
// Panels of 64 columns. Within a panel each tile takes off the panel's earlier columns, then is solved with the diagonal tile; what is
// right of the panel then takes off the whole panel at once. So every element loses the sums of 64 columns one after the other, each
// summed by increasing column: the order that src/core/portable keeps too.
import { bytes } from './lanes';
import { loadTransposed, multiplyTile, solveTile, storeTransposed, updateTile } from './tile';

const PANEL: i32 = 64;
/** Strips of the panel that stay in the first-level cache while others pass by. */
const KEPT: i32 = 16;

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

function factorPanel(
  A: usize, from: i32, strips: i32, width: i32, stride: usize, panel: usize, inverses: usize,
): i32 {
  const stripBytes = bytes(4 * width);
  const last = (width >> 2) - 1;
  for (let i = 0; i < strips; i++) {
    const left = panel + <usize>i * stripBytes;
    const row = A + <usize>(from + 4 * i) * stride + bytes(from);
    const columns = min(i, last);
    for (let j = 0; j <= columns; j++) {
      const right = panel + <usize>j * stripBytes;
      multiplyTile(4 * j, right, left);
      const tile = left + ((<usize>j) << 7);
      const place = row + ((<usize>j) << 5);
      loadTransposed(tile, place, stride);
      if (j < i) {
        solveTile(tile, right + ((<usize>j) << 7), inverses + ((<usize>j) << 5));
        storeTransposed(tile, place, stride);
      } else {
        const failed = factorTile(tile, inverses + ((<usize>j) << 5), place, stride);
        if (failed > 0) return from + 4 * j + failed;
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
        updateTile(width, left, right, place, stride, false);
        right += stripBytes;
        place += 32;
      }
    }
  }
}
