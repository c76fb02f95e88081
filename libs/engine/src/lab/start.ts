import { IonloopError, type Lease } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import type { CampaignTransaction } from '../ports.js';
import { ownAttempt, stationActor, stationOf, type StationVoice } from './station.js';

export interface StartRequest {
  readonly attemptId: string;
  readonly fence: number;
  readonly specHash: string;
  readonly deviceRunId?: string;
}

/**
 * The compare-and-set that must succeed before hardware moves. Whatever has changed since the claim — the lease, the
 * spec, the approval, a cancel — refuses it; the same start told twice is one start, also where contact was lost between.
 */
export async function startAttempt(
  engine: Engine,
  voice: StationVoice,
  request: StartRequest,
): Promise<{ readonly attemptId: string }> {
  const station = await stationOf(engine, voice);
  const { attemptId, campaignId } = await ownAttempt(engine, station, request.attemptId).then((own) => ({
    attemptId: own.id,
    campaignId: own.campaignId,
  }));
  const start = async (tx: CampaignTransaction): Promise<{ readonly attemptId: string }> => {
    const attempt = await tx.attempt(attemptId);
    const experiment = await tx.experiment(attempt.experimentId);
    if (attempt.fence !== request.fence || experiment.fence !== request.fence) {
      throw new IonloopError(
        'LEASE_LOST',
        `experiment ${experiment.number} is at fence ${experiment.fence}; this start came with fence ${request.fence}`,
        'fence',
      );
    }
    if (attempt.state === 'started') return { attemptId };
    if (attempt.state === 'suspect') {
      tx.append({ type: 'attempt.resumed', attemptId });
      tx.setLease(startedLease(tx, attemptId));
      return { attemptId };
    }
    if (attempt.state !== 'leased') {
      throw new IonloopError(
        'LEASE_LOST',
        `this attempt is ${attempt.state}${attempt.note ? `: ${attempt.note}` : ''}`,
      );
    }
    if (tx.campaign.state === 'archived') {
      throw new IonloopError('LEASE_LOST', `campaign "${tx.campaign.name}" is archived`);
    }
    const current = experiment.specHash;
    if (
      request.specHash !== current ||
      attempt.specHash !== current ||
      experiment.approval?.specHash !== current
    ) {
      throw new IonloopError(
        'SPEC_CHANGED',
        `what is approved for experiment ${experiment.number} is no longer what was claimed: claim it again`,
        'specHash',
      );
    }
    tx.append({ type: 'attempt.started', attemptId, deviceRunId: request.deviceRunId ?? null });
    tx.setLease(startedLease(tx, attemptId));
    return { attemptId };
  };
  return engine.store.transact(campaignId, stationActor(station), start, { attempts: [attemptId] });
}

const startedLease = (tx: CampaignTransaction, attemptId: string): Omit<Lease, 'campaignId'> => ({
  attemptId,
  deadline: new Date(tx.now.getTime() + tx.campaign.lab.suspectSeconds * 1000),
  lastSeen: tx.now,
  stage: 'started',
  progress: 0,
});
