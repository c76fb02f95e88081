import {
  InvalidArgumentError,
  matrix,
  requireCols,
  requireCount,
  requireFinite,
  requireLength,
  type Matrix,
} from '@ionloop/linalg';
import type { Capabilities, TrainingData } from './contract.js';

/** What a model of plain numbers can use. */
export const plainCapabilities: Capabilities = {
  noise: false,
  weights: false,
  missing: false,
  categorical: false,
  censored: false,
  source: false,
};

/** Checked training data of the model's own: later changes of the caller's arrays do not reach it. */
export function ownData(data: TrainingData, can: Capabilities = plainCapabilities): TrainingData {
  const { X, y, noise, weights, censored, source, groups, categorical } = data;
  requireLength('data.X.data', X.data, X.rows * X.cols);
  if (X.cols < 1) throw new InvalidArgumentError('data.X', 'must have at least one column');
  if (X.rows < 1) throw new InvalidArgumentError('data.X', 'must have at least one row');
  requireValues('data.X', X.data, can.missing);
  requireLength('data.y', y, X.rows);
  requireFinite('data.y', y);
  if (noise !== undefined) requireAmounts('data.noise', noise, X.rows);
  refuseUnless(can.weights, 'data.weights', weights);
  if (weights !== undefined) {
    requireAmounts('data.weights', weights, X.rows);
    if (!weights.some((weight) => weight > 0))
      throw new InvalidArgumentError('data.weights', 'must not all be 0');
  }
  refuseUnless(can.censored || !censored?.some((mark) => mark !== 0), 'data.censored', censored);
  if (censored !== undefined) requireLength('data.censored', censored, X.rows);
  refuseUnless(can.source || !source?.some((mark) => mark !== 0), 'data.source', source);
  if (source !== undefined) {
    requireLength('data.source', source, X.rows);
    source.forEach((value) => requireCount('data.source', value));
  }
  if (groups !== undefined) requireLength('data.groups', groups, X.rows);
  refuseUnless(can.categorical || !categorical?.length, 'data.categorical', categorical);
  if (categorical !== undefined) requireCategories(X, categorical);
  // Adding 0 turns −0, which JSON does not keep, into 0.
  const own = (values: Float64Array) => values.map((value) => value + 0);
  return {
    X: matrix(X.rows, X.cols, own(X.data)),
    y: own(y),
    ...(noise && { noise: own(noise) }),
    ...(weights && { weights: own(weights) }),
    ...(censored && { censored: Uint8Array.from(censored) }),
    ...(source && { source: Int32Array.from(source) }),
    ...(groups && { groups: Int32Array.from(groups) }),
    ...(categorical && { categorical: [...categorical] }),
  };
}

function requireValues(name: string, values: Float64Array, missingAllowed: boolean): void {
  if (!missingAllowed) {
    requireFinite(name, values);
    return;
  }
  const at = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (at >= 0) throw new InvalidArgumentError(name, `must not be infinite; element ${at} is ${values[at]!}`);
}

function requireAmounts(name: string, values: Float64Array, length: number): void {
  requireLength(name, values, length);
  requireFinite(name, values);
  const at = values.findIndex((value) => value < 0);
  if (at >= 0) throw new InvalidArgumentError(name, `must not be negative; element ${at} is ${values[at]!}`);
}

function refuseUnless(can: boolean, name: string, value: unknown): void {
  if (value !== undefined && !can) throw new InvalidArgumentError(name, 'is nothing that this model can use');
}

function requireCategories(X: Matrix, columns: readonly number[]): void {
  for (const column of columns) {
    if (!Number.isSafeInteger(column) || column < 0 || column >= X.cols)
      throw new InvalidArgumentError(
        'data.categorical',
        `must name columns 0 … ${X.cols - 1}; found ${column}`,
      );
    for (let i = 0; i < X.rows; i++) {
      const value = X.data[i * X.cols + column]!;
      if (!Number.isNaN(value) && (!Number.isSafeInteger(value) || value < 0))
        throw new InvalidArgumentError(
          'data.X',
          `must hold category numbers in column ${column}; row ${i} is ${value}`,
        );
    }
  }
}

/** Refuses inputs to predict that the model cannot take. */
export function requireInputs(X: Matrix, dimension: number, missingAllowed = false): void {
  requireCols('X', X, dimension);
  requireLength('X.data', X.data, X.rows * X.cols);
  requireValues('X', X.data, missingAllowed);
}

/** y = centre + spread·z with z of mean 0 and variance 1; where y does not vary, the spread is the size of y, or 1. */
export interface Standardisation {
  readonly centre: number;
  readonly spread: number;
}

export function standardisation(y: Float64Array): Standardisation {
  const n = y.length;
  let [sum, size, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    sum += y[i]!;
    size = Math.max(size, Math.abs(y[i]!));
  }
  const centre = sum / n;
  for (let i = 0; i < n; i++) squares += (y[i]! - centre) * (y[i]! - centre);
  const spread = Math.sqrt(squares / n);
  return { centre, spread: spread > 1e-12 * size ? spread : size || 1 };
}
