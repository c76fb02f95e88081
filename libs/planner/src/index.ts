export { type Phase, plan, planInPhases, plannerVersion, planWith } from './plan.js';
export { posterior } from './posterior.js';
export { stopAdvice, type StopAdvice, type StopOptions } from './advice/stop-advice.js';
export { diagnose, type Diagnosis, type Outlier } from './advice/diagnose.js';
export { openRehearsal, rehearse } from './advice/rehearse.js';
export type {
  OpenRehearsal,
  PlayedCampaign,
  Rehearsal,
  RehearsedRound,
  RehearseOptions,
} from './advice/rehearsed.js';
export type { Expected } from './advice/world.js';
export { strategyTable } from './strategies/table.js';
export {
  StrategyError,
  type Criterion,
  type Moment,
  type ScoringContext,
  type Strategy,
} from './strategies/strategy.js';
export { keptOf, OpenScreen, type ScreenedChunk } from './screening/chunk.js';
export { finishScreen, type FinishedScreen } from './screening/finish.js';
export { LocalScreens, newState, type LocalState } from './screening/local.js';
export { parseFunnel } from './screening/parse.js';
export { chunkCount, chunkRange, prepareScreen, type ScreenRequest } from './screening/prepare.js';
export { screeningTasks } from './screening/tasks.js';
export {
  screenAcquisitions,
  type Filter,
  type ScreenAcquisition,
  type ScreenedCandidate,
  type ScreenPlan,
  type ScreenSettings,
  type Student,
  type StudentReport,
  type StudentSettings,
} from './screening/spec.js';
export { analysisTasks, type WholeKind, type WholeTask } from './analysis/tasks.js';
export type { Advice } from './analysis/advice.js';
export type { Benched, BenchTask } from './analysis/bench.js';
export type { Calibration } from './analysis/calibration.js';
export type { CandidateTask, ScoredChunk } from './analysis/candidates.js';
export type { Dependence } from './analysis/dependence.js';
export type { Front } from './analysis/front.js';
export type { Importances } from './analysis/importances.js';
export type { RehearsalAnswer, RehearsalPlay, RehearsalTask } from './analysis/rehearsal.js';
export type { Relations } from './analysis/relations.js';
export type { Slice } from './analysis/slice.js';
export type { WhatIf } from './analysis/what-if.js';
