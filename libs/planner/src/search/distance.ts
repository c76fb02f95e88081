import type { Matrix } from '@ionloop/linalg';
import type { Distance } from '@ionloop/space';

/** How far row i of A is from the nearest row of B in the coordinate that differs most; null where B is empty. */
export function nearestDistance(A: Matrix, i: number, B: Matrix, distance: Distance): number | null {
  let nearest = Infinity;
  for (let j = 0; j < B.rows; j++) nearest = Math.min(nearest, distance.largest(A, i, B, j));
  return B.rows === 0 ? null : nearest;
}
