/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type ActorKind =
  | 'loop'
  | 'person'
  | 'station';

export type AddExperimentInput = {
  campaignId: string;
  idempotencyKey?: string | null | undefined;
  /** Whether the point may lie outside the space; it is marked then. */
  outside?: boolean;
  point: unknown;
  reason: string;
};

/** Exactly one of campaign and table. */
export type AddKnowledgeInput = {
  campaign?: KnowledgeOfCampaignInput | null | undefined;
  campaignId: string;
  idempotencyKey?: string | null | undefined;
  /** That of the campaign or file where it is left out. */
  name?: string | null | undefined;
  table?: KnowledgeOfTableInput | null | undefined;
};

export type AddReplicatesInput = {
  count?: number;
  id: string;
  idempotencyKey?: string | null | undefined;
  reason: string;
};

export type AdviceInput = {
  /** The gain that is worth an experiment, on the models’ scale. */
  worth?: number | null | undefined;
};

/** Exactly one of these. */
export type AnalysisRequestInput = {
  /** Whether to stop, and whether to trust the model. */
  advice?: AdviceInput | null | undefined;
  bench?: BenchInput | null | undefined;
  /** Left-out predictions beside results, and how often intervals hold. */
  calibration?: boolean | null | undefined;
  candidates?: CandidatesInput | null | undefined;
  dependence?: DependenceInput | null | undefined;
  front?: FrontInput | null | undefined;
  importances?: ImportancesInput | null | undefined;
  rehearsal?: RehearsalInput | null | undefined;
  /** Correlations, collinearity, outliers, and groups of candidates. */
  relations?: RelationsInput | null | undefined;
  slice?: SliceInput | null | undefined;
  /** The log, the tables and every plan, recomputed. */
  verification?: boolean | null | undefined;
  whatIf?: WhatIfInput | null | undefined;
};

export type AnalysisStatus =
  | 'cancelled'
  | 'completed'
  | 'failed'
  | 'running'
  | 'waiting';

export type Approval =
  | 'automatic'
  | 'manual';

export type ApproveExperimentsInput = {
  ids: Array<string>;
  /** The specHash of each as it was seen, in the order of the ids; where one was edited since, nothing is approved. */
  specHashes?: Array<string> | null | undefined;
};

export type AssignTaskInput = {
  id: string;
  idempotencyKey?: string | null | undefined;
  note?: string | null | undefined;
  owner: TaskOwnerInput;
  /** From now; the kind’s own time where it is left out. */
  seconds?: number | null | undefined;
};

/** All that is given must hold. */
export type AttemptFilterInput = {
  states?: Array<AttemptState> | null | undefined;
  /** Ids of stations. */
  stations?: Array<string> | null | undefined;
};

export type AttemptState =
  | 'aborted'
  | 'accepted'
  | 'expired'
  | 'flagged'
  | 'late'
  | 'leased'
  | 'started'
  | 'submitted'
  | 'suspect';

/** All that is given must hold. */
export type AuditFilterInput = {
  /** The id of an experiment, an attempt, a measurement … that the event names. */
  about?: string | null | undefined;
  /** Names of persons, tokens or stations. */
  actors?: Array<string> | null | undefined;
  /** Not before this time, ISO 8601. */
  from?: string | null | undefined;
  /** Before this time, ISO 8601. */
  to?: string | null | undefined;
  /** Types of events: experiment.approved … */
  types?: Array<string> | null | undefined;
};

/** Models cross-validated on the campaign’s results. */
export type BenchInput = {
  folds?: number | null | undefined;
  /** Names of the catalogue; all where they are left out. */
  models?: Array<string> | null | undefined;
  /** Whether options are chosen within each fold. */
  tuned?: boolean | null | undefined;
};

export type CampaignOrder =
  | 'created'
  | 'name';

export type CampaignOrderInput = {
  by?: CampaignOrder;
  descending?: boolean;
};

export type CampaignState =
  | 'active'
  | 'archived'
  | 'completed'
  | 'draft'
  | 'paused';

export type CancelAnalysisInput = {
  id: string;
};

export type CancelExperimentInput = {
  id: string;
  reason: string;
};

export type CancelImportInput = {
  id: string;
};

export type CancelScreenInput = {
  id: string;
};

/** All that is given must hold; means and spreads are on the models’ scale. */
export type CandidateFilterInput = {
  /** The least probability that it can be made. */
  feasibleFrom?: number | null | undefined;
  meanFrom?: number | null | undefined;
  meanTo?: number | null | undefined;
  scoreFrom?: number | null | undefined;
  sdFrom?: number | null | undefined;
  sdTo?: number | null | undefined;
  /** Anywhere in the point, whatever its case. */
  text?: string | null | undefined;
  /** Whether it was measured, failed or is under way. */
  tried?: boolean | null | undefined;
};

export type CandidateOrder =
  | 'feasible'
  | 'mean'
  | 'number'
  | 'score'
  | 'sd';

export type CandidateOrderInput = {
  by?: CandidateOrder;
  descending?: boolean;
};

export type CandidateScore =
  | 'log_ei'
  | 'mean'
  | 'pi'
  | 'sd'
  | 'ucb';

/** Every candidate of a space that can be listed, with what is believed of it. */
export type CandidatesInput = {
  /** Standard deviations of optimism that ucb has. */
  beta?: number | null | undefined;
  /** How many are drawn where the space cannot be listed. */
  drawn?: number | null | undefined;
  /** log_ei where it is left out. */
  score?: CandidateScore | null | undefined;
};

/** What an experiment costs, in whatever is spent: money, hours. */
export type CostInput = {
  base?: number;
  /** What all experiments together may cost. */
  budget?: number | null | undefined;
  per?: Array<CostTermInput>;
};

/** What a parameter, or a component of a mixture, adds to the cost of an experiment. */
export type CostTermInput = {
  /** Of a mixture, which component. */
  component?: string | null | undefined;
  /** For each choice or candidate: {"gold": 40}; nothing for one that is not named. */
  of?: unknown;
  parameter: string;
  /** For each unit of a number, or for a whole fraction. */
  perUnit?: number | null | undefined;
};

export type CreateCampaignInput = {
  approval?: Approval;
  budget: number;
  /** Where some experiments cost more than others. */
  cost?: CostInput | null | undefined;
  description?: string | null | undefined;
  /** The same key gives the same campaign instead of a second one. */
  idempotencyKey?: string | null | undefined;
  initial?: number | null | undefined;
  limits?: Array<OutcomeLimitInput> | null | undefined;
  name: string;
  /** The one that there is; or objectives. */
  objective?: ObjectiveInput | null | undefined;
  /** One to four of different properties; lists and curves show the first. */
  objectives?: Array<ObjectiveInput> | null | undefined;
  parallel?: number;
  review?: ReviewPolicyInput | null | undefined;
  seed?: string | null | undefined;
  settings?: StrategySettingsInput | null | undefined;
  space: unknown;
  /** Start at once instead of leaving a draft. */
  start?: boolean;
  strategy?: string;
};

export type CreateTokenInput = {
  /** The only campaign that it can see. */
  campaign?: string | null | undefined;
  days?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** Of an admin: may also make workspaces. */
  instance?: boolean | null | undefined;
  name: string;
  role: Role;
  station?: string | null | undefined;
  /** Another than one’s own, for an admin of the whole instance. */
  workspace?: string | null | undefined;
};

export type CreateWorkspaceInput = {
  /** Small letters, digits and hyphens between them. */
  id: string;
  name: string;
};

export type DecideMeasurementInput = {
  decision: MeasurementDecision;
  measurementId: string;
  note: string;
};

export type DecideResultInput = {
  attemptId: string;
  decision: ResultDecision;
  note: string;
};

export type DependenceInput = {
  /** One or two of the columns that models see. */
  columns: Array<string>;
  values?: number | null | undefined;
};

export type EditExperimentInput = {
  id: string;
  /** Whether the point may lie outside the space; it is marked then. */
  outside?: boolean;
  point: unknown;
  reason: string;
};

/** In the unit of the property. */
export type ExpectedPropertyInput = {
  high: number;
  low: number;
  property: string;
};

/** In the unit of the objective. */
export type ExpectedRangeInput = {
  high: number;
  low: number;
};

/** All that is given must hold. */
export type ExperimentFilterInput = {
  /** One of its measurements has one of these flags. */
  flags?: Array<string> | null | undefined;
  /** Whether a result of it was accepted. */
  hasValue?: boolean | null | undefined;
  numbers?: Array<number> | null | undefined;
  origins?: Array<ExperimentOrigin> | null | undefined;
  states?: Array<ExperimentState> | null | undefined;
  /** Anywhere in its point, reason or note, whatever its case; or its number. */
  text?: string | null | undefined;
  /** The smallest value, in the objective’s unit. */
  valueFrom?: number | null | undefined;
  /** The largest value, in the objective’s unit. */
  valueTo?: number | null | undefined;
};

export type ExperimentOrder =
  | 'measured'
  | 'number'
  | 'prediction'
  | 'score'
  | 'uncertainty'
  | 'value';

export type ExperimentOrderInput = {
  /** measured: when the first of its results came in; prediction and uncertainty: what was expected of it; score: of the acquisition. Those that have none come last. */
  by?: ExperimentOrder;
  descending?: boolean;
};

export type ExperimentOrigin =
  | 'history'
  | 'initial'
  | 'model'
  | 'person';

export type ExperimentState =
  | 'accepted'
  | 'approved'
  | 'cancelled'
  | 'claimed'
  | 'failed_sample'
  | 'infeasible'
  | 'measured'
  | 'proposed'
  | 'quarantined'
  | 'queued'
  | 'rejected'
  | 'running';

export type ExtendTaskInput = {
  id: string;
  idempotencyKey?: string | null | undefined;
  note?: string | null | undefined;
  /** From now. */
  seconds: number;
};

export type FrequencyRangeInput = {
  max: number;
  min: number;
};

/** Which measured experiments no other beats, in two to four measured properties, among those that keep the campaign’s limits. */
export type FrontInput = {
  objectives: Array<FrontObjectiveInput>;
};

export type FrontObjectiveInput = {
  goal?: Goal;
  high?: number | null | undefined;
  /** The lower end of a window; that of the campaign where both ends are left out. */
  low?: number | null | undefined;
  property: string;
};

export type Goal =
  | 'maximise'
  | 'minimise'
  | 'window';

export type ImpedanceInput = {
  areaCm2: number;
  fitModel?: string | null | undefined;
  frequencyHz?: FrequencyRangeInput | null | undefined;
  residual?: number | null | undefined;
  resistanceOhm: number;
  thicknessCm: number;
};

export type ImportColumnMeaningInput = {
  header: string;
  /** One of the preview’s meanings, with a unit where the header has none: `temperature [K]`. */
  means: string;
};

/** What is left out is as the table looks. */
export type ImportOptionsInput = {
  columns?: Array<ImportColumnMeaningInput> | null | undefined;
  /** point or comma */
  decimal?: string | null | undefined;
  /** A comma, a semicolon, a tab or a bar. */
  delimiter?: string | null | undefined;
  /** utf-8, utf-16le, utf-16be or windows-1252 */
  encoding?: string | null | undefined;
  /** Keep implausible values, with a flag. */
  force?: boolean | null | undefined;
  /** Take rows that say the same twice for two measurements. */
  keepDuplicates?: boolean | null | undefined;
  /** Of points that do not lie in the space: wrong (where it is left out), left out, or kept as knowledge; nothing is ever proposed there. */
  outside?: OutsidePolicy | null | undefined;
};

export type ImportState =
  | 'cancelled'
  | 'done'
  | 'failed'
  | 'importing'
  | 'surveyed'
  | 'surveying'
  | 'uploading';

export type ImportVerdict =
  | 'bad'
  | 'duplicate'
  | 'experiment'
  | 'failure'
  | 'outside'
  | 'replicate';

