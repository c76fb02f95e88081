import {
  deadlineOf,
  type Experiment,
  isSilent,
  lacks,
  nextAsked,
  type Station,
  type TaskSubject,
  theLoop,
  type Waiting,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import type { CampaignTransaction } from '../ports.js';

/** So many a look: a queue of thousands is gone through in turns, and none of them holds its campaign for long. */
const atOnce = 200;

/** What nobody did in time goes to the next who is asked, and what nobody can claim to a person. */
export async function sweepTasks(engine: Engine, campaignId: string): Promise<void> {
  const { store } = engine;
  const due = await store.read.due(campaignId, atOnce);
  const stuck = await store.read.stuck(campaignId, atOnce);
  if (due.length + stuck.unable.length + stuck.ableAgain.length === 0) return;
  const stations = await store.stations.all((await store.workspaces.ofCampaign(campaignId)) ?? undefined);
  await store.transact(campaignId, theLoop, async (tx) => {
    for (const id of stuck.ableAgain) unstick(tx, await tx.experiment(id));
    for (const id of stuck.unable) stick(tx, await tx.experiment(id), 'no_station', stations);
    for (const subject of due) {
      if (subject.kind === 'campaign') escalate(tx, subject, tx.campaign.waiting);
      else if (subject.kind === 'attempt') escalate(tx, subject, (await tx.attempt(subject.id)).waiting);
      else {
        const experiment = await tx.experiment(subject.id);
        if (experiment.waiting?.kind === 'claim') letGo(tx, experiment, stations);
        else escalate(tx, subject, experiment.waiting);
      }
    }
  });
}

function escalate(tx: CampaignTransaction, subject: TaskSubject, waiting: Waiting | null): void {
  if (waiting === null || waiting.owner === null || waiting.deadline > tx.now.toISOString()) return;
  const owner = nextAsked(tx.campaign, waiting.owner);
  if (owner === null) return;
  const deadline = deadlineOf(waiting.kind, tx.campaign.lab, tx.now.toISOString());
  tx.append({ type: 'task.escalated', subject, owner, deadline });
}

function letGo(tx: CampaignTransaction, experiment: Experiment, stations: readonly Station[]): void {
  const { state, dispatch } = tx.campaign;
  const { waiting } = experiment;
  // While the campaign itself waits for a person, what is queued in it waits with it.
  if (state !== 'active' || !dispatch || waiting === null || waiting.deadline > tx.now.toISOString()) return;
  stick(tx, experiment, 'not_claimed', stations);
}

function stick(
  tx: CampaignTransaction,
  experiment: Experiment,
  kind: 'no_station' | 'not_claimed',
  stations: readonly Station[],
): void {
  if (experiment.state !== 'queued' || experiment.waiting?.kind !== 'claim') return;
  const reason = whyNot(tx, experiment, stations);
  tx.append({ type: 'experiment.stuck', experimentId: experiment.id, kind, reason });
}

function unstick(tx: CampaignTransaction, { id, waiting }: Experiment): void {
  if (waiting?.kind === 'no_station') tx.append({ type: 'experiment.unstuck', experimentId: id });
}

const named = 12;

/** What each station lacks, in a sentence that a person can act on. */
function whyNot(
  { campaign, now }: CampaignTransaction,
  experiment: Experiment,
  stations: readonly Station[],
): string {
  if (stations.length === 0) return 'no station is registered';
  const said = stations.slice(0, named).map((station) => {
    const missing = lacks(station, campaign, experiment);
    if (missing.length > 0) return `${station.name} cannot: ${missing.join(', ')}`;
    if (station.paused) return `${station.name} is off`;
    return isSilent(station, now)
      ? `${station.name} was last heard of at ${station.lastSeenAt}`
      : `${station.name} can and has not claimed it`;
  });
  const more = stations.length - said.length;
  return `${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
