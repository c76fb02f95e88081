import type { Matrix } from '@ionloop/linalg';
import type { Distance } from '@ionloop/space';

/** The row of B nearest to row i of A in the coordinate that differs most, and how far it is; null where B is empty. */
export function nearestRow(
  A: Matrix,
  i: number,
  B: Matrix,
  by: Distance,
): { readonly row: number; readonly distance: number } | null {
  let [row, distance] = [-1, Infinity];
  for (let j = 0; j < B.rows; j++) {
    const largest = by.largest(A, i, B, j);
    if (largest < distance) [row, distance] = [j, largest];
  }
  return B.rows === 0 ? null : { row, distance };
}
