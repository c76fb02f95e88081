import { exp, type Matrix, normCdf, selectRows } from '@ionloop/linalg';
import type { Distance } from '@ionloop/space';
import type { Criterion } from './strategy.js';

/** Of more candidates than this, a random selection is scored. */
const mostCandidates = 2000;

/**
 * Weighted facility location: a candidate x is worth Σ_r max(0, K(x, r) − max_obs K(obs, r))·Φ((μ_r − best)/σ_r) over
 * reference rows r, with K(x, r) = exp(−d²/(D̄/4)) and D̄ the mean squared distance of two reference rows. It goes
 * where nothing has been tried and something better is plausible.
 */
export function coverage(references: Matrix, distance: Distance): Criterion {
  const reach = meanSquaredDistance(references, distance) / 4;
  const kernel = (A: Matrix, i: number, r: number): number =>
    reach > 0 ? exp(-distance.squared(A, i, references, r) / reach) : 1;
  return {
    name: 'coverage',
    phrase: 'covers a part of the space where little was tried and something better is plausible',
    scale: 'plain',
    refines: true,
    score(candidates, { model, best, observed, rng }) {
      const { mean, variance } = model.predict(references);
      const hope = mean.map((mu, r) => normCdf((mu - best) / Math.sqrt(Math.max(variance[r]!, 1e-300))));
      const covered = mean.map((_, r) => {
        let most = 0;
        for (let i = 0; i < observed.rows; i++) most = Math.max(most, kernel(observed, i, r));
        return most;
      });
      const scores = new Float64Array(candidates.rows).fill(-Infinity);
      const few = candidates.rows <= mostCandidates;
      const chosen = few ? scores.keys() : rng.choose(candidates.rows, mostCandidates);
      for (const i of chosen) {
        let gain = 0;
        for (let r = 0; r < references.rows; r++)
          gain += Math.max(0, kernel(candidates, i, r) - covered[r]!) * hope[r]!;
        scores[i] = gain;
      }
      return scores;
    },
  };
}

/** How many rows are enough to stand for a space. */
export const referenceCount = 200;

export const someRows = (X: Matrix, choose: (n: number, k: number) => readonly number[]): Matrix =>
  selectRows(X, choose(X.rows, Math.min(X.rows, referenceCount)));

function meanSquaredDistance(X: Matrix, distance: Distance): number {
  let sum = 0;
  for (let i = 0; i < X.rows; i++) for (let j = 0; j < i; j++) sum += distance.squared(X, i, X, j);
  return X.rows > 1 ? (2 * sum) / (X.rows * (X.rows - 1)) : 0;
}
