/** Values and slopes of every part of a kernel over some pairs of rows, and what weights on the pairs say of its parameters. */
import type { Allocate, Block, Core, PartTerms } from '../core/core.js';
import { addCoregionSlopes } from './coregion.js';
import { weightsLength, type ScaledPart } from './covariance.js';
import type { KernelLayout, PartLayout } from './kernel.js';

/** Which pairs: the lower triangle of some rows among themselves, or some rows with strips of others. */
export interface Pairs {
  /** Doubles that hold all pairs. */
  readonly size: number;
  fill(t: number, p: number, values: Block, slopes: Block, shapeSlopes: Block | null): void;
  contract(t: number, p: number, W: Block, E: Block, out: Block): void;
  /** Σ A∘B over the pairs */
  dot(A: Block, B: Block): number;
}

interface PartRoom {
  readonly layout: PartLayout;
  readonly values: Block;
  readonly slopes: Block;
  readonly shapeSlopes: Block | null;
  readonly shares: Block;
}

export class KernelSlopes {
  private readonly terms: readonly (readonly PartRoom[])[];
  private readonly product: Block;

  constructor(
    private readonly core: Core,
    private readonly layout: KernelLayout,
    mostPairs: number,
    allocate: Allocate,
  ) {
    this.product = allocate(mostPairs);
    this.terms = layout.terms.map(({ parts }) =>
      parts.map((part) => ({
        layout: part,
        values: allocate(mostPairs),
        slopes: allocate(mostPairs),
        shapeSlopes: part.alpha === null ? null : allocate(mostPairs),
        shares: allocate(weightsLength(part.part)),
      })),
    );
  }

  /** Fills all rooms; K := the kernel's values. */
  fill(pairs: Pairs, K: Block): void {
    K.values.fill(0, 0, pairs.size);
    this.terms.forEach((rooms, t) => {
      rooms.forEach(({ values, slopes, shapeSlopes }, p) => pairs.fill(t, p, values, slopes, shapeSlopes));
      this.core.addEach(this.valuesOf(rooms, pairs), K, pairs.size);
    });
  }

  /** Adds Σ W∘∂K/∂θ over the pairs, of which `fill` was told before. */
  addGradient(pairs: Pairs, W: Block, theta: Float64Array, gradient: Float64Array): void {
    this.terms.forEach((rooms, t) => {
      const { variance } = this.layout.terms[t]!;
      gradient[variance] = gradient[variance]! + pairs.dot(W, this.valuesOf(rooms, pairs));
      rooms.forEach(({ layout, slopes, shapeSlopes, shares }, p) => {
        const weights = this.weightsBeside(W, rooms, p, pairs);
        pairs.contract(t, p, weights, slopes, shares);
        addShares(layout, theta, shares.values, gradient);
        if (layout.alpha !== null && shapeSlopes)
          gradient[layout.alpha] = gradient[layout.alpha]! + pairs.dot(weights, shapeSlopes);
      });
    });
  }

  /** The product of the parts of a term. */
  private valuesOf([first, ...others]: readonly PartRoom[], { size }: Pairs): Block {
    let product = first!.values;
    for (const { values } of others) {
      this.core.multiplyEach(product, values, this.product, size);
      product = this.product;
    }
    return product;
  }

  /** W times the other parts of the term. */
  private weightsBeside(W: Block, rooms: readonly PartRoom[], p: number, { size }: Pairs): Block {
    let weights = W;
    rooms.forEach(({ values }, q) => {
      if (q === p) return;
      this.core.multiplyEach(weights, values, this.product, size);
      weights = this.product;
    });
    return weights;
  }
}

/** What a contraction of a part's slopes says of its parameters. */
export function addShares(
  { lengthscales, coregion }: PartLayout,
  theta: Float64Array,
  shares: Float64Array,
  gradient: Float64Array,
): void {
  lengthscales.forEach((place, q) => (gradient[place] = gradient[place]! + shares[q]!));
  if (coregion) addCoregionSlopes(coregion, theta, shares, gradient);
}

/** The lower triangle of n rows, `real` of them real. W must be 0 right of the diagonal in its pair. */
export function pairsWithin(
  core: Core,
  parts: readonly (readonly ScaledPart[])[],
  n: number,
  real: number,
): Pairs {
  const of = (t: number, p: number) => parts[t]![p]!;
  return {
    size: real * n,
    fill: (t, p, values, slopes, shapeSlopes) =>
      core.covarianceWithin(of(t, p).terms, of(t, p).x, n, real, values, slopes, shapeSlopes),
    contract: (t, p, W, E, out) => core.contract(of(t, p).terms, of(t, p).x, n, real, W, E, out),
    dot: (A, B) => core.dotLower(A, B, n, real),
  };
}

/** n rows, `real` of them real, with `count` strips of others, which `z` gives each part by columns `length` long. W must be 0 where a row is not real. */
export function pairsAcross(
  core: Core,
  parts: readonly (readonly ScaledPart[])[],
  n: number,
  real: number,
  z: readonly (readonly Block[])[],
  length: number,
  count: number,
): Pairs {
  const size = 4 * n * count;
  const terms = (t: number, p: number): PartTerms => parts[t]![p]!.terms;
  const x = (t: number, p: number) => parts[t]![p]!.x;
  return {
    size,
    fill: (t, p, values, slopes, shapeSlopes) =>
      core.covarianceStrips(
        terms(t, p),
        x(t, p),
        n,
        real,
        z[t]![p]!,
        length,
        values,
        slopes,
        shapeSlopes,
        count,
      ),
    contract: (t, p, W, E, out) =>
      core.contractStrips(terms(t, p), x(t, p), n, real, z[t]![p]!, length, W, E, count, out),
    dot: (A, B) => core.dotEach(A, B, size),
  };
}
