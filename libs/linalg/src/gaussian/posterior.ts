/**
 * The process given the data. X* (m,d) new inputs, K* = k(X, X*) (n,m), V = L⁻¹K*:
 *   mean = c + K*ᵀα,  covariance = k(X*, X*) − VᵀV.
 * Left out (Rasmussen and Williams 5.10–5.12): μᵢ = yᵢ − αᵢ/(K⁻¹)ᵢᵢ, σᵢ² = 1/(K⁻¹)ᵢᵢ, a measurement's variance, its noise included.
 */
import { packedLength, padded, type Allocate, type Block, type Core } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireCols, requireFinite, requireRows } from '../dense/checks.js';
import { matrix, requireMatrix, type Matrix } from '../dense/matrix.js';
import type { Conditioned } from './conditioned.js';
import { requireSources } from './coregion.js';
import {
  covarianceInto,
  crossInto,
  scaleColumns,
  scaledParts,
  selfCovariance,
  type ScaledPart,
} from './covariance.js';
import { layoutOf, type KernelLayout } from './kernel.js';

const { floor, max } = Math;

export interface GaussianMarginals {
  /** (m) */
  readonly mean: Float64Array;
  /** (m), without noise, at least 0 */
  readonly variance: Float64Array;
}

/** Strips of four candidates are solved together, so many at least, and more as long as their covariances stay in the cache. */
const fewestStrips = 8;
const cachedDoubles = 8192;
/** Candidates that are scaled together. */
const batch = 1024;

function groupOf(n: number): number {
  return max(fewestStrips, floor(cachedDoubles / (4 * n)));
}

/** The conditioned rows in a core's memory. */
interface Loaded {
  readonly core: Core;
  readonly layout: KernelLayout;
  readonly n: number;
  readonly real: number;
  readonly mean: number;
  readonly alpha: Block;
  readonly parts: readonly (readonly ScaledPart[])[];
}

function load(conditioned: Conditioned, core: Core, allocate: Allocate): Loaded {
  const { kernel, theta, X } = conditioned;
  const layout = layoutOf(kernel);
  const n = padded(X.rows);
  return {
    core,
    layout,
    n,
    real: X.rows,
    mean: theta[layout.parameters + 1]!,
    alpha: put(conditioned.alpha, allocate),
    parts: scaledParts(layout, theta, X, n, allocate),
  };
}

function put(values: Float64Array, allocate: Allocate): Block {
  const block = allocate(values.length, 'unset');
  block.values.set(values);
  return block;
}

/** What means do without, for it is long. */
function loadFactor(
  { packed, inverses }: Conditioned,
  allocate: Allocate,
): { readonly packed: Block; readonly inverses: Block } {
  return { packed: put(packed, allocate), inverses: put(inverses, allocate) };
}

/** Room for other rows, scaled for each part, by columns `length` long. */
function roomForRows(parts: Loaded['parts'], length: number, allocate: Allocate): Block[][] {
  return parts.map((term) => term.map(({ terms }) => allocate(terms.columns * length)));
}

function requireRowsOf(conditioned: Conditioned, X: Matrix): void {
  requireMatrix('X', X);
  requireCols('X', X, conditioned.X.cols);
  requireFinite('X', X.data);
  requireSources('X', conditioned.kernel, X);
}

/** Mean and variance at each row of X*. O(n²m), in memory of O(n²/2 + n). */
export function posteriorMarginals(conditioned: Conditioned, X: Matrix): GaussianMarginals {
  requireRowsOf(conditioned, X);
  const core = currentCore();
  return core.scope((allocate) => {
    const loaded = load(conditioned, core, allocate);
    const { packed, inverses } = loadFactor(conditioned, allocate);
    const { n, layout, alpha } = loaded;
    const group = groupOf(n);
    const [means, squares] = [allocate(4 * group), allocate(4 * group)];
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    const prior = selfCovariance(layout, conditioned.theta, X, 0, X.rows);
    overStrips(loaded, conditioned.theta, X, allocate, (V, strips, first, rows) => {
      core.weighStrips(V, n, strips, alpha, means);
      core.solveStrips(packed, inverses, n, V, strips, squares);
      const [mu, explained] = [means.values, squares.values];
      for (let k = 0; k < rows; k++) {
        mean[first + k] = loaded.mean + mu[k]!;
        variance[first + k] = max(prior[first + k]! - explained[k]!, 0);
      }
    });
    return { mean, variance };
  });
}

