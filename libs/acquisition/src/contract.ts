/**
 * What every acquisition function is: a score per candidate, the higher the more worth trying. The response is maximised;
 * who minimises hands over a model of −y.
 */
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';

export interface AcquisitionContext {
  /** f*, the best response so far, in the units the model predicts. */
  readonly best: number;
  /** (n,d), the inputs that have been measured. */
  readonly observed?: Matrix;
  readonly rng: Philox;
}

export interface Acquisition {
  readonly name: string;
  /** (m), one score for each of the m rows of `candidates` (m,d). */
  score(model: Surrogate, candidates: Matrix, context: AcquisitionContext): Float64Array;
}
