/** Covariance matrices in a core's memory, of a kernel at given parameters. */
import type { Allocate, Block, Core, PartTerms } from '../core/core.js';
import type { Matrix } from '../dense/matrix.js';
import { exp } from '../special/exp.js';
import { coregionTable } from './coregion.js';
import type { KernelLayout, KernelPart, PartLayout } from './kernel.js';

/** A part at given parameters, over rows that it has scaled. */
export interface ScaledPart {
  readonly layout: PartLayout;
  readonly terms: PartTerms;
  /** The rows' columns over ℓ, by columns. */
  readonly x: Block;
}

/** 1/ℓ of a part's column q; 1 for source numbers, which stay as they are. */
export function inverseLengthscale(
  { lengthscales, coregion }: PartLayout,
  theta: Float64Array,
  q: number,
): number {
  return coregion ? 1 : 1 / exp(theta[lengthscales[q]!]!);
}

/** The columns of `layout` in the rows `from` … `from + count − 1` of X, each divided by its lengthscale, by columns `length` long. */
export function scaleColumns(
  layout: PartLayout,
  theta: Float64Array,
  X: Matrix,
  from: number,
  count: number,
  length: number,
  into: Float64Array,
): void {
  layout.part.columns.forEach((column, q) => {
    const inverse = inverseLengthscale(layout, theta, q);
    const begin = q * length;
    for (let i = 0, at = from * X.cols + column; i < count; i++, at += X.cols)
      into[begin + i] = X.data[at]! * inverse;
  });
}

/** How many doubles a part's weights are: 1/ℓ, or B. */
export function weightsLength({ columns, coregion }: KernelPart): number {
  return coregion ? coregion.sources * coregion.sources : columns.length;
}

/** 1/ℓ or B, α and the amplitude of a part: the variance of its term if it is the first of it. */
export function partTerms(
  layout: PartLayout,
  theta: Float64Array,
  amplitude: number,
  weights: Block,
): PartTerms {
  const values = weights.values;
  if (layout.coregion) values.set(coregionTable(layout.coregion, theta));
  layout.lengthscales.forEach((place, q) => (values[q] = 1 / exp(theta[place]!)));
  return {
    kind: layout.part.kind,
    sources: layout.part.coregion?.sources ?? 0,
    columns: layout.part.columns.length,
    weights,
    amplitude,
    alpha: layout.alpha === null ? 1 : exp(theta[layout.alpha]!),
  };
}

/** σ_t² for the first part of a term, 1 for the others. */
export function amplitudeOf(layout: KernelLayout, theta: Float64Array, t: number, p: number): number {
  return p === 0 ? exp(theta[layout.terms[t]!.variance]!) : 1;
}

/** Every part of a kernel at θ over the rows of X, padded with zeros to n. */
export function scaledParts(
  layout: KernelLayout,
  theta: Float64Array,
  X: Matrix,
  n: number,
  allocate: Allocate,
): ScaledPart[][] {
  return layout.terms.map((term, t) =>
    term.parts.map((part, p) => {
      const d = part.part.columns.length;
      const [x, weights] = [allocate(n * d), allocate(weightsLength(part.part))];
      scaleColumns(part, theta, X, 0, X.rows, n, x.values);
      return { layout: part, terms: partTerms(part, theta, amplitudeOf(layout, theta, t, p), weights), x };
    }),
  );
}

/** K := Σ_t Π_p over the rows of the parts (n long, `real` real), the lower triangle and its diagonal tiles. */
export function covarianceInto(
  core: Core,
  parts: readonly (readonly ScaledPart[])[],
  n: number,
  real: number,
  K: Block,
): void {
  const only = parts.length === 1 && parts[0]!.length === 1 ? parts[0]![0]! : undefined;
  if (only) {
    core.covarianceWithin(only.terms, only.x, n, real, K, null, null);
    return;
  }
  core.scope((allocate) => {
    const size = real * n;
    const [term, factor] = [allocate(n * n), allocate(n * n)];
    K.values.fill(0);
    for (const [first, ...others] of parts) {
      core.covarianceWithin(first!.terms, first!.x, n, real, term, null, null);
      for (const other of others) {
        core.covarianceWithin(other.terms, other.x, n, real, factor, null, null);
        core.multiplyEach(term, factor, term, size);
      }
      core.addEach(term, K, size);
    }
  });
}

/**
 * V := covariances between the rows of the parts and `count` strips of four columns; `z` gives each part the other rows, scaled, by columns
 * `length` long.
 */
