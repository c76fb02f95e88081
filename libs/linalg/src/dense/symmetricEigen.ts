import { InvalidArgumentError } from '../errors.js';
import { requireFinite, requireSquare } from './checks.js';
import { matrix, type Matrix } from './matrix.js';
import { diagonalise, tridiagonalise } from './tridiagonal.js';

const { abs, max } = Math;

/** A·V = V·diag(values): `values` ascending, V's columns orthonormal, each with its largest element positive. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** The eigenvalues and vectors of a symmetric A (n,n), whose lower triangle is read. O(n³): seconds for 1000 rows. */
export function symmetricEigen(A: Matrix): SymmetricEigen {
  requireSquare('A', A);
  requireFinite('A', A.data);
  const n = A.rows;
  const scale = powerOfTwoAbove(A.data.reduce((most, value) => max(most, abs(value)), 0));
  const reduced = tridiagonalise(
    A.data.map((value) => value / scale),
    n,
  );
  if (!diagonalise(reduced))
    throw new InvalidArgumentError('A', 'has eigenvalues that do not settle in 60 steps each');
  const { diagonal, rows } = reduced;
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[a]! - diagonal[b]! || a - b);
  const vectors = matrix(n, n);
  order.forEach((from, to) => {
    let largest = 0;
    for (let i = 0; i < n; i++) if (abs(rows[from * n + i]!) > abs(largest)) largest = rows[from * n + i]!;
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors.data[i * n + to] = sign * rows[from * n + i]!;
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]! * scale), vectors };
}

/** Dividing by it changes no digit, and squares neither overflow nor vanish. */
function powerOfTwoAbove(size: number): number {
  let scale = 1;
  while (scale < size && scale < 2 ** 1000) scale *= 2;
  while (scale / 2 >= size && scale > 2 ** -1000) scale /= 2;
  return scale;
}
