import {
  type Actor,
  type Campaign,
  type Experiment,
  type ExperimentState,
  hashOf,
  invalidState,
  IonloopError,
  isLive,
  isOver,
  notFound,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import type { Engine } from '../deps.js';
import { sameRequest } from '../idempotency.js';
import { text } from '../input.js';
import { labSpecs, specHashOf } from '../lab-spec.js';
import type { CampaignTransaction } from '../ports.js';

const note = (value: string): string => text(value, 'reason', { min: 1, max: 2000 });

/** All of them or none; each must be waiting for approval. */
export async function approveExperiments(
  engine: Engine,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Experiment[]> {
  const byCampaign = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const { campaignId } = await known(engine, id);
    byCampaign.set(campaignId, [...(byCampaign.get(campaignId) ?? []), id]);
  }
  if (byCampaign.size > 1) {
    throw new IonloopError(
      'INVALID_INPUT',
      'these experiments belong to different campaigns; approve each campaign by itself',
      'ids',
    );
  }
  const approved: Experiment[] = [];
  for (const [campaignId, own] of byCampaign) {
    const done = await engine.store.transact(campaignId, actor, async (tx) => {
      for (const id of own) approveInside(tx, await tx.experiment(id));
      return Promise.all(own.map((id) => tx.experiment(id)));
    });
    approved.push(...done);
    await engine.wakeUps.wake(campaignId);
  }
  return approved;
}

/** Approval is bound to what was approved: the hash of the spec as it is now. */
export function approveInside(tx: CampaignTransaction, experiment: Experiment): void {
  tx.append({ type: 'experiment.approved', experimentId: experiment.id, specHash: experiment.specHash });
  tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'queued', note: null });
}

export const rejectExperiment = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, (tx, experiment) => {
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'rejected', note: note(reason) });
    return Promise.resolve();
  });

/** What no hardware has touched goes back to its proposal; a lease on it ends, so that its start is refused. */
export const withdrawApproval = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, (tx, experiment) => backToProposal(tx, experiment, note(reason)));

/** Another point under the same number. It has to be approved anew, whatever was approved before. */
export const editExperiment = (
  engine: Engine,
  actor: Actor,
  edit: { readonly id: string; readonly point: unknown; readonly reason: string },
): Promise<Experiment> =>
  change(engine, actor, edit.id, async (tx, experiment) => {
    const reason = note(edit.reason);
    const { campaign } = tx;
    const point = openSpace(campaign.space).check(edit.point);
    const specHash = specHashOf(labSpecs(campaign)({ number: experiment.number, point }));
    if (experiment.state === 'proposed' && experiment.specHash === specHash) return;
    if (experiment.state !== 'proposed') await backToProposal(tx, experiment, `edited: ${reason}`);
    tx.append({ type: 'experiment.edited', experimentId: experiment.id, point, specHash, reason });
  });

async function backToProposal(tx: CampaignTransaction, experiment: Experiment, why: string): Promise<void> {
  if (!['approved', 'queued', 'claimed', 'quarantined'].includes(experiment.state)) {
    throw invalidState(
      `experiment ${experiment.number} is ${experiment.state}; only one that has not begun goes back to its proposal`,
    );
  }
  refuseWhereOver(tx.campaign);
  await endLeaseOf(tx, experiment, why);
  tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'proposed', note: why });
}

/** Nothing is proposed or queued any more: it would wait for ever. */
export function refuseWhereOver({ name, state }: Campaign): void {
  if (isOver(state)) throw invalidState(`campaign "${name}" is ${state}; it takes no more experiments`);
}

/** Where a station holds it and has not begun. */
export async function endLeaseOf(
  tx: CampaignTransaction,
  experiment: Experiment,
  why: string,
): Promise<void> {
  const lease = (await tx.attemptsOf(experiment.id)).find(({ state }) => state === 'leased');
  if (!lease) return;
  tx.append({ type: 'attempt.aborted', attemptId: lease.id, outcome: null, note: why });
  tx.endLease(lease.id);
}

