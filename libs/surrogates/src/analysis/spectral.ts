/**
 * Spectral clustering (Ng, Jordan and Weiss 2001): rows of X (n,d) that are linked by chains of alike rows come together, whatever shape they form. With W
 * the affinities and D their row sums, the eigenvectors of the k smallest eigenvalues of L = I − D^(−½)·W·D^(−½), the rows of this
 * (n,k) table brought to length 1, and k-means on them. Columns count as they are: scale them first.
 */
import {
  InvalidArgumentError,
  matrix,
  requireCount,
  toRows,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { affinityOf, type AffinityOptions } from './affinity.js';
import { kMeans, type KMeansOptions } from './kMeans.js';
import { requireClusters } from './labels.js';
import { leadingEigen, type SparseMatrix } from './leadingEigen.js';
import { requireTable } from './table.js';

const { max, min, sqrt } = Math;

/** The affinities of all pairs, which `rbf` keeps, take up to 300 MB while they are gathered. */
export const largestSpectral = 3000;

export interface SpectralOptions extends KMeansOptions {
  /** The ten nearest rows where it is left out. */
  readonly affinity?: AffinityOptions;
  /** How many eigenvalues to report, at least k; k + 5 where it is left out. */
  readonly eigenvalues?: number;
}

export interface SpectralClusters {
  /** (n), the largest cluster first */
  readonly labels: readonly number[];
  /** (k) */
  readonly sizes: readonly number[];
  /** Of L, rising, in 0 … 2: as many zeros as there are separate pieces; a gap after the k-th speaks for k clusters. */
  readonly eigenvalues: readonly number[];
  /** (n,k): the rows that k-means saw */
  readonly embedding: readonly (readonly number[])[];
}

/** A row that is like no other is a piece of its own. Where there are more than k pieces, which of them share a label is left to the stream. */
export function spectralClusters(
  X: Matrix,
  k: number,
  rng: Philox,
  options: SpectralOptions = {},
): SpectralClusters {
  requireTable('X', X, 2);
  if (X.rows > largestSpectral)
    throw new InvalidArgumentError('X', `must have at most ${largestSpectral} rows, not ${X.rows}`);
  requireClusters(k, X.rows);
  const { affinity = { kind: 'nearest' }, eigenvalues: reported = k + 5, ...forKMeans } = options;
  requireCount('options.eigenvalues', reported, k);
  const W = affinityOf(X, affinity);
  const sums = rowSums(W);
  // exp(−γ‖x − x′‖²), with its diagonal, has no eigenvalue below 0: without it, none of D^(−½)·W·D^(−½) lies below −1/min D.
  const lowest = affinity.kind === 'rbf' ? max(-1, -1 / min(...sums.filter((sum) => sum > 0)) - 1e-9) : -1;
  const found = leadingEigen(normalised(W, sums), min(X.rows, reported), lowest, rng.split('eigenvectors'));
  const embedding = unitRows(found.vectors, k);
  const { labels, sizes } = kMeans(embedding, k, rng.split('clusters'), forKMeans);
  const eigenvalues = found.values.map((value) => max(0, 1 - value));
  return { labels, sizes, eigenvalues, embedding: toRows(embedding) };
}

/** D (n) */
function rowSums({ n, start, value }: SparseMatrix): Float64Array {
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let at = start[i]!; at < start[i + 1]!; at++) sums[i] = sums[i]! + value[at]!;
  return sums;
}

/** D^(−½)·W·D^(−½), with 1 on the diagonal of a row that has no affinities. */
function normalised({ n, start, column, value }: SparseMatrix, sums: Float64Array): SparseMatrix {
  const alone = (i: number) => (start[i] === start[i + 1] ? 1 : 0);
  const begin = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) begin[i + 1] = begin[i]! + start[i + 1]! - start[i]! + alone(i);
  const columns = new Int32Array(begin[n]!);
  const values = new Float64Array(begin[n]!);
  for (let i = 0; i < n; i++) {
    let to = begin[i]!;
    for (let at = start[i]!; at < start[i + 1]!; at++, to++) {
      columns[to] = column[at]!;
      values[to] = value[at]! / sqrt(sums[i]! * sums[column[at]!]!);
    }
    if (alone(i) === 1) {
      columns[to] = i;
      values[to] = 1;
    }
  }
  return { n, start: begin, column: columns, value: values };
}

/** The first k columns, each row of length 1, or 0 where it is 0. */
function unitRows(vectors: Matrix, k: number): Matrix {
  const rows = matrix(vectors.rows, k);
  for (let i = 0; i < vectors.rows; i++) {
    const parts = vectors.data.subarray(i * vectors.cols, i * vectors.cols + k);
    let square = 0;
    for (const part of parts) square += part * part;
    const length = sqrt(square) || 1;
    rows.data.set(
      parts.map((part) => part / length),
      i * k,
    );
  }
  return rows;
}
