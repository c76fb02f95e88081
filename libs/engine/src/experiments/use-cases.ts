import {
  type Actor,
  type Campaign,
  type Experiment,
  type ExperimentState,
  invalidInput,
  invalidState,
  IonloopError,
  isLive,
  isOver,
  notFound,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import type { Engine } from '../deps.js';
import { text } from '../input.js';
import { labSpecs, specHashOf } from '../lab-spec.js';
import type { CampaignTransaction } from '../ports.js';
import { placed } from './place.js';

export const note = (value: string): string => text(value, 'reason', { min: 1, max: 2000 });

/**
 * All of them or none; each must be waiting for approval. With the hashes that were seen, in the order of the ids, what was
 * edited in between is refused.
 */
export async function approveExperiments(
  engine: Engine,
  actor: Actor,
  ids: readonly string[],
  specHashes?: readonly string[],
): Promise<readonly Experiment[]> {
  const seen = hashesSeen(ids, specHashes);
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
      const experiments = await Promise.all(own.map((id) => tx.experiment(id)));
      for (const experiment of experiments) refuseApproval(tx.campaign, actor, experiment, seen);
      for (const experiment of experiments) approveInside(tx, experiment);
      return Promise.all(own.map((id) => tx.experiment(id)));
    });
    approved.push(...done);
    await engine.wakeUps.wake(campaignId);
  }
  return approved;
}

/** By id, each with its place in the request. */
type Seen = ReadonlyMap<string, { readonly specHash: string; readonly index: number }>;

function hashesSeen(ids: readonly string[], specHashes: readonly string[] | undefined): Seen {
  if (specHashes !== undefined && specHashes.length !== ids.length) {
    throw invalidInput(
      'specHashes',
      `there are ${ids.length} ids and ${specHashes.length} hashes; each id has its own`,
    );
  }
  return new Map(
    ids.flatMap((id, index) => {
      const specHash = specHashes?.[index];
      return specHash === undefined ? [] : [[id, { specHash, index }]];
    }),
  );
}

function refuseApproval({ review }: Campaign, actor: Actor, experiment: Experiment, seen: Seen): void {
  const { id, number, specHash, proposedBy, state } = experiment;
  const saw = seen.get(id);
  if (saw && saw.specHash !== specHash) {
    throw new IonloopError(
      'SPEC_CHANGED',
      `experiment ${number} was changed since it was looked at; look at it again before it is approved`,
      `specHashes[${saw.index}]`,
    );
  }
  if (state === 'proposed' && review?.separate === true && proposedBy === actor.name) {
    throw invalidState(
      `experiment ${number} is ${proposedBy}'s own; in this campaign somebody else approves it`,
    );
  }
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

export interface EditedExperiment {
  readonly id: string;
  readonly point: unknown;
  readonly reason: string;
  /** Whether it may lie outside the space: it is marked then. */
  readonly outside?: boolean;
}

/** Another point under the same number. It has to be approved anew, whatever was approved before. */
export const editExperiment = (engine: Engine, actor: Actor, edit: EditedExperiment): Promise<Experiment> =>
  change(engine, actor, edit.id, async (tx, experiment) => {
    const reason = note(edit.reason);
    const { campaign } = tx;
    const where = placed(openSpace(campaign.space), edit.point, edit.outside === true);
    const { point } = where;
    const specHash = specHashOf(labSpecs(campaign)({ number: experiment.number, point }));
    if (experiment.state === 'proposed' && experiment.specHash === specHash) return;
    if (experiment.state !== 'proposed') await backToProposal(tx, experiment, `edited: ${reason}`);
    tx.append({ type: 'experiment.edited', experimentId: experiment.id, ...where, specHash, reason });
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
  if (!isOver(state)) return;
  throw invalidState(
    `campaign "${name}" is ${state}; it takes no more experiments until it is taken up again (paused, then active)`,
  );
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

export async function change(
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
