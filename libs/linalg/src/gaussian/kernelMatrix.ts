import { padded, type Block } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireCols, requireFinite, requireLength } from '../dense/checks.js';
import { matrix, requireMatrix, type Matrix } from '../dense/matrix.js';
import { requireSources } from './coregion.js';
import { crossInto, scaledParts } from './covariance.js';
import { layoutOf, requireKernel, type Kernel } from './kernel.js';

/** Rows of B that are taken together. */
const batch = 256;

/** k(A, B) (a,b) for rows A (a,d) and B (b,d); `theta` begins with the kernel's parameters. */
export function kernelMatrix(kernel: Kernel, theta: Float64Array, A: Matrix, B: Matrix): Matrix {
  for (const [name, X] of [['A', A] as const, ['B', B] as const]) {
    requireMatrix(name, X);
    requireFinite(name, X.data);
  }
  requireKernel('kernel', kernel, A.cols);
  requireCols('B', B, A.cols);
  requireSources('A', kernel, A);
  requireSources('B', kernel, B);
  const layout = layoutOf(kernel);
  if (theta.length < layout.parameters) requireLength('theta', theta, layout.parameters);
  requireFinite('theta', theta);
  const result = matrix(A.rows, B.rows);
  if (A.rows === 0) return result;
  const core = currentCore();
  core.scope((allocate) => {
    const n = padded(A.rows);
    const left = scaledParts(layout, theta, A, n, allocate);
    const right = scaledParts(layout, theta, B, padded(B.rows), allocate);
    const V = allocate(n * batch);
    for (let from = 0; from < B.rows; from += batch) {
      const count = Math.min(batch, B.rows - from);
      const z = (t: number, p: number): Block => core.from(right[t]![p]!.x, from);
      crossInto(core, left, n, A.rows, z, padded(B.rows), V, padded(count) / 4);
      const values = V.values;
      for (let j = 0; j < count; j++)
        for (let i = 0, at = (j >> 2) * 4 * n + (j & 3); i < A.rows; i++, at += 4)
          result.data[i * B.rows + from + j] = values[at]!;
    }
  });
  return result;
}
