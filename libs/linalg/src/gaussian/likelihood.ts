/**
 * The log marginal likelihood and its gradient, over the same rows for many parameters.
 *
 * θ = [the kernel's parameters, ln σ_n², c], K = k(X, X) + diag(σ_n² + noise), α = K⁻¹(y − c), W = ααᵀ − K⁻¹:
 *   ln p(y) = −½ (y−c)ᵀα − ½ ln det K − ½ n ln 2π,   ∂/∂θ = ½ tr(W·∂K/∂θ),   ∂/∂c = Σᵢ αᵢ
 */
import { packedLength, padded, type Allocate, type Block, type Core } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireLength } from '../dense/checks.js';
import { dot } from '../dense/dot.js';
import { exp } from '../special/exp.js';
import { amplitudeOf, partTerms, scaleColumns, weightsLength, type ScaledPart } from './covariance.js';
import { requireData, requireNoise, requireTheta, type GaussianData } from './data.js';
import { allocateFactor, factorise, solveFor, type Factor } from './factor.js';
import { layoutOf, type Kernel, type KernelLayout, type PartLayout } from './kernel.js';
import { addShares } from './slopes.js';

export interface MarginalLikelihood {
  /** How long θ is. */
  readonly parameters: number;
  /** `noise` (n) stands for that of the data. */
  value(theta: Float64Array, noise?: Float64Array): number;
  /** ln p(y); its gradient is written into `gradient`, and that of the rows' own noise into `slopes`. */
  valueAndGradient(theta: Float64Array, gradient: Float64Array, rows?: RowNoise): number;
}

export interface RowNoise {
  /** (n) stands for that of the data. */
  readonly noise: Float64Array;
  /** (n) */
  readonly slopes: Float64Array;
}

/** The likelihood of the data lives in the core's memory while `use` runs, and no longer. */
export function withMarginalLikelihood<T>(
  kernel: Kernel,
  data: GaussianData,
  use: (likelihood: MarginalLikelihood) => T,
): T {
  requireData(kernel, data);
  const core = currentCore();
  return core.scope((allocate) => use(new Evaluation(core, allocate, layoutOf(kernel), data)));
}

function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  return sum;
}

function less(values: Float64Array, by: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = values[i]! - by;
  return result;
}

/** A part's values and slopes over all pairs of rows. */
interface PartRoom {
  readonly layout: PartLayout;
  readonly x: Block;
  readonly weights: Block;
  /** K itself for a kernel of one part. */
  readonly values: Block;
  readonly slopes: Block;
  readonly shapeSlopes: Block | null;
  /** ∂/∂ln ℓ of each column; ∂/∂B of a coregion. */
  readonly shares: Block;
}

class Evaluation implements MarginalLikelihood {
  readonly parameters: number;
  private readonly factor: Factor;
  private readonly terms: readonly (readonly PartRoom[])[];
  private readonly inverse: Block;
  private readonly single: boolean;
  /** For more than one part: a product of parts, and W times the other parts of a term. */
  private readonly product: Block | null;

  constructor(
    private readonly core: Core,
    allocate: Allocate,
    private readonly layout: KernelLayout,
    private readonly data: GaussianData,
  ) {
    const real = data.X.rows;
    const n = padded(real);
    this.parameters = layout.parameters + 2;
    this.factor = allocateFactor(allocate, n, real);
    this.inverse = allocate(packedLength(n), 'unset');
    this.single = layout.terms.length === 1 && layout.terms[0]!.parts.length === 1;
    this.product = this.single ? null : allocate(n * n);
    this.terms = layout.terms.map(({ parts }) =>
      parts.map((part) => {
        const d = part.part.columns.length;
        return {
          layout: part,
          x: allocate(n * d),
          weights: allocate(weightsLength(part.part)),
          values: this.single ? this.factor.K : allocate(n * n),
          slopes: allocate(n * n),
          shapeSlopes: part.alpha === null ? null : allocate(n * n),
          shares: allocate(weightsLength(part.part)),
        };
      }),
    );
  }

  value(theta: Float64Array, noise = this.data.noise): number {
    requireTheta(theta, this.layout.parameters);
    requireNoise('noise', noise, this.data.X.rows);
    const { noiseVariance, mean } = this.noiseAndMean(theta);
    const parts = this.scale(theta);
    factorise(this.core, this.factor, () => this.fill(parts, false), noiseVariance, noise);
    return solveFor(this.core, this.factor, this.data.y, mean);
  }

  valueAndGradient(theta: Float64Array, gradient: Float64Array, rows?: RowNoise): number {
    requireTheta(theta, this.layout.parameters);
    requireLength('gradient', gradient, this.parameters);
    const { core, factor, data } = this;
    const noise = rows ? rows.noise : data.noise;
    requireNoise('rows.noise', noise, data.X.rows);
    const { noiseVariance, mean } = this.noiseAndMean(theta);
    const parts = this.scale(theta);
    const jitter = factorise(core, factor, () => this.fill(parts, true), noiseVariance, noise);
    const value = solveFor(core, factor, data.y, mean);
    this.weigh();
    const noiseSlope = this.diagonalSum(noiseVariance, jitter, noise, rows?.slopes);
    this.writeGradient(parts, theta, mean, noiseSlope, gradient);
    return value;
  }

  /** W, in K's own memory: its factor is packed elsewhere by now. */
  private weigh(): void {
    const { core, inverse } = this;
    const { n, real, K, packed, inverses, alpha } = this.factor;
    core.invertTriangle(packed, inverses, n, inverse);
    core.minusGramOfInverse(inverse, n, K);
    core.likelihoodWeights(alpha, K, n, real);
  }

