/**
 * What every acquisition function is: a score per candidate, the higher the more worth trying. The response is maximised;
 * who minimises hands over a model of −y. n observations, m candidates, d inputs.
 */
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';

export interface AcquisitionContext {
  /** f*, the best response so far, in the units the model predicts. */
  readonly best: number;
  /** (n,d), the inputs that have been measured. */
  readonly observed?: Matrix;
  /** (n), what was measured there. */
  readonly responses?: Float64Array;
  /** (p,d), what is being measured: its results are not known yet. */
  readonly pending?: Matrix;
  readonly rng: Philox;
}

export interface Acquisition {
  readonly name: string;
  /** 'log' where a score is the logarithm of what it stands for, so that factors are added to it. */
  readonly scale?: 'log' | 'plain';
  /** (m), one score for each of the m rows of `candidates` (m,d). */
  score(model: Surrogate, candidates: Matrix, context: AcquisitionContext): Float64Array;
  /** The same for the `count` rows that score best, and for all others something that is less, at a smaller price. */
  scoreBest?(model: Surrogate, candidates: Matrix, context: AcquisitionContext, count: number): Float64Array;
}

/** An acquisition that can be multiplied: by a probability, by the inverse of a cost. */
export interface LogAcquisition extends Acquisition {
  readonly scale: 'log';
}
