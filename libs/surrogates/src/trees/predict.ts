/** Predictions of many rows by many trees: a block of rows at a time goes through all trees, in lock step where every column holds numbers. */
import type { Matrix } from '@ionloop/linalg';
import { codeCategories, hasCategories, leafAt, treeCount, type Trees } from './trees.js';

const { isNaN } = Number;
const { min } = Math;
const rowsPerBlock = 512;

/** Moments over trees at each row: the mean of their values, the sum of squared distances from it, the sum of variances within leaves. */
export interface Moments {
  readonly mean: Float64Array;
  readonly squares: Float64Array;
  readonly within: Float64Array;
}

/** Calls `visit(tree, firstRow, leaves, count)` for each tree and block of rows; `leaves` holds the block's leaves. */
export function visitLeaves(
  trees: Trees,
  X: Matrix,
  from: number,
  to: number,
  visit: (tree: number, firstRow: number, leaves: Int32Array, count: number) => void,
): void {
  const categorical = hasCategories(trees);
  const { data, cols } = categorical ? codeCategories(trees, X) : X;
  const leaves = new Int32Array(rowsPerBlock);
  for (let first = 0; first < X.rows; first += rowsPerBlock) {
    const count = min(rowsPerBlock, X.rows - first);
    const plain = !categorical && !hasGaps(data, first * cols, (first + count) * cols);
    for (let t = from; t < to; t++) {
      if (plain) leavesInStep(trees, t, data, cols, first, count, leaves);
      else for (let i = 0; i < count; i++) leaves[i] = leafAt(trees, t, data, (first + i) * cols);
      visit(t, first, leaves, count);
    }
  }
}

function hasGaps(data: Float64Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isNaN(data[at]!)) return true;
  return false;
}

/** Four rows descend side by side, so that the processor need not wait for one before it looks at the next. */
function leavesInStep(
  { start, feature, threshold, left }: Trees,
  t: number,
  x: Float64Array,
  cols: number,
  first: number,
  count: number,
  leaves: Int32Array,
): void {
  const root = start[t]!;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at0 = (first + i) * cols;
    const at1 = at0 + cols;
    const at2 = at1 + cols;
    const at3 = at2 + cols;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    for (;;) {
      const fa = feature[a]!;
      const fb = feature[b]!;
      const fc = feature[c]!;
      const fd = feature[d]!;
      if ((fa & fb & fc & fd) < 0) break;
      // A leaf stays where it is: left names itself, and −1 picks a number that is not looked at.
      if (fa >= 0) a = left[a]! + (x[at0 + fa]! > threshold[a]! ? 1 : 0);
      if (fb >= 0) b = left[b]! + (x[at1 + fb]! > threshold[b]! ? 1 : 0);
      if (fc >= 0) c = left[c]! + (x[at2 + fc]! > threshold[c]! ? 1 : 0);
      if (fd >= 0) d = left[d]! + (x[at3 + fd]! > threshold[d]! ? 1 : 0);
    }
    leaves[i] = a;
    leaves[i + 1] = b;
    leaves[i + 2] = c;
    leaves[i + 3] = d;
  }
  for (; i < count; i++) {
    let node = root;
    for (let j = feature[node]!; j >= 0; j = feature[node]!)
      node = left[node]! + (x[(first + i) * cols + j]! > threshold[node]! ? 1 : 0);
    leaves[i] = node;
  }
}

/** Σ of the values that trees from … to − 1 give each row, added to `sums`. */
export function addValues(
  trees: Trees,
  X: Matrix,
  sums: Float64Array,
  from = 0,
  to = treeCount(trees),
): void {
  const { value } = trees;
  visitLeaves(trees, X, from, to, (_tree, first, leaves, count) => {
    for (let i = 0; i < count; i++) sums[first + i] = sums[first + i]! + value[leaves[i]!]!;
  });
}

export function momentsOver(trees: Trees, X: Matrix): Moments {
  const { value, variance } = trees;
  const mean = new Float64Array(X.rows);
  const squares = new Float64Array(X.rows);
  const within = new Float64Array(X.rows);
  // Welford's recurrence: where all trees agree, the mean is their value and the squares are 0, exactly.
  visitLeaves(trees, X, 0, treeCount(trees), (tree, first, leaves, count) => {
    const share = 1 / (tree + 1);
    for (let i = 0; i < count; i++) {
      const at = first + i;
      const leaf = leaves[i]!;
      const off = value[leaf]! - mean[at]!;
      mean[at] = mean[at]! + off * share;
      squares[at] = squares[at]! + off * (value[leaf]! - mean[at]);
      within[at] = within[at]! + variance[leaf]!;
    }
  });
  return { mean, squares, within };
}
