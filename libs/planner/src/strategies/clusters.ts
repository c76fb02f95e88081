import { fromRows, log, type Matrix } from '@ionloop/linalg';
import { kMeans } from '@ionloop/surrogates/analysis';
import type { Space } from '@ionloop/space';
import { optimism } from './criteria.js';
import type { Criterion, Moment, ScoringContext } from './strategy.js';

const mostClusters = 8;
const within = optimism(1);

/**
 * Clusters of the space as arms of a bandit: a cluster is worth what it gave on average and, the rarer it was tried, the more, √(2·ln N/n_c) spreads of
 * all responses (UCB1); the average of all counts as one result of each. Within it the upper confidence bound decides.
 */
export function clusterCriterion({ references, space, rng }: Moment): Criterion {
  const k = Math.min(mostClusters, Math.max(1, Math.floor(references.rows / 10)));
  const centres = fromRows(
    kMeans(references, k, rng.split('clusters'), { restarts: 4, iterations: 50 }).centres.map((row) => [
      ...row,
    ]),
  );
  let arm: number | undefined;
  return {
    name: 'clusters',
    phrase: 'the most promising point of a cluster of the space whose turn it is',
    scale: 'plain',
    refines: true,
    score(candidates, context) {
      const scores = within.score(candidates, context);
      const labels = nearestCentres(candidates, centres, space);
      arm ??= chosenArm(new Set(labels), centres, space, context);
      return scores.map((score, i) => (labels[i] === arm ? score : -Infinity));
    },
  };
}

/** Of those that have a candidate. */
function chosenArm(
  open: ReadonlySet<number>,
  centres: Matrix,
  space: Space,
  { observed, responses }: ScoringContext,
): number {
  const tried = nearestCentres(observed, centres, space);
  const mean = responses.reduce((sum, value) => sum + value, 0) / responses.length;
  const spread = Math.sqrt(
    responses.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / responses.length,
  );
  const worthOf = (arm: number): number => {
    const own = responses.filter((_, i) => tried[i] === arm);
    const average = own.reduce((sum, value) => sum + value, mean) / (own.length + 1);
    return average + spread * Math.sqrt((2 * log(tried.length + 1)) / (own.length + 1));
  };
  const arms = [...open].sort((a, b) => a - b);
  return arms.reduce((most, arm) => (worthOf(arm) > worthOf(most) ? arm : most));
}

function nearestCentres(X: Matrix, centres: Matrix, { distance: by }: Space): readonly number[] {
  return Array.from({ length: X.rows }, (_, i) => {
    let [nearest, least] = [0, Infinity];
    for (let c = 0; c < centres.rows; c++) {
      const distance = by.squared(X, i, centres, c);
      if (distance < least) [nearest, least] = [c, distance];
    }
    return nearest;
  });
}
