import { InvalidArgumentError, log, selectRows, type Matrix, type Philox } from '@ionloop/linalg';
import type { LogAcquisition } from './contract.js';
import { crossCovariance, noiseOf, type CovarianceOptions } from './belief/covariance.js';
import { believing, isGrowing } from './belief/growing.js';

const { max } = Math;

/** Of a larger pool as many rows, drawn at random, stand for all. */
const mostReferences = 256;

export interface LearnOptions extends CovarianceOptions {
  /** (r,d), where predictions should become certain; the candidates where it is left out. */
  readonly pool?: Matrix;
  /** σ_n², the variance of the measurement's error; what the model tells where it is left out. */
  readonly noise?: number;
}

/**
 * ln of the drop of the mean predictive variance over the pool that measuring a candidate x brings: meanⱼ C(zⱼ, x)²/(C(x, x) + σ_n²), with what is
 * pending taken as measured where the model can grow.
 */
export function learn(options: LearnOptions = {}): LogAcquisition {
  return {
    name: 'learn',
    scale: 'log',
    score: (model, candidates, { pending, rng }) => {
      if (candidates.rows === 0) return new Float64Array(0);
      const pool = references(options.pool ?? candidates, rng.split('pool'));
      const noise = options.noise ?? noiseOf(model);
      const given = pending && isGrowing(model) ? believing(model, pending) : model;
      const cross = crossCovariance(given, candidates, pool, rng.split('draws'), options);
      return cross.variances[0].map((variance, i) =>
        logMeanDrop(cross.covariance.data.subarray(i * pool.rows, (i + 1) * pool.rows), {
          own: variance,
          others: cross.variances[1],
          noise,
          draws: cross.draws,
        }),
      );
    },
  };
}

interface DropTerms {
  readonly own: number;
  readonly others: Float64Array;
  readonly noise: number;
  readonly draws: number;
}

/** Squares of estimated covariances are too large by (C(x, x)·C(z, z) − C²)/draws on average: that is taken off. */
function logMeanDrop(covariances: Float64Array, { own, others, noise, draws }: DropTerms): number {
  let sum = 0;
  for (let j = 0; j < covariances.length; j++) {
    const square = covariances[j]! * covariances[j]!;
    sum += draws === 0 ? square : square - (own * others[j]! - square) / draws;
  }
  return own + noise > 0 ? log(max(sum, 0) / covariances.length / (own + noise)) : -Infinity;
}

function references(pool: Matrix, rng: Philox): Matrix {
  if (pool.rows === 0) throw new InvalidArgumentError('options.pool', 'must hold at least one row');
  return pool.rows <= mostReferences
    ? pool
    : selectRows(
        pool,
        rng.choose(pool.rows, mostReferences).sort((i, j) => i - j),
      );
}
