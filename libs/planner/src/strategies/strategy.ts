import type { Matrix, Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { Surrogate, SurrogateFactory } from '@ionloop/surrogates';

/** How a planner that has left its initial design decides what is next. */
export interface Strategy {
  readonly title: string;
  /** Null where no model is needed: points are then drawn at random. */
  readonly surrogate: SurrogateFactory | null;
  /** Whether values far below the middle are raised, so that a bad tail does not rule the fit. */
  readonly clipsLowTail: boolean;
  /** What scores the candidates of a suggestion. */
  criterion(moment: Moment): Criterion;
}

/** When a suggestion is made. */
export interface Moment {
  /** 0 for the first suggestion after the initial design. */
  readonly suggestion: number;
  /** Fitted to what has been measured. */
  readonly model: Surrogate;
  readonly space: Space;
}

export interface Criterion {
  readonly name: string;
  /** Why a point was chosen, as part of a sentence. */
  readonly phrase: string;
  /** A score in logarithms takes a probability as a summand, any other as a factor. */
  readonly scale: 'log' | 'plain';
  /** Whether scoring again near the best candidates makes sense: not where every scoring is a new draw. */
  readonly refines: boolean;
  /** One score for each of the rows of `candidates`, larger is better; −∞ for a row that is out of the question. */
  score(candidates: Matrix, context: ScoringContext): Float64Array;
}

export interface ScoringContext {
  /** Fitted to what has been measured and to what is believed of points without a result; larger is better. */
  readonly model: Surrogate;
  /** The best response at a measured point, as the model sees it. */
  readonly best: number;
  /** Everything that is measured, running or chosen already. */
  readonly observed: Matrix;
  readonly rng: Philox;
}

/** A strategy broke its contract: nothing it says is used. */
export class StrategyError extends Error {
  constructor(
    readonly strategy: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`strategy ${strategy} ${problem}`, options);
    this.name = 'StrategyError';
  }
}
