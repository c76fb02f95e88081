import { openStates, spendsBudget, theLoop } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { sweepLeases } from '../lab/leases.js';
import type { Planner } from '../planner-port.js';
import type { CampaignTransaction } from '../ports.js';
import { sweepTasks } from '../tasks/sweep.js';
import { planOnce, PlanningFailed, type PlanOutcome } from './plan-once.js';
import { isCostSpent } from './request.js';

/** Plans that were overtaken by another are thought again at once, but not for ever: the next look is never far. */
const maxOvertaken = 3;

/**
 * Compares what is with what should be, and does what is missing. It may be called at any time, any number of times,
 * by anyone who can see the record; no message needs to arrive for the loop to go on.
 */
export async function reconcile(engine: Engine, planner: Planner, campaignId: string): Promise<void> {
  const campaign = await engine.store.read.campaign(campaignId);
  if (!campaign) return;
  await sweepLeases(engine, campaignId);
  await sweepTasks(engine, campaignId);
  if (campaign.state !== 'active') return;
  const exhausted = (await planOrAsk(engine, planner, campaignId)) === 'nothing left to try';
  await engine.store.transact(campaignId, theLoop, (tx) => completeWhenDone(tx, exhausted));
}

/** What the planner cannot answer it cannot answer the next time: a person is asked, once, and told why. */
async function planOrAsk(engine: Engine, planner: Planner, campaignId: string): Promise<PlanOutcome> {
  try {
    return await planUntilSettled(engine, planner, campaignId);
  } catch (error) {
    if (error instanceof PlanningFailed) await askAboutPlanning(engine, campaignId, error.message);
    throw error;
  }
}

const askAboutPlanning = (engine: Engine, campaignId: string, message: string): Promise<void> =>
  engine.store.transact(campaignId, theLoop, (tx) => {
    if (tx.campaign.state === 'active' && tx.campaign.waiting?.kind !== 'planning_failed') {
      tx.append({ type: 'campaign.planningFailed', message });
    }
    return Promise.resolve();
  });

async function planUntilSettled(engine: Engine, planner: Planner, campaignId: string): Promise<PlanOutcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await planOnce(engine, planner, campaignId);
    if (outcome !== 'overtaken' || tries > maxOvertaken) return outcome;
  }
}

async function completeWhenDone(tx: CampaignTransaction, exhausted: boolean): Promise<void> {
  const { campaign } = tx;
  if (campaign.state !== 'active') return;
  if (!exhausted && campaign.experiments < campaign.budget && campaign.cost?.budget === undefined) return;
  if ((await tx.experiments({ states: openStates, limit: 1 })).length > 0) return;
  const experiments = await tx.experiments();
  const spent = experiments.filter(({ state, origin }) => spendsBudget(state, origin)).length;
  if (spent >= campaign.budget) {
    tx.append({
      type: 'campaign.moved',
      to: 'completed',
      note: `the budget of ${campaign.budget} experiments is spent`,
    });
  } else if (isCostSpent(campaign, experiments)) {
    tx.append({
      type: 'campaign.moved',
      to: 'completed',
      note: `the ${campaign.cost?.budget} that experiments may cost are spent`,
    });
  } else if (exhausted) {
    const note =
      campaign.cost?.budget === undefined
        ? 'every point of the space has been tried'
        : `of the ${campaign.cost.budget} that experiments may cost too little is left for anything that has not been tried`;
    tx.append({ type: 'campaign.moved', to: 'completed', note });
  }
}

/** The campaigns in which something may have to be done. */
export async function campaignsToLookAt(engine: Engine): Promise<readonly string[]> {
  return (await engine.store.read.campaigns()).map(({ id }) => id);
}
