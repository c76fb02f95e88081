import { WorkspacesResolver } from '../access/workspaces.resolver.js';
import { TokensResolver } from '../access/tokens.resolver.js';
import { AnalysesResolver, CandidatesResolver } from '../analyses/analyses.resolver.js';
import {
  ArtifactFieldsResolver,
  AttemptArtifactsResolver,
  MeasurementArtifactsResolver,
} from '../artifacts/artifact-fields.resolver.js';
import { CampaignFieldsResolver } from '../campaigns/campaign-fields.resolver.js';
import { CampaignListsResolver } from '../campaigns/campaign-lists.resolver.js';
import { CampaignsResolver } from '../campaigns/campaigns.resolver.js';
import { EventsResolver } from '../events/events.resolver.js';
import {
  AttemptFieldsResolver,
  ExperimentFieldsResolver,
} from '../experiments/experiment-fields.resolver.js';
import { ExperimentsResolver } from '../experiments/experiments.resolver.js';
import { MeasurementsResolver } from '../experiments/measurements.resolver.js';
import {
  CampaignImportsResolver,
  ImportReportResolver,
  ImportsResolver,
} from '../imports/imports.resolver.js';
import { CampaignKnowledgeResolver, KnowledgeResolver } from '../knowledge/knowledge.resolver.js';
import { LabResolver } from '../lab/lab.resolver.js';
import { ModelsResolver } from '../models/models.resolver.js';
import { NodesResolver } from './nodes.resolver.js';
import { ScreenFieldsResolver, ScreensResolver } from '../screens/screens.resolver.js';
import { QueuesResolver } from '../queues/queues.resolver.js';
import { StationsResolver } from '../stations/stations.resolver.js';
import { CampaignTasksResolver, TaskConnectionResolver, TasksResolver } from '../tasks/tasks.resolver.js';

export const resolvers = [
  CampaignsResolver,
  CampaignFieldsResolver,
  CampaignListsResolver,
  ExperimentsResolver,
  MeasurementsResolver,
  ExperimentFieldsResolver,
  AttemptFieldsResolver,
  AttemptArtifactsResolver,
  MeasurementArtifactsResolver,
  ArtifactFieldsResolver,
  ModelsResolver,
  EventsResolver,
  ScreensResolver,
  ScreenFieldsResolver,
  StationsResolver,
  LabResolver,
  TasksResolver,
  TaskConnectionResolver,
  CampaignTasksResolver,
  TokensResolver,
  NodesResolver,
  AnalysesResolver,
  CandidatesResolver,
  ImportsResolver,
  ImportReportResolver,
  CampaignImportsResolver,
  KnowledgeResolver,
  CampaignKnowledgeResolver,
  WorkspacesResolver,
  QueuesResolver,
] as const;
