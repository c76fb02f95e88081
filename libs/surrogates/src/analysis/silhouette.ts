/**
 * Silhouettes (Rousseeuw 1987): with a the mean distance of a row from the others of its cluster and b that from the nearest other
 * cluster, s = (b − a)/max(a, b), in −1 … 1; 0 for a row alone in its cluster.
 */
import { InvalidArgumentError, requireCount, selectRows, type Matrix, type Philox } from '@ionloop/linalg';
import { kMeans, type KMeansOptions } from './kMeans.js';
import { requireLabels, sizesOf } from './labels.js';
import { meanOf, requireTable, squaredDistance } from './table.js';

const { max, min, sqrt } = Math;

/** The work grows with n²: beyond this many rows take a sample of them. */
export const largestSilhouette = 20_000;

export interface Silhouette {
  readonly mean: number;
  /** (n) */
  readonly values: readonly number[];
}

/** Of rows X (n,d) in at least two clusters. O(n²·d). */
export function silhouette(X: Matrix, labels: ArrayLike<number>): Silhouette {
  requireTable('X', X, 2);
  if (X.rows > largestSilhouette)
    throw new InvalidArgumentError('X', `must have at most ${largestSilhouette} rows, not ${X.rows}`);
  requireLabels(labels, X.rows);
  const names = [...new Set(Array.from(labels))];
  if (names.length < 2) throw new InvalidArgumentError('labels', 'must name at least two clusters');
  const number = new Map(names.map((label, c) => [label, c]));
  const own = Int32Array.from(Array.from(labels), (label) => number.get(label)!);
  const sizes = sizesOf(own, names.length);
  const sums = distanceSums(X, own, names.length);
  const values = Array.from(own, (label, i) =>
    silhouetteOf(sums.subarray(i * names.length, (i + 1) * names.length), sizes, label),
  );
  return { mean: meanOf(values), values };
}

/** (n,k): the sum of the distances of each row from the rows of each cluster. */
function distanceSums(X: Matrix, labels: Int32Array, k: number): Float64Array {
  const { rows: n, cols: d, data } = X;
  const sums = new Float64Array(n * k);
  for (let i = 1; i < n; i++) {
    const to = i * k;
    const label = labels[i]!;
    for (let j = 0; j < i; j++) {
      const distance = sqrt(squaredDistance(data, i, data, j, d));
      const at = to + labels[j]!;
      sums[at] = sums[at]! + distance;
      const back = j * k + label;
      sums[back] = sums[back]! + distance;
    }
  }
  return sums;
}

function silhouetteOf(sums: Float64Array, sizes: readonly number[], label: number): number {
  if (sizes[label] === 1) return 0;
  const a = sums[label]! / (sizes[label]! - 1);
  let b = Infinity;
  sizes.forEach((size, c) => {
    if (c !== label) b = min(b, sums[c]! / size);
  });
  const larger = max(a, b);
  return larger > 0 ? (b - a) / larger : 0;
}

export interface ClusterCountOptions extends KMeansOptions {
  /** 2 where it is left out. */
  readonly from?: number;
  /** 10, or n − 1 where there are fewer rows, where it is left out. */
  readonly to?: number;
  /** Silhouettes are taken of at most so many rows, drawn at random; 2000 where it is left out. */
  readonly rows?: number;
}

export interface ClusterCounts {
  /** The k of the largest mean silhouette, the first of equals. Whether there are clusters at all it cannot say: 1 is not tried. */
  readonly best: number;
  readonly tried: readonly { readonly k: number; readonly inertia: number; readonly silhouette: number }[];
}

/** How many clusters k-means should look for. */
export function chooseClusters(X: Matrix, rng: Philox, options: ClusterCountOptions = {}): ClusterCounts {
  requireTable('X', X, 3);
  const { from = 2, to = min(10, X.rows - 1), rows = 2000, ...forKMeans } = options;
  requireCount('options.from', from, 2);
  requireCount('options.to', to, from);
  if (to > X.rows)
    throw new InvalidArgumentError('options.to', `must be at most the number of rows, ${X.rows}`);
  requireCount('options.rows', rows, 3);
  const chosen =
    X.rows > rows ? rng.split('rows').choose(X.rows, rows) : Array.from({ length: X.rows }, (_, i) => i);
  const some = selectRows(X, chosen);
  const tried = Array.from({ length: to - from + 1 }, (_, i) => {
    const k = from + i;
    const { labels, inertia } = kMeans(X, k, rng.split(`k ${k}`), forKMeans);
    const seen = chosen.map((at) => labels[at]!);
    // A sample may miss all clusters but one.
    const score = new Set(seen).size > 1 ? silhouette(some, seen).mean : 0;
    return { k, inertia, silhouette: score };
  });
  const best = tried.reduce((most, one) => (one.silhouette > most.silhouette ? one : most));
  return { best: best.k, tried };
}