export type ImportancesInput = {
  /** A point whose prediction is explained by Shapley values. */
  point?: unknown;
  repeats?: number | null | undefined;
  /** How many results are explained by Shapley values too, evenly chosen where there are more. */
  results?: number | null | undefined;
};

export type KnowledgeKind =
  | 'campaign'
  | 'table';

/** The accepted results of another campaign of the workspace, as they are now. */
export type KnowledgeOfCampaignInput = {
  id: string;
  /** Parameters of the other campaign that nothing is made of. */
  ignored?: Array<string> | null | undefined;
  /** Those whose name is not the same in both; units are converted. */
  parameters?: Array<ParameterMatchInput> | null | undefined;
};

/** Results from a table, read as an import reads them. */
export type KnowledgeOfTableInput = {
  /** Where all of it is from: a DOI, a book. */
  citation?: string | null | undefined;
  fileName: string;
  options?: ImportOptionsInput | null | undefined;
  /** A column for each parameter or component and for each property, `sd` for a standard deviation, `doi` for where a row is from. */
  text: string;
};

export type LabMeasurementInput = {
  conditions?: unknown;
  force?: boolean | null | undefined;
  impedance?: ImpedanceInput | null | undefined;
  property: string;
  series?: Array<LabPointInput> | null | undefined;
  suspect?: string | null | undefined;
  temperatureC?: number | null | undefined;
  uncertainty?: number | null | undefined;
  unit?: string | null | undefined;
  value?: number | null | undefined;
};

export type LabPointInput = {
  force?: boolean | null | undefined;
  impedance?: ImpedanceInput | null | undefined;
  temperatureC: number;
  unit?: string | null | undefined;
  value?: number | null | undefined;
};

export type MeasurementDecision =
  | 'accepted'
  | 'excluded';

/** All that is given must hold. */
export type MeasurementFilterInput = {
  /** Has one of these. */
  flags?: Array<string> | null | undefined;
  properties?: Array<string> | null | undefined;
  statuses?: Array<MeasurementStatus> | null | undefined;
};

export type MeasurementStatus =
  | 'accepted'
  | 'excluded'
  | 'flagged'
  | 'late'
  | 'submitted'
  | 'superseded';

export type MoveCampaignInput = {
  id: string;
  note?: string | null | undefined;
  to: CampaignState;
};

/** What is wanted another way; the property, its unit and its temperature stay. */
export type ObjectiveChangeInput = {
  goal?: Goal | null | undefined;
  /** Of a window; null takes the end away. */
  high?: number | null | undefined;
  /** Of a window; null takes the end away. */
  low?: number | null | undefined;
  /** Which of several objectives. */
  property?: string | null | undefined;
  /** Before the first plan. */
  transform?: Transform | null | undefined;
};

export type ObjectiveInput = {
  goal?: Goal;
  /** Of a window: where it ends. */
  high?: number | null | undefined;
  /** Of a window: where it begins; without it, all that is below high. */
  low?: number | null | undefined;
  property: string;
  temperatureC?: number | null | undefined;
  transform?: Transform;
  unit: string;
};

/** Other ends; without any, the property is measured and limits nothing. */
export type OutcomeLimitChangeInput = {
  high?: number | null | undefined;
  low?: number | null | undefined;
  property: string;
};

/** A property that is measured beside and must stay within limits. */
export type OutcomeLimitInput = {
  high?: number | null | undefined;
  low?: number | null | undefined;
  property: string;
  temperatureC?: number | null | undefined;
  transform?: Transform;
  unit: string;
};

export type OutsidePolicy =
  | 'keep'
  | 'refuse'
  | 'skip';

/** How a parameter is found in points of another campaign. */
export type ParameterMatchInput = {
  /** What the other campaign calls it. */
  from?: string | null | undefined;
  /** Of this campaign. */
  parameter: string;
  /** What the other campaign held it at, where it did not vary it. */
  value?: unknown;
};

export type PauseStationInput = {
  id: string;
  paused: boolean;
};

export type Place =
  | 'first'
  | 'last';

export type PreviewImportInput = {
  id: string;
  idempotencyKey?: string | null | undefined;
  options?: ImportOptionsInput | null | undefined;
};

export type ProposeNowInput = {
  campaignId: string;
  /** Beside what the rhythm brings; within the budget. */
  count: number;
  idempotencyKey?: string | null | undefined;
  reason: string;
};

export type RecordMeasurementInput = {
  experimentId: string;
  idempotencyKey?: string | null | undefined;
  /** As a station would hand it in. */
  measurement: LabMeasurementInput;
  reason: string;
};

/** The campaign played through on responses that its results leave possible, or before there are three, as models expect them. */
export type RehearsalInput = {
  /** Where 95 % of results may lie; needed while there are fewer than three. */
  expect?: ExpectedRangeInput | null | undefined;
  /** The same of other measured properties, or of all of them. */
  expectOf?: Array<ExpectedPropertyInput> | null | undefined;
  /** How many more; 30 where it is left out. */
  experiments?: number | null | undefined;
  /** How many campaigns, each with a response of its own; 20 where it is left out. */
  seeds?: number | null | undefined;
  /** At most four to compare; the campaign’s own where they are left out. */
  strategies?: Array<string> | null | undefined;
  /** A value of the first objective that is wanted, in its unit; none where that is a window. */
  target?: number | null | undefined;
};

export type RejectExperimentInput = {
  id: string;
  reason: string;
};

export type RelationsInput = {
  /** How many groups; as many as fit best where it is left out. */
  clusters?: number | null | undefined;
  /** How many candidates are shown. */
  shown?: number | null | undefined;
};

export type RemoveKnowledgeInput = {
  campaignId: string;
  id: string;
  reason: string;
};

export type ReorderExperimentsInput = {
  campaignId: string;
  /** In the order that is wanted of them. */
  ids: Array<string>;
  /** Before or after all others that have not begun. */
  place?: Place;
  reason?: string | null | undefined;
};

export type RequeueExperimentInput = {
  id: string;
  reason: string;
};

export type ResolveSuspectInput = {
  attemptId: string;
  decision: SuspectDecision;
  note: string;
};

export type RestoreExperimentInput = {
  id: string;
  reason: string;
};

export type ResultDecision =
  | 'accept'
  | 'discard';

export type ReviewPolicyInput = {
  rejectedFor?: number | null | undefined;
  separate?: boolean | null | undefined;
};

export type RevokeTokenInput = {
  id: string;
};

export type Role =
  | 'admin'
  | 'approver'
  | 'lab'
  | 'planner'
  | 'viewer';

export type ScreenStatus =
  | 'cancelled'
  | 'completed'
  | 'failed'
  | 'preparing'
  | 'running';

/** The model along one or two parameters, one component, or three or four components. */
export type SliceInput = {
  /** The point at which the rest is held; the best measured one where it is left out. */
  at?: unknown;
  /** Names of parameters, or mixture.component. */
  axes: Array<string>;
  /** Values along each axis. */
  cells?: number | null | undefined;
  /** Adds a score to each place. */
  worth?: WorthInput | null | undefined;
};

export type StartAnalysisInput = {
  campaignId: string;
  idempotencyKey?: string | null | undefined;
  request: AnalysisRequestInput;
};

export type StartImportInput = {
  id: string;
  idempotencyKey?: string | null | undefined;
  /** Import the rows that can be; where it is left out and a row is bad, it is not started. */
  skipBad?: boolean | null | undefined;
};

export type StartScreenInput = {
  /** mean, ucb or log-ei */
  acquisition?: string | null | undefined;
  beta?: number | null | undefined;
  campaignId: string;
  /** Hard criteria, one after the other. */
  funnel?: unknown;
  idempotencyKey?: string | null | undefined;
  /** At how many values each continuous parameter is looked at. */
  levels?: unknown;
  /** A model of the catalogue; gp where it is left out. */
  model?: string | null | undefined;
  mostComponents?: unknown;
  /** {from, to} as text: a part of the space. */
  range?: unknown;
  /** {labels, alpha}: a student screens first. */
  student?: unknown;
  top?: number | null | undefined;
};

export type StrategySettingsInput = {
  beta?: number | null | undefined;
  design?: string | null | undefined;
  replicates?: number | null | undefined;
  shape?: string | null | undefined;
  shared?: string | null | undefined;
  transfer?: string | null | undefined;
};

export type SupersedeMeasurementInput = {
  idempotencyKey?: string | null | undefined;
  /** The corrected value, as a station would hand it in. */
  measurement: LabMeasurementInput;
  measurementId: string;
  reason: string;
};

export type SuspectDecision =
  | 'abandon'
  | 'requeue';

export type SwitchCampaignInput = {
  dispatch?: boolean | null | undefined;
  id: string;
  proposing?: boolean | null | undefined;
};

export type TaskKind =
  | 'dispatch_off'
  | 'flagged_result'
  | 'late_result'
  | 'no_station'
  | 'not_claimed'
  | 'planning_failed'
  | 'proposing_off'
  | 'quarantined'
  | 'resume_campaign'
  | 'review_proposal'
  | 'start_campaign'
  | 'suspect_attempt';

/** A role or a person, not both. */
export type TaskOwnerInput = {
  person?: string | null | undefined;
  role?: Role | null | undefined;
};

export type TaskState =
  | 'overdue'
  | 'waiting';

export type Transform =
  | 'log10'
  | 'none';

/** Only what is to be another is given. */
export type UpdateCampaignInput = {
  approval?: Approval | null | undefined;
  budget?: number | null | undefined;
  /** The whole; null takes it away. */
  cost?: CostInput | null | undefined;
  description?: string | null | undefined;
  id: string;
  initial?: number | null | undefined;
  /** Each named by its property, which has to be measured already; the others stay. */
  limits?: Array<OutcomeLimitChangeInput> | null | undefined;
  name?: string | null | undefined;
  /** The first objective. */
  objective?: ObjectiveChangeInput | null | undefined;
  /** Each named by its property; the others stay. */
  objectives?: Array<ObjectiveChangeInput> | null | undefined;
  parallel?: number | null | undefined;
  reason: string;
  review?: ReviewPolicyInput | null | undefined;
  /** Of the settings that were seen: where they were changed since, nothing is changed. */
  revision?: number | null | undefined;
  /** What is left out stays; null takes one back to what the strategy does by itself. */
  settings?: StrategySettingsInput | null | undefined;
  /** The whole space; its parameters stay. Experiments that it leaves outside stay too, and are marked. */
  space?: unknown;
  strategy?: string | null | undefined;
};

export type WhatIfBoundsInput = {
  max?: number | null | undefined;
  min?: number | null | undefined;
  /** A parameter, or mixture.component. */
  name: string;
};

/** The next batch under other terms; nothing is committed. */
export type WhatIfInput = {
  bounds?: Array<WhatIfBoundsInput> | null | undefined;
  /** Another cost; null for none. */
  cost?: CostInput | null | undefined;
  count?: number | null | undefined;
  /** Where the first property is to go. */
  goal?: Goal | null | undefined;
  /** Other limits, each named by its property; the others stay. */
  limits?: Array<OutcomeLimitChangeInput> | null | undefined;
  /** Other goals or windows, each named by its property; the others stay. */
  objectives?: Array<ObjectiveChangeInput> | null | undefined;
  seed?: string | null | undefined;
  /** In place of the campaign’s own, before its bounds are changed. */
  space?: unknown;
  strategy?: WhatIfStrategyInput | null | undefined;
};

/** What is left out stays as the campaign has it. */
export type WhatIfStrategyInput = {
  beta?: number | null | undefined;
  design?: string | null | undefined;
  name?: string | null | undefined;
  replicates?: number | null | undefined;
  shape?: string | null | undefined;
  shared?: string | null | undefined;
};

export type WithdrawApprovalInput = {
  id: string;
  reason: string;
};

export type WithdrawRejectionInput = {
  id: string;
  reason: string;
};

