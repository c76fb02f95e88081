import {
  type Actor,
  type Experiment,
  type ExperimentState,
  hashOf,
  invalidInput,
  invalidState,
  type Measurement,
  notFound,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { madeOnce } from '../idempotency.js';
import { text } from '../input.js';
import { readMeasurement, type SubmittedMeasurement } from '../lab/measured.js';
import type { CampaignTransaction } from '../ports.js';
import { endLeaseOf } from './use-cases.js';

/** Results that a person brings in. Nothing is overwritten: a corrected value is a new measurement. */

const note = (reason: string): string => text(reason, 'reason', { min: 1, max: 2000 });

export interface RecordedByHand {
  readonly experimentId: string;
  readonly measurement: SubmittedMeasurement;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

/** A value that no station handed in. It ends an experiment that waits for a station, and joins one that has results. */
export async function recordMeasurement(
  engine: Engine,
  actor: Actor,
  recorded: RecordedByHand,
): Promise<Measurement> {
  const { experimentId, idempotencyKey: key } = recorded;
  const reason = note(recorded.reason);
  const known = await engine.store.read.experiment(experimentId);
  if (!known) throw notFound('experiment', experimentId);
  const { campaignId } = known;
  const once = { scope: `recordMeasurement/${experimentId}`, key, requestHash: hashable(recorded) };
  const measurement = await engine.store.transact(campaignId, actor, async (tx) => {
    const id = await madeOnce(tx, once, async () => {
      const experiment = await tx.experiment(experimentId);
      const made = readMeasurement(engine.ids, tx.campaign, recorded.measurement, 'measurement');
      const ends = endsBy(experiment);
      tx.append({ type: 'measurement.recorded', experimentId, measurement: made, reason });
      if (ends) await endByHand(tx, experiment, reason);
      return made.id;
    });
    return tx.measurement(id);
  });
  await engine.wakeUps.wake(campaignId);
  return measurement;
}

/** Whether a result by hand is what it waited for; refused where it waits for something else. */
function endsBy({ number, state }: Experiment): boolean {
  switch (state) {
    case 'queued':
    case 'claimed':
    case 'quarantined':
      return true;
    case 'accepted':
    case 'measured':
    case 'cancelled':
      return false;
    case 'proposed':
    case 'approved':
      throw invalidState(`experiment ${number} is ${state}; approve it before a result is recorded for it`);
    case 'running':
      throw invalidState(`a station is making experiment ${number}; wait for its result or stop it first`);
    case 'rejected':
    case 'failed_sample':
    case 'infeasible':
      throw invalidState(
        `experiment ${number} is ${inWords(state)}; add a replicate of it and record it there`,
      );
    default:
      return state satisfies never;
  }
}

const inWords = (state: ExperimentState): string => state.replace('_', ' ');

async function endByHand(tx: CampaignTransaction, experiment: Experiment, why: string): Promise<void> {
  const { id: experimentId } = experiment;
  await endLeaseOf(tx, experiment, why);
  tx.append({ type: 'experiment.moved', experimentId, to: 'measured', note: why });
  tx.append({ type: 'experiment.moved', experimentId, to: 'accepted', note: why });
}

export interface SupersededByHand {
  readonly measurementId: string;
  readonly measurement: SubmittedMeasurement;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

/** A corrected value in the place of one that is kept. */
export async function supersedeMeasurement(
  engine: Engine,
  actor: Actor,
  corrected: SupersededByHand,
): Promise<Measurement> {
  const { measurementId, idempotencyKey: key } = corrected;
  const reason = note(corrected.reason);
  const known = await engine.store.read.measurement(measurementId);
  if (!known) throw notFound('measurement', measurementId);
  const { campaignId } = known;
  const once = { scope: `supersedeMeasurement/${measurementId}`, key, requestHash: hashable(corrected) };
  const measurement = await engine.store.transact(campaignId, actor, async (tx) => {
    const id = await madeOnce(tx, once, async () => {
      const { status, property } = await tx.measurement(measurementId);
      if (status !== 'accepted' && status !== 'excluded') throw invalidState(cannotBeCorrected(status));
      const by = readMeasurement(engine.ids, tx.campaign, corrected.measurement, 'measurement');
      if (by.property !== property) {
        throw invalidInput(
          'measurement.property',
          `this is a measurement of ${property}; one of ${by.property} does not correct it`,
        );
      }
      tx.append({ type: 'measurement.superseded', measurementId, by, reason });
      return by.id;
    });
    return tx.measurement(id);
  });
  await engine.wakeUps.wake(campaignId);
  return measurement;
}

const cannotBeCorrected = (status: Measurement['status']): string =>
  status === 'superseded'
    ? 'this measurement was superseded already; correct the one that took its place'
    : `this measurement is ${status}; decide on the result that it came with`;

function hashable({ measurement, reason }: Pick<RecordedByHand, 'measurement' | 'reason'>): string {
  try {
    return hashOf({ measurement, reason });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidInput('measurement', `a number of this measurement is not finite: ${error.message}`);
  }
}
