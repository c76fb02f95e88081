import type { Json } from './json.js';
import type { CampaignCost } from './cost.js';
import type { FittedModel, OutcomeLimit, PlanObjective, PlanRequest, StrategyName } from './planning.js';
import type { Point, SpaceSpec } from './space-spec.js';

/** What can be asked about a campaign beside its plans: plain data, so that the same question is answered once. */
export type AnalysisRequest =
  | CandidatesRequest
  | SliceRequest
  | FrontRequest
  | ImportancesRequest
  | DependenceRequest
  | CalibrationRequest
  | BenchRequest
  | RelationsRequest
  | AdviceRequest
  | WhatIfRequest
  | RehearsalRequest
  | VerificationRequest;

export type AnalysisKind = AnalysisRequest['kind'];
export type AnalysisOf<K extends AnalysisKind> = Extract<AnalysisRequest, { readonly kind: K }>;

export const candidateScores = ['log-ei', 'pi', 'ucb', 'mean', 'sd'] as const;
export type CandidateScore = (typeof candidateScores)[number];

/** What a candidate is worth: larger is better. */
export interface Worth {
  readonly score: CandidateScore;
  /** How many standard deviations of optimism `ucb` has. */
  readonly beta: number;
}

/** Every candidate of a space that can be listed, or so many drawn evenly, with what is believed of it. */
export interface CandidatesRequest extends Worth {
  readonly kind: 'candidates';
  /** How many are drawn where the space cannot be listed. */
  readonly drawn: number;
}

/** One or two parameters, or three or four components of a mixture, at `cells` values each; the rest stays as in `at`. */
export interface SliceRequest {
  readonly kind: 'slice';
  /** Names of parameters, or `mixture.component`. */
  readonly axes: readonly string[];
  readonly cells: number;
  /** Where the rest is held; the best measured point where it is left out. */
  readonly at: Point | null;
  /** What each place is worth beside; nothing where it is left out. */
  readonly worth?: Worth | null;
}

/** Of measured properties, each to be as large or as small as can be, or within a window; among results that keep the campaign's limits. */
export interface FrontRequest {
  readonly kind: 'front';
  readonly objectives: readonly FrontObjective[];
}

export interface FrontObjective {
  readonly property: string;
  readonly goal: PlanObjective['goal'];
  /** Ends of a window, in the unit of the property; those of the campaign where both are left out. */
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface ImportancesRequest {
  readonly kind: 'importances';
  /** A point to explain by Shapley values; none where it is null. */
  readonly point: Point | null;
  readonly repeats: number;
  /** How many results are explained too, evenly chosen where there are more; none where it is left out. */
  readonly results?: number;
}

export interface DependenceRequest {
  readonly kind: 'dependence';
  /** Names of one or two of the columns that models see. */
  readonly columns: readonly string[];
  readonly values: number;
}

/** Left-out predictions beside what was measured, and how often intervals hold what they promise. */
export interface CalibrationRequest {
  readonly kind: 'calibration';
}

/** Models cross-validated on the campaign's results. */
export interface BenchRequest {
  readonly kind: 'bench';
  /** Names of the catalogue; all where it is empty. */
  readonly models: readonly string[];
  readonly folds: number;
  /** Whether options are chosen within each fold, for models that have some to choose among. */
  readonly tuned: boolean;
}

/** How columns and results hang together, and how candidates fall into groups. */
export interface RelationsRequest {
  readonly kind: 'relations';
  readonly clusters: number | null;
  /** How many candidates are shown. */
  readonly shown: number;
}

/** Whether to stop, and whether to trust the model. */
export interface AdviceRequest {
  readonly kind: 'advice';
  /** The gain that is worth an experiment, on the models' scale. */
  readonly worth: number | null;
}

/** The next batch under other terms; nothing is committed. */
export interface WhatIfRequest {
  readonly kind: 'whatIf';
  readonly count: number;
  readonly strategy: Partial<PlanRequest['strategy']>;
  /** New ends of continuous or whole parameters, or of a mixture's components, by name. */
  readonly bounds: readonly WhatIfBounds[];
  /** In place of the campaign's own, before its bounds are changed. */
  readonly space?: SpaceSpec | null;
  /** Where the first property is to go. */
  readonly goal?: 'maximise' | 'minimise' | null;
  readonly seed: string;
  /** Other goals, limits or costs, each left out where they stay. */
  readonly objectives?: readonly Partial<PlanObjective>[];
  readonly limits?: readonly Partial<OutcomeLimit>[];
  readonly cost?: CampaignCost | null;
}

export interface WhatIfBounds {
  /** A parameter, or `mixture.component`. */
  readonly name: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** The campaign played through many times on responses that its results leave possible. */
export interface RehearsalRequest {
  readonly kind: 'rehearsal';
  /** How many more experiments. */
  readonly experiments: number;
  /** How many campaigns, each with a truth of its own. */
  readonly seeds: number;
  /** A value that is wanted, in the unit of the objective. */
  readonly target: number | null;
  /** Where 95 % of results may lie, in the unit of the objective; looked at where there are fewer than three. */
  readonly expect: { readonly low: number; readonly high: number } | null;
  /** The same of other measured properties, each in its unit; left out where nothing is said. */
  readonly expectOf?: readonly { readonly property: string; readonly low: number; readonly high: number }[];
  /** The campaign's own where it is empty. */
  readonly strategies: readonly StrategyName[];
}

/** The log, the tables and every plan, recomputed. */
export interface VerificationRequest {
  readonly kind: 'verification';
}

/** What an analysis looks at: the campaign's question to the planner, and the model that was kept for it. */
export interface AnalysisInput {
  readonly plan: PlanRequest;
  /** Of the results of now; null where it has to be fitted. */
  readonly model: FittedModel | null;
  /** Of each observation of the plan, the number of its experiment. */
  readonly numbers: readonly number[];
  /** For a front: what was measured of each experiment, in the order of the request's objectives. */
  readonly measured: readonly MeasuredOutcomes[];
  readonly budget: number;
}

export interface MeasuredOutcomes {
  readonly number: number;
  readonly point: Point;
  /** In the order of the objectives; the mean of replicates, on the scale that models see, in the unit of the property. */
  readonly values: readonly number[];
  /** How good each is, the larger the better. */
  readonly merits: readonly number[];
  /** Whether all limits of the campaign are kept; null where that was not measured. */
  readonly keepsLimits: boolean | null;
}

/** One line of a list of candidates, on the models' scale in the property's own direction. */
export interface ScoredCandidate {
  readonly point: Point;
  readonly mean: number;
  readonly sd: number;
  readonly score: number;
  /** The probability that it can be made. */
  readonly feasible: number;
  /** Whether it was measured, failed or is under way. */
  readonly tried: boolean;
}

export type AnalysisAnswer = Json;