/** What each place is worth; of the score the larger is better. */
export type WorthInput = {
  /** Standard deviations of optimism that ucb has. */
  beta?: number | null | undefined;
  /** log_ei where it is left out. */
  score?: CandidateScore | null | undefined;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, workspace: string, campaign: string | null, station: string | null, instance: boolean, expiresAt: string } };

export type TokensQueryVariables = Exact<{ [key: string]: never; }>;


export type TokensQuery = { tokens: Array<{ id: string, name: string, role: Role, workspace: string, campaign: string | null, station: string | null, instance: boolean, createdAt: string, expiresAt: string, revokedAt: string | null }> };

export type WorkspacesQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkspacesQuery = { workspaces: Array<{ id: string, name: string, createdAt: string }> };

export type QueuesQueryVariables = Exact<{ [key: string]: never; }>;


export type QueuesQuery = { queues: { keptIn: string, about: string, lostWakeUps: number, kinds: Array<{ name: string, waiting: number, running: number, later: number, done: number, failed: number, oldestSeconds: number, failures: Array<{ id: string, at: string, attempts: number, reason: string }> }> } };

export type AccessLogQueryVariables = Exact<{
  first: number;
  before?: string | null | undefined;
}>;


export type AccessLogQuery = { accessLog: Array<{ id: string, action: string, actor: string, at: string, subject: string, detail: unknown, via: unknown }> };

export type CreateTokenMutationVariables = Exact<{
  input: CreateTokenInput;
}>;


export type CreateTokenMutation = { createToken: { secret: string | null, token: { id: string, name: string, role: Role, workspace: string, campaign: string | null, station: string | null, instance: boolean, createdAt: string, expiresAt: string, revokedAt: string | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RevokeTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type RevokeTokenMutation = { revokeToken: { token: { id: string, name: string, role: Role, workspace: string, campaign: string | null, station: string | null, instance: boolean, createdAt: string, expiresAt: string, revokedAt: string | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CreateWorkspaceMutationVariables = Exact<{
  input: CreateWorkspaceInput;
}>;


export type CreateWorkspaceMutation = { createWorkspace: { workspace: { id: string, name: string, createdAt: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'Artifact', id: string }
    | { __typename: 'Attempt', id: string }
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Experiment', id: string }
    | { __typename: 'Measurement', id: string }
    | { __typename: 'Model', id: string }
    | { __typename: 'Screen', id: string }
    | { __typename: 'Station', id: string }
   | null };

export type NodesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'Artifact', id: string }
    | { __typename: 'Attempt', id: string }
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Experiment', id: string }
    | { __typename: 'Measurement', id: string }
    | { __typename: 'Model', id: string }
    | { __typename: 'Screen', id: string }
    | { __typename: 'Station', id: string }
   | null> };

export type MetricsFieldsFragment = { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number };

export type WeightFieldsFragment = { name: string, weight: number, reason: string | null };

export type AnalysisFieldsFragment = { id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null };

type AnalysisResultFields_AdviceResult_Fragment = { __typename: 'AdviceResult', stop: { verdict: string, reason: string, worth: number, anythingBetter: number | null, expectedRegret: number | null, regretBound: number | null, plateau: number, budgetLeft: number | null }, trust: { trust: string, verdict: string, faults: Array<string>, drifts: boolean, drift: number, rankCorrelation: number, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number }, outliers: Array<{ number: number, point: unknown, robustZ: number }> } | null };

type AnalysisResultFields_BenchResult_Fragment = { __typename: 'BenchResult', models: Array<{ name: string, about: string, error: string | null, weights: Array<{ name: string, weight: number, reason: string | null }>, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number } | null, parity: Array<{ number: number, actual: number, mean: number, sd: number }> }> };

type AnalysisResultFields_CalibrationResult_Fragment = { __typename: 'CalibrationResult', kind: string, passed: boolean, reasons: Array<string>, curve: Array<{ expected: number, held: number }>, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number }, rows: Array<{ number: number, actual: number, mean: number, sd: number, outlier: boolean, robustZ: number }> };

type AnalysisResultFields_CandidatesResult_Fragment = { __typename: 'CandidatesResult', count: number, score: string, whole: boolean };

type AnalysisResultFields_DependenceResult_Fragment = { __typename: 'DependenceResult', columns: Array<string>, coverage: number, values: Array<number>, lines: Array<{ at: number | null, mean: Array<number>, lower: Array<number>, upper: Array<number> }> };

type AnalysisResultFields_FrontResult_Fragment = { __typename: 'FrontResult', points: Array<{ number: number, onFront: boolean, keepsLimits: boolean | null, point: unknown, values: Array<number> }>, growth: Array<{ number: number, volume: number }> };

type AnalysisResultFields_ImportancesResult_Fragment = { __typename: 'ImportancesResult', baseline: number, importances: Array<{ column: string, permutation: number, spread: number, own: number | null }>, weights: Array<{ name: string, weight: number, reason: string | null }>, explainedResults: { base: number, columns: Array<string>, exact: boolean, rows: Array<{ number: number, prediction: number, at: Array<number | null>, values: Array<number> }> } | null, explained: { base: number, prediction: number, exact: boolean, columns: Array<{ column: string, value: number, standardError: number }> } | null };

type AnalysisResultFields_RehearsalResult_Fragment = { __typename: 'RehearsalResult', measure: string, learnedFrom: string, resultCount: number, before: number | null, atATime: number, experiments: number, seeds: number, target: number | null, strategies: Array<{ strategy: string, likelyAfter: number | null, targetAfter: number | null, rounds: Array<{ experiments: number, median: number, low50: number, high50: number, low90: number, high90: number, atTop: number, reached: number | null, kept: number | null, bestKept: number | null, spent: number | null }> }> };

type AnalysisResultFields_RelationsResult_Fragment = { __typename: 'RelationsResult', columns: Array<string>, correlations: Array<{ a: string, b: string, pearson: number | null, spearman: number | null }>, inflation: Array<{ column: string, factor: number | null, collinearWith: Array<string> }>, results: Array<{ number: number, outlier: boolean, robustZ: number, isolation: number }>, map: { clusters: number, explained: Array<number>, candidates: Array<{ cluster: number, x: number, y: number, point: unknown }>, results: Array<{ cluster: number, number: number | null, x: number, y: number, point: unknown }>, tried: Array<{ k: number, silhouette: number }> } | null, tree: { leaves: Array<{ numbers: Array<number> }>, merges: Array<{ left: number, right: number, height: number }> } | null };

type AnalysisResultFields_SliceResult_Fragment = { __typename: 'SliceResult', at: unknown, axes: Array<{ name: string, unit: string | null, values: unknown }>, cells: Array<{ coordinates: unknown, point: unknown, mean: number | null, sd: number | null, feasible: number | null, score: number | null }> };

type AnalysisResultFields_VerificationResult_Fragment = { __typename: 'VerificationResult', ok: boolean, events: number, headHash: string, faults: Array<string>, tablesCompared: boolean, plans: Array<{ number: number, identical: boolean, detail: string }> };

type AnalysisResultFields_WhatIfResult_Fragment = { __typename: 'WhatIfResult', model: string | null, leftOut: Array<number>, proposals: Array<{ point: unknown, origin: string, reason: string, mean: number | null, sd: number | null, score: number | null }> };

export type AnalysisResultFieldsFragment =
  | AnalysisResultFields_AdviceResult_Fragment
  | AnalysisResultFields_BenchResult_Fragment
  | AnalysisResultFields_CalibrationResult_Fragment
  | AnalysisResultFields_CandidatesResult_Fragment
  | AnalysisResultFields_DependenceResult_Fragment
  | AnalysisResultFields_FrontResult_Fragment
  | AnalysisResultFields_ImportancesResult_Fragment
  | AnalysisResultFields_RehearsalResult_Fragment
  | AnalysisResultFields_RelationsResult_Fragment
  | AnalysisResultFields_SliceResult_Fragment
  | AnalysisResultFields_VerificationResult_Fragment
  | AnalysisResultFields_WhatIfResult_Fragment
;

export type AnalysisQueryVariables = Exact<{
  id: string;
}>;


export type AnalysisQuery = { analysis: { id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, result:
      | { __typename: 'AdviceResult', stop: { verdict: string, reason: string, worth: number, anythingBetter: number | null, expectedRegret: number | null, regretBound: number | null, plateau: number, budgetLeft: number | null }, trust: { trust: string, verdict: string, faults: Array<string>, drifts: boolean, drift: number, rankCorrelation: number, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number }, outliers: Array<{ number: number, point: unknown, robustZ: number }> } | null }
      | { __typename: 'BenchResult', models: Array<{ name: string, about: string, error: string | null, weights: Array<{ name: string, weight: number, reason: string | null }>, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number } | null, parity: Array<{ number: number, actual: number, mean: number, sd: number }> }> }
      | { __typename: 'CalibrationResult', kind: string, passed: boolean, reasons: Array<string>, curve: Array<{ expected: number, held: number }>, metrics: { rmse: number, mae: number, r2: number, spearman: number | null, nlpd: number, crps: number, coverage50: number, coverage80: number, coverage95: number }, rows: Array<{ number: number, actual: number, mean: number, sd: number, outlier: boolean, robustZ: number }> }
      | { __typename: 'CandidatesResult', count: number, score: string, whole: boolean }
      | { __typename: 'DependenceResult', columns: Array<string>, coverage: number, values: Array<number>, lines: Array<{ at: number | null, mean: Array<number>, lower: Array<number>, upper: Array<number> }> }
      | { __typename: 'FrontResult', points: Array<{ number: number, onFront: boolean, keepsLimits: boolean | null, point: unknown, values: Array<number> }>, growth: Array<{ number: number, volume: number }> }
      | { __typename: 'ImportancesResult', baseline: number, importances: Array<{ column: string, permutation: number, spread: number, own: number | null }>, weights: Array<{ name: string, weight: number, reason: string | null }>, explainedResults: { base: number, columns: Array<string>, exact: boolean, rows: Array<{ number: number, prediction: number, at: Array<number | null>, values: Array<number> }> } | null, explained: { base: number, prediction: number, exact: boolean, columns: Array<{ column: string, value: number, standardError: number }> } | null }
      | { __typename: 'RehearsalResult', measure: string, learnedFrom: string, resultCount: number, before: number | null, atATime: number, experiments: number, seeds: number, target: number | null, strategies: Array<{ strategy: string, likelyAfter: number | null, targetAfter: number | null, rounds: Array<{ experiments: number, median: number, low50: number, high50: number, low90: number, high90: number, atTop: number, reached: number | null, kept: number | null, bestKept: number | null, spent: number | null }> }> }
      | { __typename: 'RelationsResult', columns: Array<string>, correlations: Array<{ a: string, b: string, pearson: number | null, spearman: number | null }>, inflation: Array<{ column: string, factor: number | null, collinearWith: Array<string> }>, results: Array<{ number: number, outlier: boolean, robustZ: number, isolation: number }>, map: { clusters: number, explained: Array<number>, candidates: Array<{ cluster: number, x: number, y: number, point: unknown }>, results: Array<{ cluster: number, number: number | null, x: number, y: number, point: unknown }>, tried: Array<{ k: number, silhouette: number }> } | null, tree: { leaves: Array<{ numbers: Array<number> }>, merges: Array<{ left: number, right: number, height: number }> } | null }
      | { __typename: 'SliceResult', at: unknown, axes: Array<{ name: string, unit: string | null, values: unknown }>, cells: Array<{ coordinates: unknown, point: unknown, mean: number | null, sd: number | null, feasible: number | null, score: number | null }> }
      | { __typename: 'VerificationResult', ok: boolean, events: number, headHash: string, faults: Array<string>, tablesCompared: boolean, plans: Array<{ number: number, identical: boolean, detail: string }> }
      | { __typename: 'WhatIfResult', model: string | null, leftOut: Array<number>, proposals: Array<{ point: unknown, origin: string, reason: string, mean: number | null, sd: number | null, score: number | null }> }
     | null } | null };

