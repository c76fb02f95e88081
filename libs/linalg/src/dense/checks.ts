import { InvalidArgumentError } from '../errors.js';
import type { Matrix } from './matrix.js';

const { isFinite } = Number;

/** Refuses NaN and infinities, saying where the first of them stands. */
export function requireFinite(name: string, values: Float64Array): void {
  if (allFinite(values)) return;
  for (let i = 0; i < values.length; i++)
    if (!isFinite(values[i]!))
      throw new InvalidArgumentError(name, `must be finite; element ${i} is ${values[i]!}`);
}

/** Whether 0 times each of them is 0: four sums, which do not wait for each other. */
function allFinite(values: Float64Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += 0 * values[i]!;
    b += 0 * values[i + 1]!;
    c += 0 * values[i + 2]!;
    d += 0 * values[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) a += 0 * values[i]!;
  return a + b + c + d === 0;
}

export function requireSquare(name: string, A: Matrix): void {
  if (A.rows !== A.cols) throw new InvalidArgumentError(name, `must be square, not ${A.rows} × ${A.cols}`);
}

export function requireNonzeroDiagonal(name: string, L: Matrix): void {
  for (let i = 0; i < L.rows; i++)
    if (L.data[i * L.cols + i] === 0)
      throw new InvalidArgumentError(name, `is singular: its diagonal element ${i} is 0`);
}

export function requireRows(name: string, A: Matrix, rows: number): void {
  if (A.rows !== rows) throw new InvalidArgumentError(name, `must have ${rows} rows, not ${A.rows}`);
}

export function requireCols(name: string, A: Matrix, cols: number): void {
  if (A.cols !== cols) throw new InvalidArgumentError(name, `must have ${cols} columns, not ${A.cols}`);
}

export function requireLength(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length)
    throw new InvalidArgumentError(name, `must hold ${length} numbers, not ${values.length}`);
}

export function requireCount(name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(name, `must be a whole number of at least ${least}, not ${value}`);
}
