import type { Attempt } from './attempt.js';
import type { Campaign } from './campaign.js';
import { invalidState } from './errors.js';
import { type Experiment, withMeasurement } from './experiment.js';
import type { Measurement } from './measurement.js';
import type { CampaignRecord } from './record.js';
import {
  attemptWaiting,
  campaignWaiting,
  experimentWaiting,
  type TaskSubject,
  type Waiting,
} from './waiting.js';

/** Rows are put with what they wait for: it follows from the state that they are in now. */

export function putExperiment(record: CampaignRecord, at: string, experiment: Experiment): void {
  const waiting = experimentWaiting(experiment, record.campaign, at);
  record.put('experiment', { ...experiment, waiting });
}

export function putAttempt(record: CampaignRecord, at: string, attempt: Attempt): void {
  record.put('attempt', { ...attempt, waiting: attemptWaiting(attempt, record.campaign, at) });
}

/** An accepted measurement is a result of its experiment, which must be at hand wherever that changes. */
export function putMeasurement(record: CampaignRecord, measurement: Measurement): void {
  const before = record.find('measurement', measurement.id)?.status;
  record.put('measurement', measurement);
  if (before !== 'accepted' && measurement.status !== 'accepted') return;
  const experiment = record.get('experiment', measurement.experimentId);
  const changed = withMeasurement(experiment, measurement);
  if (changed !== experiment) record.put('experiment', changed);
}

export function settleCampaign(record: CampaignRecord, at: string): void {
  const { campaign } = record;
  record.put('campaign', { ...campaign, waiting: campaignWaiting(campaign, at) });
}

/** What failed in planning is tried again once a switch was turned or a plan came. */
export const withoutTrouble = (campaign: Campaign): Campaign =>
  campaign.waiting?.kind === 'planning_failed' ? { ...campaign, waiting: null } : campaign;

export function taskAt(record: CampaignRecord, { kind, id }: TaskSubject): Waiting {
  const { waiting, state } = record.get(kind, id);
  if (waiting === null || waiting.owner === null) {
    throw invalidState(`${kind} ${id} is ${state}, and waits for nobody`);
  }
  return waiting;
}

export function changeTask(
  record: CampaignRecord,
  subject: TaskSubject,
  change: Partial<Pick<Waiting, 'owner' | 'deadline' | 'escalations'>>,
): void {
  const waiting = { ...taskAt(record, subject), ...change };
  switch (subject.kind) {
    case 'campaign':
      record.put('campaign', { ...record.get('campaign', subject.id), waiting });
      return;
    case 'experiment':
      record.put('experiment', { ...record.get('experiment', subject.id), waiting });
      return;
    case 'attempt':
      record.put('attempt', { ...record.get('attempt', subject.id), waiting });
      return;
    default:
      return subject.kind satisfies never;
  }
}
