import { log, matrix, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { columns, stacked } from './rows.js';

const { max, sqrt } = Math;

/** S draws of the response at two sets of rows, jointly over both where the model can: (S,m) and (S,k). */
export function drawsAt(
  model: Surrogate,
  X: Matrix,
  beside: Matrix,
  count: number,
  rng: Philox,
): { readonly at: Matrix; readonly beside: Matrix } {
  requireCount('options.draws', count, 1);
  if (beside.rows === 0) return { at: model.sample(X, count, rng), beside: matrix(count, 0) };
  const all = model.sample(stacked([X, beside], model.dimension), count, rng);
  return { at: columns(all, 0, X.rows), beside: columns(all, X.rows, beside.rows) };
}

/** The largest of each row of F (S,k) and `least`. */
export function largestOfRows(F: Matrix, least = -Infinity): Float64Array {
  const result = new Float64Array(F.rows).fill(least);
  for (let s = 0; s < F.rows; s++)
    for (let j = 0; j < F.cols; j++) result[s] = max(result[s]!, F.data[s * F.cols + j]!);
  return result;
}

/**
 * max(x, 0) made smooth (Barron 2021): (x + √(x² + 4τ²))/2, at most τ too large and never 0, with the tail τ²/|x|, which orders
 * candidates that no draw sees improve. Without cancellation, for τ > 0.
 */
export function smoothPlus(x: number, tau: number): number {
  const root = sqrt(x * x + 4 * tau * tau);
  return x > 0 ? 0.5 * (x + root) : (2 * tau * tau) / (root - x);
}

/** ln of the mean over draws of smoothPlus(F(s,j) − bars(s)): (m), for F (S,m) and bars (S). */
export function logMeanGain(F: Matrix, bars: Float64Array, tau: number): Float64Array {
  const sums = new Float64Array(F.cols);
  for (let s = 0; s < F.rows; s++) {
    const bar = bars[s]!;
    const at = s * F.cols;
    for (let j = 0; j < F.cols; j++) sums[j] = sums[j]! + smoothPlus(F.data[at + j]! - bar, tau);
  }
  return sums.map((sum) => log(sum / F.rows));
}

/** τ for `smoothPlus`: a thousandth of the mean spread of the columns of F (S,m), above 0. */
export function smoothing(F: Matrix): number {
  let total = 0;
  for (let j = 0; j < F.cols; j++) {
    let [sum, squares] = [0, 0];
    for (let s = 0; s < F.rows; s++) sum += F.data[s * F.cols + j]!;
    const mean = sum / F.rows;
    for (let s = 0; s < F.rows; s++) {
      const centred = F.data[s * F.cols + j]! - mean;
      squares += centred * centred;
    }
    total += sqrt(squares / F.rows);
  }
  return max((1e-3 * total) / max(F.cols, 1), 1e-150);
}
