import type { Actor } from './access.js';
import { type Attempt, moveAttempt } from './attempt.js';
import type { Campaign } from './campaign.js';
import type { CampaignEvent, NewAttachment, NewExperiment, NewMeasurement } from './events.js';
import type { Experiment } from './experiment.js';
import { pastExperiment, pastMeasurement } from './history.js';
import type { Measurement, MeasurementStatus } from './measurement.js';
import type { CampaignRecord } from './record.js';
import { putAttempt, putExperiment, putMeasurement, withoutTrouble } from './settle.js';

/** What `apply` does to the rows of each kind. */

export const personOf = ({ kind, name }: Actor): string | null => (kind === 'person' ? name : null);

export const avoidedUntil = ({ review, experiments }: Campaign): number | null =>
  review === undefined || review.rejectedFor === 0 ? null : experiments + review.rejectedFor;

export function updateCampaign(record: CampaignRecord, { change, marks }: Updated): void {
  const before = withoutTrouble(record.campaign);
  const another = change.space !== undefined || change.objectives !== undefined;
  const { cost: costBefore, ...kept } = before;
  const { cost = costBefore, ...others } = change;
  record.put('campaign', {
    ...kept,
    ...others,
    ...(cost && { cost }),
    revision: before.revision + 1,
    plansBefore: another ? before.plans : before.plansBefore,
  });
  for (const { experimentId, outside } of marks) {
    record.put('experiment', { ...record.get('experiment', experimentId), outside });
  }
}

type Updated = Extract<CampaignEvent, { readonly type: 'campaign.updated' }>;

export function addExperiment(
  record: CampaignRecord,
  campaignId: string,
  at: string,
  experiment: NewExperiment,
  proposedBy: string | null,
): void {
  putExperiment(record, at, {
    ...experiment,
    grounds: experiment.grounds ?? null,
    outside: experiment.outside ?? null,
    replicateOf: experiment.replicateOf ?? null,
    rank: 0,
    avoidUntil: null,
    proposedBy,
    campaignId,
    state: 'proposed',
    approval: null,
    fence: 0,
    note: null,
    createdAt: at,
    waiting: null,
    results: [],
  });
  record.put('campaign', { ...record.campaign, experiments: record.campaign.experiments + 1 });
}

export function addHistory(
  record: CampaignRecord,
  campaignId: string,
  at: string,
  event: Extract<CampaignEvent, { type: 'history.imported' }>,
): void {
  const imported = { ...event, campaignId, at };
  event.experiments.forEach((past, i) => {
    const { experiment, measurements } = pastExperiment(imported, event.first + i, past);
    record.put('experiment', experiment);
    for (const measurement of measurements) record.put('measurement', measurement);
  });
  for (const replicate of event.replicates) {
    putMeasurement(record, pastMeasurement(imported, replicate.experimentId, replicate));
  }
  const { campaign } = record;
  const isMeasured = event.replicates.length > 0 || event.experiments.some(({ values }) => values.length > 0);
  record.put('campaign', {
    ...campaign,
    experiments: campaign.experiments + event.experiments.length,
    dataRevision: campaign.dataRevision + (isMeasured ? 1 : 0),
  });
}

export function changeAttempt(
  record: CampaignRecord,
  at: string,
  id: string,
  state: Attempt['state'],
  change: Partial<Attempt>,
): Attempt {
  const attempt = { ...moveAttempt(record.get('attempt', id), state), ...change };
  putAttempt(record, at, attempt);
  return attempt;
}

export function addMeasurements(
  record: CampaignRecord,
  from: { readonly id: string | null; readonly campaignId: string; readonly experimentId: Experiment['id'] },
  at: string,
  measurements: readonly NewMeasurement[],
  status: MeasurementStatus,
  note: string | null = null,
): void {
  for (const measurement of measurements) {
    putMeasurement(record, {
      ...measurement,
      campaignId: from.campaignId,
      experimentId: from.experimentId,
      attemptId: from.id,
      status,
      supersedes: null,
      note,
      createdAt: at,
    });
  }
}

export function addAttachments(
  record: CampaignRecord,
  { id: attemptId, campaignId, experimentId }: Attempt,
  at: string,
  artifacts: readonly NewAttachment[] = [],
): void {
  for (const artifact of artifacts) {
    record.put('attachment', { ...artifact, campaignId, experimentId, attemptId, createdAt: at });
  }
}

/** An attempt's measurements share its fate; the accepted set changes only when one enters it. */
export function decideMeasurements(
  record: CampaignRecord,
  attempt: Attempt,
  status: MeasurementStatus,
  note: string | null,
): void {
  const own = record.all('measurement').filter((m: Measurement) => m.attemptId === attempt.id);
  for (const measurement of own) putMeasurement(record, { ...measurement, status, note });
  if (status === 'accepted' && own.length > 0) bumpData(record);
}

/** A plan that was thought of before is one for other settings. */
export function learnAnew(record: CampaignRecord): void {
  bumpData(record);
  const campaign = withoutTrouble(record.campaign);
  record.put('campaign', { ...campaign, revision: campaign.revision + 1 });
}

export function bumpData(record: CampaignRecord): void {
  record.put('campaign', { ...record.campaign, dataRevision: record.campaign.dataRevision + 1 });
}
