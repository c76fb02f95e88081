/** How alike the rows of X (n,d) are, as a sparse symmetric matrix W (n,n) with nothing on its diagonal. */
import { exp, InvalidArgumentError, requireCount, type Matrix } from '@ionloop/linalg';
import type { SparseMatrix } from './leadingEigen.js';
import { medianOf } from './robust.js';
import { condensedSquares, squaredDistance } from './table.js';

const { min } = Math;

export type AffinityOptions =
  | {
      /** 1 for each of the nearest rows, ½ where only one of the two counts the other among its nearest. */
      readonly kind: 'nearest';
      /** 10, or n − 1 where there are fewer rows, where it is left out. */
      readonly neighbours?: number;
    }
  | {
      /** exp(−γ·‖x − x′‖²). */
      readonly kind: 'rbf';
      /** γ; one over the median squared distance of two different rows where it is left out. */
      readonly gamma?: number;
    };

/** Below this an affinity is left out. */
const nothing = 1e-14;

export function affinityOf(X: Matrix, options: AffinityOptions): SparseMatrix {
  return options.kind === 'nearest' ? nearestAffinity(X, options.neighbours) : rbfAffinity(X, options.gamma);
}

function nearestAffinity(X: Matrix, neighbours = min(10, X.rows - 1)): SparseMatrix {
  requireCount('options.affinity.neighbours', neighbours, 1);
  if (neighbours >= X.rows)
    throw new InvalidArgumentError(
      'options.affinity.neighbours',
      `must be below the number of rows, ${X.rows}`,
    );
  const rows = Array.from({ length: X.rows }, () => new Map<number, number>());
  for (let i = 0; i < X.rows; i++)
    for (const j of nearestRows(X, i, neighbours)) {
      rows[i]!.set(j, (rows[i]!.get(j) ?? 0) + 0.5);
      rows[j]!.set(i, (rows[j]!.get(i) ?? 0) + 0.5);
    }
  return sparse(rows.map((row) => [...row].sort(([a], [b]) => a - b)));
}

/** The nearest other rows of row i, the first of equally near ones. */
function nearestRows(X: Matrix, i: number, count: number): number[] {
  const distances = Float64Array.from({ length: X.rows }, (_, j) =>
    j === i ? Infinity : squaredDistance(X.data, i, X.data, j, X.cols),
  );
  const limit = Float64Array.from(distances).sort()[count - 1]!;
  const nearer: number[] = [];
  const level: number[] = [];
  distances.forEach((distance, j) => {
    if (distance < limit) nearer.push(j);
    else if (distance === limit) level.push(j);
  });
  return [...nearer, ...level.slice(0, count - nearer.length)];
}

function rbfAffinity(X: Matrix, gamma?: number): SparseMatrix {
  const squares = condensedSquares(X);
  const rate = gamma ?? gammaOf(squares);
  if (!(rate > 0 && rate < Infinity))
    throw new InvalidArgumentError('options.affinity.gamma', `must be above 0 and finite, not ${rate}`);
  return fromCondensed(
    X.rows,
    squares.map((square) => exp(-rate * square)),
  );
}

function gammaOf(squares: Float64Array): number {
  const apart = squares.filter((square) => square > 0);
  return apart.length === 0 ? 1 : 1 / medianOf(apart);
}

/** From the values of the pairs i < j, row after row, without those that are nothing. */
function fromCondensed(n: number, values: Float64Array): SparseMatrix {
  const start = new Int32Array(n + 1);
  eachPair(n, values, (i, j) => {
    start[i + 1] = start[i + 1]! + 1;
    start[j + 1] = start[j + 1]! + 1;
  });
  for (let i = 0; i < n; i++) start[i + 1] = start[i + 1]! + start[i]!;
  const column = new Int32Array(start[n]!);
  const value = new Float64Array(start[n]!);
  const filled = Int32Array.from(start);
  const put = (i: number, j: number, amount: number) => {
    const at = filled[i]!;
    column[at] = j;
    value[at] = amount;
    filled[i] = at + 1;
  };
  eachPair(n, values, (i, j, amount) => {
    put(i, j, amount);
    put(j, i, amount);
  });
  return { n, start, column, value };
}

function eachPair(
  n: number,
  values: Float64Array,
  visit: (i: number, j: number, amount: number) => void,
): void {
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, at++) if (values[at]! >= nothing) visit(i, j, values[at]!);
}

/** From the (column, value) pairs of each row, by rising column. */
function sparse(rows: readonly (readonly (readonly [number, number])[])[]): SparseMatrix {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => (start[i + 1] = start[i]! + row.length));
  const column = new Int32Array(start[rows.length]!);
  const value = new Float64Array(column.length);
  rows.forEach((row, i) =>
    row.forEach(([j, amount], at) => {
      column[start[i]! + at] = j;
      value[start[i]! + at] = amount;
    }),
  );
  return { n: rows.length, start, column, value };
}
