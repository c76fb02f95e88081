import {
  type CampaignRecord,
  isLive,
  isSilent,
  lacks,
  lastAsked,
  type Station,
  type Task,
  type TaskSubject,
  type Waiting,
} from '@ionloop/domain';
import type { Forgotten } from '../ports.js';
import { matches, type TaskFilter, taskOf } from '../tasks/task-list.js';
import type { CampaignTables } from './tables.js';

export const tasksIn = (rows: CampaignRecord, filter: TaskFilter, now: Date): readonly Task[] =>
  [
    ...rows.all('campaign').map((row) => taskOf({ kind: 'campaign', row })),
    ...rows.all('experiment').map((row) => taskOf({ kind: 'experiment', row })),
    ...rows.all('attempt').map((row) => taskOf({ kind: 'attempt', row })),
  ].filter((task) => task !== null && matches(task, filter, now)) as Task[];

export function dueIn(rows: CampaignRecord, now: Date): readonly TaskSubject[] {
  const { state, dispatch } = rows.campaign;
  const going = state === 'active' && dispatch;
  const isDue = (waiting: Waiting | null): boolean =>
    waiting !== null &&
    Date.parse(waiting.deadline) <= now.getTime() &&
    (waiting.owner === null ? going : waiting.owner !== lastAsked);
  return (['campaign', 'experiment', 'attempt'] as const).flatMap((kind) =>
    rows
      .all(kind)
      .filter(({ waiting }) => isDue(waiting))
      .map(({ id }) => ({ kind, id })),
  );
}

export function stuckIn(
  rows: CampaignRecord,
  stations: readonly Station[],
  now: Date,
): { readonly unable: readonly string[]; readonly ableAgain: readonly string[] } {
  const { campaign } = rows;
  if (campaign.state !== 'active' || !campaign.dispatch) return { unable: [], ableAgain: [] };
  const there = stations.filter((station) => !station.paused && !isSilent(station, now));
  const latest = now.getTime() - 1000 * campaign.lab.leaseSeconds;
  const queued = rows
    .all('experiment')
    .filter(({ state }) => state === 'queued')
    .sort((a, b) => a.number - b.number)
    .map(({ id, point, waiting }) => ({
      id,
      waiting,
      able: there.some((station) => lacks(station, campaign, { point }).length === 0),
    }));
  const ids = (chosen: typeof queued): readonly string[] => chosen.map(({ id }) => id);
  return {
    unable: ids(
      queued.filter(
        ({ waiting, able }) => waiting?.kind === 'claim' && Date.parse(waiting.since) <= latest && !able,
      ),
    ),
    ableAgain: ids(queued.filter(({ waiting, able }) => waiting?.kind === 'no_station' && able)),
  };
}

/** What the view `forgotten` of the database says. */
export function forgottenIn({ rows, leases }: CampaignTables): readonly Forgotten[] {
  const { campaign } = rows;
  const over = campaign.state === 'completed' || campaign.state === 'archived';
  const still = campaign.state === 'active' && (!campaign.dispatch || !campaign.proposing);
  const attempts = rows.all('attempt');
  const held = new Set(
    attempts
      .filter(({ id, state, waiting }) =>
        state === 'leased' || state === 'started' ? leases.has(id) : (waiting?.owner ?? null) !== null,
      )
      .map(({ experimentId }) => experimentId),
  );
  const found: Forgotten[] = [];
  const say = (kind: string, id: string, why: string): void => void found.push({ kind, id, why });
  if ((campaign.state === 'draft' || campaign.state === 'paused' || still) && !campaign.waiting?.owner) {
    say('campaign', campaign.id, `${campaign.state}, and nobody is asked`);
  }
  for (const { id, state, waiting } of rows.all('experiment')) {
    const waits = state === 'proposed' || state === 'queued' || state === 'quarantined';
    if (state === 'approved') say('experiment', id, 'approved and not queued');
    else if (waits && waiting === null) say('experiment', id, `${state}, without a deadline or a person`);
    else if (waits && over && state !== 'quarantined')
      say('experiment', id, `${state} in a campaign that is over`);
    else if (['claimed', 'running', 'measured'].includes(state) && !held.has(id)) {
      say('experiment', id, `${state}, and nobody has it`);
    } else if (!waits && waiting !== null) say('experiment', id, `${state}, and somebody is asked about it`);
  }
  for (const { id, state, waiting } of attempts) {
    const asks = state === 'suspect' || state === 'flagged' || state === 'late';
    if (isLive(state) && state !== 'suspect' && !leases.has(id))
      say('attempt', id, `${state}, without a deadline`);
    else if (state === 'submitted') say('attempt', id, 'submitted, and not judged');
    else if (asks && !waiting?.owner) say('attempt', id, `${state}, without a person`);
    else if (!asks && waiting !== null) say('attempt', id, `${state}, and somebody is asked about it`);
  }
  return found;
}
