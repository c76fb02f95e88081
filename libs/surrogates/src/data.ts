import {
  InvalidArgumentError,
  matrix,
  requireCols,
  requireFinite,
  requireLength,
  type Matrix,
} from '@ionloop/linalg';
import type { TrainingData } from './contract.js';

/** Checked training data of the model's own: later changes of the caller's arrays do not reach it. */
export function ownData(data: TrainingData): TrainingData {
  const { X, y, noise } = data;
  requireLength('data.X.data', X.data, X.rows * X.cols);
  if (X.cols < 1) throw new InvalidArgumentError('data.X', 'must have at least one column');
  if (X.rows < 1) throw new InvalidArgumentError('data.X', 'must have at least one row');
  requireFinite('data.X', X.data);
  requireLength('data.y', y, X.rows);
  requireFinite('data.y', y);
  if (noise !== undefined) {
    requireLength('data.noise', noise, X.rows);
    requireFinite('data.noise', noise);
    const at = noise.findIndex((variance) => variance < 0);
    if (at >= 0)
      throw new InvalidArgumentError('data.noise', `must not be negative; element ${at} is ${noise[at]!}`);
  }
  // Adding 0 turns −0, which JSON does not keep, into 0.
  const own = (values: Float64Array) => values.map((value) => value + 0);
  const copy = { X: matrix(X.rows, X.cols, own(X.data)), y: own(y) };
  return noise === undefined ? copy : { ...copy, noise: own(noise) };
}

/** Refuses inputs to predict that the model cannot take. */
export function requireInputs(X: Matrix, dimension: number): void {
  requireCols('X', X, dimension);
  requireLength('X.data', X.data, X.rows * X.cols);
  requireFinite('X', X.data);
}

/** y = centre + spread·z with z of mean 0 and variance 1; where y does not vary, the spread is the size of y, or 1. */
export interface Standardisation {
  readonly centre: number;
  readonly spread: number;
}

export function standardisation(y: Float64Array): Standardisation {
  const n = y.length;
  const centre = y.reduce((sum, value) => sum + value, 0) / n;
  const variance = y.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / n;
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const spread = Math.sqrt(variance);
  return { centre, spread: spread > 1e-12 * size ? spread : size || 1 };
}
