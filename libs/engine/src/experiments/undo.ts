import { type Actor, type Experiment, type ExperimentState, invalidState } from '@ionloop/domain';
import { spentIn } from '../campaigns/update.js';
import type { Engine } from '../deps.js';
import type { CampaignTransaction } from '../ports.js';
import { change, note, refuseWhereOver } from './use-cases.js';

/** Decisions taken back, where nothing has come of them yet. */

/** A rejected point is a proposal again, and waits for approval. */
export const withdrawRejection = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, (tx, experiment) => proposeAgain(tx, experiment, 'rejected', note(reason)));

/** A cancelled experiment is a proposal again, and has to be approved anew. */
export const restoreExperiment = (
  engine: Engine,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Experiment> =>
  change(engine, actor, id, (tx, experiment) => proposeAgain(tx, experiment, 'cancelled', note(reason)));

async function proposeAgain(
  tx: CampaignTransaction,
  { id, number, state }: Experiment,
  from: ExperimentState,
  why: string,
): Promise<void> {
  if (state !== from) throw invalidState(`experiment ${number} is ${state}, not ${from}`);
  refuseWhereOver(tx.campaign);
  const { budget } = tx.campaign;
  if ((await spentIn(tx)) >= budget) {
    throw invalidState(`the budget of ${budget} is spent; experiment ${number} stays ${state}`);
  }
  tx.append({ type: 'experiment.moved', experimentId: id, to: 'proposed', note: why });
}
