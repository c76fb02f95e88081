/**
 * Agglomerative clustering by Ward's rule: of all pairs of clusters those two are merged whose union adds least to Σ‖row − mean of its cluster‖²; a
 * merge's height is √(2·what it adds), which for two rows is their distance. By chains of nearest neighbours (Murtagh 1983), with
 * Lance and Williams' update, on the squared distances of X (n,d) in condensed form: n(n − 1)/2 doubles, 100 MB for n = 5000. O(n²·d + n²).
 */
import { InvalidArgumentError, type Matrix } from '@ionloop/linalg';
import { bySize, requireClusters } from './labels.js';
import { condensedSquares, requireTable } from './table.js';

const { sqrt } = Math;

/** Its condensed distances take 400 MB. */
export const largestWard = 10_000;

/** Clusters are numbered: 0 … n − 1 the rows, n + i what merge i made. */
export interface Merge {
  /** The smaller number of the two. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** The number of rows in the union. */
  readonly size: number;
}

export interface Dendrogram {
  readonly n: number;
  /** (n − 1), by rising height */
  readonly merges: readonly Merge[];
}

export function ward(X: Matrix): Dendrogram {
  requireTable('X', X, 1);
  if (X.rows > largestWard)
    throw new InvalidArgumentError(
      'X',
      `must have at most ${largestWard} rows, not ${X.rows}: the distances of all pairs are held in memory`,
    );
  return { n: X.rows, merges: numbered(X.rows, mergeByChains(X.rows, condensedSquares(X))) };
}

/** The clusters of the rows when the tree is cut to k of them, the largest first. */
export function cutToClusters({ n, merges }: Dendrogram, k: number): number[] {
  requireClusters(k, n);
  return cutAfter(n, merges, n - k);
}

/** The clusters of the rows after all merges of at most this height, the largest first. */
export function cutAtHeight({ n, merges }: Dendrogram, height: number): number[] {
  if (!(height >= 0)) throw new InvalidArgumentError('height', `must be at least 0, not ${height}`);
  return cutAfter(n, merges, merges.filter((merge) => merge.height <= height).length);
}

/** The rows in an order in which the branches of the drawn tree do not cross: left before right. */
export function leafOrder({ n, merges }: Dendrogram): number[] {
  const order: number[] = [];
  const open = n > 0 ? [2 * n - 2] : [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < n) order.push(node);
    else open.push(merges[node - n]!.right, merges[node - n]!.left);
  }
  return order;
}

function cutAfter(n: number, merges: readonly Merge[], count: number): number[] {
  const above = new Int32Array(2 * n).fill(-1);
  merges.slice(0, count).forEach(({ left, right }, i) => (above[left] = above[right] = n + i));
  // Parents have larger numbers than their children: from the top, each knows its root before it is asked.
  const root = Int32Array.from(above.keys());
  for (let node = 2 * n - 1; node >= 0; node--) if (above[node]! >= 0) root[node] = root[above[node]!]!;
  return bySize(root.subarray(0, n));
}

/** A merge of two clusters, each named by one row in it. */
interface RawMerge {
  readonly a: number;
  readonly b: number;
  readonly square: number;
}

/** Follows nearest neighbours until two are each other's, merges them, and goes on from where the chain then ends. */
function mergeByChains(n: number, squares: Float64Array): RawMerge[] {
  // Where the pair (i, j), i < j, stands: start[i] + j.
  const start = Float64Array.from({ length: n }, (_, i) => n * i - (i * (i + 1)) / 2 - i - 1);
  const sizes = new Float64Array(n).fill(1);
  const chain: number[] = [];
  const merges: RawMerge[] = [];
  let first = 0;
  while (merges.length < n - 1) {
    if (chain.length === 0) {
      while (sizes[first] === 0) first++;
      chain.push(first);
    }
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    const near = nearestOf(tip, before, n, start, sizes, squares);
    if (near !== before) {
      chain.push(near);
      continue;
    }
    chain.length -= 2;
    const [a, b] = tip < near ? [tip, near] : [near, tip];
    merges.push({ a, b, square: squares[start[a]! + b]! });
    join(a, b, n, start, sizes, squares);
  }
  return merges;
}

/** The nearest other cluster; of equally near ones `before`, then the first, so that chains end. */
function nearestOf(
  tip: number,
  before: number | undefined,
  n: number,
  start: Float64Array,
  sizes: Float64Array,
  squares: Float64Array,
): number {
  let near = before ?? -1;
  let least =
    before === undefined ? Infinity : squares[before < tip ? start[before]! + tip : start[tip]! + before]!;
  for (let i = 0; i < tip; i++) {
    if (sizes[i] === 0) continue;
    const square = squares[start[i]! + tip]!;
    if (square < least || near < 0) {
      least = square;
      near = i;
    }
  }
  for (let i = tip + 1, at = start[tip]! + tip + 1; i < n; i++, at++) {
    if (sizes[i] === 0) continue;
    const square = squares[at]!;
    if (square < least || near < 0) {
      least = square;
      near = i;
    }
  }
  return near;
}

/** b becomes the union of a and b, and a is no more. */
function join(
  a: number,
  b: number,
  n: number,
  start: Float64Array,
  sizes: Float64Array,
  squares: Float64Array,
): void {
  const sizeA = sizes[a]!;
  const sizeB = sizes[b]!;
  const between = squares[start[a]! + b]!;
  for (let i = 0; i < n; i++) {
    const size = sizes[i]!;
    if (size === 0 || i === a || i === b) continue;
    const toA = i < a ? start[i]! + a : start[a]! + i;
    const toB = i < b ? start[i]! + b : start[b]! + i;
    squares[toB] =
      ((size + sizeA) * squares[toA]! + (size + sizeB) * squares[toB]! - size * between) /
      (size + sizeA + sizeB);
  }
  sizes[a] = 0;
  sizes[b] = sizeA + sizeB;
}

/** By height, with the numbers of the clusters that rows stand for at that point. */
function numbered(n: number, raw: readonly RawMerge[]): Merge[] {
  const order = Array.from(raw.keys()).sort((a, b) => raw[a]!.square - raw[b]!.square || a - b);
  const parent = Int32Array.from({ length: 2 * n }, (_, i) => i);
  const sizes = new Int32Array(2 * n).fill(1);
  const top = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  return order.map((from, i) => {
    const { a, b, square } = raw[from]!;
    const one = top(a);
    const other = top(b);
    const node = n + i;
    parent[one] = parent[other] = node;
    sizes[node] = sizes[one]! + sizes[other]!;
    const [left, right] = one < other ? [one, other] : [other, one];
    return { left, right, height: sqrt(square), size: sizes[node] };
  });
}
