import type { Json } from './json.js';
import type { Objective } from './objective.js';
import type { Point, SpaceSpec } from './space-spec.js';

/**
 * What the planner is asked and what it answers: plain data, so that a request can be sent to a thread, kept, and
 * recomputed years later. The same request gives the same answer to the bit.
 */
export interface PlanRequest {
  readonly space: SpaceSpec;
  readonly objectives: readonly [PlanObjective, ...PlanObjective[]];
  /** Further measured properties that must stay within limits. */
  readonly constraints?: readonly OutcomeLimit[];
  /** What experiments cost, where some cost more than others. */
  readonly cost?: CostSpec;
  readonly strategy: StrategySpec;
  readonly seed: string;
  /** How many proposals are wanted. */
  readonly count: number;
  /** How many experiments the campaign has had before this plan, whatever became of them. */
  readonly experimentsSoFar: number;
  /** In the order in which they were proposed. */
  readonly observations: readonly Observation[];
  /** Points that could not be made or carried out. */
  readonly failures: readonly Point[];
  /** Points proposed, queued or running: no result yet. */
  readonly pending: readonly Point[];
  /** Points that a person does not want now; left out where there are none. */
  readonly avoid?: readonly Point[];
}

export type PlanObjective = Objective | WindowObjective;

/** Wanted inside an interval, whose ends are in `unit`; null where there is no end. */
export interface WindowObjective extends Omit<Objective, 'goal'> {
  readonly goal: 'window';
  readonly low: number | null;
  readonly high: number | null;
}

/** A property that is measured and must stay within limits, which are in `unit`; null where there is none. */
export interface OutcomeLimit {
  readonly property: string;
  readonly transform: Objective['transform'];
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  /** At which temperature it is asked for, where that matters. */
  readonly temperatureC?: number;
}

/** `base` + Σ `per`, in whatever is spent: money, hours. */
export interface CostSpec {
  readonly base: number;
  readonly per: readonly CostTerm[];
  /** What may be spent in all, and what has been: towards the end what is best counts more than what is cheap. */
  readonly budget?: number;
  readonly spent?: number;
}

export interface CostTerm {
  readonly parameter: string;
  /** Of a mixture, which component. */
  readonly component?: string;
  /** For each unit of a number or of a fraction. */
  readonly perUnit?: number;
  /** For each value of a category or candidate of a pool; 0 for one that is not named. */
  readonly of?: { readonly [value: string]: number };
}

export interface StrategySpec {
  readonly name: StrategyName;
  /** How many experiments make up the initial design. */
  readonly initial: number;
  /** Where the initial design comes from; `spread` where it is left out. */
  readonly design?: DesignName;
  /** How many standard deviations of optimism a strategy of upper bounds has, in place of its own. */
  readonly beta?: number;
  /** A parameter that is equal in all proposals of one answer: one furnace, one temperature. */
  readonly shared?: string;
  /** Whether the proposals of one answer are free, or a line or plate of settings around the best of them. */
  readonly shape?: BatchShape;
  /** How often one point may be measured in all; 1 where it is left out. */
  readonly replicates?: number;
  /** How results with a `source` are learned from; `auto` where it is left out. */
  readonly transfer?: TransferMode;
}

/**
 * `spread`: every part of the space has a point near it; `maximin`: far from each other; `sobol`: an even sequence;
 * `latin-hypercube`: each number once in each of its parts; `simplex-lattice`: pure components, halves, thirds … of a
 * mixture; `k-means`: the middles of clusters; `random`: by chance.
 */
export const designNames = [
  'spread',
  'maximin',
  'sobol',
  'latin-hypercube',
  'simplex-lattice',
  'k-means',
  'random',
] as const;
export type DesignName = (typeof designNames)[number];
export const batchShapes = ['free', 'line', 'plate'] as const;
export type BatchShape = (typeof batchShapes)[number];
/** `auto`: whichever predicts this campaign best; `sources`: correlated sources; `mean`: where learning starts; `none`: not at all. */
export const transferModes = ['auto', 'sources', 'mean', 'none'] as const;
export type TransferMode = (typeof transferModes)[number];

export const strategyNames = [
  'auto',
  'gp-log-ei',
  'gp-noisy-ei',
  'gp-pi',
  'gp-ucb',
  'gp-ucb-pe',
  'gp-thompson',
  'gp-top-two',
  'gp-max-value',
  'gp-knowledge',
  'gp-penalised',
  'gp-swarm',
  'gp-genetic',
  'learn',
  'forest-ucb',
  'forest-ei',
  'extra-trees-ucb',
  'boosting-ucb',
  'stack-ei',
  'portfolio',
  'target-window',
  'hypervolume',
  'parego',
  'desirability',
  'clusters',
  'nsga2',
  'swarm',
  'local-search',
  'grid',
  'random',
] as const;
export type StrategyName = (typeof strategyNames)[number];

/** One experiment's accepted results on the scale the models see (transformed, larger is better as measured). */
export interface Observation {
  readonly point: Point;
  /** One for each objective, in their order; null where that property was not measured. */
  readonly values: readonly (number | null)[];
  /** Variances of `values` where replicates or the instrument tell them; null or left out where nothing does. */
  readonly variances?: readonly (number | null)[];
  /** One for each constraint, in their order, likewise. */
  readonly limited?: readonly (number | null)[];
  /** Where it comes from: 0, or left out, is this campaign; others are earlier campaigns, instruments, the literature. */
  readonly source?: number;
  /** The name of the acquisition that proposed it, for strategies that learn which of theirs pay. */
  readonly proposedBy?: string;
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
  /** What the sentence says, and more, as data; only where a model has a say. */
  readonly grounds?: Grounds;
}

/** On the models' scale, in the property's own direction. */
export interface Grounds {
  /** For each objective. */
  readonly predictions: readonly { readonly property: string; readonly mean: number; readonly sd: number }[];
  /**
   * The expected improvement over the best so far in two parts: what the mean promises, and what not knowing does; of one
   * objective that is to be as large, or as small, as can be.
   */
  readonly improvement: { readonly exploiting: number; readonly exploring: number } | null;
  /** The probability that it can be made. */
  readonly feasible: number;
  /** The probability that all constraints are met; null where there are none. */
  readonly withinLimits: number | null;
  /** How far the nearest measured point is in the coordinate that differs most, as a share of its range, and that point. */
  readonly nearest: { readonly distance: number; readonly point: Point } | null;
  /** The candidate that came second. */
  readonly runnerUp: { readonly point: Point; readonly score: number } | null;
  readonly cost: number | null;
  /** Whether the point has been measured before. */
  readonly repeat: boolean;
  /** What became of results from elsewhere, of each objective; left out where there are none. */
  readonly elsewhere?: readonly LearnedElsewhere[];
  /** Why results from elsewhere could not be learned from as asked; left out where they could. */
  readonly elsewhereRefused?: readonly string[];
}

/** How a model made use of results from elsewhere. */
export interface LearnedElsewhere {
  readonly property: string;
  /** `sources`: together with this campaign's; `mean`: as where learning starts; `alone`: not at all, it predicts better so. */
  readonly learned: 'sources' | 'mean' | 'alone';
  readonly sources: readonly {
    readonly source: number;
    /** How many results of it the model has seen. */
    readonly results: number;
    /** With this campaign's results, −1 to 1: how much it is trusted; null where the model does not tell. */
    readonly correlation: number | null;
  }[];
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
  readonly objective: PlanObjective;
  readonly model: FittedModel;
  /** Cells along one side. */
  readonly resolution: number;
}

export interface PosteriorAnswer {
  readonly points: readonly Point[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}
