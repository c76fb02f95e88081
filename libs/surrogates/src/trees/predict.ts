/**
 * Predictions of many rows by many trees: a block of rows at a time goes through all trees, eight rows in step, or one by one where there are categories.
 */
import type { Matrix } from '@ionloop/linalg';
import { codeCategories, hasCategories, leafAt, treeCount, type Trees } from './trees.js';
import { openWorkspace, type Kernels, type Workspace } from './workspace.js';

const { isNaN } = Number;
const { min } = Math;
const rowsPerBlock = 2048;
/** For fewer rows it does not pay to lay the trees out for the kernels. */
const fewRows = 64;

/** Moments over trees at each row: the mean of their values, the sum of squared distances from it, the sum of variances within leaves. */
export interface Moments {
  readonly mean: Float64Array;
  readonly squares: Float64Array;
  readonly within: Float64Array;
}

/** Calls `visit(tree, firstRow, leaves, count)` for each tree from … to − 1 and block of rows; `leaves` holds the block's leaves. */
export function visitLeaves(
  trees: Trees,
  X: Matrix,
  from: number,
  to: number,
  visit: (tree: number, firstRow: number, leaves: Int32Array, count: number) => void,
): void {
  const used = inStep(trees, X, (layout, kernels, first, count, gaps) => {
    const { nodes, roots, x, leaves } = layout;
    for (let t = from; t < to; t++) {
      kernels.descend(nodes.byteOffset, roots[t]!, x.byteOffset, X.cols, count, gaps, leaves.byteOffset);
      visit(t, first, leaves, count);
    }
  });
  if (used) return;
  const { data, cols } = hasCategories(trees) ? codeCategories(trees, X) : X;
  const leaves = new Int32Array(rowsPerBlock);
  for (let first = 0; first < X.rows; first += rowsPerBlock) {
    const count = min(rowsPerBlock, X.rows - first);
    for (let t = from; t < to; t++) {
      for (let i = 0; i < count; i++) leaves[i] = leafAt(trees, t, data, (first + i) * cols);
      visit(t, first, leaves, count);
    }
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
  const used = inStep(trees, X, (layout, kernels, first, count, gaps) => {
    const { nodes, said, roots, x, leaves, mean } = layout;
    mean.set(sums.subarray(first, first + count));
    kernels.addValues(
      nodes.byteOffset,
      said.byteOffset,
      roots.byteOffset,
      from,
      to,
      x.byteOffset,
      X.cols,
      count,
      gaps,
      leaves.byteOffset,
      mean.byteOffset,
    );
    sums.set(mean.subarray(0, count), first);
  });
  if (used) return;
  const { value } = trees;
  visitLeaves(trees, X, from, to, (_tree, first, leaves, count) => {
    for (let i = 0; i < count; i++) sums[first + i] = sums[first + i]! + value[leaves[i]!]!;
  });
}

/** By Welford's recurrence: where all trees agree, the mean is their value and the squares are 0, exactly. */
export function momentsOver(trees: Trees, X: Matrix): Moments {
  const mean = new Float64Array(X.rows);
  const squares = new Float64Array(X.rows);
  const within = new Float64Array(X.rows);
  const used = inStep(trees, X, (layout, kernels, first, count, gaps) => {
    for (const array of [layout.mean, layout.squares, layout.within]) array.fill(0);
    kernels.addMoments(
      layout.nodes.byteOffset,
      layout.said.byteOffset,
      layout.roots.byteOffset,
      0,
      treeCount(trees),
      layout.x.byteOffset,
      X.cols,
      count,
      gaps,
      layout.leaves.byteOffset,
      layout.mean.byteOffset,
      layout.squares.byteOffset,
      layout.within.byteOffset,
    );
    mean.set(layout.mean.subarray(0, count), first);
    squares.set(layout.squares.subarray(0, count), first);
    within.set(layout.within.subarray(0, count), first);
  });
  if (used) return { mean, squares, within };
  const { value, variance } = trees;
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

type Layout = Workspace<ReturnType<typeof layoutShape>>['arrays'];

function layoutShape(nodes: number, trees: number, cols: number) {
  return {
    /** Threshold, left child, feature: 16 bytes a node. */
    nodes: ['f64', 2 * nodes],
    /** Value and variance of each. */
    said: ['f64', 2 * nodes],
    roots: ['i32', trees],
    x: ['f64', rowsPerBlock * cols],
    leaves: ['i32', rowsPerBlock],
    mean: ['f64', rowsPerBlock],
    squares: ['f64', rowsPerBlock],
    within: ['f64', rowsPerBlock],
  } as const;
}

/** Calls `work` for each block of rows, which then stand in `x`, and whether they have gaps; false where the rows have to go one by one. */
function inStep(
  trees: Trees,
  X: Matrix,
  work: (layout: Layout, kernels: Kernels, first: number, count: number, gaps: number) => void,
): boolean {
  if (X.rows < fewRows || hasCategories(trees) || treeCount(trees) === 0) return false;
  const { arrays, kernels, close } = openWorkspace(
    layoutShape(trees.feature.length, treeCount(trees), X.cols),
  );
  try {
    if (kernels === undefined) return false;
    layOut(trees, arrays);
    for (let first = 0; first < X.rows; first += rowsPerBlock) {
      const count = min(rowsPerBlock, X.rows - first);
      arrays.x.set(X.data.subarray(first * X.cols, (first + count) * X.cols));
      work(arrays, kernels, first, count, hasGaps(arrays.x, count * X.cols) ? 1 : 0);
    }
    return true;
  } finally {
    close();
  }
}

function hasGaps(x: Float64Array, count: number): boolean {
  for (let at = 0; at < count; at++) if (isNaN(x[at]!)) return true;
  return false;
}

function layOut(trees: Trees, { nodes, said, roots }: Layout): void {
  const { feature, threshold, left, gapsLeft, value, variance } = trees;
  const links = new Int32Array(nodes.buffer, nodes.byteOffset, 2 * nodes.length);
  for (let k = 0; k < feature.length; k++) {
    const j = feature[k]!;
    nodes[2 * k] = j < 0 ? Infinity : threshold[k]!;
    links[4 * k + 2] = left[k]!;
    links[4 * k + 3] = j < 0 ? 0 : 8 * j + 1 - gapsLeft[k]!;
    said[2 * k] = value[k]!;
    said[2 * k + 1] = variance[k]!;
  }
  roots.set(trees.start.subarray(0, roots.length));
}
