/**
 * A process of many rows by way of few: M inducing rows Z, at which values u of the process are taken for all that the n rows of X can say
 * (Titsias 2009). With K = k(Z, Z) + a nugget = L·Lᵀ, vᵢ = L⁻¹k(Z, xᵢ), qᵢ = vᵢᵀvᵢ, sᵢ = σ_n² + noise of the row, wᵢ = 1/sᵢ, rᵢ = yᵢ − c:
 *
 *   A = I + Σ wᵢvᵢvᵢᵀ = L_A·L_Aᵀ,   b = Σ wᵢrᵢvᵢ,   μ = A⁻¹b,   eᵢ = rᵢ − vᵢᵀμ,   αᵢ = wᵢeᵢ
 *   F = −½(n ln 2π + Σ ln sᵢ + ln det A + Σ wᵢrᵢ² − bᵀμ) − ½ Σ wᵢ(k(xᵢ, xᵢ) − qᵢ) ≤ ln p(y)
 *   mean = c + vᵀμ,   variance = k(x, x) − q + ‖L_A⁻¹v‖².
 *
 * By ∂k(Z, xᵢ) F changes by the weights wᵢ(C·vᵢ + eᵢL⁻ᵀμ), C = L⁻ᵀ(I − A⁻¹); by ∂K by −½L⁻ᵀ(μμᵀ + A − 2I + A⁻¹)L⁻¹; by ∂k(xᵢ, xᵢ) by −½wᵢ; and by ∂sᵢ by
 * ½(αᵢ² − wᵢ + wᵢ²·variance of row i). Time O(nM²); of the rows a block at a time is in the core's memory.
 */
import { packedLength, type Allocate, type Block, type Core } from '../../core/core.js';
import { currentCore } from '../../core/select.js';
import { requireCols, requireFinite, requireLength } from '../../dense/checks.js';
import { choleskyInverse } from '../../dense/cholesky.js';
import { matrix, requireMatrix, transpose, type Matrix } from '../../dense/matrix.js';
import { loadStrips, readPacked } from '../../dense/strips.js';
import { triangularSolve } from '../../dense/triangular.js';
import { InvalidArgumentError, NotPositiveDefiniteError } from '../../errors.js';
import { exp } from '../../special/exp.js';
import { log } from '../../special/log.js';
import { requireSources } from '../coregion.js';
import { addSelfSlopes, crossInto, selfCovariance } from '../covariance.js';
import { requireData, requireTheta, type GaussianData } from '../data.js';
import { layoutOf, type Kernel, type KernelLayout } from '../kernel.js';
import type { MarginalLikelihood } from '../likelihood.js';
import { KernelSlopes, pairsAcross, pairsWithin } from '../slopes.js';
import { blockRows, factorInducing, forBlocks, nuggetShare, Rows, type Inducing } from './inducing.js';

const logTwoPi = 1.8378770664093453;

/** Plain numbers, which may be sent to another thread. */
export interface SparseConditioned {
  readonly kernel: Kernel;
  /** [the kernel's parameters, ln σ_n², c] */
  readonly theta: Float64Array;
  /** (M,d) */
  readonly Z: Matrix;
  /** L_A (M,M), packed by strips, padded with the identity to a multiple of 4 rows. */
  readonly packed: Float64Array;
  /** μ (M) */
  readonly weights: Float64Array;
  /** F */
  readonly bound: number;
}

/** F and its gradient by θ for given inducing rows, while `use` runs. A covariance that cannot be factored is a NotPositiveDefiniteError. */
export function withSparseBound<T>(
  kernel: Kernel,
  data: GaussianData,
  Z: Matrix,
  use: (bound: Pick<MarginalLikelihood, 'parameters' | 'value' | 'valueAndGradient'>) => T,
): T {
  requireSparse(kernel, data, Z);
  const layout = layoutOf(kernel);
  const core = currentCore();
  const at = <R>(theta: Float64Array, withSlopes: boolean, what: (bound: Bound) => R): R => {
    requireTheta(theta, layout.parameters);
    return core.scope((allocate) => what(new Bound(core, allocate, layout, theta, data, Z, withSlopes)));
  };
  return use({
    parameters: layout.parameters + 2,
    value: (theta) => at(theta, false, (bound) => bound.value),
    valueAndGradient: (theta, gradient) => {
      requireLength('gradient', gradient, layout.parameters + 2);
      return at(theta, true, (bound) => {
        bound.gradientInto(gradient);
        return bound.value;
      });
    },
  });
}

