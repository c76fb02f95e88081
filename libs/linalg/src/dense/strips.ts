/** Matrices into the core's layouts and back. */
import { padded, type Allocate, type Block } from '../core/core.js';
import { matrix, type Matrix } from './matrix.js';

/** The lower triangle of A (n,n), padded with the identity to a multiple of 4. */
export function loadLower(A: Matrix, allocate: Allocate): Block {
  const n = padded(A.rows);
  // What is right of the diagonal tiles is never read, and what is in them only beside it.
  const block = allocate(n * n, 'unset');
  writeLower(A, block.values);
  return block;
}

function writeLower(A: Matrix, values: Float64Array): void {
  const n = padded(A.rows);
  for (let i = 0; i < A.rows; i++) values.set(A.data.subarray(i * A.cols, i * A.cols + i + 1), i * n);
  for (let i = A.rows; i < n; i++) {
    values.fill(0, i * n, i * n + n);
    values[i * n + i] = 1;
  }
}

/** The first `rows` rows of a packed triangle, with zeros above it. */
export function readPacked(packed: Float64Array, rows: number): Matrix {
  const result = matrix(rows, rows);
  const L = result.data;
  for (let i = 0, from = 0; i < rows; i += 4) {
    const below = Math.min(4, rows - i);
    let to = i * rows;
    if (below === 4)
      for (let k = 0; k < i; k++, from += 4, to++) {
        L[to] = packed[from]!;
        L[to + rows] = packed[from + 1]!;
        L[to + 2 * rows] = packed[from + 2]!;
        L[to + 3 * rows] = packed[from + 3]!;
      }
    else
      for (let k = 0; k < i; k++, from += 4, to++)
        for (let r = 0; r < below; r++) L[to + r * rows] = packed[from + r]!;
    for (let k = 0; k < 4; k++, from += 4)
      for (let r = k; r < below; r++) L[to + r * rows + k] = packed[from + r]!;
  }
  return result;
}

/** The symmetric matrix whose lower triangle, with its sign turned, lies in a padded square: what taking products off 0 leaves. */
export function readNegated(values: Float64Array, rows: number): Matrix {
  const n = padded(rows);
  const result = matrix(rows, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j <= i; j++) {
      const value = 0 - values[i * n + j]!;
      result.data[i * rows + j] = value;
      result.data[j * rows + i] = value;
    }
  return result;
}

/** The lines of A, its rows or with `columns` its columns, as strips of four, each `depth` steps long with zeros at the end. */
export function loadStrips(A: Matrix, columns: boolean, depth: number, allocate: Allocate): Block {
  const [lines, steps] = columns ? [A.cols, A.rows] : [A.rows, A.cols];
  const [alongLine, acrossLines] = columns ? [A.cols, 1] : [1, A.cols];
  const block = allocate(padded(lines) * depth);
  const values = block.values;
  for (let line = 0; line < lines; line++) {
    let to = (line >> 2) * 4 * depth + (line & 3);
    let from = line * acrossLines;
    for (let step = 0; step < steps; step++, to += 4, from += alongLine) values[to] = A.data[from]!;
  }
  return block;
}
