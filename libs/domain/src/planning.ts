import type { Json } from './json.js';
import type { Objective } from './objective.js';
import type { Point, SpaceSpec } from './space-spec.js';

/**
 * What the planner is asked and what it answers: plain data, so that a request can be sent to a thread, kept, and
 * recomputed years later. The same request gives the same answer to the bit.
 */
export interface PlanRequest {
  readonly space: SpaceSpec;
  readonly objective: Objective;
  readonly strategy: StrategySpec;
  readonly seed: string;
  /** How many proposals are wanted. */
  readonly count: number;
  /** How many experiments the campaign has had before this plan, whatever became of them. */
  readonly experimentsSoFar: number;
  readonly observations: readonly Observation[];
  /** Points that could not be made or carried out. */
  readonly failures: readonly Point[];
  /** Points proposed, queued or running: no result yet. */
  readonly pending: readonly Point[];
}

export interface StrategySpec {
  readonly name: StrategyName;
  /** How many experiments make up the initial design. */
  readonly initial: number;
}

export const strategyNames = ['auto', 'gp-log-ei', 'gp-ucb', 'gp-thompson', 'forest-ucb', 'random'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** One experiment's accepted result on the scale the models see (transformed, larger is better as measured). */
export interface Observation {
  readonly point: Point;
  readonly value: number;
  /** Variance of `value` where replicates or the instrument tell it. */
  readonly variance?: number;
}

export interface PlanAnswer {
  readonly proposals: readonly Proposal[];
  readonly model: FittedModel | null;
}

export interface Proposal {
  readonly point: Point;
  readonly origin: 'initial' | 'model';
  /** On the models' scale; the spread is of the property itself, without measurement noise. */
  readonly prediction: { readonly mean: number; readonly sd: number } | null;
  readonly acquisition: { readonly name: string; readonly value: number } | null;
  /** A sentence for a scientist: why this experiment. */
  readonly reason: string;
}

export interface FittedModel {
  readonly kind: string;
  readonly diagnostics: Json;
  /** Enough to predict again, to the bit. */
  readonly body: Json;
}

/** Prediction over the whole space on a grid, for maps. */
export interface PosteriorRequest {
  readonly space: SpaceSpec;
  readonly objective: Objective;
  readonly model: FittedModel;
  /** Cells along one side. */
  readonly resolution: number;
}

export interface PosteriorAnswer {
  readonly points: readonly Point[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}