/** The process of this kernel and θ given the data, by way of the rows Z. */
export function conditionSparse(
  kernel: Kernel,
  theta: Float64Array,
  data: GaussianData,
  Z: Matrix,
): SparseConditioned {
  requireSparse(kernel, data, Z);
  const layout = layoutOf(kernel);
  requireTheta(theta, layout.parameters);
  const core = currentCore();
  return core.scope((allocate) => {
    const bound = new Bound(core, allocate, layout, theta, data, Z, false);
    return {
      kernel,
      theta: theta.slice(),
      Z,
      packed: bound.packed.values.slice(),
      weights: bound.mu.values.slice(0, Z.rows),
      bound: bound.value,
    };
  });
}

function requireSparse(kernel: Kernel, data: GaussianData, Z: Matrix): void {
  requireData(kernel, data);
  requireMatrix('Z', Z);
  requireCols('Z', Z, data.X.cols);
  requireFinite('Z', Z.data);
  requireSources('Z', kernel, Z);
  if (Z.rows === 0) throw new InvalidArgumentError('Z', 'must have at least one row');
}

/** F at θ. */
class Bound {
  readonly value: number;
  /** L_A */
  readonly packed: Block;
  readonly mu: Block;
  private readonly inducing: Inducing;
  private readonly rows: Rows;
  private readonly A: Matrix;
  private readonly inverses: Block;
  /** V and what belongs to its columns. */
  private readonly V: Block;
  private readonly squares: Block;
  private readonly fitted: Block;
  private readonly noiseVariance: number;

  constructor(
    private readonly core: Core,
    private readonly allocate: Allocate,
    private readonly layout: KernelLayout,
    private readonly theta: Float64Array,
    private readonly data: GaussianData,
    private readonly Z: Matrix,
    withSlopes: boolean,
  ) {
    this.noiseVariance = exp(theta[layout.parameters]!);
    this.inducing = factorInducing(core, allocate, layout, theta, Z);
    const { m } = this.inducing;
    this.rows = new Rows(layout, theta, this.inducing.parts, allocate);
    this.V = allocate(m * blockRows);
    this.squares = allocate(blockRows);
    this.fitted = allocate(blockRows);
    this.packed = allocate(packedLength(m));
    this.inverses = allocate(m);
    this.mu = allocate(m);
    const gram = allocate((m + 4) * (m + 4));
    const { logs, excess } = this.addUp(gram);
    this.A = withSlopes ? plusIdentity(gram.values, m, Z.rows) : matrix(0, 0);
    const { logDeterminant, quadratic } = this.factor(gram);
    const n = data.X.rows;
    this.value = -0.5 * (n * logTwoPi + logs + logDeterminant + quadratic + excess);
  }

  /** gram −= Σ (v, r)(v, r)ᵀ·w, r in row m; Σ ln s and Σ w(k − q). */
  private addUp(gram: Block): { readonly logs: number; readonly excess: number } {
    const { core, inducing, rows, V, squares, data } = this;
    const { m, real, parts } = inducing;
    const turned = this.allocate((m + 4) * blockRows);
    let [logs, excess] = [0, 0];
    forBlocks(data.X, (from, count, strips) => {
      rows.load(data.X, from, count);
      crossInto(core, parts, m, real, (t, p) => rows.z[t]![p]!, blockRows, V, strips);
      core.solveStrips(inducing.packed, inducing.inverses, m, V, strips, squares);
      const prior = selfCovariance(this.layout, this.theta, data.X, from, count);
      const roots = new Float64Array(4 * strips);
      for (let j = 0; j < count; j++) {
        const s = this.noiseOf(from + j);
        logs += log(s);
        excess += (prior[j]! - squares.values[j]!) / s;
        roots[j] = 1 / Math.sqrt(s);
      }
      this.turn(roots, from, count, strips, turned.values);
      core.subtractStrips(turned, m / 4 + 1, turned, m / 4 + 1, 4 * strips, gram, m + 4, true);
    });
    return { logs, excess };
  }