export function crossInto(
  core: Core,
  parts: readonly (readonly ScaledPart[])[],
  n: number,
  real: number,
  z: (t: number, p: number) => Block,
  length: number,
  V: Block,
  count: number,
): void {
  const only = parts.length === 1 && parts[0]!.length === 1 ? parts[0]![0]! : undefined;
  if (only) {
    core.covarianceStrips(only.terms, only.x, n, real, z(0, 0), length, V, null, null, count);
    return;
  }
  core.scope((allocate) => {
    const size = 4 * n * count;
    const [term, factor] = [allocate(size), allocate(size)];
    V.values.fill(0, 0, size);
    parts.forEach(([first, ...others], t) => {
      core.covarianceStrips(first!.terms, first!.x, n, real, z(t, 0), length, term, null, null, count);
      others.forEach((other, p) => {
        core.covarianceStrips(other.terms, other.x, n, real, z(t, p + 1), length, factor, null, null, count);
        core.multiplyEach(term, factor, term, size);
      });
      core.addEach(term, V, size);
    });
  });
}

/** k(x, x) for the rows `from` … of X. */
export function selfCovariance(
  layout: KernelLayout,
  theta: Float64Array,
  X: Matrix,
  from: number,
  count: number,
): Float64Array {
  const sums = new Float64Array(count);
  layout.terms.forEach((term, t) => {
    const values = new Float64Array(count).fill(amplitudeOf(layout, theta, t, 0));
    for (const { part, lengthscales, coregion } of term.parts) {
      if (coregion) {
        const [table, sources] = [coregionTable(coregion, theta), coregion.loadings.length];
        for (let i = 0; i < count; i++)
          values[i] = values[i]! * table[X.data[(from + i) * X.cols + part.columns[0]!]! * (sources + 1)]!;
      }
      if (part.kind !== 'linear') continue;
      const inverses = lengthscales.map((place) => 1 / exp(theta[place]!));
      for (let i = 0; i < count; i++) {
        let square = 0;
        part.columns.forEach((column, q) => {
          const u = X.data[(from + i) * X.cols + column]! * inverses[q]!;
          square += u * u;
        });
        values[i] = values[i]! * square;
      }
    }
    for (let i = 0; i < count; i++) sums[i] = sums[i]! + values[i]!;
  });
  return sums;
}

/** Adds Σᵢ weightsᵢ·∂k(xᵢ, xᵢ)/∂θ over the rows `from` … of X, as many as there are weights. */
export function addSelfSlopes(
  layout: KernelLayout,
  theta: Float64Array,
  X: Matrix,
  from: number,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const add = (place: number, value: number) => (gradient[place] = gradient[place]! + value);
  layout.terms.forEach(({ variance, parts }, t) => {
    const values = selfCovariance({ ...layout, terms: [layout.terms[t]!] }, theta, X, from, weights.length);
    const weighed = weights.map((weight, i) => weight * values[i]!);
    add(
      variance,
      weighed.reduce((sum, value) => sum + value, 0),
    );
    for (const part of parts) {
      if (part.coregion) addSelfSlopesOfSources(part, X, from, weighed, gradient);
      if (part.part.kind === 'linear')
        shareOfColumns(part, theta, X, from, weighed).forEach((share, q) =>
          add(part.lengthscales[q]!, -2 * share),
        );
    }
  });
}

/** Σᵢ weightsᵢ·(x/ℓ)²/Σ(x/ℓ)² for each column of a linear part. */
function shareOfColumns(
  layout: PartLayout,
  theta: Float64Array,
  X: Matrix,
  from: number,
  weights: Float64Array,
): Float64Array {
  const { columns } = layout.part;
  const inverses = columns.map((_, q) => inverseLengthscale(layout, theta, q));
  const shares = new Float64Array(columns.length);
  const squares = new Float64Array(columns.length);
  weights.forEach((weight, i) => {
    let whole = 0;
    columns.forEach((column, q) => {
      const u = X.data[(from + i) * X.cols + column]! * inverses[q]!;
      squares[q] = u * u;
      whole += u * u;
    });
    if (whole > 0) shares.forEach((share, q) => (shares[q] = share + (weight * squares[q]!) / whole));
  });
  return shares;
}

/** B[s,s] = e^(2a). */
function addSelfSlopesOfSources(
  { part, coregion }: PartLayout,
  X: Matrix,
  from: number,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const { scales } = coregion!;
  if (scales === null) return;
  weights.forEach((weight, i) => {
    const place = scales[X.data[(from + i) * X.cols + part.columns[0]!]!]!;
    gradient[place] = gradient[place]! + 2 * weight;
  });
}
