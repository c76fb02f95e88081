/**
 * k-means: k centres in the space of X (n,d), each row with its nearest, so that the inertia, Σ‖row − its centre‖², is small. Seeds by greedy k-means++
 * (Arthur and Vassilvitskii 2007), then Lloyd's steps; the best of several restarts. Columns count as they are: scale them first.
 */
import {
  log,
  matrix,
  requireCount,
  InvalidArgumentError,
  toRows,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { bySize, requireClusters, sizesOf } from './labels.js';
import { lloyd, type Settled } from './lloyd.js';
import { columnOf, requireTable, spreadOf, squaredDistance } from './table.js';

const { floor } = Math;

export interface KMeansOptions {
  /** 10 where it is left out. */
  readonly restarts?: number;
  /** Of one restart at most; 300 where it is left out. */
  readonly iterations?: number;
  /** Centres that move, all together, by less than this share of a column's standard deviation are at rest; 0.01 where it is left out. */
  readonly tolerance?: number;
}

export interface KMeans {
  readonly k: number;
  /** (k,d), the largest cluster first */
  readonly centres: readonly (readonly number[])[];
  /** (n) */
  readonly labels: readonly number[];
  /** (k) */
  readonly sizes: readonly number[];
  readonly inertia: number;
  /** Whether the centres of the best restart came to rest. */
  readonly converged: boolean;
}

/** O(restarts · iterations · n·k·d). */
export function kMeans(X: Matrix, k: number, rng: Philox, options: KMeansOptions = {}): KMeans {
  requireTable('X', X, 1);
  requireClusters(k, X.rows);
  const { restarts = 10, iterations = 300, tolerance = 0.01 } = options;
  requireCount('options.restarts', restarts, 1);
  requireCount('options.iterations', iterations, 1);
  if (!(tolerance >= 0))
    throw new InvalidArgumentError('options.tolerance', `must be at least 0, not ${tolerance}`);
  const rest = tolerance * tolerance * meanVariance(X);
  let best: Settled | undefined;
  for (let r = 0; r < restarts; r++) {
    const run = lloyd(X, seedCentres(X, k, rng.split(`restart ${r}`)), iterations, rest);
    if (!best || run.inertia < best.inertia) best = run;
  }
  return described(best!, k);
}

function described({ centres, labels, inertia, converged }: Settled, k: number): KMeans {
  const renamed = bySize(labels);
  const ordered: number[][] = [];
  const rows = toRows(centres);
  renamed.forEach((label, i) => (ordered[label] = rows[labels[i]!]!));
  return { k, centres: ordered, labels: renamed, sizes: sizesOf(renamed, k), inertia, converged };
}

/** Each next centre is a row, drawn by its squared distance from the centres so far; of several draws the one that lowers the inertia most. */
function seedCentres(X: Matrix, k: number, rng: Philox): Matrix {
  const { rows: n, cols: d } = X;
  const draws = 2 + floor(log(k));
  const centres = matrix(k, d);
  const take = (row: number, c: number) => centres.data.set(X.data.subarray(row * d, (row + 1) * d), c * d);
  take(rng.integer(n), 0);
  let nearest = distancesFrom(X, centres, 0, new Float64Array(n).fill(Infinity));
  for (let c = 1; c < k; c++) {
    const total = sumOf(nearest);
    if (!(total > 0))
      throw new InvalidArgumentError('k', `must be at most the number of different rows, ${c}, not ${k}`);
    let best: { row: number; nearest: Float64Array; total: number } | undefined;
    for (let draw = 0; draw < draws; draw++) {
      const row = weightedRow(nearest, total, rng.uniform());
      take(row, c);
      const then = distancesFrom(X, centres, c, nearest);
      const inertia = sumOf(then);
      if (!best || inertia < best.total) best = { row, nearest: then, total: inertia };
    }
    take(best!.row, c);
    nearest = best!.nearest;
  }
  return centres;
}

/** The squared distance of each row from centre c, where that is nearer than `before`. */
function distancesFrom(X: Matrix, centres: Matrix, c: number, before: Float64Array): Float64Array {
  const nearest = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    const distance = squaredDistance(X.data, i, centres.data, c, X.cols);
    nearest[i] = distance < before[i]! ? distance : before[i]!;
  }
  return nearest;
}

function weightedRow(weights: Float64Array, total: number, share: number): number {
  let left = share * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    last = i;
    if (left < weight) return i;
    left -= weight;
  }
  return last;
}

function meanVariance(X: Matrix): number {
  if (X.rows < 2) return 0;
  let sum = 0;
  for (let j = 0; j < X.cols; j++) {
    const spread = spreadOf(columnOf(X, j));
    sum += spread * spread;
  }
  return sum / X.cols;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
