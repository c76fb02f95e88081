/**
 * The k largest eigenvalues of a sparse symmetric A (n,n) whose eigenvalues lie in `lowest` … 1, by subspace iteration with a Chebyshev filter (Zhou and Saad 2006):
 * a block V (n,b), b a little above k, is multiplied by a polynomial of A that is small on `lowest` … `cut` and grows above, and turned to the
 * eigenvectors of VᵀAV, until ‖Av − λv‖ is small for the first k.
 */
import { dot, gemm, matrix, symmetricEigen, transpose, type Matrix, type Philox } from '@ionloop/linalg';

const { abs, max, min, sqrt } = Math;

/** Row i has the values `value[at]` in the columns `column[at]`, at from `start[i]` to before `start[i + 1]`. */
export interface SparseMatrix {
  readonly n: number;
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

export interface LeadingEigen {
  /** (k), falling */
  readonly values: readonly number[];
  /** (n,k), orthonormal columns, each with its largest element positive */
  readonly vectors: Matrix;
}

const spareColumns = 8;
const degree = 12;
const mostRounds = 200;
// An eigenvalue is as exact as the square of this.
const smallResidual = 1e-7;

export function leadingEigen(A: SparseMatrix, k: number, lowest: number, rng: Philox): LeadingEigen {
  const b = k + spareColumns;
  if (A.n <= 4 * b) return leadingOfDense(dense(A), k);
  // Blocks are held transposed, (b,n): a vector is a row.
  let V = orthonormal(randomBlock(b, A.n, rng));
  for (let round = 0; ; round++) {
    const AV = timesRows(A, V);
    const turn = leadingOfDense(gemm(V, AV, { transposeB: true }), b);
    const ritz = gemm(turn.vectors, V, { transposeA: true });
    const product = gemm(turn.vectors, AV, { transposeA: true });
    if (round === mostRounds || largestResidual(ritz, product, turn.values, k) < smallResidual)
      return { values: turn.values.slice(0, k), vectors: uprightColumns(ritz, k) };
    const cut = min(max(turn.values[b - 1]!, lowest + 1e-3), 1 - 1e-9);
    V = orthonormal(filtered(A, ritz, lowest, cut));
  }
}

function leadingOfDense(A: Matrix, k: number): LeadingEigen {
  const { values, vectors } = symmetricEigen(A);
  const falling = transpose(vectors);
  const rows = matrix(A.rows, A.rows);
  for (let i = 0; i < A.rows; i++)
    rows.data.set(falling.data.subarray((A.rows - 1 - i) * A.rows, (A.rows - i) * A.rows), i * A.rows);
  return { values: Array.from(values).reverse().slice(0, k), vectors: uprightColumns(rows, k) };
}

function dense({ n, start, column, value }: SparseMatrix): Matrix {
  const A = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let at = start[i]!; at < start[i + 1]!; at++) A.data[i * n + column[at]!] = value[at]!;
  return A;
}

function randomBlock(b: number, n: number, rng: Philox): Matrix {
  return matrix(
    b,
    n,
    Float64Array.from({ length: b * n }, () => rng.uniform() - 0.5),
  );
}

/** V·A for V (b,n): each row multiplied by A, which is gone through once for all of them. */
function timesRows({ n, start, column, value }: SparseMatrix, V: Matrix): Matrix {
  const b = V.rows;
  const columns = transpose(V).data;
  const product = matrix(n, b);
  const sums = product.data;
  for (let i = 0; i < n; i++)
    for (let at = start[i]!, end = start[i + 1]!; at < end; at++) {
      const factor = value[at]!;
      for (let from = column[at]! * b, to = i * b, last = to + b; to < last; from++, to++)
        sums[to] = sums[to]! + factor * columns[from]!;
    }
  return transpose(product);
}

/** The Chebyshev polynomial of A that is level on lowest … cut and grows above, scaled to 1 at 1. */
function filtered(A: SparseMatrix, V: Matrix, lowest: number, cut: number): Matrix {
  const half = (cut - lowest) / 2;
  const middle = (cut + lowest) / 2;
  const first = half / (1 - middle);
  let before = V;
  let now = shifted(timesRows(A, V), V, middle, first / half);
  let scale = first;
  for (let i = 1; i < degree; i++) {
    const next = 1 / (2 / first - scale);
    const then = shifted(timesRows(A, now), now, middle, (2 * next) / half);
    for (let at = 0; at < then.data.length; at++)
      then.data[at] = then.data[at]! - scale * next * before.data[at]!;
    before = now;
    now = then;
    scale = next;
  }
  return now;
}

/** (AV − middle·V)·factor, written over AV. */
function shifted(AV: Matrix, V: Matrix, middle: number, factor: number): Matrix {
  for (let at = 0; at < AV.data.length; at++) AV.data[at] = (AV.data[at]! - middle * V.data[at]!) * factor;
  return AV;
}

/** Rows made orthonormal by Gram and Schmidt, each taken through twice. */
function orthonormal(V: Matrix): Matrix {
  const { rows: b, cols: n, data } = V;
  for (let r = 0; r < b; r++) {
    scaleRow(data, r, n);
    for (let pass = 0; pass < 2; pass++) {
      for (let q = 0; q < r; q++) {
        const along = dot(data, r * n, data, q * n, n);
        for (let i = 0; i < n; i++) data[r * n + i] = data[r * n + i]! - along * data[q * n + i]!;
      }
      scaleRow(data, r, n);
    }
  }
  return V;
}

function scaleRow(data: Float64Array, r: number, n: number): void {
  const length = sqrt(dot(data, r * n, data, r * n, n)) || 1;
  for (let i = 0; i < n; i++) data[r * n + i] = data[r * n + i]! / length;
}

function largestResidual(V: Matrix, AV: Matrix, values: readonly number[], k: number): number {
  let largest = 0;
  for (let r = 0; r < k; r++) {
    let sum = 0;
    for (let at = r * V.cols; at < (r + 1) * V.cols; at++) {
      const off = AV.data[at]! - values[r]! * V.data[at]!;
      sum += off * off;
    }
    largest = max(largest, sqrt(sum));
  }
  return largest;
}

/** The first k rows as columns, the sign of each such that its largest element is positive. */
function uprightColumns(rows: Matrix, k: number): Matrix {
  const columns = matrix(rows.cols, k);
  for (let r = 0; r < k; r++) {
    let largest = 0;
    for (let i = 0; i < rows.cols; i++) {
      const value = rows.data[r * rows.cols + i]!;
      if (abs(value) > abs(largest)) largest = value;
    }
    for (let i = 0; i < rows.cols; i++) {
      const value = rows.data[r * rows.cols + i]!;
      columns.data[i * k + r] = largest < 0 ? -value : value;
    }
  }
  return columns;
}
