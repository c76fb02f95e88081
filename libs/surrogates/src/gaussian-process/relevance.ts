import { exp, layoutOf, type Kernel } from '@ionloop/linalg';

/**
 * For each of the first columns the sum of 1/ℓ over the parts that look at it; columns that none looks at have a trace of it, so that 1/ℓ is a
 * number.
 */
export function relevanceOf(kernel: Kernel, theta: Float64Array, dimension: number): number[] {
  const relevance = new Array<number>(dimension).fill(0);
  for (const { parts } of layoutOf(kernel).terms)
    for (const { part, lengthscales } of parts)
      lengthscales.forEach((place, q) => (relevance[part.columns[q]!]! += exp(-theta[place]!)));
  return relevance.map((value) => value || 1e-12);
}
