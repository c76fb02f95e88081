import { matrix, row, type Matrix } from '../dense/matrix.js';
import type { Conditioned } from '../gaussian/conditioned.js';
import type { GaussianData } from '../gaussian/data.js';
import type { Kernel } from '../gaussian/kernel.js';
import { withMarginalLikelihood } from '../gaussian/likelihood.js';
import { posteriorMarginals, type GaussianMarginals } from '../gaussian/posterior.js';
import { moved, type Moved } from './tasks.js';

const { sqrt } = Math;

/** mean·μ + sd·σ of a candidate, σ without noise: { mean: 1, sd: 2 } is an upper confidence bound, { mean: −1, sd: 2 } one for a minimum. */
export interface Score {
  readonly mean: number;
  readonly sd: number;
}

export interface Likelihoods {
  /** (s) ln p(y) at each θ. */
  readonly values: Float64Array;
  /** (s, parameters) */
  readonly gradients: Matrix;
}

/** The tasks that every thread knows. */
export const ownTasks = {
  posteriorMarginals(X: Matrix, conditioned: Conditioned): Moved<GaussianMarginals> {
    const { mean, variance } = posteriorMarginals(conditioned, X);
    return moved({ mean, variance }, mean, variance);
  },

  scores({ X, score }: { X: Matrix; score: Score }, conditioned: Conditioned): Moved<Float64Array> {
    const { mean, variance } = posteriorMarginals(conditioned, X);
    const scores = mean.map((mu, i) => score.mean * mu + score.sd * sqrt(variance[i]!));
    return moved(scores, scores);
  },

  marginalLikelihoods(
    { kernel, thetas }: { kernel: Kernel; thetas: Matrix },
    data: GaussianData,
  ): Moved<Likelihoods> {
    const values = new Float64Array(thetas.rows);
    const gradients = matrix(thetas.rows, thetas.cols);
    withMarginalLikelihood(kernel, data, (likelihood) => {
      for (let i = 0; i < thetas.rows; i++)
        values[i] = likelihood.valueAndGradient(row(thetas, i), row(gradients, i));
    });
    return moved({ values, gradients }, values, gradients.data);
  },
};

export type OwnTasks = typeof ownTasks;
