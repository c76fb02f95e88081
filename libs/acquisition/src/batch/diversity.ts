import type { Matrix } from '@ionloop/linalg';
import { squaredDistance } from '../belief/rows.js';

const { floor, min, sqrt } = Math;

/** How far apart the members of a batch lie, in units of the inputs; 0 for a batch of one. */
export interface Diversity {
  readonly leastDistance: number;
  readonly meanDistance: number;
  /** The mean distance in units of that of the candidates: 1 for a batch like a random one. */
  readonly relative: number;
}

/** Candidates that stand for all where their mean distance is asked for. */
const mostCompared = 256;

export function diversityOf(candidates: Matrix, members: readonly number[]): Diversity {
  const { least, mean } = distances(candidates, members);
  const step = candidates.rows / min(candidates.rows, mostCompared);
  const compared = Array.from({ length: min(candidates.rows, mostCompared) }, (_, i) => floor(i * step));
  const usual = members.length > 1 ? distances(candidates, compared).mean : 0;
  return { leastDistance: least, meanDistance: mean, relative: usual > 0 ? mean / usual : 0 };
}

function distances(X: Matrix, rows: readonly number[]): { readonly least: number; readonly mean: number } {
  let [least, sum, count] = [Infinity, 0, 0];
  rows.forEach((i, a) => {
    for (const j of rows.slice(a + 1)) {
      const distance = sqrt(squaredDistance(X, i, X, j));
      least = min(least, distance);
      sum += distance;
      count += 1;
    }
  });
  return count > 0 ? { least, mean: sum / count } : { least: 0, mean: 0 };
}
