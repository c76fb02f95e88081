/**
 * The dual of ε-insensitive regression by sequential minimal optimisation. K (n,n) kernel matrix, y (n), Cᵢ (n) how much row i may pull,
 *
 *   minimise ½·βᵀKβ − yᵀβ + ε·Σ|βᵢ|  subject to  Σβᵢ = 0, |βᵢ| ≤ Cᵢ;  f(x) = Σ βᵢ·k(x, xᵢ) + b.
 *
 * With E = y − Kβ, raising βᵢ gains E − ε from 0 up, E + ε below 0; lowering costs E − ε above 0, E + ε from 0 down. Each step raises the
 * one with the most to gain and lowers the one that promises most to second order (Fan, Chen and Lin 2005), by the same amount, never
 * across 0 or a bound. It ends when the most to gain is within the tolerance of the least to lose.
 */
import type { Matrix } from '@ionloop/linalg';

const { abs, max, min } = Math;

export interface SvrDual {
  /** (n,n) */
  readonly K: Matrix;
  /** (n) */
  readonly y: Float64Array;
  readonly epsilon: number;
  /** (n), at least 0; a row of 0 takes no part. */
  readonly C: Float64Array;
  /** In units of y. */
  readonly tolerance: number;
}

export interface SvrSolution {
  /** (n) */
  readonly beta: Float64Array;
  /** b */
  readonly intercept: number;
  /** What is minimised. */
  readonly objective: number;
  readonly iterations: number;
  /** What is left between gain and loss; at most the tolerance but where the iterations ran out. */
  readonly gap: number;
}

const flattest = 1e-12;

export function solveDual({ K, y, epsilon, C, tolerance }: SvrDual): SvrSolution {
  const rows = Int32Array.from(y.keys()).filter((i) => C[i]! > 0);
  const beta = new Float64Array(y.length);
  const E = Float64Array.from(y);
  const most = 100_000 + 1000 * rows.length;
  let iterations = 0;
  let { i, gain, loss } = mostToGain(rows, beta, E, C, epsilon);
  for (; gain - loss > tolerance && iterations < most; iterations++) {
    const { j, step } = partner(K, rows, beta, E, C, epsilon, i, gain);
    if (j < 0) break;
    move(K, rows, beta, E, C, i, j, step);
    ({ i, gain, loss } = mostToGain(rows, beta, E, C, epsilon));
  }
  const pull = rows.reduce((sum, k) => sum + beta[k]! * (y[k]! + E[k]!), 0);
  const size = rows.reduce((sum, k) => sum + abs(beta[k]!), 0);
  return {
    beta,
    intercept: interceptOf(rows, beta, E, C, epsilon, gain, loss),
    objective: epsilon * size - 0.5 * pull,
    iterations,
    gap: max(gain - loss, 0),
  };
}

/** What raising βᵢ gains; −∞ at its bound. */
function gainOf(beta: number, E: number, C: number, epsilon: number): number {
  return beta < 0 ? E + epsilon : beta < C ? E - epsilon : -Infinity;
}

/** What lowering βᵢ costs; ∞ at its bound. */
function lossOf(beta: number, E: number, C: number, epsilon: number): number {
  return beta > 0 ? E - epsilon : beta > -C ? E + epsilon : Infinity;
}

function mostToGain(
  rows: Int32Array,
  beta: Float64Array,
  E: Float64Array,
  C: Float64Array,
  epsilon: number,
): { i: number; gain: number; loss: number } {
  let i = -1;
  let gain = -Infinity;
  let loss = Infinity;
  for (const k of rows) {
    const up = gainOf(beta[k]!, E[k]!, C[k]!, epsilon);
    if (up > gain) {
      gain = up;
      i = k;
    }
    loss = min(loss, lossOf(beta[k]!, E[k]!, C[k]!, epsilon));
  }
  return { i, gain, loss };
}

/** The row to lower against i, and by how much in the absence of bounds. */
function partner(
  K: Matrix,
  rows: Int32Array,
  beta: Float64Array,
  E: Float64Array,
  C: Float64Array,
  epsilon: number,
  i: number,
  gain: number,
): { j: number; step: number } {
  const n = K.cols;
  const own = K.data[i * n + i]!;
  let j = -1;
  let promise = 0;
  let step = 0;
  for (const k of rows) {
    const difference = gain - lossOf(beta[k]!, E[k]!, C[k]!, epsilon);
    if (!(difference > 0)) continue;
    const curvature = max(own + K.data[k * n + k]! - 2 * K.data[i * n + k]!, flattest);
    const decrease = (difference * difference) / curvature;
    if (decrease > promise) {
      promise = decrease;
      j = k;
      step = difference / curvature;
    }
  }
  return { j, step };
}

function move(
  K: Matrix,
  rows: Int32Array,
  beta: Float64Array,
  E: Float64Array,
  C: Float64Array,
  i: number,
  j: number,
  wanted: number,
): void {
  const n = K.cols;
  const roomUp = beta[i]! < 0 ? -beta[i]! : C[i]! - beta[i]!;
  const roomDown = beta[j]! > 0 ? beta[j]! : C[j]! + beta[j]!;
  const t = min(wanted, roomUp, roomDown);
  // At the end of its room a coefficient is exactly 0 or at its bound.
  beta[i] = t === roomUp ? (beta[i]! < 0 ? 0 : C[i]!) : beta[i]! + t;
  beta[j] = t === roomDown ? (beta[j]! > 0 ? 0 : -C[j]!) : beta[j]! - t;
  for (const k of rows) E[k] = E[k]! - t * (K.data[i * n + k]! - K.data[j * n + k]!);
}

/** b: on the edge of the tube at the rows that are free to move; between gain and loss where there are none. */
function interceptOf(
  rows: Int32Array,
  beta: Float64Array,
  E: Float64Array,
  C: Float64Array,
  epsilon: number,
  gain: number,
  loss: number,
): number {
  let sum = 0;
  let count = 0;
  for (const k of rows) {
    const size = abs(beta[k]!);
    if (size === 0 || size >= C[k]!) continue;
    sum += beta[k]! > 0 ? E[k]! - epsilon : E[k]! + epsilon;
    count += 1;
  }
  return count > 0 ? sum / count : (gain + loss) / 2;
}
