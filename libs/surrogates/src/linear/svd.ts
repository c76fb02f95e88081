/**
 * A (n,p) = U·diag(s)·Vᵀ with r = min(n,p) triples, s descending, by rotating pairs of columns until all are orthogonal (Hestenes 1958): small
 * singular values come out as exactly as A holds them. O(n·p²) a sweep, some eight sweeps.
 */
import { dot, matrix, transpose, type Matrix } from '@ionloop/linalg';

const { abs, sqrt } = Math;

export interface Svd {
  /** (n,r); a column whose singular value is 0 is 0. */
  readonly U: Matrix;
  /** (r) */
  readonly s: Float64Array;
  /** Vᵀ (r,p), orthonormal rows */
  readonly Vt: Matrix;
}

const mostSweeps = 60;
const machineEpsilon = 2.220446049250313e-16;

export function svd(A: Matrix): Svd {
  if (A.rows >= A.cols) {
    const { columns, rotations, s } = orthogonalised(transpose(A));
    return { U: transpose(columns), s, Vt: rotations };
  }
  const { columns, rotations, s } = orthogonalised(A);
  return { U: transpose(rotations), s, Vt: columns };
}

/** Of the matrix whose columns are the rows of `given` (p,n): its left vectors (p,n), right vectors (p,p) and singular values, in order. */
function orthogonalised(given: Matrix): { columns: Matrix; rotations: Matrix; s: Float64Array } {
  const { rows: p, cols: n } = given;
  const a = Float64Array.from(given.data);
  const v = new Float64Array(p * p);
  for (let i = 0; i < p; i++) v[i * p + i] = 1;
  const tolerance = 4 * machineEpsilon * sqrt(n);
  for (let sweep = 0, turned = true; turned && sweep < mostSweeps; sweep++) {
    turned = false;
    for (let i = 0; i < p; i++)
      for (let j = i + 1; j < p; j++) {
        const alpha = dot(a, i * n, a, i * n, n);
        const beta = dot(a, j * n, a, j * n, n);
        const gamma = dot(a, i * n, a, j * n, n);
        if (!(abs(gamma) > tolerance * sqrt(alpha * beta))) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (abs(zeta) + sqrt(1 + zeta * zeta));
        const c = 1 / sqrt(1 + t * t);
        rotate(a, i * n, j * n, n, c, c * t);
        rotate(v, i * p, j * p, p, c, c * t);
      }
  }
  const lengths = Float64Array.from({ length: p }, (_, i) => sqrt(dot(a, i * n, a, i * n, n)));
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j]! - lengths[i]! || i - j);
  const columns = matrix(p, n);
  const rotations = matrix(p, p);
  order.forEach((from, to) => {
    const length = lengths[from]!;
    for (let k = 0; k < n; k++) columns.data[to * n + k] = length > 0 ? a[from * n + k]! / length : 0;
    rotations.data.set(v.subarray(from * p, (from + 1) * p), to * p);
  });
  return { columns, rotations, s: Float64Array.from(order, (i) => lengths[i]!) };
}

function rotate(x: Float64Array, i: number, j: number, length: number, c: number, s: number): void {
  for (let k = 0; k < length; k++) {
    const xi = x[i + k]!;
    const xj = x[j + k]!;
    x[i + k] = c * xi - s * xj;
    x[j + k] = s * xi + c * xj;
  }
}
