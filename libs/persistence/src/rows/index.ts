import { analysisRow } from './analysis.js';
import { candidateRow } from './candidate.js';
import { artifactRow } from './artifact.js';
import { attachmentRow } from './attachment.js';
import { attemptRow } from './attempt.js';
import { campaignRow } from './campaign.js';
import { eventRow } from './event.js';
import { experimentRow } from './experiment.js';
import { importBadRowRow, importPieceRow, importRow } from './import.js';
import { knowledgeRow } from './knowledge.js';
import { leaseRow } from './lease.js';
import { measurementRow } from './measurement.js';
import { modelBodyRow } from './model-body.js';
import { modelRow } from './model.js';
import { partialRow } from './partial.js';
import { planRow } from './plan.js';
import { rateBucketRow } from './rate-bucket.js';
import { rememberedAnswerRow } from './remembered-answer.js';
import { requestInFlightRow } from './request-in-flight.js';
import { screenChunkRow, screenRow } from './screen.js';
import { stationRow } from './station.js';
import { tokenRow } from './token.js';
import { accessChangeRow, workspaceRow } from './workspace.js';

export const allRows = [
  analysisRow,
  candidateRow,
  importRow,
  importPieceRow,
  importBadRowRow,
  campaignRow,
  planRow,
  modelRow,
  modelBodyRow,
  knowledgeRow,
  experimentRow,
  attemptRow,
  measurementRow,
  artifactRow,
  attachmentRow,
  eventRow,
  leaseRow,
  partialRow,
  rememberedAnswerRow,
  requestInFlightRow,
  screenRow,
  screenChunkRow,
  stationRow,
  tokenRow,
  workspaceRow,
  accessChangeRow,
  rateBucketRow,
];
