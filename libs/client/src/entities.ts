import type {
  AccessLogQuery,
  AnalysisFieldsFragment,
  AttemptFieldsFragment,
  CampaignFieldsFragment,
  CampaignPosteriorQuery,
  CampaignProgressQuery,
  CampaignTemplatesQuery,
  CandidatesQuery,
  EventFieldsFragment,
  ExperimentArtifactsQuery,
  ExperimentFieldsFragment,
  ExperimentQuery,
  ImportFieldsFragment,
  ImportQuery,
  KnowledgeFieldsFragment,
  MeasurementFieldsFragment,
  ModelFieldsFragment,
  QueuesQuery,
  ScreenFieldsFragment,
  ScreenQuery,
  SpaceEffectsFieldsFragment,
  StationFieldsFragment,
  TaskFieldsFragment,
  TokenFieldsFragment,
  ViewerQuery,
  WorkspacesQuery,
} from './generated/graphql.js';

/** What the ready functions answer, by the names of the schema. */
export type Campaign = CampaignFieldsFragment;
export type CampaignTemplate = CampaignTemplatesQuery['campaignTemplates'][number];
export type ProgressPoint = NonNullable<CampaignProgressQuery['campaign']>['progress'][number];
export type Posterior = NonNullable<NonNullable<CampaignPosteriorQuery['campaign']>['posterior']>;
export type SpaceEffects = SpaceEffectsFieldsFragment;
export type CampaignEvent = EventFieldsFragment;
export type Knowledge = KnowledgeFieldsFragment;
export type Model = ModelFieldsFragment;
export type Experiment = ExperimentFieldsFragment;
/** With the grounds on which it was proposed. */
export type ExperimentInFull = NonNullable<ExperimentQuery['experiment']>;
export type Attempt = AttemptFieldsFragment;
export type Measurement = MeasurementFieldsFragment;
export type Artifact = NonNullable<
  ExperimentArtifactsQuery['experiment']
>['attempts'][number]['artifacts'][number];
export type Analysis = AnalysisFieldsFragment;
export type Candidate = Extract<
  NonNullable<NonNullable<CandidatesQuery['analysis']>['result']>,
  { __typename: 'CandidatesResult' }
>['candidates']['nodes'][number];
export type Screen = ScreenFieldsFragment;
export type ScreenInFull = NonNullable<ScreenQuery['screen']>;
export type Import = ImportFieldsFragment;
/** With how it is understood, and what was found. */
export type ImportInFull = NonNullable<ImportQuery['import']>;
export type Station = StationFieldsFragment;
export type Task = TaskFieldsFragment;
export type Token = TokenFieldsFragment;
export type Workspace = WorkspacesQuery['workspaces'][number];
export type Viewer = ViewerQuery['viewer'];
export type Queues = QueuesQuery['queues'];
export type AccessChange = AccessLogQuery['accessLog'][number];
