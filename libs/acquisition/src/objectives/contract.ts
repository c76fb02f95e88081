/** Acquisitions for p responses, each with a model of its own, all maximised. */
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';

export interface OutcomesContext {
  /** (n,p), the outcomes so far. */
  readonly outcomes: Matrix;
  /** (p), what an outcome must exceed in every objective to count; `referencePoint(outcomes)` where it is left out. */
  readonly reference?: Float64Array;
  /** (n,d), the inputs that have been measured. */
  readonly observed?: Matrix;
  /** (q,d), what is being measured. */
  readonly pending?: Matrix;
  readonly rng: Philox;
}

export interface OutcomesAcquisition {
  readonly name: string;
  readonly scale: 'log' | 'plain';
  /** (m), one score for each of the m rows of `candidates` (m,d). */
  score(models: readonly Surrogate[], candidates: Matrix, context: OutcomesContext): Float64Array;
}
