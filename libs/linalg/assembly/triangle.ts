// A lower triangle L (n,n), n a multiple of 4, packed by strips: strip i holds rows 4i … 4i+3 up to column 4i+3, and begins
// 8i(i+1) doubles after the first. Beside it 1/L[r,r] (n).
//
// Long products are taken in blocks of 128 steps, so that what they read stays in the first-level cache.
import { KEPT, KEPT_BYTES, keep, keptAt } from './kept';
import { bytes, both, multiplyAdd, pair, sumOfLanes } from './lanes';
import { subtractAndSolve, subtractProduct, subtractProducts } from './tile';

const BLOCK: i32 = 128;
/** Strips of columns that pass through L together. */
const GROUP: i32 = 8;

// @ts-ignore: decorator
@inline export function stripAt(packed: usize, i: i32): usize {
  return packed + bytes(8 * i * (i + 1));
}

/** Packs the lower triangle of A, row-major with rows n apart. */
export function packTriangle(A: usize, n: i32, packed: usize, inverses: usize): void {
  const stride = bytes(n);
  for (let i = 0; i < n >> 2; i++) {
    let to = stripAt(packed, i);
    let from = A + <usize>(4 * i) * stride;
    for (let k = 0; k < 4 * i; k++) {
      store<f64>(to, load<f64>(from));
      store<f64>(to, load<f64>(from + stride), 8);
      store<f64>(to, load<f64>(from + 2 * stride), 16);
      store<f64>(to, load<f64>(from + 3 * stride), 24);
      to += 32;
      from += 8;
    }
    for (let k: usize = 0; k < 4; k++)
      for (let r: usize = 0; r < 4; r++)
        store<f64>(to + ((4 * k + r) << 3), r >= k ? load<f64>(from + r * stride + (k << 3)) : 0);
    for (let r: usize = 0; r < 4; r++)
      store<f64>(inverses + ((<usize>i) << 5) + (r << 3), 1.0 / load<f64>(from + r * stride + (r << 3)));
  }
}

/** Where strip c of L⁻¹, by columns 4c … 4c+3 from row 4c down, begins. */
// @ts-ignore: decorator
@inline function inverseStripAt(inverse: usize, c: i32, strips: i32): usize {
  return inverse + bytes(16 * c * strips - 8 * c * (c - 1));
}

/** L⁻¹ by strips of columns. */
export function invertTriangle(packed: usize, inverses: usize, n: i32, inverse: usize): void {
  const strips = n >> 2;
  memory.fill(inverse, 0, bytes(8 * strips * (strips + 1)));
  for (let c = 0; c < strips; c++)
    for (let q: usize = 0; q < 128; q += 40) store<f64>(inverseStripAt(inverse, c, strips) + q, 1.0);
  for (let from = 0; from < n; from += BLOCK) {
    const to = min(from + BLOCK, n);
    // What the rows above give, block by block, then these rows among themselves.
    for (let above = 0; above < from; above += BLOCK)
      for (let begin = from >> 2; begin < to >> 2; begin += KEPT) {
        const end = min(begin + KEPT, to >> 2);
        for (let i = begin; i < end; i++) keep(i - begin, stripAt(packed, i) + ((<usize>above) << 5), BLOCK);
        for (let c = 0; c < (above + BLOCK) >> 2; c++) {
          const first = max(above, c << 2);
          const column = inverseStripAt(inverse, c, strips);
          subtractProducts(
            above + BLOCK - first, keptAt(0) + ((<usize>(first - above)) << 5), KEPT_BYTES,
            column + ((<usize>(first - 4 * c)) << 5), 0, column + ((<usize>(begin - c)) << 7), 32, 128, end - begin,
          );
        }
      }
    for (let begin = 0; 4 * begin < to; begin += GROUP)
      for (let i = max(begin, from >> 2); i < to >> 2; i++) {
        const columns = min(i + 1, begin + GROUP);
        for (let c = begin; c < columns; c++) {
          const first = max(from, c << 2);
          const column = inverseStripAt(inverse, c, strips);
          const rows = stripAt(packed, i);
          subtractAndSolve(
            4 * i - first,
            rows + ((<usize>first) << 5),
            column + ((<usize>(first - 4 * c)) << 5),
            column + ((<usize>(i - c)) << 7),
            rows + ((<usize>i) << 7),
            inverses + ((<usize>i) << 5),
          );
        }
      }
  }
}

/** The lower triangle of C = −L⁻ᵀ·L⁻¹, row-major with rows n apart, by increasing row of L⁻¹. */
export function minusGramOfInverse(inverse: usize, n: i32, C: usize): void {
  const strips = n >> 2;
  const stride = bytes(n);
  for (let i = 0; i < n; i++) memory.fill(C + <usize>i * stride, 0, bytes(((i >> 2) + 1) << 2));
  for (let from = 0; from < n; from += BLOCK) {
    const to = min(from + BLOCK, n);
    for (let begin = 0; 4 * begin < to; begin += KEPT) {
      const end = min(begin + KEPT, to >> 2);
      for (let b = begin; b < end; b++) {
        const skipped = max(4 * b - from, 0);
        const strip = inverseStripAt(inverse, b, strips) + ((<usize>(from + skipped - 4 * b)) << 5);
        keep(b - begin, strip, to - from - skipped, skipped);
      }
      for (let a = begin; 4 * a < to; a++) {
        const first = max(4 * a, from);
        subtractProducts(
          to - first, inverseStripAt(inverse, a, strips) + ((<usize>(first - 4 * a)) << 5), 0,
          keptAt(0) + ((<usize>(first - from)) << 5), KEPT_BYTES,
          C + <usize>(4 * a) * stride + ((<usize>begin) << 5), stride, 32, min(a + 1, end) - begin,
        );
      }
    }
  }
}