/** What the variances of `posteriorMarginals` never exceed: those of a process that has seen nothing. O(m). */
export function priorVariances({ kernel, theta, X: known }: Conditioned, X: Matrix): Float64Array {
  requireMatrix('X', X);
  requireCols('X', X, known.cols);
  requireFinite('X', X.data);
  requireSources('X', kernel, X);
  return selfCovariance(layoutOf(kernel), theta, X, 0, X.rows);
}

/** The means of `posteriorMarginals`, to the bit. O(nm). */
export function posteriorMeans(conditioned: Conditioned, X: Matrix): Float64Array {
  requireRowsOf(conditioned, X);
  const core = currentCore();
  return core.scope((allocate) => {
    const loaded = load(conditioned, core, allocate);
    const { n, alpha } = loaded;
    const means = allocate(4 * groupOf(n));
    const mean = new Float64Array(X.rows);
    overStrips(loaded, conditioned.theta, X, allocate, (V, strips, first, rows) => {
      core.weighStrips(V, n, strips, alpha, means);
      const mu = means.values;
      for (let k = 0; k < rows; k++) mean[first + k] = loaded.mean + mu[k]!;
    });
    return mean;
  });
}

/** K* by groups of columns: `visit` is told how many strips of four V holds, and of which rows of X*. */
function overStrips(
  loaded: Loaded,
  theta: Float64Array,
  X: Matrix,
  allocate: Allocate,
  visit: (V: Block, strips: number, first: number, rows: number) => void,
): void {
  const { core, parts, n, real } = loaded;
  const length = Math.min(batch, padded(X.rows));
  const rooms = roomForRows(parts, length, allocate);
  const group = groupOf(n);
  const V = allocate(4 * group * n, 'unset');
  for (let from = 0; from < X.rows; from += batch) {
    const rows = Math.min(batch, X.rows - from);
    scaleRows(loaded, theta, X, from, rows, length, rooms);
    for (let begin = 0; begin < rows; begin += 4 * group) {
      const strips = Math.min(group, Math.ceil((rows - begin) / 4));
      const z = (t: number, p: number) => shifted(core, rooms[t]![p]!, begin);
      crossInto(core, parts, n, real, z, length, V, strips);
      visit(V, strips, from + begin, Math.min(4 * strips, rows - begin));
    }
  }
}

function shifted(core: Core, block: Block, by: number): Block {
  return by === 0 ? block : core.from(block, by);
}

function scaleRows(
  { parts }: Loaded,
  theta: Float64Array,
  X: Matrix,
  from: number,
  rows: number,
  length: number,
  rooms: readonly (readonly Block[])[],
): void {
  parts.forEach((term, t) =>
    term.forEach(({ layout }, p) => {
      const values = rooms[t]![p]!.values;
      if (rows < length) values.fill(0);
      scaleColumns(layout, theta, X, from, rows, length, values);
    }),
  );
}

/** Mean (m) and noise-free covariance (m,m) at the rows of X*. O(n²m + nm²). */
export function posteriorJoint(
  conditioned: Conditioned,
  X: Matrix,
): { mean: Float64Array; covariance: Matrix } {
  requireRowsOf(conditioned, X);
  const core = currentCore();
  return core.scope((allocate) => {
    const loaded = load(conditioned, core, allocate);
    const { packed, inverses } = loadFactor(conditioned, allocate);
    const { n, real, layout, parts, alpha } = loaded;
    const length = padded(X.rows);
    const strips = length / 4;
    const candidates = scaledParts(layout, conditioned.theta, X, length, allocate);
    const [V, means, squares] = [allocate(length * n), allocate(length), allocate(length)];
    crossInto(core, parts, n, real, (t, p) => candidates[t]![p]!.x, length, V, strips);
    core.weighStrips(V, n, strips, alpha, means);
    core.solveStrips(packed, inverses, n, V, strips, squares);
    const C = allocate(length * length);
    covarianceInto(core, candidates, length, X.rows, C);
    core.subtractStrips(V, strips, V, strips, n, C, length, true);
    const covariance = matrix(X.rows, X.rows);
    const values = C.values;
    for (let i = 0; i < X.rows; i++)
      for (let j = 0; j <= i; j++) {
        const value = values[i * length + j]!;
        covariance.data[i * X.rows + j] = value;
        covariance.data[j * X.rows + i] = value;
      }
    const mu = means.values;
    return { mean: Float64Array.from({ length: X.rows }, (_, i) => loaded.mean + mu[i]!), covariance };
  });
}

