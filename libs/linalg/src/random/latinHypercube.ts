import { requireCount } from '../dense/checks.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import type { Philox } from './philox.js';

/** `count` points in the unit cube: in each dimension one point, at random, in each of `count` equal strata. */
export function latinHypercube(dimension: number, count: number, rng: Philox): Matrix {
  requireCount('dimension', dimension, 1);
  requireCount('count', count);
  const points = matrix(count, dimension);
  for (let j = 0; j < dimension; j++)
    rng.permutation(count).forEach((stratum, i) => {
      points.data[i * dimension + j] = (stratum + rng.uniform()) / count;
    });
  return points;
}
