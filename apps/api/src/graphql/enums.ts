import type {
  Actor,
  AttemptState,
  CampaignSpec,
  CampaignState,
  CandidateScore,
  Experiment,
  ExperimentState,
  KnowledgeOrigin,
  MeasurementStatus,
  Objective,
  PlanObjective,
  Outcome,
  Role,
  TaskKind,
} from '@ionloop/domain';
import type {
  AnalysisStatus,
  CampaignOrder,
  CandidateOrder,
  Command,
  ExperimentOrder,
  ImportState,
  OutsidePolicy,
  ScreenStatus,
  Sorted,
} from '@ionloop/engine';
import { registerEnumType } from '@nestjs/graphql';

/** Every member of a union as a GraphQL enum: the compiler refuses one that is missing or too many. */
function enumOf<T extends string>(name: string, members: Readonly<Record<T, T>>): Readonly<Record<T, T>> {
  registerEnumType(members, { name });
  return members;
}

export const RoleEnum = enumOf<Role>('Role', {
  viewer: 'viewer',
  planner: 'planner',
  approver: 'approver',
  lab: 'lab',
  admin: 'admin',
});

export const CampaignStateEnum = enumOf<CampaignState>('CampaignState', {
  draft: 'draft',
  active: 'active',
  paused: 'paused',
  completed: 'completed',
  archived: 'archived',
});

export const ExperimentStateEnum = enumOf<ExperimentState>('ExperimentState', {
  proposed: 'proposed',
  approved: 'approved',
  rejected: 'rejected',
  queued: 'queued',
  claimed: 'claimed',
  running: 'running',
  measured: 'measured',
  accepted: 'accepted',
  failed_sample: 'failed_sample',
  infeasible: 'infeasible',
  cancelled: 'cancelled',
  quarantined: 'quarantined',
});

export const ExperimentOriginEnum = enumOf<Experiment['origin']>('ExperimentOrigin', {
  initial: 'initial',
  model: 'model',
  person: 'person',
  history: 'history',
});

export const ExperimentOrderEnum = enumOf<ExperimentOrder>('ExperimentOrder', {
  number: 'number',
  value: 'value',
  measured: 'measured',
  prediction: 'prediction',
  uncertainty: 'uncertainty',
  score: 'score',
});

export const ActorKindEnum = enumOf<Actor['kind']>('ActorKind', {
  person: 'person',
  station: 'station',
  loop: 'loop',
});

export const AnalysisStatusEnum = enumOf<AnalysisStatus>('AnalysisStatus', {
  waiting: 'waiting',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
});

export const ImportStateEnum = enumOf<ImportState>('ImportState', {
  uploading: 'uploading',
  surveying: 'surveying',
  surveyed: 'surveyed',
  importing: 'importing',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
});

export const ImportVerdictEnum = enumOf<Sorted | 'outside' | 'bad'>('ImportVerdict', {
  experiment: 'experiment',
  failure: 'failure',
  replicate: 'replicate',
  duplicate: 'duplicate',
  outside: 'outside',
  bad: 'bad',
});

export const OutsidePolicyEnum = enumOf<OutsidePolicy>('OutsidePolicy', {
  refuse: 'refuse',
  skip: 'skip',
  keep: 'keep',
});

/** GraphQL names have no hyphen. */
export const CandidateScoreEnum = {
  log_ei: 'log-ei',
  pi: 'pi',
  ucb: 'ucb',
  mean: 'mean',
  sd: 'sd',
} as const satisfies Readonly<Record<string, CandidateScore>>;
registerEnumType(CandidateScoreEnum, { name: 'CandidateScore' });

export const CandidateOrderEnum = enumOf<CandidateOrder>('CandidateOrder', {
  number: 'number',
  score: 'score',
  mean: 'mean',
  sd: 'sd',
  feasible: 'feasible',
});

export const CampaignOrderEnum = enumOf<CampaignOrder>('CampaignOrder', { created: 'created', name: 'name' });

export const AttemptStateEnum = enumOf<AttemptState>('AttemptState', {
  leased: 'leased',
  started: 'started',
  submitted: 'submitted',
  accepted: 'accepted',
  flagged: 'flagged',
  expired: 'expired',
  suspect: 'suspect',
  aborted: 'aborted',
  late: 'late',
});

export const MeasurementStatusEnum = enumOf<MeasurementStatus>('MeasurementStatus', {
  submitted: 'submitted',
  accepted: 'accepted',
  flagged: 'flagged',
  late: 'late',
  excluded: 'excluded',
  superseded: 'superseded',
});

export const GoalEnum = enumOf<PlanObjective['goal']>('Goal', {
  maximise: 'maximise',
  minimise: 'minimise',
  window: 'window',
});

export const TransformEnum = enumOf<Objective['transform']>('Transform', { none: 'none', log10: 'log10' });

export const ApprovalEnum = enumOf<CampaignSpec['approval']>('Approval', {
  manual: 'manual',
  automatic: 'automatic',
});

export const ScreenStatusEnum = enumOf<ScreenStatus>('ScreenStatus', {
  preparing: 'preparing',
  running: 'running',
  completed: 'completed',
  cancelled: 'cancelled',
  failed: 'failed',
});

export const LabCommandEnum = enumOf<Command>('LabCommand', {
  continue: 'continue',
  pause: 'pause',
  cancel: 'cancel',
  lease_lost: 'lease_lost',
});

export const LabOutcomeEnum = enumOf<Outcome>('LabOutcome', {
  measured: 'measured',
  failed_sample: 'failed_sample',
  infeasible: 'infeasible',
  instrument_fault: 'instrument_fault',
});

export type Place = 'first' | 'last';
export const PlaceEnum = enumOf<Place>('Place', { first: 'first', last: 'last' });

export type SuspectDecision = 'requeue' | 'abandon';
export const SuspectDecisionEnum = enumOf<SuspectDecision>('SuspectDecision', {
  requeue: 'requeue',
  abandon: 'abandon',
});

export type ResultDecision = 'accept' | 'discard';
export const ResultDecisionEnum = enumOf<ResultDecision>('ResultDecision', {
  accept: 'accept',
  discard: 'discard',
});

export type MeasurementDecision = 'accepted' | 'excluded';
export const MeasurementDecisionEnum = enumOf<MeasurementDecision>('MeasurementDecision', {
  accepted: 'accepted',
  excluded: 'excluded',
});

export const TaskKindEnum = enumOf<TaskKind>('TaskKind', {
  start_campaign: 'start_campaign',
  resume_campaign: 'resume_campaign',
  dispatch_off: 'dispatch_off',
  proposing_off: 'proposing_off',
  planning_failed: 'planning_failed',
  review_proposal: 'review_proposal',
  no_station: 'no_station',
  not_claimed: 'not_claimed',
  quarantined: 'quarantined',
  suspect_attempt: 'suspect_attempt',
  flagged_result: 'flagged_result',
  late_result: 'late_result',
});

/** What is done is in the log and no task any more. */
export type TaskState = 'waiting' | 'overdue';
export const TaskStateEnum = enumOf<TaskState>('TaskState', { waiting: 'waiting', overdue: 'overdue' });

export const KnowledgeKindEnum = enumOf<KnowledgeOrigin['kind']>('KnowledgeKind', {
  campaign: 'campaign',
  table: 'table',
});
