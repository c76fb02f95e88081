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
import { columnOf, requireTable, spreadOf, squaredDistance } from './table.js';

const { floor, sqrt } = Math;

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

interface Run {
  readonly centres: Matrix;
  readonly labels: Int32Array;
  readonly inertia: number;
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
  let best: Run | undefined;
  for (let r = 0; r < restarts; r++) {
    const run = lloyd(X, seedCentres(X, k, rng.split(`restart ${r}`)), iterations, rest);
    if (!best || run.inertia < best.inertia) best = run;
  }
  return described(best!, k);
}

function described({ centres, labels, inertia, converged }: Run, k: number): KMeans {
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

/** Where each row belongs, and what is known of its distances without measuring them again (Hamerly 2010). */
interface Assignment {
  /** (n) */
  readonly labels: Int32Array;
  /** (n): at least the distance from the own centre */
  readonly own: Float64Array;
  /** (n): at most the distance from any other centre */
  readonly other: Float64Array;
}

/** What rounding may do to the bounds. */
const margin = 1 + 1e-9;

function lloyd(X: Matrix, centres: Matrix, iterations: number, rest: number): Run {
  const found: Assignment = {
    labels: new Int32Array(X.rows).fill(-1),
    own: new Float64Array(X.rows).fill(Infinity),
    other: new Float64Array(X.rows),
  };
  let converged = false;
  for (let step = 0; step < iterations && !converged; step++) {
    const changed = assign(X, centres, found);
    converged = !changed || moveCentres(X, centres, found) <= rest;
  }
  measureAgain(found);
  assign(X, centres, found);
  const inertia = found.own.reduce((sum, distance) => sum + distance * distance, 0);
  return { centres, labels: found.labels, inertia, converged };
}

/** Each row to its nearest centre, the first of equally near ones. Whether any label changed. */
function assign(X: Matrix, centres: Matrix, { labels, own, other }: Assignment): boolean {
  const { rows: n, cols: d, data } = X;
  const { rows: k, data: centre } = centres;
  const beyondAll = Infinity;
  let changed = false;
  for (let i = 0; i < n; i++) {
    if (own[i]! * margin < other[i]!) continue;
    const at = i * d;
    let label = 0;
    let least = beyondAll;
    let second = beyondAll;
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let j = 0, to = c * d; j < d; j++) {
        const step = data[at + j]! - centre[to + j]!;
        sum += step * step;
      }
      if (sum < least) {
        second = least;
        least = sum;
        label = c;
      } else if (sum < second) second = sum;
    }
    if (labels[i] !== label) changed = true;
    labels[i] = label;
    own[i] = sqrt(least);
    other[i] = sqrt(second);
  }
  return changed;
}

function measureAgain({ own, other }: Assignment): void {
  own.fill(Infinity);
  other.fill(0);
}

/** To the mean of their rows; a centre without rows takes the row that lies farthest from its own. Returns Σ‖move‖². */
function moveCentres(X: Matrix, centres: Matrix, found: Assignment): number {
  const sizes = fillEmpty(X, centres, found);
  const { labels, own, other } = found;
  const { rows: n, cols: d, data } = X;
  const sums = new Float64Array(centres.data.length);
  for (let i = 0; i < n; i++)
    for (let j = 0, at = i * d, to = labels[i]! * d; j < d; j++) sums[to + j] = sums[to + j]! + data[at + j]!;
  const squares = new Float64Array(centres.rows);
  for (let c = 0; c < centres.rows; c++)
    for (let j = 0, at = c * d; j < d; j++, at++) {
      const mean = sums[at]! / sizes[c]!;
      const step = mean - centres.data[at]!;
      squares[c] = squares[c]! + step * step;
      centres.data[at] = mean;
    }
  const moves = squares.map((square) => sqrt(square));
  const longest = moves.reduce((most, move) => (move > most ? move : most), 0);
  for (let i = 0; i < n; i++) {
    own[i] = own[i]! + moves[labels[i]!]!;
    other[i] = other[i]! - longest;
  }
  return sumOf(squares);
}

/** The sizes of the clusters once none is empty. */
function fillEmpty(X: Matrix, centres: Matrix, found: Assignment): number[] {
  const { labels, own } = found;
  const sizes = sizesOf(labels, centres.rows);
  if (sizes.every((size) => size > 0)) return sizes;
  measureAgain(found);
  assign(X, centres, found);
  sizes.forEach((size, c) => {
    if (size > 0) return;
    const far = farthest(own);
    sizes[labels[far]!]! -= 1;
    sizes[c] = 1;
    labels[far] = c;
    own[far] = 0;
  });
  measureAgain(found);
  return sizes;
}

function farthest(distances: Float64Array): number {
  let far = 0;
  for (let i = 1; i < distances.length; i++) if (distances[i]! > distances[far]!) far = i;
  return far;
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