  private writeGradient(
    parts: readonly (readonly ScaledPart[])[],
    theta: Float64Array,
    mean: number,
    noise: { readonly common: number; readonly whole: number },
    gradient: Float64Array,
  ): void {
    const { real, alpha } = this.factor;
    gradient.fill(0);
    if (this.single) this.gradientOfSingle(parts[0]![0]!, theta, mean, noise.whole, gradient);
    else this.gradientOfMany(parts, theta, gradient);
    gradient[this.layout.parameters] = noise.common;
    gradient[this.layout.parameters + 1] = sumOf(alpha.values, real);
  }

  private noiseAndMean(theta: Float64Array): { noiseVariance: number; mean: number } {
    const { parameters } = this.layout;
    return { noiseVariance: exp(theta[parameters]!), mean: theta[parameters + 1]! };
  }

  private scale(theta: Float64Array): ScaledPart[][] {
    const { X } = this.data;
    return this.terms.map((parts, t) =>
      parts.map(({ layout, x, weights }, p) => {
        scaleColumns(layout, theta, X, 0, X.rows, this.factor.n, x.values);
        return { layout, terms: partTerms(layout, theta, amplitudeOf(this.layout, theta, t, p), weights), x };
      }),
    );
  }

  private fill(parts: readonly (readonly ScaledPart[])[], withSlopes: boolean): void {
    const { core, factor, product } = this;
    const { n, real, K } = factor;
    const size = real * n;
    if (!this.single) K.values.fill(0);
    this.terms.forEach((rooms, t) => {
      rooms.forEach(({ values, slopes, shapeSlopes }, p) => {
        const { terms, x } = parts[t]![p]!;
        core.covarianceWithin(
          terms,
          x,
          n,
          real,
          values,
          withSlopes ? slopes : null,
          withSlopes ? shapeSlopes : null,
        );
      });
      if (product === null) return;
      this.multiplyParts(rooms, product);
      core.addEach(product, K, size);
    });
  }

  /** target := the product of the values of the parts. */
  private multiplyParts(rooms: readonly PartRoom[], target: Block): void {
    const { n, real } = this.factor;
    const [first, second, ...others] = rooms;
    if (second === undefined) target.values.set(first!.values.values);
    else this.core.multiplyEach(first!.values, second.values, target, real * n);
    for (const other of others) this.core.multiplyEach(target, other.values, target, real * n);
  }

  /** Σᵢ W[i,i]·σ_n² (W's diagonal is halved already), and the same with all that was added to each row's diagonal. */
  private diagonalSum(
    noiseVariance: number,
    jitter: number,
    noise: Float64Array | undefined,
    slopes: Float64Array | undefined,
  ): { common: number; whole: number } {
    const { n, real, K } = this.factor;
    const W = K.values;
    let trace = 0;
    let rows = 0;
    for (let i = 0; i < real; i++) {
      const weight = W[i * n + i]!;
      trace += weight;
      if (noise) rows += weight * noise[i]!;
      if (slopes) slopes[i] = weight;
    }
    return { common: noiseVariance * trace, whole: (noiseVariance + jitter) * trace + rows };
  }

  /** With one part Σ W∘∂K/∂ln σ² needs no pass over the pairs: tr(W·K) = (y−c)ᵀα − n, of which the noise's share is taken off. */
  private gradientOfSingle(
    part: ScaledPart,
    theta: Float64Array,
    mean: number,
    noise: number,
    gradient: Float64Array,
  ): void {
    const { n, real, K, alpha } = this.factor;
    const { slopes, shapeSlopes, shares } = this.terms[0]![0]!;
    const residual = less(this.data.y, mean);
    gradient[this.layout.terms[0]!.variance] = 0.5 * (dot(residual, 0, alpha.values, 0, real) - real) - noise;
    this.core.contract(part.terms, part.x, n, real, K, slopes, shares);
    addShares(part.layout, theta, shares.values, gradient);
    if (part.layout.alpha !== null && shapeSlopes)
      gradient[part.layout.alpha] = this.core.dotLower(K, shapeSlopes, n, real);
  }

  private gradientOfMany(
    parts: readonly (readonly ScaledPart[])[],
    theta: Float64Array,
    gradient: Float64Array,
  ): void {
    const { core, factor } = this;
    const { n, real, K } = factor;
    const product = this.product!;
    this.terms.forEach((rooms, t) => {
      this.multiplyParts(rooms, product);
      gradient[this.layout.terms[t]!.variance] = core.dotLower(K, product, n, real);
      rooms.forEach(({ slopes, shapeSlopes, shares }, p) => {
        const { terms, x, layout } = parts[t]![p]!;
        const weights = this.weightsBeside(rooms, p);
        core.contract(terms, x, n, real, weights, slopes, shares);
        addShares(layout, theta, shares.values, gradient);
        if (layout.alpha !== null && shapeSlopes)
          gradient[layout.alpha] = core.dotLower(weights, shapeSlopes, n, real);
      });
    });
  }

  /** W times the values of the other parts of the term. */
  private weightsBeside(rooms: readonly PartRoom[], p: number): Block {
    const { n, real, K } = this.factor;
    if (rooms.length === 1) return K;
    const target = this.product!;
    let source = K;
    rooms.forEach(({ values }, q) => {
      if (q === p) return;
      this.core.multiplyEach(source, values, target, real * n);
      source = target;
    });
    return target;
  }
}