/** A quarantined experiment goes back to the queue because a person says so. */
export const requeueExperiment = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, (tx, experiment) => {
    if (experiment.state !== 'quarantined') {
      throw invalidState(
        `experiment ${experiment.number} is ${experiment.state}; only a quarantined one is requeued by hand`,
      );
    }
    refuseWhereOver(tx.campaign);
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'queued', note: note(reason) });
    return Promise.resolve();
  });

/**
 * Before the start a cancel is final at once. After it the station is asked, and either its report that it stopped or
 * its result wins: a running furnace is not undone by a click.
 */
export const cancelExperiment = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, async (tx, experiment) => {
    const live = (await tx.attemptsOf(experiment.id)).find((attempt) => isLive(attempt.state));
    if (live && live.state !== 'leased') {
      const asked = { type: 'attempt.cancelRequested', attemptId: live.id, note: note(reason) } as const;
      if (!live.cancelRequested) tx.append(asked);
      return;
    }
    await endLeaseOf(tx, experiment, note(reason));
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'cancelled', note: note(reason) });
  });

export interface AddedExperiment {
  readonly campaignId: string;
  readonly point: unknown;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

/** A point that a person wants; it waits for approval like any other. */
export async function addExperiment(
  engine: Engine,
  actor: Actor,
  added: AddedExperiment,
): Promise<Experiment> {
  const { campaignId, idempotencyKey } = added;
  const scope = `addExperiment/${campaignId}`;
  const requestHash = hashOf({ point: added.point, reason: added.reason });
  const experiment = await engine.store.transact(campaignId, actor, async (tx) => {
    const earlier = idempotencyKey === undefined ? null : await tx.recall(scope, idempotencyKey);
    if (earlier && idempotencyKey !== undefined) {
      return tx.experiment(sameRequest(earlier, requestHash, idempotencyKey) as string);
    }
    const { campaign } = tx;
    refuseWhereOver(campaign);
    const point = openSpace(campaign.space).check(added.point);
    const id = engine.ids.next();
    const number = campaign.experiments + 1;
    tx.append({
      type: 'experiment.added',
      experiment: {
        id,
        number,
        point,
        specHash: specHashOf(labSpecs(campaign)({ number, point })),
        origin: 'person',
        planId: null,
        prediction: null,
        acquisition: null,
        reason: note(added.reason),
      },
    });
    if (idempotencyKey !== undefined) tx.remember(scope, idempotencyKey, { requestHash, response: id });
    return tx.experiment(id);
  });
  await engine.wakeUps.wake(campaignId);
  return experiment;
}

/** Back to the queue, unless it has had its attempts: then a person is asked. Where the campaign is over, it is over too. */
export function requeueOrQuarantine(tx: CampaignTransaction, experiment: Experiment, why: string): void {
  if (isOver(tx.campaign.state)) {
    const note = `${why}; the campaign is ${tx.campaign.state}, so it is not made again`;
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'cancelled', note });
    return;
  }
  const cap = tx.campaign.lab.attemptCap;
  const exhausted = experiment.fence >= cap;
  const to: ExperimentState = exhausted ? 'quarantined' : 'queued';
  const detail = exhausted ? `${why}; ${experiment.fence} attempts of ${cap} are used up` : why;
  tx.append({ type: 'experiment.moved', experimentId: experiment.id, to, note: detail });
}

async function known(engine: Engine, id: string): Promise<Experiment> {
  const experiment = await engine.store.read.experiment(id);
  if (!experiment) throw notFound('experiment', id);
  return experiment;
}

async function change(
  engine: Engine,
  actor: Actor,
  id: string,
  work: (tx: CampaignTransaction, experiment: Experiment) => Promise<void>,
): Promise<Experiment> {
  const { campaignId } = await known(engine, id);
  const experiment = await engine.store.transact(campaignId, actor, async (tx) => {
    await work(tx, await tx.experiment(id));
    return tx.experiment(id);
  });
  await engine.wakeUps.wake(campaignId);
  return experiment;
}
