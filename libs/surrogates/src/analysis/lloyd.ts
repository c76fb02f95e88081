/** Lloyd's steps from k centres (k,d): each row to its nearest centre, each centre to the mean of its rows, until the centres rest. */
import type { Matrix } from '@ionloop/linalg';
import { sizesOf } from './labels.js';

const { sqrt } = Math;

export interface Settled {
  readonly centres: Matrix;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly converged: boolean;
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

/** `centres` are moved; at rest is what moves by at most `rest`, squared and summed over all. */
export function lloyd(X: Matrix, centres: Matrix, iterations: number, rest: number): Settled {
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
  // The last move may have left a centre without rows.
  for (let more = 0; more <= centres.rows; more++) {
    measureAgain(found);
    assign(X, centres, found);
    if (sizesOf(found.labels, centres.rows).every((size) => size > 0)) break;
    moveCentres(X, centres, found);
  }
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
  return squares.reduce((sum, square) => sum + square, 0);
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
