import {
  type Actor,
  type Attempt,
  type Experiment,
  invalidState,
  type Measurement,
  notFound,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { text } from '../input.js';
import type { CampaignTransaction } from '../ports.js';
import { endLeaseOf, refuseWhereOver, requeueOrQuarantine } from './use-cases.js';

/** What only a person may decide, each with a reason that is kept. */

const reason = (note: string): string => text(note, 'note', { min: 1, max: 2000 });

/** Contact was lost after the start: the person says whether it is made again or given up. */
export const resolveSuspect = (
  engine: Engine,
  actor: Actor,
  attemptId: string,
  decision: 'requeue' | 'abandon',
  note: string,
): Promise<Experiment> =>
  decide(engine, actor, attemptId, (tx, attempt, experiment) => {
    if (attempt.state !== 'suspect')
      throw invalidState(`attempt ${attempt.id} is ${attempt.state}, not suspect`);
    if (decision === 'requeue') refuseWhereOver(tx.campaign);
    tx.append({ type: 'attempt.aborted', attemptId, outcome: null, note: reason(note) });
    tx.endLease(attemptId);
    if (decision === 'requeue') requeueOrQuarantine(tx, experiment, reason(note));
    else
      tx.append({
        type: 'experiment.moved',
        experimentId: experiment.id,
        to: 'cancelled',
        note: reason(note),
      });
    return Promise.resolve();
  });

/** A flagged or late result is used, or put aside, because a person says so. */
export const decideResult = (
  engine: Engine,
  actor: Actor,
  attemptId: string,
  decision: 'accept' | 'discard',
  note: string,
): Promise<Experiment> =>
  decide(engine, actor, attemptId, async (tx, attempt, experiment) => {
    if (attempt.state !== 'flagged' && attempt.state !== 'late') {
      throw invalidState(
        `attempt ${attempt.id} is ${attempt.state}; only a flagged or late result waits for a decision`,
      );
    }
    const measurements = await tx.measurementsOf(attemptId);
    if (decision === 'accept') {
      if (measurements.length > 0) await makeWayFor(tx, experiment, reason(note));
      tx.append({ type: 'attempt.accepted', attemptId, note: reason(note) });
      return;
    }
    for (const { id } of measurements) {
      tx.append({ type: 'measurement.decided', measurementId: id, status: 'excluded', note: reason(note) });
    }
    tx.append({ type: 'attempt.aborted', attemptId, outcome: attempt.outcome, note: reason(note) });
    if (experiment.state === 'measured' && !(await anotherWaits(tx, attempt)))
      requeueOrQuarantine(tx, experiment, reason(note));
  });

/** The experiment is measured because of a flagged result; with another of those there, it still is. */
const anotherWaits = async (tx: CampaignTransaction, { id, experimentId }: Attempt): Promise<boolean> =>
  (await tx.attemptsOf(experimentId)).some((other) => other.id !== id && other.state === 'flagged');

/** An accepted result spares the experiment another run, where none has started. */
async function makeWayFor(tx: CampaignTransaction, experiment: Experiment, note: string): Promise<void> {
  if (experiment.state === 'claimed') await endLeaseOf(tx, experiment, note);
  if (['queued', 'claimed', 'quarantined'].includes(experiment.state)) {
    tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'measured', note });
  }
}

export async function decideMeasurement(
  engine: Engine,
  actor: Actor,
  measurementId: string,
  decision: 'accepted' | 'excluded',
  note: string,
): Promise<Measurement> {
  const known = await engine.store.read.measurement(measurementId);
  if (!known) throw notFound('measurement', measurementId);
  const { campaignId } = known;
  const measurement = await engine.store.transact(campaignId, actor, async (tx) => {
    const before = await tx.measurement(measurementId);
    await tx.experiment(before.experimentId);
    const decidable = before.status === 'accepted' || before.status === 'excluded';
    if (!decidable) {
      throw invalidState(
        before.status === 'superseded'
          ? 'this measurement was superseded; decide on the one that took its place'
          : `this measurement is ${before.status}; decide on the result that it came with`,
      );
    }
    if (before.status !== decision) {
      tx.append({ type: 'measurement.decided', measurementId, status: decision, note: reason(note) });
    }
    return tx.measurement(measurementId);
  });
  await engine.wakeUps.wake(campaignId);
  return measurement;
}

async function decide(
  engine: Engine,
  actor: Actor,
  attemptId: string,
  work: (tx: CampaignTransaction, attempt: Attempt, experiment: Experiment) => Promise<void>,
): Promise<Experiment> {
  const attempt = await engine.store.read.attempt(attemptId);
  if (!attempt) throw notFound('attempt', attemptId);
  const { campaignId, experimentId } = attempt;
  const experiment = await engine.store.transact(campaignId, actor, async (tx) => {
    await work(tx, await tx.attempt(attemptId), await tx.experiment(experimentId));
    return tx.experiment(experimentId);
  });
  await engine.wakeUps.wake(campaignId);
  return experiment;
}
