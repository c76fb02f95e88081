import {
  type Actor,
  type Experiment,
  hashOf,
  invalidState,
  type NewExperiment,
  notFound,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import type { Engine } from '../deps.js';
import { madeOnce } from '../idempotency.js';
import { integer, text } from '../input.js';
import { labSpecs, specHashOf } from '../lab-spec.js';
import type { CampaignTransaction } from '../ports.js';
import { placed } from './place.js';
import { refuseWhereOver } from './use-cases.js';

export interface AddedExperiment {
  readonly campaignId: string;
  readonly point: unknown;
  readonly reason: string;
  /** Whether it may lie outside the space: it is marked then. */
  readonly outside?: boolean;
  readonly idempotencyKey?: string;
}

const note = (value: string): string => text(value, 'reason', { min: 1, max: 2000 });

/** A point that a person wants; it waits for approval like any other. */
export async function addExperiment(
  engine: Engine,
  actor: Actor,
  added: AddedExperiment,
): Promise<Experiment> {
  const { campaignId, idempotencyKey: key, outside = false } = added;
  const requestHash = hashOf({ point: added.point, reason: added.reason, ...(outside && { outside }) });
  const experiment = await engine.store.transact(campaignId, actor, async (tx) => {
    const id = await madeOnce(tx, { scope: `addExperiment/${campaignId}`, key, requestHash }, () => {
      refuseWhereOver(tx.campaign);
      const where = placed(openSpace(tx.campaign.space), added.point, outside);
      return Promise.resolve(add(engine, tx, { ...where, reason: note(added.reason) }));
    });
    return tx.experiment(id);
  });
  await engine.wakeUps.wake(campaignId);
  return experiment;
}

export interface AddedReplicates {
  readonly experimentId: string;
  readonly count: number;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

const mostReplicates = 20;

/** The same point again, so many times: experiments of their own, with attempts and results of their own. */
export async function addReplicates(
  engine: Engine,
  actor: Actor,
  added: AddedReplicates,
): Promise<readonly Experiment[]> {
  const { experimentId, idempotencyKey: key } = added;
  const count = integer(added.count, 'count', { min: 1, max: mostReplicates });
  const reason = note(added.reason);
  const known = await engine.store.read.experiment(experimentId);
  if (!known) throw notFound('experiment', experimentId);
  const { campaignId } = known;
  const once = { scope: `addReplicates/${experimentId}`, key, requestHash: hashOf({ count, reason }) };
  const replicates = await engine.store.transact(campaignId, actor, async (tx) => {
    const original = await tx.experiment(experimentId);
    const ids = await madeOnce(tx, once, () => {
      refuseWhereOver(tx.campaign);
      refuseToRepeat(original);
      const { point, outside, replicateOf } = original;
      const again = { point, replicateOf: replicateOf ?? original.id, ...(outside !== null && { outside }) };
      const why = `Replicate of experiment ${original.number}: ${reason}`;
      return Promise.resolve(Array.from({ length: count }, () => add(engine, tx, { ...again, reason: why })));
    });
    return Promise.all(ids.map((id) => tx.experiment(id)));
  });
  await engine.wakeUps.wake(campaignId);
  return replicates;
}

function refuseToRepeat({ number, state }: Experiment): void {
  if (state !== 'rejected' && state !== 'infeasible') return;
  throw invalidState(`experiment ${number} is ${state}; there is nothing to repeat`);
}

function add(
  engine: Engine,
  tx: CampaignTransaction,
  from: Pick<NewExperiment, 'point' | 'reason' | 'outside' | 'replicateOf'>,
): string {
  const { campaign } = tx;
  const id = engine.ids.next();
  const number = campaign.experiments + 1;
  tx.append({
    type: 'experiment.added',
    experiment: {
      ...from,
      id,
      number,
      specHash: specHashOf(labSpecs(campaign)({ number, point: from.point })),
      origin: 'person',
      planId: null,
      prediction: null,
      acquisition: null,
    },
  });
  return id;
}
