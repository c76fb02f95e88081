/**
 * Symmetric matrices through tridiagonal ones: A = Q·T·Qᵀ by reflections (Householder), T = Z·diag(λ)·Zᵀ by rotations (implicit QL). Qᵀ and Zᵀ are kept, whose
 * rows are what a step works on. Only +, −, ×, ÷ and √: the bits are the same everywhere.
 */
import { dot } from './dot.js';

const { abs, max, sqrt } = Math;

export interface Tridiagonal {
  /** (n) */
  readonly diagonal: Float64Array;
  /** (n): element i lies between rows i and i + 1; the last is 0. */
  readonly beside: Float64Array;
  /** Qᵀ (n,n) */
  readonly rows: Float64Array;
}

/** A row of the lower triangle at a time; A (n,n) is used up. */
export function tridiagonalise(A: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  // The reflection of step k is I − v·vᵀ/half, v in the first k elements of row k.
  const halves = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const at = k * n;
    diagonal[k] = A[at + k]!;
    halves[k] = reflector(A, at, k);
    if (halves[k] === 0) {
      beside[k - 1] = A[at + k - 1]!;
      continue;
    }
    // v's last element was x + sign(x)·‖·‖: what it was reflected to is the other part, with its sign turned.
    beside[k - 1] = reflectedTo(A, at, k, halves[k]!);
    timesVector(A, n, k, at, w);
    const half = halves[k]!;
    for (let j = 0; j < k; j++) w[j] = w[j]! / half;
    const share = dot(A, at, w, 0, k) / (2 * half);
    for (let j = 0; j < k; j++) w[j] = w[j]! - share * A[at + j]!;
    for (let i = 0; i < k; i++) {
      const vi = A[at + i]!;
      const wi = w[i]!;
      const row = i * n;
      for (let j = 0; j <= i; j++) A[row + j] = A[row + j]! - (vi * w[j]! + wi * A[at + j]!);
    }
  }
  if (n > 0) diagonal[0] = A[0]!;
  return { diagonal, beside, rows: gathered(A, n, halves) };
}

/** Makes of the first k elements of a row the v that turns them into a multiple of the last, and gives ‖v‖²/2; 0 where the others are 0 already. */
function reflector(A: Float64Array, at: number, k: number): number {
  let others = 0;
  for (let j = 0; j < k - 1; j++) others += A[at + j]! * A[at + j]!;
  if (others === 0) return 0;
  const last = A[at + k - 1]!;
  const length = sqrt(others + last * last);
  const moved = last >= 0 ? last + length : last - length;
  A[at + k - 1] = moved;
  return (others + moved * moved) / 2;
}

/** With ‖x‖ the length and x the last element, v's last element m is x ± ‖x‖ and ‖v‖²/2 = ‖x‖·|m|. */
function reflectedTo(A: Float64Array, at: number, k: number, half: number): number {
  const moved = A[at + k - 1]!;
  return -half / moved;
}

/** w := A·v for the first k rows, from the lower triangle. */
function timesVector(A: Float64Array, n: number, k: number, v: number, w: Float64Array): void {
  for (let i = 0; i < k; i++) {
    const row = i * n;
    const vi = A[v + i]!;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const a = A[row + j]!;
      sum += a * A[v + j]!;
      w[j] = w[j]! + a * vi;
    }
    w[i] = sum + A[row + i]! * vi;
  }
}

/** Qᵀ: the reflections one after the other, from the right. */
function gathered(A: Float64Array, n: number, halves: Float64Array): Float64Array {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let k = 1; k < n; k++) {
    const half = halves[k]!;
    if (half === 0) continue;
    const v = k * n;
    for (let i = 0; i < k; i++) {
      const row = i * n;
      const share = dot(rows, row, A, v, k) / half;
      for (let j = 0; j < k; j++) rows[row + j] = rows[row + j]! - share * A[v + j]!;
    }
  }
  return rows;
}

const rounding = 2 ** -53;
/** Three do for most eigenvalues. */
const mostTurns = 60;

/** The eigenvalues take the diagonal's place, the vectors that of the rows. False where they do not settle. */
export function diagonalise({ diagonal: d, beside: e, rows }: Tridiagonal): boolean {
  const n = d.length;
  const size = d.reduce((most, value, i) => max(most, abs(value), abs(e[i]!)), 0);
  const least = rounding * rounding * size;
  for (let first = 0; first < n; first++) {
    for (let turn = 0; ; turn++) {
      let last = first;
      while (last < n - 1 && abs(e[last]!) > max(least, rounding * (abs(d[last]!) + abs(d[last + 1]!))))
        last++;
      if (last === first) break;
      if (turn === mostTurns) return false;
      sweep(d, e, rows, first, last);
    }
  }
  return true;
}

/** One implicit QL step on rows first … last. */
function sweep(d: Float64Array, e: Float64Array, rows: Float64Array, first: number, last: number): void {
  const n = d.length;
  const slope = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = sqrt(slope * slope + 1);
  let g = d[last]! - d[first]! + e[first]! / (slope + (slope >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = d[i + 1]! - p;
      e[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const turned = (d[i]! - g) * s + 2 * c * b;
    p = s * turned;
    d[i + 1] = g + p;
    g = c * turned - b;
    rotate(rows, i * n, n, c, s);
  }
  d[first] = d[first]! - p;
  e[first] = g;
  e[last] = 0;
}

/** The row at `at` and the one after it. */
function rotate(rows: Float64Array, at: number, n: number, c: number, s: number): void {
  for (let j = at, k = at + n; j < at + n; j++, k++) {
    const upper = rows[j]!;
    const lower = rows[k]!;
    rows[k] = s * upper + c * lower;
    rows[j] = c * upper - s * lower;
  }
}
