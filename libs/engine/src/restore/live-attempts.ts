import type { CampaignEvent, LabPolicy } from '@ionloop/domain';
import type { CampaignTransaction } from '../ports.js';

/**
 * The attempts that a log leaves in the hands of stations. Leases are kept beside the log, so that what comes out of a
 * log alone gets new ones: a station that is still there is heard of, and one that is not is missed in time.
 */
export class LiveAttempts {
  private readonly states = new Map<string, 'leased' | 'started'>();

  follow(event: CampaignEvent): void {
    switch (event.type) {
      case 'attempt.leased':
        this.states.set(event.attemptId, 'leased');
        return;
      case 'attempt.started':
      case 'attempt.resumed':
        this.states.set(event.attemptId, 'started');
        return;
      case 'attempt.expired':
      case 'attempt.suspected':
      case 'attempt.aborted':
      case 'attempt.submitted':
      case 'attempt.accepted':
      case 'attempt.flagged':
      case 'attempt.late':
        this.states.delete(event.attemptId);
        return;
      default:
        return;
    }
  }

  giveLeases(tx: Pick<CampaignTransaction, 'now' | 'setLease'>, lab: LabPolicy): void {
    for (const [attemptId, state] of this.states) {
      const seconds = state === 'leased' ? lab.leaseSeconds : lab.suspectSeconds;
      const deadline = new Date(tx.now.getTime() + 1000 * seconds);
      tx.setLease({ attemptId, deadline, lastSeen: tx.now, stage: null, progress: null });
    }
  }
}