/** Mean (n) and variance (n) of each measurement given all the others, at these parameters, without a refit. O(n³/3). */
export function leaveOneOut(conditioned: Conditioned): GaussianMarginals {
  const { alpha, y } = conditioned;
  const core = currentCore();
  const n = conditioned.inverses.length;
  return core.scope((allocate) => {
    const { packed, inverses } = loadFactor(conditioned, allocate);
    const inverse = allocate(packedLength(n), 'unset');
    core.invertTriangle(packed, inverses, n, inverse);
    const squares = columnSquares(inverse.values, n);
    const variance = Float64Array.from({ length: y.length }, (_, i) => 1 / squares[i]!);
    return { mean: y.map((value, i) => value - alpha[i]! * variance[i]!), variance };
  });
}

/** (K⁻¹)ᵢᵢ = Σₖ (L⁻¹)ₖᵢ², from L⁻¹ by strips of columns. */
function columnSquares(inverse: Float64Array, n: number): Float64Array {
  const sums = new Float64Array(n);
  for (let c = 0, at = 0; c < n; c += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let k = c; k < n; k++, at += 4) {
      s0 += inverse[at]! * inverse[at]!;
      s1 += inverse[at + 1]! * inverse[at + 1]!;
      s2 += inverse[at + 2]! * inverse[at + 2]!;
      s3 += inverse[at + 3]! * inverse[at + 3]!;
    }
    sums.set([s0, s1, s2, s3], c);
  }
  return sums;
}

/** K⁻¹·B for B (n,k). */
export function solveConditioned({ packed, inverses, y }: Conditioned, B: Matrix): Matrix {
  requireMatrix('B', B);
  requireRows('B', B, y.length);
  const core = currentCore();
  const n = inverses.length;
  return core.scope((allocate) => {
    const [L, d, z] = [allocate(packed.length), allocate(n), allocate(n)];
    L.values.set(packed);
    d.values.set(inverses);
    const X = matrix(B.rows, B.cols);
    for (let k = 0; k < B.cols; k++) {
      const values = z.values;
      for (let i = 0; i < B.rows; i++) values[i] = B.data[i * B.cols + k]!;
      values.fill(0, B.rows);
      core.solveForward(L, d, n, z);
      core.solveBackward(L, d, n, z);
      const solved = z.values;
      for (let i = 0; i < B.rows; i++) X.data[i * B.cols + k] = solved[i]!;
    }
    return X;
  });
}

/** k(X*, X)·B for B (n,k): (m,k). */
export function crossTimes(conditioned: Conditioned, X: Matrix, B: Matrix): Matrix {
  requireRowsOf(conditioned, X);
  requireMatrix('B', B);
  requireRows('B', B, conditioned.X.rows);
  const core = currentCore();
  return core.scope((allocate) => {
    const loaded = load(conditioned, core, allocate);
    const { n } = loaded;
    const out = allocate(4 * groupOf(n));
    const columns = Array.from({ length: B.cols }, (_, k) => {
      const block = allocate(n);
      for (let i = 0; i < B.rows; i++) block.values[i] = B.data[i * B.cols + k]!;
      return block;
    });
    const result = matrix(X.rows, B.cols);
    overStrips(loaded, conditioned.theta, X, allocate, (V, strips, first, rows) =>
      columns.forEach((column, k) => {
        core.weighStrips(V, n, strips, column, out);
        const values = out.values;
        for (let j = 0; j < rows; j++) result.data[(first + j) * B.cols + k] = values[j]!;
      }),
    );
    return result;
  });
}
