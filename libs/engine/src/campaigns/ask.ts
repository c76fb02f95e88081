import { type Actor, type Campaign, hashOf, invalidInput, invalidState } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { madeOnce } from '../idempotency.js';
import { integer, text } from '../input.js';
import { spentIn } from './update.js';

export interface AskedProposals {
  readonly campaignId: string;
  readonly count: number;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

const mostAtOnce = 96;

/** So many proposals now, beside what the rhythm would bring, also where proposing is switched off. */
export async function askForProposals(
  engine: Engine,
  actor: Actor,
  asked: AskedProposals,
): Promise<Campaign> {
  const { campaignId, idempotencyKey: key } = asked;
  const count = integer(asked.count, 'count', { min: 1, max: mostAtOnce });
  const reason = text(asked.reason, 'reason', { min: 1, max: 2000 });
  const once = { scope: `askForProposals/${campaignId}`, key, requestHash: hashOf({ count, reason }) };
  const campaign = await engine.store.transact(campaignId, actor, async (tx) => {
    await madeOnce(tx, once, async () => {
      const { name, state, budget, asked: before } = tx.campaign;
      if (state !== 'active') {
        throw invalidState(`campaign "${name}" is ${state}; only an active one proposes experiments`);
      }
      const left = budget - (await spentIn(tx)) - before;
      if (count > left) {
        throw invalidInput(
          'count',
          `the budget of ${budget} leaves ${Math.max(0, left)} more; ${count} cannot be proposed`,
        );
      }
      tx.append({ type: 'campaign.proposalsAsked', count, reason });
      return campaignId;
    });
    return tx.campaign;
  });
  await engine.wakeUps.wake(campaignId);
  return campaign;
}
