import {
  type Actor,
  type Campaign,
  type CampaignChange,
  invalidInput,
  invalidState,
  IonloopError,
  notFound,
  spendsBudget,
} from '@ionloop/domain';
import type { Space } from '@ionloop/space';
import type { Engine } from '../deps.js';
import { text } from '../input.js';
import { outsideOf } from '../experiments/place.js';
import type { CampaignTransaction } from '../ports.js';
import { changeOf } from './settings.js';

export interface CampaignUpdate {
  readonly id: string;
  /** What is to be another, as JSON; what is left out stays. */
  readonly change: unknown;
  readonly reason: string;
  /** Of the settings that were seen: where somebody else changed them since, nothing is changed. */
  readonly revision?: number;
}

/**
 * Other settings from now on. Plans that were made keep those of their time; experiments that a new space leaves outside
 * stay, and are marked.
 */
export async function updateCampaign(
  engine: Engine,
  actor: Actor,
  update: CampaignUpdate,
): Promise<Campaign> {
  const { id } = update;
  const reason = text(update.reason, 'reason', { min: 1, max: 2000 });
  const known = await engine.store.read.campaign(id);
  if (!known) throw notFound('campaign', id);
  // Opened before the transaction, as it may take a while.
  const early = changeOf(known, update.change);
  const campaign = await engine.store.transact(id, actor, async (tx) => {
    const { change, space } =
      tx.campaign.revision === known.revision ? early : changeOf(tx.campaign, update.change);
    if (Object.keys(change).length === 0) return tx.campaign;
    await refuseUpdate(tx, change, update.revision);
    const marks = space === null ? [] : await marksIn(tx, space);
    tx.append({ type: 'campaign.updated', change, reason, marks });
    return tx.campaign;
  });
  await engine.wakeUps.wake(id);
  return campaign;
}

async function refuseUpdate(
  tx: CampaignTransaction,
  { budget, strategy: next }: CampaignChange,
  seen: number | undefined,
): Promise<void> {
  const { name, state, revision, strategy } = tx.campaign;
  if (state === 'archived') throw invalidState(`campaign "${name}" is archived; bring it back first`);
  if (seen !== undefined && seen !== revision) {
    throw new IonloopError(
      'CONFLICT',
      `the settings were changed meanwhile: this was made from revision ${seen}, they are at ${revision}`,
      'revision',
    );
  }
  if (budget === undefined) return;
  const spent = await spentIn(tx);
  if (budget < spent) {
    throw invalidInput('budget', `the budget cannot be ${budget}: ${spent} experiments are spent`);
  }
  const { initial } = next ?? strategy;
  if (budget < initial && spent < initial) {
    throw invalidInput(
      'budget',
      `a budget of ${budget} does not reach through the initial design of ${initial}; make that smaller too`,
    );
  }
}

export const spentIn = async (tx: CampaignTransaction): Promise<number> =>
  (await tx.experiments()).filter(({ state, origin }) => spendsBudget(state, origin)).length;

/** Of those experiments that lie outside now and did not, or the other way round. */
async function marksIn(
  tx: CampaignTransaction,
  space: Space,
): Promise<readonly { readonly experimentId: string; readonly outside: string | null }[]> {
  return (await tx.experiments()).flatMap(({ id, point, outside: before }) => {
    const outside = outsideOf(space, point);
    return outside === before ? [] : [{ experimentId: id, outside }];
  });
}
