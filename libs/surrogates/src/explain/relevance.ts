import { InvalidArgumentError, requireLength } from '@ionloop/linalg';
import type { Diagnostics } from '../contract.js';

export interface Relevance {
  /** (d), of sum 1: spread/lengthscale, how many lengthscales wide the inputs lie */
  readonly relevance: readonly number[];
  /** (d), in units of the inputs */
  readonly lengthscales: readonly number[];
}

/**
 * Automatic relevance determination: an input with a short lengthscale changes the response over a short way. `spread` (d) is how far each input ranges, 1
 * where it is left out, as for inputs in the unit cube. Undefined for a model that has no lengthscales.
 */
export function ardRelevance(
  { lengthscales }: Pick<Diagnostics, 'lengthscales'>,
  spread?: readonly number[],
): Relevance | undefined {
  if (!lengthscales) return undefined;
  if (spread) requireLength('spread', spread, lengthscales.length);
  const widths = lengthscales.map((lengthscale, j) => (spread?.[j] ?? 1) / lengthscale);
  if (!widths.every((width) => width >= 0 && width < Infinity))
    throw new InvalidArgumentError('spread', 'must hold finite numbers of at least 0');
  const total = widths.reduce((sum, width) => sum + width, 0);
  const relevance = widths.map((width) => (total > 0 ? width / total : 1 / widths.length));
  return { relevance, lengthscales: [...lengthscales] };
}