  /** V and r, each column times its root of w, as strips of rows. */
  private turn(roots: Float64Array, from: number, count: number, strips: number, turned: Float64Array): void {
    const { m } = this.inducing;
    const V = this.V.values;
    for (let c = 0; c < strips; c++)
      for (let k = 0; k < 4; k++) {
        const root = roots[4 * c + k]!;
        for (
          let i = 0, at = 4 * m * c + k, to = 4 * (4 * c + k);
          i < m;
          i += 4, at += 16, to += 16 * strips
        ) {
          turned[to] = V[at]! * root;
          turned[to + 1] = V[at + 4]! * root;
          turned[to + 2] = V[at + 8]! * root;
          turned[to + 3] = V[at + 12]! * root;
        }
      }
    const last = 4 * m * strips;
    turned.fill(0, last, last + 16 * strips);
    for (let j = 0; j < count; j++) turned[last + 4 * j] = this.residual(from + j) * roots[j]!;
  }

  /** L_A, μ, ln det A and Σ wr² − bᵀμ from minus the Gram matrix, whose last rows stand for r. */
  private factor(gram: Block): { readonly logDeterminant: number; readonly quadratic: number } {
    const { core, mu } = this;
    const { m } = this.inducing;
    const size = m + 4;
    const [packed, inverses] = [this.allocate(packedLength(size)), this.allocate(size)];
    const G = gram.values;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) G[i * size + j] = 0 - G[i * size + j]!;
      // The pivot of r too becomes 1 more than it is, and cannot fail.
      G[i * size + i] = G[i * size + i]! + 1;
    }
    if (core.cholesky(gram, size, packed, inverses) > 0)
      throw new NotPositiveDefiniteError('the precision of the inducing rows', 0);
    this.packed.values.set(packed.values.subarray(0, packedLength(m)));
    this.inverses.values.set(inverses.values.subarray(0, m));
    const row = packedLength(m);
    const P = packed.values;
    for (let i = 0; i < m; i++) mu.values[i] = P[row + 4 * i]!;
    core.solveBackward(this.packed, this.inverses, m, mu);
    let logDeterminant = 0;
    for (let i = 0; i < m; i++) logDeterminant -= 2 * log(this.inverses.values[i]!);
    const pivot = P[row + 4 * m]!;
    return { logDeterminant, quadratic: Math.max(pivot * pivot - 1, 0) };
  }

  gradientInto(gradient: Float64Array): void {
    gradient.fill(0);
    this.addAcross(gradient, this.weightsAcross());
    this.addWithin(gradient);
  }

  /** C (M,M) and L⁻ᵀμ (M) */
  private weightsAcross(): { readonly C: Matrix; readonly u: Float64Array } {
    const { real } = this.inducing;
    const inverse = choleskyInverse(this.LA);
    const rest = matrix(
      real,
      real,
      inverse.data.map((value, at) => (at % (real + 1) === 0 ? 1 : 0) - value),
    );
    return {
      C: triangularSolve(this.L, rest, { transpose: true }),
      u: triangularSolve(this.L, this.mu.values.slice(0, real), { transpose: true }),
    };
  }

  private get L(): Matrix {
    return readPacked(this.inducing.packed.values, this.inducing.real);
  }

  private get LA(): Matrix {
    return readPacked(this.packed.values, this.inducing.real);
  }

  /** What the rows' covariances with Z, their own, their noise and the mean say. */
  private addAcross(
    gradient: Float64Array,
    { C, u }: { readonly C: Matrix; readonly u: Float64Array },
  ): void {
    const { core, inducing, rows, V, fitted, squares, data, layout, theta, allocate } = this;
    const { m, real, parts } = inducing;
    const slopes = new KernelSlopes(core, layout, m * blockRows, allocate);
    const [K, G] = [allocate(m * blockRows), allocate(m * blockRows)];
    const left = loadStrips(C, false, m, allocate);
    const { parameters } = layout;
    forBlocks(data.X, (from, count, strips) => {
      rows.load(data.X, from, count);
      const pairs = pairsAcross(core, parts, m, real, rows.z, blockRows, strips);
      slopes.fill(pairs, K);
      V.values.set(K.values.subarray(0, pairs.size));
      core.solveStrips(inducing.packed, inducing.inverses, m, V, strips, squares);
      core.weighStrips(V, m, strips, this.mu, fitted);
      G.values.fill(0, 0, pairs.size);
      // A strip at a time its product comes out as a strip too.
      for (let c = 0; c < strips; c++)
        core.subtractStrips(left, m / 4, core.from(V, 4 * m * c), 1, m, core.from(G, 4 * m * c), 4, false);
      const prior = selfCovariance(layout, theta, data.X, from, count);
      const own = new Float64Array(count);
      for (let j = 0; j < 4 * strips; j++) {
        const w = j < count ? 1 / this.noiseOf(from + j) : 0;
        const e = j < count ? this.residual(from + j) - fitted.values[j]! : 0;
        const explained = finishColumn(G.values, K.values, u, 4 * m * (j >> 2) + (j & 3), w, e);
        if (j >= count) continue;
        own[j] = -0.5 * w;
        const slope = 0.5 * w * (w * (e * e + prior[j]! - explained) - 1);
        gradient[parameters] = gradient[parameters]! + slope * this.noiseVariance;
        gradient[parameters + 1] = gradient[parameters + 1]! + w * e;
      }
      slopes.addGradient(pairs, G, theta, gradient);
      addSelfSlopes(layout, theta, data.X, from, own, gradient);
    });
  }

  /** What the covariances of Z among themselves say. */
  private addWithin(gradient: Float64Array): void {
    const { core, inducing, layout, theta, A, Z } = this;
    const { m, real, parts } = inducing;
    const mu = this.mu.values.slice(0, real);
    const inverse = choleskyInverse(this.LA);
    const inner = matrix(real, real);
    for (let i = 0, at = 0; i < real; i++)
      for (let j = 0; j < real; j++, at++)
        inner.data[at] = mu[i]! * mu[j]! + A.data[at]! + inverse.data[at]! - (i === j ? 2 : 0);
    const half = triangularSolve(this.L, inner, { transpose: true });
    const D = triangularSolve(this.L, transpose(half), { transpose: true });
    core.scope((allocate) => {
      const slopes = new KernelSlopes(core, layout, m * m, allocate);
      const [K, W] = [allocate(m * m), allocate(m * m)];
      const values = W.values;
      let trace = 0;
      for (let i = 0; i < real; i++) {
        for (let j = 0; j < i; j++) values[i * m + j] = -D.data[i * real + j]!;
        values[i * m + i] = -0.5 * D.data[i * real + i]!;
        trace += values[i * m + i]!;
      }
      const pairs = pairsWithin(core, parts, m, real);
      slopes.fill(pairs, K);
      slopes.addGradient(pairs, W, theta, gradient);
      // The nugget is a share of the mean variance.
      addSelfSlopes(layout, theta, Z, 0, new Float64Array(real).fill((nuggetShare * trace) / real), gradient);
    });
  }

  private noiseOf(row: number): number {
    return this.noiseVariance + (this.data.noise ? this.data.noise[row]! : 0);
  }

  private residual(row: number): number {
    return this.data.y[row]! - this.theta[this.layout.parameters + 1]!;
  }
}

/** A from minus Σ wvvᵀ, in the corner of a square with rows m + 4 apart. */
function plusIdentity(gram: Float64Array, m: number, real: number): Matrix {
  const A = matrix(real, real);
  for (let i = 0; i < real; i++)
    for (let j = 0; j <= i; j++) {
      const value = (i === j ? 1 : 0) - gram[i * (m + 4) + j]!;
      A.data[i * real + j] = value;
      A.data[j * real + i] = value;
    }
  return A;
}

/** One column of −C·V, every fourth double from `at` on, becomes w(C·v + e·u); k·C·v is the answer. */
function finishColumn(
  G: Float64Array,
  K: Float64Array,
  u: Float64Array,
  at: number,
  w: number,
  e: number,
): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++, at += 4) {
    const value = -G[at]!;
    sum += K[at]! * value;
    G[at] = w * (value + e * u[i]!);
  }
  return sum;
}
