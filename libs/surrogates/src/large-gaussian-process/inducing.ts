/**
 * Inducing rows by pivoted Cholesky: one row after the other, each time the one of which those before it say least, by its variance given
 * them. Chosen among so many rows at most, drawn at random: O(rows·M²).
 */
import { kernelMatrix, selectRows, type Kernel, type Matrix, type Philox } from '@ionloop/linalg';

const { min, sqrt } = Math;
const mostCandidates = 5000;
/** Of the largest variance: what is left of others then can be told from nothing no more. */
const leastShare = 1e-9;

export function inducingRows(
  kernel: Kernel,
  theta: Float64Array,
  X: Matrix,
  most: number,
  rng: Philox,
): Matrix {
  const candidates = X.rows > mostCandidates ? selectRows(X, rng.choose(X.rows, mostCandidates)) : X;
  return selectRows(candidates, pivots(kernel, theta, candidates, min(most, candidates.rows)));
}

function pivots(kernel: Kernel, theta: Float64Array, X: Matrix, most: number): number[] {
  const n = X.rows;
  const left = variancesOf(kernel, theta, X);
  const scale = left.reduce((largest, value) => (value > largest ? value : largest), 0);
  // Columns of the factor, one after the other.
  const factor = new Float64Array(n * most);
  const chosen: number[] = [];
  while (chosen.length < most) {
    const next = largestOf(left);
    if (chosen.length > 0 && left[next]! <= leastShare * scale) break;
    const k = chosen.length;
    chosen.push(next);
    const column = factor.subarray(k * n, (k + 1) * n);
    column.set(kernelMatrix(kernel, theta, selectRows(X, [next]), X).data);
    for (let j = 0; j < k; j++) subtractColumn(column, factor.subarray(j * n, (j + 1) * n), next);
    const pivot = sqrt(left[next]!);
    for (let i = 0; i < n; i++) {
      const value = pivot > 0 ? column[i]! / pivot : 0;
      column[i] = value;
      left[i] = left[i]! - value * value;
    }
    left[next] = 0;
  }
  return chosen;
}

/** target −= other·other[at] */
function subtractColumn(target: Float64Array, other: Float64Array, at: number): void {
  const weight = other[at]!;
  for (let i = 0; i < target.length; i++) target[i] = target[i]! - weight * other[i]!;
}

function variancesOf(kernel: Kernel, theta: Float64Array, X: Matrix): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const row = selectRows(X, [i]);
    return kernelMatrix(kernel, theta, row, row).data[0]!;
  });
}

function largestOf(values: Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}
