import { exp, type Matrix, type Philox } from '@ionloop/linalg';
import type { Distance } from '../distance.js';

const { max, min } = Math;

/** Beyond this many, a random selection stands for all. */
const mostReferences = 200;

/**
 * Facility location: picks `count` rows of `candidates` (m,d) one after the other so that every part of the space has a
 * chosen or `taken` (t,d) row near it. K(x, r) = exp(−d²/(D̄/4)), where D̄ is the mean squared distance of two random
 * rows; each pick adds most to Σ_r max_chosen K(x, r) over reference rows r.
 */
export function spread(
  candidates: Matrix,
  taken: Matrix,
  count: number,
  rng: Philox,
  distance: Distance,
): readonly number[] {
  const references = rng.choose(candidates.rows, min(candidates.rows, mostReferences));
  const reach = distance.meanSquared(candidates) / 4;
  const kernel = (A: Matrix, i: number, r: number): number =>
    reach > 0 ? exp(-distance.squared(A, i, candidates, r) / reach) : 1;
  const covered = Float64Array.from(references, (r) => {
    let best = 0;
    for (let i = 0; i < taken.rows; i++) best = max(best, kernel(taken, i, r));
    return best;
  });
  const nearness = Array.from({ length: candidates.rows }, (_, i) =>
    Float64Array.from(references, (r) => kernel(candidates, i, r)),
  );
  const left = new Set(rng.permutation(candidates.rows));
  const chosen: number[] = [];
  while (chosen.length < count && left.size > 0) {
    let best = -1;
    let most = -1;
    for (const i of left) {
      const gain = gainOf(nearness[i] ?? covered, covered);
      if (gain > most) [best, most] = [i, gain];
    }
    left.delete(best);
    chosen.push(best);
    nearness[best]?.forEach((near, r) => {
      covered[r] = max(covered[r] ?? 0, near);
    });
  }
  return chosen;
}

function gainOf(nearness: Float64Array, covered: Float64Array): number {
  let gain = 0;
  for (let r = 0; r < covered.length; r++) gain += max(0, (nearness[r] ?? 0) - (covered[r] ?? 0));
  return gain;
}
