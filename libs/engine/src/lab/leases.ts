import { type Lease, theLoop } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { requeueOrQuarantine } from '../experiments/use-cases.js';
import type { CampaignTransaction } from '../ports.js';

/**
 * What silence means. Before the start no hardware moved, so the work goes back by itself. After it nothing is rerun
 * by itself: the attempt is suspect and belongs to a person.
 */
export const sweepLeases = (engine: Engine, campaignId: string): Promise<number> =>
  engine.store.transact(campaignId, theLoop, async (tx) => {
    const overdue = await tx.overdueLeases();
    for (const lease of overdue) await end(tx, lease);
    return overdue.length;
  });

async function end(tx: CampaignTransaction, { attemptId, lastSeen }: Lease): Promise<void> {
  const attempt = await tx.attempt(attemptId);
  tx.endLease(attemptId);
  const silence = `nothing was heard since ${lastSeen.toISOString()}`;
  if (attempt.state === 'leased') {
    tx.append({ type: 'attempt.expired', attemptId, note: silence });
    requeueOrQuarantine(
      tx,
      await tx.experiment(attempt.experimentId),
      `the lease ran out before the start: ${silence}`,
    );
  } else if (attempt.state === 'started') {
    tx.append({ type: 'attempt.suspected', attemptId, note: silence });
  }
}
