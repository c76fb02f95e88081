/**
 * B (S,S), what S sources have in common, positive definite whatever its parameters are:
 *
 *   B[s,s'] = e^(a_s + a_s')·C[s,s'],   C[s,s'] = (λ_s·λ_s' + [s = s'])/(h_s·h_s'),   h_s = √(1 + |λ_s|²).
 *
 * C is a correlation. λ_s (rank) are the loadings of a source, as they are, not logarithms: 0 correlates with nothing, long ones along
 * one another with nearly 1. e^(a_s) is the source's scale; with `unitDiagonal` there is none and B = C. Every B = ΛΛᵀ + a positive diagonal
 * is such a one.
 */
import type { Matrix } from '../dense/matrix.js';
import { InvalidArgumentError } from '../errors.js';
import { exp } from '../special/exp.js';
import type { CoregionLayout, Kernel } from './kernel.js';

const { sqrt } = Math;

/** A source's scale and its loadings over h: what B is made of. */
interface Source {
  readonly scale: number;
  readonly inverse: number;
  readonly loadings: readonly number[];
}

function sourcesOf({ loadings, scales }: CoregionLayout, theta: Float64Array): Source[] {
  return loadings.map((places, s) => {
    const values = places.map((place) => theta[place]!);
    const square = values.reduce((sum, value) => sum + value * value, 1);
    return { scale: scales ? exp(theta[scales[s]!]!) : 1, inverse: 1 / sqrt(square), loadings: values };
  });
}

function correlation(a: Source, b: Source): number {
  const product = a.loadings.reduce((sum, value, k) => sum + value * b.loadings[k]!, 0);
  return product * a.inverse * b.inverse;
}

/** B (S,S), row after row. */
export function coregionTable(layout: CoregionLayout, theta: Float64Array): Float64Array {
  const sources = sourcesOf(layout, theta);
  return Float64Array.from(
    sources.flatMap((a, s) => sources.map((b, t) => a.scale * b.scale * (s === t ? 1 : correlation(a, b)))),
  );
}

/** Adds Σ T[s,s']·∂B[s,s']/∂θ to `gradient`, for sums T (S,S) over the pairs of rows. */
export function addCoregionSlopes(
  layout: CoregionLayout,
  theta: Float64Array,
  sums: Float64Array,
  gradient: Float64Array,
): void {
  const sources = sourcesOf(layout, theta);
  const S = sources.length;
  const add = (place: number, value: number) => (gradient[place] = gradient[place]! + value);
  sources.forEach((one, s) => {
    sources.forEach((other, t) => {
      const weight = (sums[s * S + t]! + sums[t * S + s]!) * one.scale * other.scale;
      const shared = s === t ? 1 : correlation(one, other);
      if (layout.scales) add(layout.scales[s]!, weight * shared);
      if (s === t) return;
      layout.loadings[s]!.forEach((place, k) => {
        const towards = other.loadings[k]! * other.inverse - shared * one.loadings[k]! * one.inverse;
        add(place, weight * one.inverse * towards);
      });
    });
  });
}

/** Refuses rows whose source numbers a coregion of the kernel does not have. */
export function requireSources(name: string, { terms }: Kernel, X: Matrix): void {
  for (const { columns, coregion } of terms.flat()) {
    if (!coregion) continue;
    for (let i = 0; i < X.rows; i++) {
      const value = X.data[i * X.cols + columns[0]!]!;
      if (!Number.isInteger(value) || value < 0 || value >= coregion.sources)
        throw new InvalidArgumentError(
          name,
          `must hold source numbers 0 … ${coregion.sources - 1} in column ${columns[0]!}; row ${i} is ${value}`,
        );
    }
  }
}