/**
 * V := L⁻¹·V for `count` strips of four columns each, one after the other, each 4n doubles; `squares` (4·count) receives the sum of the
 * squares of each column of the result, by increasing row.
 */
export function solveStrips(packed: usize, inverses: usize, n: i32, V: usize, count: i32, squares: usize): void {
  const stripBytes = bytes(4 * n);
  memory.fill(squares, 0, bytes(4 * count));
  for (let begin = 0; begin < count; begin += GROUP) {
    const end = min(begin + GROUP, count);
    for (let from = 0; from < n; from += BLOCK) {
      const to = min(from + BLOCK, n);
      for (let above = 0; above < from; above += BLOCK)
        for (let i = from >> 2; i < to >> 2; i++) {
          const left = stripAt(packed, i) + ((<usize>above) << 5);
          for (let c = begin; c < end; c++) {
            const strip = V + <usize>c * stripBytes;
            subtractProduct(BLOCK, left, strip + ((<usize>above) << 5), strip + ((<usize>i) << 7), 32);
          }
        }
      for (let i = from >> 2; i < to >> 2; i++)
        for (let c = begin; c < end; c++)
          finishTile(stripAt(packed, i), inverses, i, from, V + <usize>c * stripBytes, squares + ((<usize>c) << 5));
    }
  }
}

/** Row tile i of one strip, once the rows above `from` are taken off. */
function finishTile(rows: usize, inverses: usize, i: i32, from: i32, strip: usize, sum: usize): void {
  const tile = strip + ((<usize>i) << 7);
  const skipped = (<usize>from) << 5;
  subtractAndSolve(
    4 * i - from, rows + skipped, strip + skipped, tile, rows + ((<usize>i) << 7), inverses + ((<usize>i) << 5),
  );
  let s = pair(sum), t = pair(sum, 16);
  for (let q: usize = 0; q < 128; q += 32) {
    const x = pair(tile + q), y = pair(tile + q, 16);
    s = multiplyAdd(x, x, s);
    t = multiplyAdd(y, y, t);
  }
  v128.store(sum, s);
  v128.store(sum, t, 16);
}

/** z := L⁻¹·z for one vector. Each strip's sums run by increasing column. */
export function solveForward(packed: usize, inverses: usize, n: i32, z: usize): void {
  for (let i = 0; i < n >> 2; i++) {
    let at = stripAt(packed, i);
    let even0 = f64x2.splat(0), even1 = even0, odd0 = even0, odd1 = even0;
    let x = z;
    for (const end = z + ((<usize>i) << 5); x < end; x += 16) {
      const first = both(x), second = both(x + 8);
      even0 = multiplyAdd(first, pair(at), even0);
      even1 = multiplyAdd(first, pair(at, 16), even1);
      odd0 = multiplyAdd(second, pair(at, 32), odd0);
      odd1 = multiplyAdd(second, pair(at, 48), odd1);
      at += 64;
    }
    v128.store(x, f64x2.sub(pair(x), f64x2.add(even0, odd0)));
    v128.store(x, f64x2.sub(pair(x, 16), f64x2.add(even1, odd1)), 16);
    for (let c: usize = 0; c < 4; c++) {
      const value = load<f64>(x + (c << 3)) * load<f64>(inverses + ((<usize>i) << 5) + (c << 3));
      store<f64>(x + (c << 3), value);
      for (let r = c + 1; r < 4; r++)
        store<f64>(x + (r << 3), load<f64>(x + (r << 3)) - load<f64>(at + ((4 * c + r) << 3)) * value);
    }
  }
}

/** z := L⁻ᵀ·z for one vector: once four unknowns are there, they are taken out of the equations above. */
export function solveBackward(packed: usize, inverses: usize, n: i32, z: usize): void {
  for (let i = (n >> 2) - 1; i >= 0; i--) {
    const rows = stripAt(packed, i);
    const diagonal = rows + ((<usize>i) << 7);
    const x = z + ((<usize>i) << 5);
    for (let r: i32 = 3; r >= 0; r--) {
      let value = load<f64>(x + ((<usize>r) << 3));
      for (let q = r + 1; q < 4; q++)
        value -= load<f64>(diagonal + ((<usize>(4 * r + q)) << 3)) * load<f64>(x + ((<usize>q) << 3));
      store<f64>(x + ((<usize>r) << 3), value * load<f64>(inverses + ((<usize>i) << 5) + ((<usize>r) << 3)));
    }
    const x01 = pair(x), x23 = pair(x, 16);
    let at = rows;
    for (let k = z; k < x; k += 8, at += 32)
      store<f64>(k, load<f64>(k) - sumOfLanes(f64x2.add(f64x2.mul(pair(at), x01), f64x2.mul(pair(at, 16), x23))));
  }
}
