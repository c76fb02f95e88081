import {
  type Actor,
  type Campaign,
  type CampaignState,
  hashOf,
  invalidState,
  IonloopError,
  isLive,
  isOver,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { sameRequest } from '../idempotency.js';
import { parseCampaignSpec } from './spec.js';
import { spentIn } from './update.js';

export async function createCampaign(
  engine: Engine,
  actor: Actor,
  input: unknown,
  idempotencyKey?: string,
): Promise<Campaign> {
  const scope = `createCampaign/${actor.name}`;
  const requestHash = hashOf(input);
  if (idempotencyKey !== undefined) {
    const earlier = await engine.store.read.recall(scope, idempotencyKey);
    if (earlier) return createdEarlier(engine, sameRequest(earlier, requestHash, idempotencyKey));
  }
  const id = engine.ids.next();
  const spec = parseCampaignSpec(input, { lab: engine.lab, seed: id });
  try {
    return await engine.store.create(id, actor, (tx) => {
      if (idempotencyKey !== undefined) tx.remember(scope, idempotencyKey, { requestHash, response: id });
      tx.append({ type: 'campaign.created', campaignId: id, spec });
      return Promise.resolve(tx.campaign);
    });
  } catch (error) {
    // The same request twice at the same moment: the key lets one of them in, the other gets its answer.
    const winner =
      idempotencyKey === undefined ? null : await engine.store.read.recall(scope, idempotencyKey);
    if (!winner || idempotencyKey === undefined) throw error;
    return createdEarlier(engine, sameRequest(winner, requestHash, idempotencyKey));
  }
}

async function createdEarlier(engine: Engine, response: unknown): Promise<Campaign> {
  const campaign = await engine.store.read.campaign(String(response));
  if (!campaign)
    throw new IonloopError('RECORD_CORRUPT', `campaign ${String(response)} was created but is not there`);
  return campaign;
}

export async function moveCampaign(
  engine: Engine,
  actor: Actor,
  id: string,
  to: CampaignState,
  note: string | null = null,
): Promise<Campaign> {
  if (to === 'draft')
    throw new IonloopError('INVALID_STATE', 'a campaign that has left its draft does not return to it');
  const campaign = await engine.store.transact(id, actor, async (tx) => {
    if (tx.campaign.state !== to) {
      if (isOver(tx.campaign.state)) await refuseToGoOn(tx, to);
      tx.append({ type: 'campaign.moved', to, note });
      if (to === 'archived' || to === 'completed') await cancelWhatHasNotStarted(tx);
    }
    return tx.campaign;
  });
  await engine.wakeUps.wake(id);
  return campaign;
}

/** What was over is taken up again only where something is left to spend: it would be over again at once. */
async function refuseToGoOn(tx: Transaction, to: CampaignState): Promise<void> {
  const { name, state, budget } = tx.campaign;
  if (isOver(to) || (await spentIn(tx)) < budget) return;
  throw invalidState(
    `campaign "${name}" is ${state} and its budget of ${budget} is spent; ` +
      (state === 'archived' ? 'it can become completed' : 'give it a larger one first'),
  );
}

type Transaction = Parameters<Parameters<Engine['store']['transact']>[2]>[0];

/** What no hardware has touched ends with the campaign; what is running is let finish and its result is kept. */
async function cancelWhatHasNotStarted(tx: Transaction): Promise<void> {
  const note = `the campaign was ${tx.campaign.state}`;
  for (const experiment of await tx.experiments({ states: ['proposed', 'approved', 'queued', 'claimed'] })) {
    for (const attempt of await tx.attemptsOf(experiment.id)) {
      if (!isLive(attempt.state)) continue;
      tx.append({ type: 'attempt.aborted', attemptId: attempt.id, outcome: null, note });
      tx.endLease(attempt.id);
    }
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'cancelled', note });
  }
}

export async function switchCampaign(
  engine: Engine,
  actor: Actor,
  id: string,
  switches: { readonly proposing?: boolean; readonly dispatch?: boolean },
): Promise<Campaign> {
  const campaign = await engine.store.transact(id, actor, (tx) => {
    const proposing = switches.proposing ?? tx.campaign.proposing;
    const dispatch = switches.dispatch ?? tx.campaign.dispatch;
    if (proposing !== tx.campaign.proposing || dispatch !== tx.campaign.dispatch) {
      tx.append({ type: 'campaign.switched', proposing, dispatch });
    }
    return Promise.resolve(tx.campaign);
  });
  await engine.wakeUps.wake(id);
  return campaign;
}
