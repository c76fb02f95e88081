/** The process by way of inducing rows, given its data: what it says elsewhere, and of rows left out. Notation in bound.ts. */
import { packedLength, padded, type Allocate, type Block } from '../../core/core.js';
import { currentCore } from '../../core/select.js';
import { requireCols, requireFinite, requireLength } from '../../dense/checks.js';
import { matrix, requireMatrix, type Matrix } from '../../dense/matrix.js';
import { readPacked } from '../../dense/strips.js';
import { exp } from '../../special/exp.js';
import { requireSources } from '../coregion.js';
import { covarianceInto, crossInto, scaledParts, selfCovariance } from '../covariance.js';
import { requireData, type GaussianData } from '../data.js';
import { layoutOf } from '../kernel.js';
import type { GaussianMarginals } from '../posterior.js';
import type { SparseConditioned } from './bound.js';
import { blockRows, factorInducing, forBlocks, Rows } from './inducing.js';

/** What is known of a row before its own variance is put together. */
interface Seen {
  readonly mean: number;
  /** k(x, x) − q, at least 0 */
  readonly beyond: number;
  /** ‖L_A⁻¹v‖² */
  readonly within: number;
}

function forRows(conditioned: SparseConditioned, X: Matrix, use: (row: number, seen: Seen) => void): void {
  const { kernel, theta, Z, weights } = conditioned;
  requireMatrix('X', X);
  requireCols('X', X, Z.cols);
  requireFinite('X', X.data);
  requireSources('X', kernel, X);
  const layout = layoutOf(kernel);
  const c = theta[layout.parameters + 1]!;
  const core = currentCore();
  core.scope((allocate) => {
    const inducing = factorInducing(core, allocate, layout, theta, Z);
    const { m, real, parts } = inducing;
    const rows = new Rows(layout, theta, parts, allocate);
    const [V, first, second, fitted] = [
      allocate(m * blockRows),
      ...[0, 0, 0].map(() => allocate(blockRows)),
    ] as [Block, Block, Block, Block];
    const mu = allocate(m);
    mu.values.set(weights);
    const { packed, inverses } = loadPacked(conditioned.packed, m, allocate);
    forBlocks(X, (from, count, strips) => {
      rows.load(X, from, count);
      crossInto(core, parts, m, real, (t, p) => rows.z[t]![p]!, blockRows, V, strips);
      core.solveStrips(inducing.packed, inducing.inverses, m, V, strips, first);
      core.weighStrips(V, m, strips, mu, fitted);
      core.solveStrips(packed, inverses, m, V, strips, second);
      const prior = selfCovariance(layout, theta, X, from, count);
      for (let j = 0; j < count; j++)
        use(from + j, {
          mean: c + fitted.values[j]!,
          beyond: Math.max(prior[j]! - first.values[j]!, 0),
          within: second.values[j]!,
        });
    });
  });
}

function loadPacked(
  values: Float64Array,
  m: number,
  allocate: Allocate,
): { readonly packed: Block; readonly inverses: Block } {
  requireLength('packed', values, packedLength(m));
  const [packed, inverses] = [allocate(values.length), allocate(m)];
  packed.values.set(values);
  for (let i = 0; i < m; i++) {
    const strip = i >> 2;
    inverses.values[i] = 1 / values[8 * strip * (strip + 1) + 4 * i + (i & 3)]!;
  }
  return { packed, inverses };
}

/** Mean and variance at each row of X, without noise. O(M²) a row. */
export function sparseMarginals(conditioned: SparseConditioned, X: Matrix): GaussianMarginals {
  const [mean, variance] = [new Float64Array(X.rows), new Float64Array(X.rows)];
  forRows(conditioned, X, (row, { mean: value, beyond, within }) => {
    mean[row] = value;
    variance[row] = beyond + within;
  });
  return { mean, variance };
}

/**
 * Mean and variance of each measurement given all the others, in closed form: Z and θ stay, the row's share in A and b is taken out. The rows
 * must be those it was conditioned on.
 */
export function sparseLeaveOneOut(conditioned: SparseConditioned, data: GaussianData): GaussianMarginals {
  requireData(conditioned.kernel, data);
  const noiseVariance = exp(conditioned.theta.at(-2)!);
  const [mean, variance] = [new Float64Array(data.X.rows), new Float64Array(data.X.rows)];
  forRows(conditioned, data.X, (row, { mean: fitted, beyond, within }) => {
    const s = noiseVariance + (data.noise ? data.noise[row]! : 0);
    // Of the row's own weight in its fit this much is left; rounding must not make it 0.
    const free = Math.max(1 - within / s, 1e-12);
    mean[row] = data.y[row]! - (data.y[row]! - fitted) / free;
    variance[row] = beyond + within / free + s;
  });
  return { mean, variance };
}

/** Mean (k) and covariance (k,k) at the rows of X, without noise. */
export function sparseJoint(
  conditioned: SparseConditioned,
  X: Matrix,
): { readonly mean: Float64Array; readonly covariance: Matrix } {
  const { kernel, theta, Z } = conditioned;
  const { mean } = sparseMarginals(conditioned, X);
  const layout = layoutOf(kernel);
  const core = currentCore();
  return core.scope((allocate) => {
    const inducing = factorInducing(core, allocate, layout, theta, Z);
    const { m, real, parts } = inducing;
    const length = padded(X.rows);
    const strips = length / 4;
    const others = scaledParts(layout, theta, X, length, allocate);
    const [V, squares, C] = [allocate(length * m), allocate(length), allocate(length * length)];
    crossInto(core, parts, m, real, (t, p) => others[t]![p]!.x, length, V, strips);
    core.solveStrips(inducing.packed, inducing.inverses, m, V, strips, squares);
    covarianceInto(core, others, length, X.rows, C);
    core.subtractStrips(V, strips, V, strips, m, C, length, true);
    const { packed, inverses } = loadPacked(conditioned.packed, m, allocate);
    core.solveStrips(packed, inverses, m, V, strips, squares);
    const minus = allocate(length * m);
    V.values.forEach((value, at) => (minus.values[at] = -value));
    core.subtractStrips(minus, strips, V, strips, m, C, length, true);
    const covariance = matrix(X.rows, X.rows);
    const values = C.values;
    for (let i = 0; i < X.rows; i++)
      for (let j = 0; j <= i; j++) {
        covariance.data[i * X.rows + j] = values[i * length + j]!;
        covariance.data[j * X.rows + i] = values[i * length + j]!;
      }
    return { mean, covariance };
  });
}

/** L (M,M) of the inducing rows' prior and L_A (M,M): values there are c + L·(μ + L_A⁻ᵀε). */
export function sparseFactors({ kernel, theta, Z, packed }: SparseConditioned): {
  readonly L: Matrix;
  readonly LA: Matrix;
} {
  const core = currentCore();
  return core.scope((allocate) => {
    const inducing = factorInducing(core, allocate, layoutOf(kernel), theta, Z);
    return { L: readPacked(inducing.packed.values, Z.rows), LA: readPacked(packed, Z.rows) };
  });
}
