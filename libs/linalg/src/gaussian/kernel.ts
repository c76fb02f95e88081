/**
 * Kernels as sums of products of parts: k(x, x') = Σ_t σ_t²·Π_p k_tp(x, x').
 *
 * A part looks at some columns of its rows, each divided by a lengthscale ℓ, and with r² = Σ ((x − x')/ℓ)² is
 *   rbf                 exp(−r²/2)
 *   matern12, 32, 52    exp(−r),  (1 + √3·r)·exp(−√3·r),  (1 + √5·r + 5r²/3)·exp(−√5·r)
 *   rationalQuadratic   (1 + r²/2α)^−α
 *   hamming             exp(−Σ [x ≠ x']/ℓ), for columns that hold category numbers
 *   linear              Σ x·x'/ℓ²
 *   coregion            B[x, x'], for a column that holds source numbers: see coregion.ts
 * Its parameters, in this order: for each term ln σ_t², then for each of its parts ln ℓ and, for the rational quadratic, ln α; for a coregion
 * λ_0, λ_1, … and, unless its diagonal is 1, a_0, a_1, ….
 */
import { requireCount, requireLength } from '../dense/checks.js';
import { partKinds, type PartKind } from '../core/core.js';
import { InvalidArgumentError } from '../errors.js';

export interface Coregion {
  /** S: source numbers lie below. */
  readonly sources: number;
  /** How many loadings a source has; with 0 sources have nothing in common. */
  readonly rank: number;
  /** Whether B is a correlation. */
  readonly unitDiagonal?: boolean;
}

export interface KernelPart {
  readonly kind: PartKind;
  /** The columns it looks at. */
  readonly columns: readonly number[];
  /** For each of them the number of its lengthscale; one each where it is left out. */
  readonly lengthscaleOf?: readonly number[];
  /** Of a coregion and of no other kind. */
  readonly coregion?: Coregion;
}

/** Terms, each of at least one part. */
export interface Kernel {
  readonly terms: readonly (readonly KernelPart[])[];
}

/** One part over the first d columns, a lengthscale each. */
export function singleKernel(kind: PartKind, dimension: number): Kernel {
  requireCount('dimension', dimension, 1);
  return { terms: [[{ kind, columns: Array.from({ length: dimension }, (_, column) => column) }]] };
}

/** Where in the parameters a part finds its own. */
export interface PartLayout {
  readonly part: KernelPart;
  /** For each column the place of its ln ℓ; none for a coregion. */
  readonly lengthscales: readonly number[];
  /** The place of ln α. */
  readonly alpha: number | null;
  readonly coregion: CoregionLayout | null;
}

export interface CoregionLayout {
  /** For each source the places of its loadings. */
  readonly loadings: readonly (readonly number[])[];
  /** For each source the place of its a. */
  readonly scales: readonly number[] | null;
}

export interface TermLayout {
  /** The place of ln σ_t². */
  readonly variance: number;
  readonly parts: readonly PartLayout[];
}

export interface KernelLayout {
  readonly parameters: number;
  readonly terms: readonly TermLayout[];
}

export function layoutOf(kernel: Kernel): KernelLayout {
  let next = 0;
  const terms = kernel.terms.map((parts) => {
    const variance = next++;
    return {
      variance,
      parts: parts.map((part) => {
        if (part.coregion) {
          const coregion = coregionLayout(part.coregion, next);
          next = coregion.next;
          return { part, lengthscales: [], alpha: null, coregion: coregion.layout };
        }
        const first = next;
        const numbers = part.lengthscaleOf ?? part.columns.map((_, i) => i);
        next += Math.max(...numbers) + 1;
        return {
          part,
          lengthscales: numbers.map((number) => first + number),
          alpha: part.kind === 'rationalQuadratic' ? next++ : null,
          coregion: null,
        };
      }),
    };
  });
  return { parameters: next, terms };
}

function coregionLayout(
  { sources, rank, unitDiagonal = false }: Coregion,
  first: number,
): { readonly layout: CoregionLayout; readonly next: number } {
  const places = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i);
  const loadings = places(sources, 0).map((s) => places(rank, first + s * rank));
  const after = first + sources * rank;
  return unitDiagonal
    ? { layout: { loadings, scales: null }, next: after }
    : { layout: { loadings, scales: places(sources, after) }, next: after + sources };
}

/** How many parameters a kernel has. */
export function kernelParameters(kernel: Kernel): number {
  return layoutOf(kernel).parameters;
}

/** Refuses a kernel that does not fit rows of `dimension` columns. */
export function requireKernel(name: string, kernel: Kernel, dimension: number): void {
  if (kernel.terms.length === 0)
    throw new InvalidArgumentError(`${name}.terms`, 'must have at least one term');
  kernel.terms.forEach((parts, t) => {
    if (parts.length === 0)
      throw new InvalidArgumentError(`${name}.terms[${t}]`, 'must have at least one part');
    parts.forEach((part, p) => requirePart(`${name}.terms[${t}][${p}]`, part, dimension));
  });
}

function requirePart(name: string, part: KernelPart, dimension: number): void {
  const { kind, columns, lengthscaleOf } = part;
  if (!partKinds.includes(kind))
    throw new InvalidArgumentError(`${name}.kind`, `must be one of ${partKinds.join(', ')}, not ${kind}`);
  if (columns.length === 0)
    throw new InvalidArgumentError(`${name}.columns`, 'must name at least one column');
  for (const column of columns)
    if (!Number.isSafeInteger(column) || column < 0 || column >= dimension)
      throw new InvalidArgumentError(`${name}.columns`, `must lie in 0 … ${dimension - 1}; found ${column}`);
  requireCoregion(name, part);
  if (lengthscaleOf === undefined) return;
  requireLength(`${name}.lengthscaleOf`, lengthscaleOf, columns.length);
  const used = new Set(lengthscaleOf);
  for (let number = 0; number < used.size; number++)
    if (!used.has(number))
      throw new InvalidArgumentError(
        `${name}.lengthscaleOf`,
        `must number the lengthscales from 0 without gaps; ${number} is missing`,
      );
}

function requireCoregion(name: string, { kind, columns, lengthscaleOf, coregion }: KernelPart): void {
  if (kind !== 'coregion') {
    if (coregion !== undefined)
      throw new InvalidArgumentError(`${name}.coregion`, `is nothing that a part ${kind} can use`);
    return;
  }
  if (coregion === undefined)
    throw new InvalidArgumentError(`${name}.coregion`, 'must say how many sources there are');
  requireCount(`${name}.coregion.sources`, coregion.sources, 1);
  requireCount(`${name}.coregion.rank`, coregion.rank);
  if (columns.length !== 1)
    throw new InvalidArgumentError(`${name}.columns`, 'must be the one column that holds source numbers');
  if (lengthscaleOf !== undefined)
    throw new InvalidArgumentError(`${name}.lengthscaleOf`, 'is nothing that a coregion can use');
}
