import type { PlanRequest, Point } from '@ionloop/domain';
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { Surrogate, SurrogateFactory } from '@ionloop/surrogates';
import type { Knowledge } from '../knowledge/knowledge.js';

/** How a planner that has left its initial design decides what is next. */
export interface Strategy {
  readonly title: string;
  /** When to take it. */
  readonly purpose: string;
  /** Null where no model is needed: `baseline` then says what is next. */
  readonly surrogate: SurrogateFactory | null;
  readonly baseline?: Baseline;
  /** Whether values far below the middle are raised, so that a bad tail does not rule the fit. */
  readonly clipsLowTail: boolean;
  /**
   * What goals the criterion can have: one that is to be large (where it is left out), any, windows alone, or several alone. A strategy
   * for one that is given a window, or several goals, lends its models to a criterion for those.
   */
  readonly goals?: 'large' | 'any' | 'window' | 'several';
  /** How spaces that are not listed are searched; `local` where it is left out. */
  readonly search?: 'local' | 'swarm' | 'genetic';
  /** What scores the candidates of a suggestion. */
  criterion(moment: Moment): Criterion;
}

/** When a suggestion is made. */
export interface Moment {
  /** 0 for the first suggestion after the initial design. */
  readonly suggestion: number;
  /** Fitted to what has been measured of the first objective. */
  readonly model: Surrogate;
  /** One for each objective. */
  readonly models: readonly Surrogate[];
  /** Rows drawn from the space once for a plan, that stand for all of it. */
  readonly references: Matrix;
  readonly space: Space;
  readonly known: Knowledge;
  readonly request: PlanRequest;
  readonly rng: Philox;
}

export interface Criterion {
  readonly name: string;
  /** Why a point was chosen, as part of a sentence. */
  readonly phrase: string;
  /** A score in logarithms takes a probability as a summand, any other as a factor. */
  readonly scale: 'log' | 'plain';
  /** Whether scoring again near the best candidates makes sense: not where every scoring is a new draw. */
  readonly refines: boolean;
  /** Whether it looks at `pending` itself: the model then believes nothing of points without a result. */
  readonly heedsPending?: boolean;
  /** One score for each of the rows of `candidates`, larger is better; −∞ for a row that is out of the question. */
  score(candidates: Matrix, context: ScoringContext): Float64Array;
  /** The same for the `count` rows that score best, and for all others something that is less, at a smaller price. */
  scoreBest?(candidates: Matrix, context: ScoringContext, count: number): Float64Array;
}

export interface ScoringContext {
  /** Fitted to what has been measured and to what is believed of points without a result; larger is better. */
  readonly model: Surrogate;
  /** Likewise, one for each objective. */
  readonly models: readonly Surrogate[];
  /** The best response at a measured point that keeps all limits, as the model sees it. */
  readonly best: number;
  /** Everything that is measured, running or chosen already, but for what is `pending`. */
  readonly observed: Matrix;
  /** Measured or believed, of the first objective. */
  readonly responses: Float64Array;
  /** (n,p), where all objectives are measured or believed. */
  readonly outcomes: Matrix;
  /** Points without a result, of which nothing is believed. */
  readonly pending?: Matrix;
  readonly rng: Philox;
}

/** The next points by a strategy that has no model. */
export type Baseline = (task: BaselineTask) => readonly BaselinePoint[];

export interface BaselineTask {
  readonly space: Space;
  readonly known: Knowledge;
  readonly count: number;
  readonly rng: Philox;
}

export interface BaselinePoint {
  readonly point: Point;
  readonly reason: string;
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
