import { exp, type Matrix, normCdf } from '@ionloop/linalg';
import type { Criterion } from '../strategies/strategy.js';
import type { Coordinates } from './coordinates.js';

/** Of more candidates than this, a random selection is scored. */
const mostCandidates = 4000;

/** Rows that stand for a space, as they are encoded and as coverage sees them. */
export interface References {
  readonly X: Matrix;
  readonly at: Matrix;
  readonly coordinates: Coordinates;
}

/**
 * Weighted facility location: a candidate x is worth Σ_r max(0, K(x, r) − max_obs K(obs, r))·Φ((μ_r − best)/σ_r) over
 * reference rows r, with K(x, r) = exp(−d²/(D̄/4)) and D̄ the mean squared distance of two rows. It goes where nothing
 * has been tried and something better is plausible.
 */
export function coverage(references: References): Criterion {
  const { coordinates, at } = references;
  return {
    name: 'coverage',
    phrase: 'covers a part of the space where little was tried and something better is plausible',
    scale: 'plain',
    refines: true,
    score(candidates, { model, best, observed, rng }) {
      const { mean, variance } = model.predict(references.X);
      const hope = mean.map((mu, r) => normCdf((mu - best) / Math.sqrt(Math.max(variance[r] ?? 0, 1e-300))));
      const reach = coordinates.meanSquare / 4;
      const covered = new Float64Array(at.rows);
      const tried = coordinates.of(observed);
      for (let i = 0; i < tried.rows; i++) {
        const near = nearness(tried, i, at, reach);
        for (let r = 0; r < at.rows; r++) covered[r] = Math.max(covered[r] ?? 0, near[r] ?? 0);
      }
      const scores = new Float64Array(candidates.rows).fill(-Infinity);
      const few = candidates.rows <= mostCandidates;
      const chosen = few ? scores.keys() : rng.choose(candidates.rows, mostCandidates);
      const places = coordinates.of(candidates);
      for (const i of chosen) {
        const near = nearness(places, i, at, reach);
        let gain = 0;
        for (let r = 0; r < at.rows; r++) {
          const more = (near[r] ?? 0) - (covered[r] ?? 0);
          if (more > 0) gain += more * (hope[r] ?? 0);
        }
        scores[i] = gain;
      }
      return scores;
    },
  };
}

/** K of row i of A with every reference row. */
function nearness(A: Matrix, i: number, at: Matrix, reach: number): Float64Array {
  const near = new Float64Array(at.rows).fill(1);
  if (!(reach > 0)) return near;
  const { cols } = at;
  for (let r = 0; r < at.rows; r++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      const away = (A.data[i * cols + c] ?? 0) - (at.data[r * cols + c] ?? 0);
      sum += away * away;
    }
    near[r] = exp(-sum / reach);
  }
  return near;
}