export type AnalysesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type AnalysesQuery = { campaign: { id: string, analyses: { totalCount: number, nodes: Array<{ id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CandidatesQueryVariables = Exact<{
  id: string;
  filter?: CandidateFilterInput | null | undefined;
  orderBy?: CandidateOrderInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CandidatesQuery = { analysis: { id: string, status: AnalysisStatus, result:
      | { __typename: 'AdviceResult' }
      | { __typename: 'BenchResult' }
      | { __typename: 'CalibrationResult' }
      | { __typename: 'CandidatesResult', candidates: { totalCount: number, nodes: Array<{ number: number, point: unknown, mean: number, sd: number, score: number, feasible: number, tried: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
      | { __typename: 'DependenceResult' }
      | { __typename: 'FrontResult' }
      | { __typename: 'ImportancesResult' }
      | { __typename: 'RehearsalResult' }
      | { __typename: 'RelationsResult' }
      | { __typename: 'SliceResult' }
      | { __typename: 'VerificationResult' }
      | { __typename: 'WhatIfResult' }
     | null } | null };

export type AnalysisProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type AnalysisProgressSubscription = { analysisProgress: { id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null } };

export type StartAnalysisMutationVariables = Exact<{
  input: StartAnalysisInput;
}>;


export type StartAnalysisMutation = { startAnalysis: { analysis: { id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CancelAnalysisMutationVariables = Exact<{
  input: CancelAnalysisInput;
}>;


export type CancelAnalysisMutation = { cancelAnalysis: { analysis: { id: string, campaignId: string, kind: string, request: unknown, status: AnalysisStatus, done: number, total: number | null, progress: number | null, error: string | null, dataRevision: number, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CampaignsQueryVariables = Exact<{
  states?: Array<CampaignState> | CampaignState | null | undefined;
  text?: string | null | undefined;
  orderBy?: CampaignOrderInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignsQuery = { campaigns: { totalCount: number, nodes: Array<{ id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CampaignQueryVariables = Exact<{
  id: string;
}>;


export type CampaignQuery = { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null };

export type CampaignTemplatesQueryVariables = Exact<{ [key: string]: never; }>;


export type CampaignTemplatesQuery = { campaignTemplates: Array<{ key: string, title: string, description: string, input: unknown }> };

export type PreviewSpaceQueryVariables = Exact<{
  space: unknown;
}>;


export type PreviewSpaceQuery = { previewSpace: { effects: { size: number | null, points: number, exact: boolean, remaining: number, share: number, shareLow: number, shareHigh: number, constraints: Array<{ name: string, text: string, removes: number, onlyThis: number }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SpaceEffectsQueryVariables = Exact<{
  id: string;
}>;


export type SpaceEffectsQuery = { campaign: { id: string, spaceEffects: { size: number | null, points: number, exact: boolean, remaining: number, share: number, shareLow: number, shareHigh: number, constraints: Array<{ name: string, text: string, removes: number, onlyThis: number }> } } | null };

export type SpaceEffectsFieldsFragment = { size: number | null, points: number, exact: boolean, remaining: number, share: number, shareLow: number, shareHigh: number, constraints: Array<{ name: string, text: string, removes: number, onlyThis: number }> };

export type CampaignProgressQueryVariables = Exact<{
  id: string;
  points: number;
}>;


export type CampaignProgressQuery = { campaign: { id: string, progress: Array<{ experimentNumber: number, value: number, best: number | null, predictedMean: number | null, predictedSd: number | null, at: string }> } | null };

export type CampaignPosteriorQueryVariables = Exact<{
  id: string;
  resolution: number;
}>;


export type CampaignPosteriorQuery = { campaign: { id: string, posterior: { modelId: string, points: Array<unknown>, mean: Array<number>, sd: Array<number> } | null } | null };

export type CampaignModelsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignModelsQuery = { campaign: { id: string, models: { totalCount: number, nodes: Array<{ id: string, kind: string, trainingSize: number, trainingHash: string, dataRevision: number, diagnostics: unknown, createdAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignMeasurementsQueryVariables = Exact<{
  id: string;
  filter?: MeasurementFilterInput | null | undefined;
  newestFirst?: boolean | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignMeasurementsQuery = { campaign: { id: string, measurements: { totalCount: number, nodes: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignAttemptsQueryVariables = Exact<{
  id: string;
  filter?: AttemptFilterInput | null | undefined;
  newestFirst?: boolean | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignAttemptsQuery = { campaign: { id: string, attempts: { totalCount: number, nodes: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignAuditQueryVariables = Exact<{
  id: string;
  filter?: AuditFilterInput | null | undefined;
  newestFirst?: boolean | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignAuditQuery = { campaign: { id: string, audit: { totalCount: number, nodes: Array<{ seq: number, type: string, at: string, actor: string, actorKind: ActorKind, via: unknown, summary: string, why: string | null, payload: unknown, hash: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignEventsSubscriptionVariables = Exact<{
  campaign: string;
  after: number;
}>;


export type CampaignEventsSubscription = { campaignEvents: { seq: number, type: string, at: string, actor: string, actorKind: ActorKind, via: unknown, summary: string, why: string | null, payload: unknown, hash: string } };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { createCampaign: { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type UpdateCampaignMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { updateCampaign: { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type MoveCampaignMutationVariables = Exact<{
  input: MoveCampaignInput;
}>;


export type MoveCampaignMutation = { moveCampaign: { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SwitchCampaignMutationVariables = Exact<{
  input: SwitchCampaignInput;
}>;


export type SwitchCampaignMutation = { switchCampaign: { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ProposeNowMutationVariables = Exact<{
  input: ProposeNowInput;
}>;


export type ProposeNowMutation = { proposeNow: { campaign: { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CampaignKnowledgeQueryVariables = Exact<{
  id: string;
  removed: boolean;
}>;


export type CampaignKnowledgeQuery = { campaign: { knowledge: Array<{ id: string, number: number, name: string, rowCount: number, hash: string, addedBy: string, createdAt: string, origin: { kind: KnowledgeKind, campaignId: string | null, campaignName: string | null, seq: number | null, fileName: string | null, sha256: string | null, citation: string | null, notes: Array<string>, leftOut: number }, trust: { learned: string, results: number, correlation: number | null } | null, removed: { by: string, at: string, reason: string } | null }> } | null };

export type AddKnowledgeMutationVariables = Exact<{
  input: AddKnowledgeInput;
}>;


export type AddKnowledgeMutation = { addKnowledge: { knowledge: { id: string, number: number, name: string, rowCount: number, hash: string, addedBy: string, createdAt: string, origin: { kind: KnowledgeKind, campaignId: string | null, campaignName: string | null, seq: number | null, fileName: string | null, sha256: string | null, citation: string | null, notes: Array<string>, leftOut: number }, trust: { learned: string, results: number, correlation: number | null } | null, removed: { by: string, at: string, reason: string } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RemoveKnowledgeMutationVariables = Exact<{
  input: RemoveKnowledgeInput;
}>;


export type RemoveKnowledgeMutation = { removeKnowledge: { knowledge: { id: string, number: number, name: string, rowCount: number, hash: string, addedBy: string, createdAt: string, origin: { kind: KnowledgeKind, campaignId: string | null, campaignName: string | null, seq: number | null, fileName: string | null, sha256: string | null, citation: string | null, notes: Array<string>, leftOut: number }, trust: { learned: string, results: number, correlation: number | null } | null, removed: { by: string, at: string, reason: string } | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ExperimentsQueryVariables = Exact<{
  id: string;
  filter?: ExperimentFilterInput | null | undefined;
  orderBy?: ExperimentOrderInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ExperimentsQuery = { campaign: { id: string, experiments: { totalCount: number, nodes: Array<{ id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ExperimentQueryVariables = Exact<{
  id: string;
}>;


export type ExperimentQuery = { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, grounds: { feasible: number, withinLimits: number | null, cost: number | null, repeat: boolean, elsewhereRefused: Array<string>, predictions: Array<{ property: string, mean: number, sd: number }>, improvement: { exploiting: number, exploring: number, exploringShare: number | null } | null, nearest: { point: unknown, label: string, distance: number } | null, runnerUp: { point: unknown, label: string, score: number } | null, elsewhere: Array<{ property: string, learned: string, sources: Array<{ source: number, results: number, correlation: number | null }> }> } | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null };

export type ExperimentArtifactsQueryVariables = Exact<{
  id: string;
}>;


export type ExperimentArtifactsQuery = { experiment: { id: string, attempts: Array<{ id: string, artifacts: Array<{ id: string, name: string, kind: string | null, mediaType: string, bytes: number, sha256: string, url: string, createdAt: string }> }> } | null };

export type AddExperimentMutationVariables = Exact<{
  input: AddExperimentInput;
}>;


export type AddExperimentMutation = { addExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type EditExperimentMutationVariables = Exact<{
  input: EditExperimentInput;
}>;


export type EditExperimentMutation = { editExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RejectExperimentMutationVariables = Exact<{
  input: RejectExperimentInput;
}>;


export type RejectExperimentMutation = { rejectExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CancelExperimentMutationVariables = Exact<{
  input: CancelExperimentInput;
}>;


export type CancelExperimentMutation = { cancelExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RequeueExperimentMutationVariables = Exact<{
  input: RequeueExperimentInput;
}>;


export type RequeueExperimentMutation = { requeueExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RestoreExperimentMutationVariables = Exact<{
  input: RestoreExperimentInput;
}>;


export type RestoreExperimentMutation = { restoreExperiment: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type WithdrawApprovalMutationVariables = Exact<{
  input: WithdrawApprovalInput;
}>;


export type WithdrawApprovalMutation = { withdrawApproval: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type WithdrawRejectionMutationVariables = Exact<{
  input: WithdrawRejectionInput;
}>;


export type WithdrawRejectionMutation = { withdrawRejection: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ResolveSuspectMutationVariables = Exact<{
  input: ResolveSuspectInput;
}>;


export type ResolveSuspectMutation = { resolveSuspect: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type DecideResultMutationVariables = Exact<{
  input: DecideResultInput;
}>;


export type DecideResultMutation = { decideResult: { experiment: { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ApproveExperimentsMutationVariables = Exact<{
  input: ApproveExperimentsInput;
}>;


export type ApproveExperimentsMutation = { approveExperiments: { experiments: Array<{ id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> }>, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AddReplicatesMutationVariables = Exact<{
  input: AddReplicatesInput;
}>;


export type AddReplicatesMutation = { addReplicates: { experiments: Array<{ id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> }>, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ReorderExperimentsMutationVariables = Exact<{
  input: ReorderExperimentsInput;
}>;


export type ReorderExperimentsMutation = { reorderExperiments: { experiments: Array<{ id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> }>, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ObjectiveFieldsFragment = { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null };

export type CampaignFieldsFragment = { id: string, name: string, description: string, state: CampaignState, space: unknown, strategy: string, initial: number, budget: number, spent: number, parallel: number, approval: Approval, proposing: boolean, dispatch: boolean, asked: number, revision: number, dataRevision: number, lastSeq: number, createdAt: string, objective: { property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }, objectives: Array<{ property: string, unit: string, goal: Goal, low: number | null, high: number | null, transform: Transform, temperatureC: number | null }>, limits: Array<{ property: string, unit: string, transform: Transform, low: number | null, high: number | null }>, cost: { base: number, budget: number | null, per: Array<{ parameter: string, component: string | null, perUnit: number | null, of: unknown }> } | null, settings: { beta: number | null, design: string | null, replicates: number | null, shape: string | null, shared: string | null, transfer: string | null }, review: { separate: boolean, rejectedFor: number }, counts: Array<{ state: ExperimentState, count: number }>, waiting: { proposals: number, suspects: number, results: number, quarantined: number }, best: { value: number, experiment: { id: string, number: number, label: string } } | null };

export type MeasurementFieldsFragment = { id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string };

export type AttemptFieldsFragment = { id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null };

export type ExperimentFieldsFragment = { id: string, campaignId: string, number: number, state: ExperimentState, point: unknown, label: string, origin: string, reason: string, note: string | null, strategy: string | null, rank: number, specHash: string, outside: string | null, replicateOf: string | null, proposedBy: string | null, approvedBy: string | null, approvedAt: string | null, createdAt: string, value: number | null, values: Array<{ property: string, unit: string, value: number, sd: number | null }>, prediction: { mean: number, sd: number } | null, acquisition: { name: string, value: number } | null, attempts: Array<{ id: string, fence: number, state: AttemptState, outcome: string | null, note: string | null, stage: string | null, progress: number | null, cancelRequested: boolean, leasedAt: string, startedAt: string | null, endedAt: string | null, lastSeenAt: string | null, station: { id: string, name: string } | null }>, measurements: Array<{ id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string }> };

export type GroundsFieldsFragment = { feasible: number, withinLimits: number | null, cost: number | null, repeat: boolean, elsewhereRefused: Array<string>, predictions: Array<{ property: string, mean: number, sd: number }>, improvement: { exploiting: number, exploring: number, exploringShare: number | null } | null, nearest: { point: unknown, label: string, distance: number } | null, runnerUp: { point: unknown, label: string, score: number } | null, elsewhere: Array<{ property: string, learned: string, sources: Array<{ source: number, results: number, correlation: number | null }> }> };

export type EventFieldsFragment = { seq: number, type: string, at: string, actor: string, actorKind: ActorKind, via: unknown, summary: string, why: string | null, payload: unknown, hash: string };

export type ModelFieldsFragment = { id: string, kind: string, trainingSize: number, trainingHash: string, dataRevision: number, diagnostics: unknown, createdAt: string };

export type StationFieldsFragment = { id: string, name: string, bootId: string, properties: Array<string>, limits: unknown, paused: boolean, silent: boolean, lastSeenAt: string };

export type TaskFieldsFragment = { id: string, kind: TaskKind, campaignId: string, experimentId: string | null, since: string, deadline: string, escalations: number, note: string | null, owner: { role: Role | null, person: string | null }, decisions: Array<{ name: string, mutation: string, roles: Array<Role> }> };

export type TokenFieldsFragment = { id: string, name: string, role: Role, workspace: string, campaign: string | null, station: string | null, instance: boolean, createdAt: string, expiresAt: string, revokedAt: string | null };

export type ScreenFieldsFragment = { id: string, campaignId: string, status: ScreenStatus, settings: unknown, candidates: string | null, chunks: number | null, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { candidatesDone: number, chunksDone: number, perSecond: number | null, secondsLeft: number | null } };

export type KnowledgeFieldsFragment = { id: string, number: number, name: string, rowCount: number, hash: string, addedBy: string, createdAt: string, origin: { kind: KnowledgeKind, campaignId: string | null, campaignName: string | null, seq: number | null, fileName: string | null, sha256: string | null, citation: string | null, notes: Array<string>, leftOut: number }, trust: { learned: string, results: number, correlation: number | null } | null, removed: { by: string, at: string, reason: string } | null };

export type PageFieldsFragment = { hasNextPage: boolean, endCursor: string | null };

export type ErrorFieldsFragment = { code: string, message: string, field: string | null };

export type ImportQueryVariables = Exact<{
  id: string;
  badRows?: number;
}>;


export type ImportQuery = { import: { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, options: { encoding: string | null, delimiter: string | null, decimal: string | null, skipBad: boolean, force: boolean, keepDuplicates: boolean, outside: OutsidePolicy, columns: Array<{ header: string, means: string }> }, preview: { encoding: string, delimiter: string, decimal: string, meanings: Array<string>, columns: Array<{ header: string, means: string, unit: string | null, isAssumed: boolean }>, problems: Array<{ header: string | null, message: string }>, rows: Array<{ line: number, cells: Array<string>, verdict: ImportVerdict | null, column: string | null, reason: string | null }> } | null, report: { rows: number, good: number, experiments: number, measurements: number, replicates: number, failures: number, duplicates: number, outside: number, bad: number, isRepeated: boolean, badRowsPath: string, duplicateLines: Array<number>, badRows: Array<{ line: number, column: string | null, reason: string }> } | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } } | null };

export type ImportsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportsQuery = { campaign: { id: string, imports: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } }> } } | null };

export type PreviewImportMutationVariables = Exact<{
  input: PreviewImportInput;
}>;


export type PreviewImportMutation = { previewImport: { import: { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type StartImportMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type StartImportMutation = { startImport: { import: { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CancelImportMutationVariables = Exact<{
  input: CancelImportInput;
}>;


export type CancelImportMutation = { cancelImport: { import: { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ImportProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type ImportProgressSubscription = { importProgress: { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } } };

export type ImportFieldsFragment = { id: string, campaignId: string, fileName: string, bytes: number, sha256: string, state: ImportState, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { rows: number, rowsInAll: number | null, bad: number, written: number, share: number, rowsPerSecond: number | null, secondsLeft: number | null } };

export type StationsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type StationsQuery = { stations: { totalCount: number, nodes: Array<{ id: string, name: string, bootId: string, properties: Array<string>, limits: unknown, paused: boolean, silent: boolean, lastSeenAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TasksQueryVariables = Exact<{
  campaignId?: string | null | undefined;
  kind?: Array<TaskKind> | TaskKind | null | undefined;
  owner?: TaskOwnerInput | null | undefined;
  state?: TaskState | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TasksQuery = { tasks: { totalCount: number, nodes: Array<{ id: string, kind: TaskKind, campaignId: string, experimentId: string | null, since: string, deadline: string, escalations: number, note: string | null, owner: { role: Role | null, person: string | null }, decisions: Array<{ name: string, mutation: string, roles: Array<Role> }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PauseStationMutationVariables = Exact<{
  input: PauseStationInput;
}>;


export type PauseStationMutation = { pauseStation: { station: { id: string, name: string, bootId: string, properties: Array<string>, limits: unknown, paused: boolean, silent: boolean, lastSeenAt: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AssignTaskMutationVariables = Exact<{
  input: AssignTaskInput;
}>;


export type AssignTaskMutation = { assignTask: { task: { id: string, kind: TaskKind, campaignId: string, experimentId: string | null, since: string, deadline: string, escalations: number, note: string | null, owner: { role: Role | null, person: string | null }, decisions: Array<{ name: string, mutation: string, roles: Array<Role> }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ExtendTaskMutationVariables = Exact<{
  input: ExtendTaskInput;
}>;


export type ExtendTaskMutation = { extendTask: { task: { id: string, kind: TaskKind, campaignId: string, experimentId: string | null, since: string, deadline: string, escalations: number, note: string | null, owner: { role: Role | null, person: string | null }, decisions: Array<{ name: string, mutation: string, roles: Array<Role> }> } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RecordMeasurementMutationVariables = Exact<{
  input: RecordMeasurementInput;
}>;


export type RecordMeasurementMutation = { recordMeasurement: { measurement: { id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SupersedeMeasurementMutationVariables = Exact<{
  input: SupersedeMeasurementInput;
}>;


export type SupersedeMeasurementMutation = { supersedeMeasurement: { measurement: { id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type DecideMeasurementMutationVariables = Exact<{
  input: DecideMeasurementInput;
}>;


export type DecideMeasurementMutation = { decideMeasurement: { measurement: { id: string, attemptId: string | null, property: string, value: number, unit: string, uncertainty: number | null, status: MeasurementStatus, flags: Array<string>, conditions: unknown, note: string | null, supersedes: string | null, createdAt: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ScreenQueryVariables = Exact<{
  id: string;
  best: number;
}>;


export type ScreenQuery = { screen: { id: string, campaignId: string, status: ScreenStatus, settings: unknown, candidates: string | null, chunks: number | null, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, result: { best: Array<{ index: string, point: unknown, mean: number, sd: number, score: number }>, stages: Array<{ name: string, came: number, passed: number }> } | null, progress: { candidatesDone: number, chunksDone: number, perSecond: number | null, secondsLeft: number | null } } | null };

export type ScreensQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ScreensQuery = { campaign: { id: string, screens: { totalCount: number, nodes: Array<{ id: string, campaignId: string, status: ScreenStatus, settings: unknown, candidates: string | null, chunks: number | null, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { candidatesDone: number, chunksDone: number, perSecond: number | null, secondsLeft: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type StartScreenMutationVariables = Exact<{
  input: StartScreenInput;
}>;


export type StartScreenMutation = { startScreen: { screen: { id: string, campaignId: string, status: ScreenStatus, settings: unknown, candidates: string | null, chunks: number | null, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { candidatesDone: number, chunksDone: number, perSecond: number | null, secondsLeft: number | null } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CancelScreenMutationVariables = Exact<{
  input: CancelScreenInput;
}>;


export type CancelScreenMutation = { cancelScreen: { screen: { id: string, campaignId: string, status: ScreenStatus, settings: unknown, candidates: string | null, chunks: number | null, error: string | null, createdBy: string, createdAt: string, startedAt: string | null, endedAt: string | null, progress: { candidatesDone: number, chunksDone: number, perSecond: number | null, secondsLeft: number | null } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AnalysisFieldsFragmentDoc = new TypedDocumentString(`
    fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}
    `, {"fragmentName":"AnalysisFields"}) as unknown as TypedDocumentString<AnalysisFieldsFragment, unknown>;
export const MetricsFieldsFragmentDoc = new TypedDocumentString(`
    fragment MetricsFields on ModelMetrics {
  rmse
  mae
  r2
  spearman
  nlpd
  crps
  coverage50
  coverage80
  coverage95
}
    `, {"fragmentName":"MetricsFields"}) as unknown as TypedDocumentString<MetricsFieldsFragment, unknown>;
export const WeightFieldsFragmentDoc = new TypedDocumentString(`
    fragment WeightFields on MemberWeight {
  name
  weight
  reason
}
    `, {"fragmentName":"WeightFields"}) as unknown as TypedDocumentString<WeightFieldsFragment, unknown>;
export const AnalysisResultFieldsFragmentDoc = new TypedDocumentString(`
    fragment AnalysisResultFields on AnalysisResult {
  __typename
  ... on AdviceResult {
    stop {
      verdict
      reason
      worth
      anythingBetter
      expectedRegret
      regretBound
      plateau
      budgetLeft
    }
    trust {
      trust
      verdict
      faults
      drifts
      drift
      rankCorrelation
      metrics {
        ...MetricsFields
      }
      outliers {
        number
        point
        robustZ
      }
    }
  }
  ... on BenchResult {
    models {
      name
      about
      error
      weights {
        ...WeightFields
      }
      metrics {
        ...MetricsFields
      }
      parity {
        number
        actual
        mean
        sd
      }
    }
  }
  ... on CalibrationResult {
    kind
    passed
    reasons
    curve {
      expected
      held
    }
    metrics {
      ...MetricsFields
    }
    rows {
      number
      actual
      mean
      sd
      outlier
      robustZ
    }
  }
  ... on CandidatesResult {
    count
    score
    whole
  }
  ... on DependenceResult {
    columns
    coverage
    values
    lines {
      at
      mean
      lower
      upper
    }
  }
  ... on FrontResult {
    points {
      number
      onFront
      keepsLimits
      point
      values
    }
    growth {
      number
      volume
    }
  }
  ... on ImportancesResult {
    baseline
    importances: columns {
      column
      permutation
      spread
      own
    }
    weights {
      ...WeightFields
    }
    explainedResults: results {
      base
      columns
      exact
      rows {
        number
        prediction
        at
        values
      }
    }
    explained {
      base
      prediction
      exact
      columns {
        column
        value
        standardError
      }
    }
  }
  ... on RelationsResult {
    columns
    correlations {
      a
      b
      pearson
      spearman
    }
    inflation {
      column
      factor
      collinearWith
    }
    results {
      number
      outlier
      robustZ
      isolation
    }
    map {
      clusters
      explained
      candidates {
        cluster
        x
        y
        point
      }
      results {
        cluster
        number
        x
        y
        point
      }
      tried {
        k
        silhouette
      }
    }
    tree {
      leaves {
        numbers
      }
      merges {
        left
        right
        height
      }
    }
  }
  ... on SliceResult {
    at
    axes {
      name
      unit
      values
    }
    cells {
      coordinates
      point
      mean
      sd
      feasible
      score
    }
  }
  ... on VerificationResult {
    ok
    events
    headHash
    faults
    tablesCompared
    plans {
      number
      identical
      detail
    }
  }
  ... on RehearsalResult {
    measure
    learnedFrom
    resultCount
    before
    atATime
    experiments
    seeds
    target
    strategies {
      strategy
      likelyAfter
      targetAfter
      rounds {
        experiments
        median
        low50
        high50
        low90
        high90
        atTop
        reached
        kept
        bestKept
        spent
      }
    }
  }
  ... on WhatIfResult {
    model
    leftOut
    proposals {
      point
      origin
      reason
      mean
      sd
      score
    }
  }
}
    fragment MetricsFields on ModelMetrics {
  rmse
  mae
  r2
  spearman
  nlpd
  crps
  coverage50
  coverage80
  coverage95
}
fragment WeightFields on MemberWeight {
  name
  weight
  reason
}`, {"fragmentName":"AnalysisResultFields"}) as unknown as TypedDocumentString<AnalysisResultFieldsFragment, unknown>;
export const SpaceEffectsFieldsFragmentDoc = new TypedDocumentString(`
    fragment SpaceEffectsFields on SpaceEffects {
  size
  points
  exact
  remaining
  share
  shareLow
  shareHigh
  constraints {
    name
    text
    removes
    onlyThis
  }
}
    `, {"fragmentName":"SpaceEffectsFields"}) as unknown as TypedDocumentString<SpaceEffectsFieldsFragment, unknown>;
export const ObjectiveFieldsFragmentDoc = new TypedDocumentString(`
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
    `, {"fragmentName":"ObjectiveFields"}) as unknown as TypedDocumentString<ObjectiveFieldsFragment, unknown>;
export const CampaignFieldsFragmentDoc = new TypedDocumentString(`
    fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}`, {"fragmentName":"CampaignFields"}) as unknown as TypedDocumentString<CampaignFieldsFragment, unknown>;
export const AttemptFieldsFragmentDoc = new TypedDocumentString(`
    fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
    `, {"fragmentName":"AttemptFields"}) as unknown as TypedDocumentString<AttemptFieldsFragment, unknown>;
export const MeasurementFieldsFragmentDoc = new TypedDocumentString(`
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
    `, {"fragmentName":"MeasurementFields"}) as unknown as TypedDocumentString<MeasurementFieldsFragment, unknown>;
export const ExperimentFieldsFragmentDoc = new TypedDocumentString(`
    fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}`, {"fragmentName":"ExperimentFields"}) as unknown as TypedDocumentString<ExperimentFieldsFragment, unknown>;
export const GroundsFieldsFragmentDoc = new TypedDocumentString(`
    fragment GroundsFields on Grounds {
  predictions {
    property
    mean
    sd
  }
  improvement {
    exploiting
    exploring
    exploringShare
  }
  nearest {
    point
    label
    distance
  }
  runnerUp {
    point
    label
    score
  }
  feasible
  withinLimits
  cost
  repeat
  elsewhere {
    property
    learned
    sources {
      source
      results
      correlation
    }
  }
  elsewhereRefused
}
    `, {"fragmentName":"GroundsFields"}) as unknown as TypedDocumentString<GroundsFieldsFragment, unknown>;
export const EventFieldsFragmentDoc = new TypedDocumentString(`
    fragment EventFields on CampaignEvent {
  seq
  type
  at
  actor
  actorKind
  via
  summary
  why
  payload
  hash
}
    `, {"fragmentName":"EventFields"}) as unknown as TypedDocumentString<EventFieldsFragment, unknown>;
export const ModelFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelFields on Model {
  id
  kind
  trainingSize
  trainingHash
  dataRevision
  diagnostics
  createdAt
}
    `, {"fragmentName":"ModelFields"}) as unknown as TypedDocumentString<ModelFieldsFragment, unknown>;
export const StationFieldsFragmentDoc = new TypedDocumentString(`
    fragment StationFields on Station {
  id
  name
  bootId
  properties
  limits
  paused
  silent
  lastSeenAt
}
    `, {"fragmentName":"StationFields"}) as unknown as TypedDocumentString<StationFieldsFragment, unknown>;
export const TaskFieldsFragmentDoc = new TypedDocumentString(`
    fragment TaskFields on Task {
  id
  kind
  campaignId
  experimentId
  owner {
    role
    person
  }
  since
  deadline
  escalations
  note
  decisions {
    name
    mutation
    roles
  }
}
    `, {"fragmentName":"TaskFields"}) as unknown as TypedDocumentString<TaskFieldsFragment, unknown>;
export const TokenFieldsFragmentDoc = new TypedDocumentString(`
    fragment TokenFields on Token {
  id
  name
  role
  workspace
  campaign
  station
  instance
  createdAt
  expiresAt
  revokedAt
}
    `, {"fragmentName":"TokenFields"}) as unknown as TypedDocumentString<TokenFieldsFragment, unknown>;
export const ScreenFieldsFragmentDoc = new TypedDocumentString(`
    fragment ScreenFields on Screen {
  id
  campaignId
  status
  settings
  candidates
  chunks
  progress {
    candidatesDone
    chunksDone
    perSecond
    secondsLeft
  }
  error
  createdBy
  createdAt
  startedAt
  endedAt
}
    `, {"fragmentName":"ScreenFields"}) as unknown as TypedDocumentString<ScreenFieldsFragment, unknown>;
export const KnowledgeFieldsFragmentDoc = new TypedDocumentString(`
    fragment KnowledgeFields on Knowledge {
  id
  number
  name
  rowCount
  hash
  addedBy
  createdAt
  origin {
    kind
    campaignId
    campaignName
    seq
    fileName
    sha256
    citation
    notes
    leftOut
  }
  trust {
    learned
    results
    correlation
  }
  removed {
    by
    at
    reason
  }
}
    `, {"fragmentName":"KnowledgeFields"}) as unknown as TypedDocumentString<KnowledgeFieldsFragment, unknown>;
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const ErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment ErrorFields on UserError {
  code
  message
  field
}
    `, {"fragmentName":"ErrorFields"}) as unknown as TypedDocumentString<ErrorFieldsFragment, unknown>;
export const ImportFieldsFragmentDoc = new TypedDocumentString(`
    fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}
    `, {"fragmentName":"ImportFields"}) as unknown as TypedDocumentString<ImportFieldsFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    role
    workspace
    campaign
    station
    instance
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens {
  tokens {
    ...TokenFields
  }
}
    fragment TokenFields on Token {
  id
  name
  role
  workspace
  campaign
  station
  instance
  createdAt
  expiresAt
  revokedAt
}`) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const WorkspacesDocument = new TypedDocumentString(`
    query Workspaces {
  workspaces {
    id
    name
    createdAt
  }
}
    `) as unknown as TypedDocumentString<WorkspacesQuery, WorkspacesQueryVariables>;
export const QueuesDocument = new TypedDocumentString(`
    query Queues {
  queues {
    keptIn
    about
    lostWakeUps
    kinds {
      name
      waiting
      running
      later
      done
      failed
      oldestSeconds
      failures {
        id
        at
        attempts
        reason
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QueuesQuery, QueuesQueryVariables>;
export const AccessLogDocument = new TypedDocumentString(`
    query AccessLog($first: Int!, $before: String) {
  accessLog(first: $first, before: $before) {
    id
    action
    actor
    at
    subject
    detail
    via
  }
}
    `) as unknown as TypedDocumentString<AccessLogQuery, AccessLogQueryVariables>;
export const CreateTokenDocument = new TypedDocumentString(`
    mutation CreateToken($input: CreateTokenInput!) {
  createToken(input: $input) {
    token {
      ...TokenFields
    }
    secret
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment TokenFields on Token {
  id
  name
  role
  workspace
  campaign
  station
  instance
  createdAt
  expiresAt
  revokedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CreateTokenMutation, CreateTokenMutationVariables>;
export const RevokeTokenDocument = new TypedDocumentString(`
    mutation RevokeToken($input: RevokeTokenInput!) {
  revokeToken(input: $input) {
    token {
      ...TokenFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment TokenFields on Token {
  id
  name
  role
  workspace
  campaign
  station
  instance
  createdAt
  expiresAt
  revokedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const CreateWorkspaceDocument = new TypedDocumentString(`
    mutation CreateWorkspace($input: CreateWorkspaceInput!) {
  createWorkspace(input: $input) {
    workspace {
      id
      name
      createdAt
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CreateWorkspaceMutation, CreateWorkspaceMutationVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const NodesDocument = new TypedDocumentString(`
    query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<NodesQuery, NodesQueryVariables>;
export const AnalysisDocument = new TypedDocumentString(`
    query Analysis($id: ID!) {
  analysis(id: $id) {
    ...AnalysisFields
    result {
      ...AnalysisResultFields
    }
  }
}
    fragment MetricsFields on ModelMetrics {
  rmse
  mae
  r2
  spearman
  nlpd
  crps
  coverage50
  coverage80
  coverage95
}
fragment WeightFields on MemberWeight {
  name
  weight
  reason
}
fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment AnalysisResultFields on AnalysisResult {
  __typename
  ... on AdviceResult {
    stop {
      verdict
      reason
      worth
      anythingBetter
      expectedRegret
      regretBound
      plateau
      budgetLeft
    }
    trust {
      trust
      verdict
      faults
      drifts
      drift
      rankCorrelation
      metrics {
        ...MetricsFields
      }
      outliers {
        number
        point
        robustZ
      }
    }
  }
  ... on BenchResult {
    models {
      name
      about
      error
      weights {
        ...WeightFields
      }
      metrics {
        ...MetricsFields
      }
      parity {
        number
        actual
        mean
        sd
      }
    }
  }
  ... on CalibrationResult {
    kind
    passed
    reasons
    curve {
      expected
      held
    }
    metrics {
      ...MetricsFields
    }
    rows {
      number
      actual
      mean
      sd
      outlier
      robustZ
    }
  }
  ... on CandidatesResult {
    count
    score
    whole
  }
  ... on DependenceResult {
    columns
    coverage
    values
    lines {
      at
      mean
      lower
      upper
    }
  }
  ... on FrontResult {
    points {
      number
      onFront
      keepsLimits
      point
      values
    }
    growth {
      number
      volume
    }
  }
  ... on ImportancesResult {
    baseline
    importances: columns {
      column
      permutation
      spread
      own
    }
    weights {
      ...WeightFields
    }
    explainedResults: results {
      base
      columns
      exact
      rows {
        number
        prediction
        at
        values
      }
    }
    explained {
      base
      prediction
      exact
      columns {
        column
        value
        standardError
      }
    }
  }
  ... on RelationsResult {
    columns
    correlations {
      a
      b
      pearson
      spearman
    }
    inflation {
      column
      factor
      collinearWith
    }
    results {
      number
      outlier
      robustZ
      isolation
    }
    map {
      clusters
      explained
      candidates {
        cluster
        x
        y
        point
      }
      results {
        cluster
        number
        x
        y
        point
      }
      tried {
        k
        silhouette
      }
    }
    tree {
      leaves {
        numbers
      }
      merges {
        left
        right
        height
      }
    }
  }
  ... on SliceResult {
    at
    axes {
      name
      unit
      values
    }
    cells {
      coordinates
      point
      mean
      sd
      feasible
      score
    }
  }
  ... on VerificationResult {
    ok
    events
    headHash
    faults
    tablesCompared
    plans {
      number
      identical
      detail
    }
  }
  ... on RehearsalResult {
    measure
    learnedFrom
    resultCount
    before
    atATime
    experiments
    seeds
    target
    strategies {
      strategy
      likelyAfter
      targetAfter
      rounds {
        experiments
        median
        low50
        high50
        low90
        high90
        atTop
        reached
        kept
        bestKept
        spent
      }
    }
  }
  ... on WhatIfResult {
    model
    leftOut
    proposals {
      point
      origin
      reason
      mean
      sd
      score
    }
  }
}`) as unknown as TypedDocumentString<AnalysisQuery, AnalysisQueryVariables>;
export const AnalysesDocument = new TypedDocumentString(`
    query Analyses($id: ID!, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    analyses(first: $first, after: $after) {
      nodes {
        ...AnalysisFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<AnalysesQuery, AnalysesQueryVariables>;
export const CandidatesDocument = new TypedDocumentString(`
    query Candidates($id: ID!, $filter: CandidateFilterInput, $orderBy: CandidateOrderInput, $first: Int!, $after: String) {
  analysis(id: $id) {
    id
    status
    result {
      __typename
      ... on CandidatesResult {
        candidates(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
          nodes {
            number
            point
            mean
            sd
            score
            feasible
            tried
          }
          pageInfo {
            ...PageFields
          }
          totalCount
        }
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CandidatesQuery, CandidatesQueryVariables>;
export const AnalysisProgressDocument = new TypedDocumentString(`
    subscription AnalysisProgress($id: ID!) {
  analysisProgress(id: $id) {
    ...AnalysisFields
  }
}
    fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<AnalysisProgressSubscription, AnalysisProgressSubscriptionVariables>;
export const StartAnalysisDocument = new TypedDocumentString(`
    mutation StartAnalysis($input: StartAnalysisInput!) {
  startAnalysis(input: $input) {
    analysis {
      ...AnalysisFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<StartAnalysisMutation, StartAnalysisMutationVariables>;
export const CancelAnalysisDocument = new TypedDocumentString(`
    mutation CancelAnalysis($input: CancelAnalysisInput!) {
  cancelAnalysis(input: $input) {
    analysis {
      ...AnalysisFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment AnalysisFields on Analysis {
  id
  campaignId
  kind
  request
  status
  done
  total
  progress
  error
  dataRevision
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CancelAnalysisMutation, CancelAnalysisMutationVariables>;
export const CampaignsDocument = new TypedDocumentString(`
    query Campaigns($states: [CampaignState!], $text: String, $orderBy: CampaignOrderInput, $first: Int!, $after: String) {
  campaigns(
    states: $states
    text: $text
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    nodes {
      ...CampaignFields
    }
    pageInfo {
      ...PageFields
    }
    totalCount
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CampaignsQuery, CampaignsQueryVariables>;
export const CampaignDocument = new TypedDocumentString(`
    query Campaign($id: ID!) {
  campaign(id: $id) {
    ...CampaignFields
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}`) as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const CampaignTemplatesDocument = new TypedDocumentString(`
    query CampaignTemplates {
  campaignTemplates {
    key
    title
    description
    input
  }
}
    `) as unknown as TypedDocumentString<CampaignTemplatesQuery, CampaignTemplatesQueryVariables>;
export const PreviewSpaceDocument = new TypedDocumentString(`
    query PreviewSpace($space: JSON!) {
  previewSpace(space: $space) {
    effects {
      ...SpaceEffectsFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment SpaceEffectsFields on SpaceEffects {
  size
  points
  exact
  remaining
  share
  shareLow
  shareHigh
  constraints {
    name
    text
    removes
    onlyThis
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<PreviewSpaceQuery, PreviewSpaceQueryVariables>;
export const SpaceEffectsDocument = new TypedDocumentString(`
    query SpaceEffects($id: ID!) {
  campaign(id: $id) {
    id
    spaceEffects {
      ...SpaceEffectsFields
    }
  }
}
    fragment SpaceEffectsFields on SpaceEffects {
  size
  points
  exact
  remaining
  share
  shareLow
  shareHigh
  constraints {
    name
    text
    removes
    onlyThis
  }
}`) as unknown as TypedDocumentString<SpaceEffectsQuery, SpaceEffectsQueryVariables>;
export const CampaignProgressDocument = new TypedDocumentString(`
    query CampaignProgress($id: ID!, $points: Int!) {
  campaign(id: $id) {
    id
    progress(points: $points) {
      experimentNumber
      value
      best
      predictedMean
      predictedSd
      at
    }
  }
}
    `) as unknown as TypedDocumentString<CampaignProgressQuery, CampaignProgressQueryVariables>;
export const CampaignPosteriorDocument = new TypedDocumentString(`
    query CampaignPosterior($id: ID!, $resolution: Int!) {
  campaign(id: $id) {
    id
    posterior(resolution: $resolution) {
      modelId
      points
      mean
      sd
    }
  }
}
    `) as unknown as TypedDocumentString<CampaignPosteriorQuery, CampaignPosteriorQueryVariables>;
export const CampaignModelsDocument = new TypedDocumentString(`
    query CampaignModels($id: ID!, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    models(first: $first, after: $after) {
      nodes {
        ...ModelFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment ModelFields on Model {
  id
  kind
  trainingSize
  trainingHash
  dataRevision
  diagnostics
  createdAt
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CampaignModelsQuery, CampaignModelsQueryVariables>;
export const CampaignMeasurementsDocument = new TypedDocumentString(`
    query CampaignMeasurements($id: ID!, $filter: MeasurementFilterInput, $newestFirst: Boolean, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    measurements(
      filter: $filter
      newestFirst: $newestFirst
      first: $first
      after: $after
    ) {
      nodes {
        ...MeasurementFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CampaignMeasurementsQuery, CampaignMeasurementsQueryVariables>;
export const CampaignAttemptsDocument = new TypedDocumentString(`
    query CampaignAttempts($id: ID!, $filter: AttemptFilterInput, $newestFirst: Boolean, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    attempts(
      filter: $filter
      newestFirst: $newestFirst
      first: $first
      after: $after
    ) {
      nodes {
        ...AttemptFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CampaignAttemptsQuery, CampaignAttemptsQueryVariables>;
export const CampaignAuditDocument = new TypedDocumentString(`
    query CampaignAudit($id: ID!, $filter: AuditFilterInput, $newestFirst: Boolean, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    audit(filter: $filter, newestFirst: $newestFirst, first: $first, after: $after) {
      nodes {
        ...EventFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment EventFields on CampaignEvent {
  seq
  type
  at
  actor
  actorKind
  via
  summary
  why
  payload
  hash
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CampaignAuditQuery, CampaignAuditQueryVariables>;
export const CampaignEventsDocument = new TypedDocumentString(`
    subscription CampaignEvents($campaign: ID!, $after: Int!) {
  campaignEvents(campaign: $campaign, after: $after) {
    ...EventFields
  }
}
    fragment EventFields on CampaignEvent {
  seq
  type
  at
  actor
  actorKind
  via
  summary
  why
  payload
  hash
}`) as unknown as TypedDocumentString<CampaignEventsSubscription, CampaignEventsSubscriptionVariables>;
export const CreateCampaignDocument = new TypedDocumentString(`
    mutation CreateCampaign($input: CreateCampaignInput!) {
  createCampaign(input: $input) {
    campaign {
      ...CampaignFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = new TypedDocumentString(`
    mutation UpdateCampaign($input: UpdateCampaignInput!) {
  updateCampaign(input: $input) {
    campaign {
      ...CampaignFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const MoveCampaignDocument = new TypedDocumentString(`
    mutation MoveCampaign($input: MoveCampaignInput!) {
  moveCampaign(input: $input) {
    campaign {
      ...CampaignFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<MoveCampaignMutation, MoveCampaignMutationVariables>;
export const SwitchCampaignDocument = new TypedDocumentString(`
    mutation SwitchCampaign($input: SwitchCampaignInput!) {
  switchCampaign(input: $input) {
    campaign {
      ...CampaignFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<SwitchCampaignMutation, SwitchCampaignMutationVariables>;
export const ProposeNowDocument = new TypedDocumentString(`
    mutation ProposeNow($input: ProposeNowInput!) {
  proposeNow(input: $input) {
    campaign {
      ...CampaignFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ObjectiveFields on Objective {
  property
  unit
  goal
  low
  high
  transform
  temperatureC
}
fragment CampaignFields on Campaign {
  id
  name
  description
  state
  space
  objective {
    ...ObjectiveFields
  }
  objectives {
    ...ObjectiveFields
  }
  limits {
    property
    unit
    transform
    low
    high
  }
  cost {
    base
    budget
    per {
      parameter
      component
      perUnit
      of
    }
  }
  strategy
  settings {
    beta
    design
    replicates
    shape
    shared
    transfer
  }
  initial
  budget
  spent
  parallel
  approval
  review {
    separate
    rejectedFor
  }
  proposing
  dispatch
  asked
  revision
  dataRevision
  lastSeq
  createdAt
  counts {
    state
    count
  }
  waiting {
    proposals
    suspects
    results
    quarantined
  }
  best {
    value
    experiment {
      id
      number
      label
    }
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<ProposeNowMutation, ProposeNowMutationVariables>;
export const CampaignKnowledgeDocument = new TypedDocumentString(`
    query CampaignKnowledge($id: ID!, $removed: Boolean!) {
  campaign(id: $id) {
    knowledge(removed: $removed) {
      ...KnowledgeFields
    }
  }
}
    fragment KnowledgeFields on Knowledge {
  id
  number
  name
  rowCount
  hash
  addedBy
  createdAt
  origin {
    kind
    campaignId
    campaignName
    seq
    fileName
    sha256
    citation
    notes
    leftOut
  }
  trust {
    learned
    results
    correlation
  }
  removed {
    by
    at
    reason
  }
}`) as unknown as TypedDocumentString<CampaignKnowledgeQuery, CampaignKnowledgeQueryVariables>;
export const AddKnowledgeDocument = new TypedDocumentString(`
    mutation AddKnowledge($input: AddKnowledgeInput!) {
  addKnowledge(input: $input) {
    knowledge {
      ...KnowledgeFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment KnowledgeFields on Knowledge {
  id
  number
  name
  rowCount
  hash
  addedBy
  createdAt
  origin {
    kind
    campaignId
    campaignName
    seq
    fileName
    sha256
    citation
    notes
    leftOut
  }
  trust {
    learned
    results
    correlation
  }
  removed {
    by
    at
    reason
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AddKnowledgeMutation, AddKnowledgeMutationVariables>;
export const RemoveKnowledgeDocument = new TypedDocumentString(`
    mutation RemoveKnowledge($input: RemoveKnowledgeInput!) {
  removeKnowledge(input: $input) {
    knowledge {
      ...KnowledgeFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment KnowledgeFields on Knowledge {
  id
  number
  name
  rowCount
  hash
  addedBy
  createdAt
  origin {
    kind
    campaignId
    campaignName
    seq
    fileName
    sha256
    citation
    notes
    leftOut
  }
  trust {
    learned
    results
    correlation
  }
  removed {
    by
    at
    reason
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RemoveKnowledgeMutation, RemoveKnowledgeMutationVariables>;
export const ExperimentsDocument = new TypedDocumentString(`
    query Experiments($id: ID!, $filter: ExperimentFilterInput, $orderBy: ExperimentOrderInput, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    experiments(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes {
        ...ExperimentFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<ExperimentsQuery, ExperimentsQueryVariables>;
export const ExperimentDocument = new TypedDocumentString(`
    query Experiment($id: ID!) {
  experiment(id: $id) {
    ...ExperimentFields
    grounds {
      ...GroundsFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment GroundsFields on Grounds {
  predictions {
    property
    mean
    sd
  }
  improvement {
    exploiting
    exploring
    exploringShare
  }
  nearest {
    point
    label
    distance
  }
  runnerUp {
    point
    label
    score
  }
  feasible
  withinLimits
  cost
  repeat
  elsewhere {
    property
    learned
    sources {
      source
      results
      correlation
    }
  }
  elsewhereRefused
}`) as unknown as TypedDocumentString<ExperimentQuery, ExperimentQueryVariables>;
export const ExperimentArtifactsDocument = new TypedDocumentString(`
    query ExperimentArtifacts($id: ID!) {
  experiment(id: $id) {
    id
    attempts {
      id
      artifacts {
        id
        name
        kind
        mediaType
        bytes
        sha256
        url
        createdAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExperimentArtifactsQuery, ExperimentArtifactsQueryVariables>;
export const AddExperimentDocument = new TypedDocumentString(`
    mutation AddExperiment($input: AddExperimentInput!) {
  addExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AddExperimentMutation, AddExperimentMutationVariables>;
export const EditExperimentDocument = new TypedDocumentString(`
    mutation EditExperiment($input: EditExperimentInput!) {
  editExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<EditExperimentMutation, EditExperimentMutationVariables>;
export const RejectExperimentDocument = new TypedDocumentString(`
    mutation RejectExperiment($input: RejectExperimentInput!) {
  rejectExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RejectExperimentMutation, RejectExperimentMutationVariables>;
export const CancelExperimentDocument = new TypedDocumentString(`
    mutation CancelExperiment($input: CancelExperimentInput!) {
  cancelExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CancelExperimentMutation, CancelExperimentMutationVariables>;
export const RequeueExperimentDocument = new TypedDocumentString(`
    mutation RequeueExperiment($input: RequeueExperimentInput!) {
  requeueExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RequeueExperimentMutation, RequeueExperimentMutationVariables>;
export const RestoreExperimentDocument = new TypedDocumentString(`
    mutation RestoreExperiment($input: RestoreExperimentInput!) {
  restoreExperiment(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RestoreExperimentMutation, RestoreExperimentMutationVariables>;
export const WithdrawApprovalDocument = new TypedDocumentString(`
    mutation WithdrawApproval($input: WithdrawApprovalInput!) {
  withdrawApproval(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<WithdrawApprovalMutation, WithdrawApprovalMutationVariables>;
export const WithdrawRejectionDocument = new TypedDocumentString(`
    mutation WithdrawRejection($input: WithdrawRejectionInput!) {
  withdrawRejection(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<WithdrawRejectionMutation, WithdrawRejectionMutationVariables>;
export const ResolveSuspectDocument = new TypedDocumentString(`
    mutation ResolveSuspect($input: ResolveSuspectInput!) {
  resolveSuspect(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<ResolveSuspectMutation, ResolveSuspectMutationVariables>;
export const DecideResultDocument = new TypedDocumentString(`
    mutation DecideResult($input: DecideResultInput!) {
  decideResult(input: $input) {
    experiment {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<DecideResultMutation, DecideResultMutationVariables>;
export const ApproveExperimentsDocument = new TypedDocumentString(`
    mutation ApproveExperiments($input: ApproveExperimentsInput!) {
  approveExperiments(input: $input) {
    experiments {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<ApproveExperimentsMutation, ApproveExperimentsMutationVariables>;
export const AddReplicatesDocument = new TypedDocumentString(`
    mutation AddReplicates($input: AddReplicatesInput!) {
  addReplicates(input: $input) {
    experiments {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AddReplicatesMutation, AddReplicatesMutationVariables>;
export const ReorderExperimentsDocument = new TypedDocumentString(`
    mutation ReorderExperiments($input: ReorderExperimentsInput!) {
  reorderExperiments(input: $input) {
    experiments {
      ...ExperimentFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment AttemptFields on Attempt {
  id
  fence
  state
  outcome
  note
  stage
  progress
  cancelRequested
  leasedAt
  startedAt
  endedAt
  lastSeenAt
  station {
    id
    name
  }
}
fragment ExperimentFields on Experiment {
  id
  campaignId
  number
  state
  point
  label
  origin
  reason
  note
  strategy
  rank
  specHash
  outside
  replicateOf
  proposedBy
  approvedBy
  approvedAt
  createdAt
  value
  values {
    property
    unit
    value
    sd
  }
  prediction {
    mean
    sd
  }
  acquisition {
    name
    value
  }
  attempts {
    ...AttemptFields
  }
  measurements {
    ...MeasurementFields
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<ReorderExperimentsMutation, ReorderExperimentsMutationVariables>;
export const ImportDocument = new TypedDocumentString(`
    query Import($id: ID!, $badRows: Int! = 100) {
  import(id: $id) {
    ...ImportFields
    options {
      columns {
        header
        means
      }
      encoding
      delimiter
      decimal
      skipBad
      force
      keepDuplicates
      outside
    }
    preview {
      encoding
      delimiter
      decimal
      meanings
      columns {
        header
        means
        unit
        isAssumed
      }
      problems {
        header
        message
      }
      rows {
        line
        cells
        verdict
        column
        reason
      }
    }
    report {
      rows
      good
      experiments
      measurements
      replicates
      failures
      duplicates
      outside
      bad
      isRepeated
      badRowsPath
      duplicateLines
      badRows(first: $badRows) {
        line
        column
        reason
      }
    }
  }
}
    fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ImportQuery, ImportQueryVariables>;
export const ImportsDocument = new TypedDocumentString(`
    query Imports($id: ID!, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    imports(first: $first, after: $after) {
      pageInfo {
        ...PageFields
      }
      totalCount
      nodes {
        ...ImportFields
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ImportsQuery, ImportsQueryVariables>;
export const PreviewImportDocument = new TypedDocumentString(`
    mutation PreviewImport($input: PreviewImportInput!) {
  previewImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ErrorFields on UserError {
  code
  message
  field
}
fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<PreviewImportMutation, PreviewImportMutationVariables>;
export const StartImportDocument = new TypedDocumentString(`
    mutation StartImport($input: StartImportInput!) {
  startImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ErrorFields on UserError {
  code
  message
  field
}
fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<StartImportMutation, StartImportMutationVariables>;
export const CancelImportDocument = new TypedDocumentString(`
    mutation CancelImport($input: CancelImportInput!) {
  cancelImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ErrorFields on UserError {
  code
  message
  field
}
fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<CancelImportMutation, CancelImportMutationVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    ...ImportFields
  }
}
    fragment ImportFields on Import {
  id
  campaignId
  fileName
  bytes
  sha256
  state
  error
  progress {
    rows
    rowsInAll
    bad
    written
    share
    rowsPerSecond
    secondsLeft
  }
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const StationsDocument = new TypedDocumentString(`
    query Stations($first: Int!, $after: String) {
  stations(first: $first, after: $after) {
    nodes {
      ...StationFields
    }
    pageInfo {
      ...PageFields
    }
    totalCount
  }
}
    fragment StationFields on Station {
  id
  name
  bootId
  properties
  limits
  paused
  silent
  lastSeenAt
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<StationsQuery, StationsQueryVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($campaignId: ID, $kind: [TaskKind!], $owner: TaskOwnerInput, $state: TaskState, $first: Int!, $after: String) {
  tasks(
    campaignId: $campaignId
    kind: $kind
    owner: $owner
    state: $state
    first: $first
    after: $after
  ) {
    nodes {
      ...TaskFields
    }
    pageInfo {
      ...PageFields
    }
    totalCount
  }
}
    fragment TaskFields on Task {
  id
  kind
  campaignId
  experimentId
  owner {
    role
    person
  }
  since
  deadline
  escalations
  note
  decisions {
    name
    mutation
    roles
  }
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const PauseStationDocument = new TypedDocumentString(`
    mutation PauseStation($input: PauseStationInput!) {
  pauseStation(input: $input) {
    station {
      ...StationFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment StationFields on Station {
  id
  name
  bootId
  properties
  limits
  paused
  silent
  lastSeenAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<PauseStationMutation, PauseStationMutationVariables>;
export const AssignTaskDocument = new TypedDocumentString(`
    mutation AssignTask($input: AssignTaskInput!) {
  assignTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment TaskFields on Task {
  id
  kind
  campaignId
  experimentId
  owner {
    role
    person
  }
  since
  deadline
  escalations
  note
  decisions {
    name
    mutation
    roles
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AssignTaskMutation, AssignTaskMutationVariables>;
export const ExtendTaskDocument = new TypedDocumentString(`
    mutation ExtendTask($input: ExtendTaskInput!) {
  extendTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment TaskFields on Task {
  id
  kind
  campaignId
  experimentId
  owner {
    role
    person
  }
  since
  deadline
  escalations
  note
  decisions {
    name
    mutation
    roles
  }
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<ExtendTaskMutation, ExtendTaskMutationVariables>;
export const RecordMeasurementDocument = new TypedDocumentString(`
    mutation RecordMeasurement($input: RecordMeasurementInput!) {
  recordMeasurement(input: $input) {
    measurement {
      ...MeasurementFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RecordMeasurementMutation, RecordMeasurementMutationVariables>;
export const SupersedeMeasurementDocument = new TypedDocumentString(`
    mutation SupersedeMeasurement($input: SupersedeMeasurementInput!) {
  supersedeMeasurement(input: $input) {
    measurement {
      ...MeasurementFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<SupersedeMeasurementMutation, SupersedeMeasurementMutationVariables>;
export const DecideMeasurementDocument = new TypedDocumentString(`
    mutation DecideMeasurement($input: DecideMeasurementInput!) {
  decideMeasurement(input: $input) {
    measurement {
      ...MeasurementFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment MeasurementFields on Measurement {
  id
  attemptId
  property
  value
  unit
  uncertainty
  status
  flags
  conditions
  note
  supersedes
  createdAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<DecideMeasurementMutation, DecideMeasurementMutationVariables>;
export const ScreenDocument = new TypedDocumentString(`
    query Screen($id: ID!, $best: Int!) {
  screen(id: $id) {
    ...ScreenFields
    result(first: $best) {
      best {
        index
        point
        mean
        sd
        score
      }
      stages {
        name
        came
        passed
      }
    }
  }
}
    fragment ScreenFields on Screen {
  id
  campaignId
  status
  settings
  candidates
  chunks
  progress {
    candidatesDone
    chunksDone
    perSecond
    secondsLeft
  }
  error
  createdBy
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ScreenQuery, ScreenQueryVariables>;
export const ScreensDocument = new TypedDocumentString(`
    query Screens($id: ID!, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    screens(first: $first, after: $after) {
      nodes {
        ...ScreenFields
      }
      pageInfo {
        ...PageFields
      }
      totalCount
    }
  }
}
    fragment ScreenFields on Screen {
  id
  campaignId
  status
  settings
  candidates
  chunks
  progress {
    candidatesDone
    chunksDone
    perSecond
    secondsLeft
  }
  error
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<ScreensQuery, ScreensQueryVariables>;
export const StartScreenDocument = new TypedDocumentString(`
    mutation StartScreen($input: StartScreenInput!) {
  startScreen(input: $input) {
    screen {
      ...ScreenFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ScreenFields on Screen {
  id
  campaignId
  status
  settings
  candidates
  chunks
  progress {
    candidatesDone
    chunksDone
    perSecond
    secondsLeft
  }
  error
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<StartScreenMutation, StartScreenMutationVariables>;
export const CancelScreenDocument = new TypedDocumentString(`
    mutation CancelScreen($input: CancelScreenInput!) {
  cancelScreen(input: $input) {
    screen {
      ...ScreenFields
    }
    userErrors {
      ...ErrorFields
    }
  }
}
    fragment ScreenFields on Screen {
  id
  campaignId
  status
  settings
  candidates
  chunks
  progress {
    candidatesDone
    chunksDone
    perSecond
    secondsLeft
  }
  error
  createdBy
  createdAt
  startedAt
  endedAt
}
fragment ErrorFields on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CancelScreenMutation, CancelScreenMutationVariables>;