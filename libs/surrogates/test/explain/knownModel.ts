import { type Matrix } from '@ionloop/linalg';
import type { Predictor } from '../../src/explain/predictor.js';

/** A model that is a known function of its row, with a known standard deviation. */
export function knownModel(
  dimension: number,
  f: (x: readonly number[]) => number,
  sd: (x: readonly number[]) => number = () => 0,
): Predictor & { rowsPredicted: number } {
  const model = {
    dimension,
    rowsPredicted: 0,
    predict(X: Matrix) {
      model.rowsPredicted += X.rows;
      const mean = new Float64Array(X.rows);
      const variance = new Float64Array(X.rows);
      for (let i = 0; i < X.rows; i++) {
        const x = Array.from(X.data.subarray(i * X.cols, (i + 1) * X.cols));
        mean[i] = f(x);
        variance[i] = sd(x) ** 2;
      }
      return { mean, variance };
    },
  };
  return model;
}

/** The function of the fixtures. */
export function tangled([x0, x1, x2, x3, x4]: readonly number[]): number {
  return 2 * x0! * x1! + x2! ** 2 - 3 * x0! * x2! * x3! + x4! / 2 + x3! / (1 + x1! ** 2);
}
