/**
 * Columns of an X (n,d) brought to mean 0 and variance 1: z = (x − centre)·rate. A column that does not vary has rate 0: whatever it holds
 * later, it says nothing.
 */
import { matrix, requireLength, type Matrix } from '@ionloop/linalg';
import type { Json } from './contract.js';
import { fieldsFrom, numbersFrom, numbersToJson } from './json.js';

const { abs, max, sqrt } = Math;

export interface Scaling {
  /** (d) */
  readonly centre: Float64Array;
  /** (d), 1 over the spread */
  readonly rate: Float64Array;
}

/** Of the rows of X, each counted as often as `weights` (n) say. */
export function scalingOf(X: Matrix, weights?: Float64Array): Scaling {
  const { rows: n, cols: d, data } = X;
  const centre = new Float64Array(d);
  const rate = new Float64Array(d);
  const weight = weights ?? new Float64Array(n).fill(1);
  let total = 0;
  for (let i = 0; i < n; i++) total += weight[i]!;
  for (let j = 0; j < d; j++) {
    let sum = 0;
    let size = 0;
    for (let i = 0, at = j; i < n; i++, at += d) {
      sum += weight[i]! * data[at]!;
      size = max(size, abs(data[at]!));
    }
    const middle = sum / total;
    let squares = 0;
    for (let i = 0, at = j; i < n; i++, at += d) {
      const off = data[at]! - middle;
      squares += weight[i]! * off * off;
    }
    const spread = sqrt(squares / total);
    centre[j] = middle + 0;
    rate[j] = spread > 1e-12 * size ? 1 / spread : 0;
  }
  return { centre, rate };
}

/** Of d columns that stay as they are. */
export function noScaling(d: number): Scaling {
  return { centre: new Float64Array(d), rate: new Float64Array(d).fill(1) };
}

/** The rows of X (m,d), scaled, as a copy without −0. */
export function scaled({ rows, cols, data }: Matrix, { centre, rate }: Scaling): Matrix {
  const result = matrix(rows, cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++)
      result.data[i * cols + j] = (data[i * cols + j]! - centre[j]!) * rate[j]! + 0;
  return result;
}

export function scalingToJson({ centre, rate }: Scaling): Json {
  return { centre: numbersToJson(centre), rate: numbersToJson(rate) };
}

export function scalingFrom(name: string, json: Json | undefined, d: number): Scaling {
  const fields = fieldsFrom(name, json);
  const centre = numbersFrom(`${name}.centre`, fields['centre']);
  const rate = numbersFrom(`${name}.rate`, fields['rate']);
  requireLength(`${name}.centre`, centre, d);
  requireLength(`${name}.rate`, rate, d);
  return { centre, rate };
}
