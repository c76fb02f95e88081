/**
 * The k nearest rows to each of m points, by brute force in blocks that stay in the cache. Squared distance: of numbers (a − b)², of
 * categories 0 where they are equal and `mismatch` where not. Of equally near rows the first counts as nearer.
 */
import type { Matrix } from '@ionloop/linalg';

const { min } = Math;

export interface Neighbours {
  readonly k: number;
  /** (m,k) numbers of rows, nearest first */
  readonly rows: Int32Array;
  /** (m,k) */
  readonly squaredDistances: Float64Array;
}

/** Two different values of a number that is spread evenly are as far apart on average, in units of its spread squared. */
const mismatch = 2;
const pointsPerBlock = 32;
const rowsPerBlock = 128;

/** `isCategory` (d) marks columns of categories; with `leaveOut` point i must not find row i. */
export function nearest(
  points: Matrix,
  among: Matrix,
  k: number,
  isCategory: Uint8Array,
  leaveOut = false,
): Neighbours {
  const { rows: m, cols: d } = points;
  const n = among.rows;
  const rows = new Int32Array(m * k).fill(-1);
  const squaredDistances = new Float64Array(m * k).fill(Infinity);
  for (let p0 = 0; p0 < m; p0 += pointsPerBlock)
    for (let r0 = 0; r0 < n; r0 += rowsPerBlock)
      for (let p = p0; p < min(p0 + pointsPerBlock, m); p++)
        for (let r = r0; r < min(r0 + rowsPerBlock, n); r++) {
          if (leaveOut && p === r) continue;
          const distance = squaredDistance(points.data, p * d, among.data, r * d, d, isCategory);
          if (distance < squaredDistances[p * k + k - 1]!)
            insert(rows, squaredDistances, p * k, k, r, distance);
        }
  return { k, rows, squaredDistances };
}

function squaredDistance(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  d: number,
  isCategory: Uint8Array,
): number {
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const off = a[atA + j]! - b[atB + j]!;
    sum += isCategory[j] === 0 ? off * off : off === 0 ? 0 : mismatch;
  }
  return sum;
}

function insert(
  rows: Int32Array,
  distances: Float64Array,
  offset: number,
  k: number,
  row: number,
  distance: number,
): void {
  let place = k - 1;
  for (; place > 0 && distances[offset + place - 1]! > distance; place--) {
    distances[offset + place] = distances[offset + place - 1]!;
    rows[offset + place] = rows[offset + place - 1]!;
  }
  distances[offset + place] = distance;
  rows[offset + place] = row;
}
