/** Which training rows lie in which leaf, and the quantiles of their responses that follow from it (Meinshausen 2006). */
import { InvalidArgumentError, matrix, type Matrix } from '@ionloop/linalg';
import { visitLeaves } from './predict.js';
import { treeCount, type Trees } from './trees.js';

/** Models that can say below which value the response lies with a given probability. */
export interface HasQuantiles {
  /** (m, number of levels): the quantiles of a measurement at the rows of X, each level in 0 … 1. */
  quantiles(X: Matrix, levels: readonly number[]): Matrix;
}

export function hasQuantiles(model: object): model is HasQuantiles {
  return 'quantiles' in model;
}

export function requireLevels(levels: readonly number[]): void {
  for (const level of levels)
    if (!(level >= 0 && level <= 1))
      throw new InvalidArgumentError('levels', `must lie in 0 … 1; found ${level}`);
}

/** (T·n): the leaf of row i in tree t, counted from the tree's root. */
export function leavesOfRows(trees: Trees, X: Matrix): Int32Array {
  const result = new Int32Array(treeCount(trees) * X.rows);
  visitLeaves(trees, X, 0, treeCount(trees), (tree, first, leaves, count) => {
    const root = trees.start[tree]!;
    for (let i = 0; i < count; i++) result[tree * X.rows + first + i] = leaves[i]! - root;
  });
  return result;
}

/** The rows of every leaf together: those of node k are rows[begin[k] … begin[k + 1]). */
interface Members {
  readonly begin: Int32Array;
  readonly rows: Int32Array;
}

function membersOf(trees: Trees, leafOfRow: Int32Array, n: number): Members {
  const begin = new Int32Array(trees.feature.length + 1);
  const node = (at: number) => trees.start[(at / n) | 0]! + leafOfRow[at]!;
  for (let at = 0; at < leafOfRow.length; at++) begin[node(at) + 1]! += 1;
  for (let k = 0; k + 1 < begin.length; k++) begin[k + 1]! += begin[k]!;
  const next = begin.slice();
  const rows = new Int32Array(leafOfRow.length);
  for (let at = 0; at < leafOfRow.length; at++) rows[next[node(at)]!++] = at % n;
  return { begin, rows };
}

/** A row counts, in each tree, as its share of the weight in the leaf that x falls into. */
export function quantilesFromLeaves(
  trees: Trees,
  leafOfRow: Int32Array,
  y: Float64Array,
  weights: Float64Array,
  X: Matrix,
  levels: readonly number[],
): Matrix {
  requireLevels(levels);
  const n = y.length;
  const { begin, rows } = membersOf(trees, leafOfRow, n);
  const byResponse = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => y[a]! - y[b]! || a - b);
  const result = matrix(X.rows, levels.length);
  const shares = new Float64Array(n);
  for (let i = 0; i < X.rows; i++) {
    shares.fill(0);
    const one = matrix(1, X.cols, X.data.slice(i * X.cols, (i + 1) * X.cols));
    visitLeaves(trees, one, 0, treeCount(trees), (_tree, _first, leaves) => {
      const leaf = leaves[0]!;
      let total = 0;
      for (let at = begin[leaf]!; at < begin[leaf + 1]!; at++) total += weights[rows[at]!]!;
      for (let at = begin[leaf]!; at < begin[leaf + 1]!; at++)
        shares[rows[at]!]! += total > 0 ? weights[rows[at]!]! / total : 0;
    });
    const all = shares.reduce((sum, share) => sum + share, 0);
    levels.forEach((level, k) => {
      result.data[i * levels.length + k] = quantileOf(y, shares, byResponse, level * all);
    });
  }
  return result;
}

/** The least response up to which the shares sum to `wanted`, rounding aside. */
function quantileOf(y: Float64Array, shares: Float64Array, byResponse: Int32Array, wanted: number): number {
  let sum = 0;
  let last = 0;
  for (const row of byResponse) {
    if (shares[row] === 0) continue;
    sum += shares[row]!;
    last = y[row]!;
    if (sum >= wanted * (1 - 1e-12)) return last;
  }
  return last;
}
