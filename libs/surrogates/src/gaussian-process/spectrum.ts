/**
 * Random features: functions φ with E[φ(x)φ(x')] = k(x, x'). A feature belongs to one term of the kernel and is a product over its parts:
 *   stationary  the angle of a cosine and, in the feature beside it, of a sine, with frequencies from the part's spectral density
 *   hamming     for each column, with probability e^(−1/ℓ) nothing, else a random sign for each category
 *   linear      a normal weight on each column
 *   coregion    for each source a value, which vary together as the sources do
 */
import {
  cos,
  dot,
  exp,
  layoutOf,
  matrix,
  type CoregionLayout,
  type Kernel,
  type Matrix,
  type PartKind,
  type PartLayout,
  type Philox,
} from '@ionloop/linalg';

const { abs, ceil, sqrt } = Math;
const twoPi = 6.283185307179586;
const quarterTurn = 1.5707963267948966;

interface Feature {
  readonly amplitude: number;
  /** (d), in units of the inputs; null where no part has an angle. */
  readonly frequencies: Float64Array | null;
  readonly phase: number;
  /** Columns whose categories have signs. */
  readonly signs: readonly { readonly column: number; readonly salt: number }[];
  /** (d) for each linear part. */
  readonly weights: readonly Float64Array[];
  /** Columns of source numbers, with a value for each source. */
  readonly sources: readonly { readonly column: number; readonly values: Float64Array }[];
}

/** About `count` features of the kernel at θ, as many for each term. */
export function drawFeatures(
  kernel: Kernel,
  theta: Float64Array,
  d: number,
  count: number,
  rng: Philox,
): readonly Feature[] {
  const { terms } = layoutOf(kernel);
  return terms.flatMap(({ variance, parts }) => {
    const inPairs = parts.some(({ part }) => isStationary(part.kind));
    const draws = ceil(count / terms.length / (inPairs ? 2 : 1));
    const amplitude = sqrt(exp(theta[variance]!) / draws);
    return Array.from({ length: draws }, () => {
      const product = drawProduct(parts, theta, d, rng);
      const phases = inPairs ? [0, -quarterTurn] : [0];
      return phases.map((phase) => ({ amplitude, phase, ...product }));
    }).flat();
  });
}

function isStationary(kind: PartKind): boolean {
  return kind !== 'hamming' && kind !== 'linear' && kind !== 'coregion';
}

function drawProduct(
  parts: readonly PartLayout[],
  theta: Float64Array,
  d: number,
  rng: Philox,
): Pick<Feature, 'frequencies' | 'signs' | 'weights' | 'sources'> {
  let frequencies: Float64Array | null = null;
  const signs: { column: number; salt: number }[] = [];
  const weights: Float64Array[] = [];
  const sources: { column: number; values: Float64Array }[] = [];
  for (const layout of parts) {
    const { kind, columns } = layout.part;
    const inverse = (q: number) => exp(-theta[layout.lengthscales[q]!]!);
    if (layout.coregion)
      sources.push({ column: columns[0]!, values: drawSources(layout.coregion, theta, rng) });
    else if (kind === 'hamming')
      columns.forEach((column, q) => {
        if (rng.uniform() >= exp(-inverse(q))) signs.push({ column, salt: rng.integer(4294967296) });
      });
    else if (kind === 'linear') {
      const weight = new Float64Array(d);
      columns.forEach((column, q) => (weight[column] = inverse(q) * rng.normal()));
      weights.push(weight);
    } else {
      const stretch = stretchOf(kind, layout, theta, rng);
      frequencies ??= new Float64Array(d);
      for (const [q, column] of columns.entries())
        frequencies[column] = frequencies[column]! + stretch * inverse(q) * rng.normal();
    }
  }
  return { frequencies, signs, weights, sources };
}

/** z ~ N(0, B) (S) */
function drawSources(layout: CoregionLayout, theta: Float64Array, rng: Philox): Float64Array {
  const common = Float64Array.from(layout.loadings[0]!, () => rng.normal());
  return Float64Array.from(layout.loadings, (places, s) => {
    const scale = layout.scales ? exp(theta[layout.scales[s]!]!) : 1;
    let [sum, squares] = [rng.normal(), 1];
    places.forEach((place, k) => {
      sum += theta[place]! * common[k]!;
      squares += theta[place]! * theta[place]!;
    });
    return (scale * sum) / sqrt(squares);
  });
}

/** What a normal frequency is multiplied with: 1 for RBF, and a random scale for the kernels that are mixtures of RBFs. */
function stretchOf(kind: PartKind, { alpha }: PartLayout, theta: Float64Array, rng: Philox): number {
  if (kind === 'rationalQuadratic') {
    const shape = exp(theta[alpha!]!);
    return sqrt(rng.gamma(shape, 1 / shape));
  }
  const freedom = { matern12: 1, matern32: 3, matern52: 5 }[kind as string];
  return freedom === undefined ? 1 : sqrt(freedom / 2 / rng.gamma(freedom / 2, 1));
}

/** φ of every feature at `count` rows of X from `from` on: (count, features). */
export function featuresAt(features: readonly Feature[], X: Matrix, from: number, count: number): Matrix {
  const d = X.cols;
  const phi = matrix(count, features.length);
  for (let i = 0, at = 0; i < count; i++) {
    const begin = (from + i) * d;
    for (const { amplitude, frequencies, phase, signs, weights, sources } of features) {
      let value = amplitude;
      if (frequencies) value *= cos(boundedAngle(dot(frequencies, 0, X.data, begin, d)) + phase);
      for (const { column, salt } of signs) value *= signOf(X.data[begin + column]!, salt);
      for (const weight of weights) value *= dot(weight, 0, X.data, begin, d);
      for (const { column, values } of sources) value *= values[X.data[begin + column]!]!;
      phi.data[at++] = value;
    }
  }
  return phi;
}

/** +1 or −1, by a hash of the category and the feature's salt. */
function signOf(category: number, salt: number): number {
  let h = Math.imul(category + 1, 0x9e3779b1) ^ salt;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) & 1) === 0 ? 1 : -1;
}

/** Frequencies of the roughest kernel can be huge: their angle, taken modulo 2π with what digits are left, is as good as any. */
function boundedAngle(angle: number): number {
  return abs(angle) < 1e5 ? angle : angle % twoPi;
}
