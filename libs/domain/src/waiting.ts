import type { Role } from './access.js';
import type { Attempt } from './attempt.js';
import type { Campaign, LabPolicy } from './campaign.js';
import type { Experiment } from './experiment.js';

/** What only a person can bring on. Each belongs to a campaign, an experiment or an attempt in a certain state. */
export const taskKinds = [
  'start_campaign',
  'resume_campaign',
  'dispatch_off',
  'proposing_off',
  'planning_failed',
  'review_proposal',
  'no_station',
  'not_claimed',
  'quarantined',
  'suspect_attempt',
  'flagged_result',
  'late_result',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Everybody with a role, or whoever has the token of this name. */
export type TaskOwner = `role:${Role}` | `person:${string}`;

/** What a row that is not at its end waits for, since when, and whose it is when. */
export interface Waiting {
  /** `claim`: a station. It has no owner, and until its deadline needs none. */
  readonly kind: 'claim' | TaskKind;
  readonly since: string;
  readonly deadline: string;
  readonly owner: TaskOwner | null;
  /** How often its deadline passed, and it went to the next who is asked. */
  readonly escalations: number;
  readonly note: string | null;
}

export interface TaskSubject {
  readonly kind: 'campaign' | 'experiment' | 'attempt';
  readonly id: string;
}

/** A row that waits for a person, seen as something to do. */
export interface Task extends Waiting {
  readonly kind: TaskKind;
  readonly owner: TaskOwner;
  readonly campaignId: string;
  readonly subject: TaskSubject;
  readonly experimentId: string | null;
}

const day = 86_400;
const defaultSeconds = { claim: day, task: day } as const;

/** What people are asked about comes to an approver; what stands still by a switch or a fault, to a planner. */
const firstAsked: Readonly<Record<TaskKind, TaskOwner>> = {
  start_campaign: 'role:planner',
  resume_campaign: 'role:planner',
  dispatch_off: 'role:planner',
  proposing_off: 'role:planner',
  planning_failed: 'role:planner',
  review_proposal: 'role:approver',
  no_station: 'role:approver',
  not_claimed: 'role:approver',
  quarantined: 'role:approver',
  suspect_attempt: 'role:approver',
  flagged_result: 'role:approver',
  late_result: 'role:approver',
};

export const lastAsked: TaskOwner = 'role:admin';

type Asking = Pick<Campaign, 'lab' | 'owner'>;

/** Who is asked once this one has let the deadline pass: the campaign's owner, then the operator. Null: nobody more. */
export function nextAsked({ owner: owns }: Asking, owner: TaskOwner): TaskOwner | null {
  if (owner === lastAsked) return null;
  return owns === null || owner === `person:${owns}` ? lastAsked : `person:${owns}`;
}

export const deadlineOf = (kind: Waiting['kind'], lab: LabPolicy, from: string): string =>
  new Date(Date.parse(from) + 1000 * secondsFor(kind, lab)).toISOString();

function secondsFor(kind: Waiting['kind'], lab: LabPolicy): number {
  if (kind === 'claim') return lab.claimSeconds ?? defaultSeconds.claim;
  return lab.taskSecondsBy?.[kind] ?? lab.taskSeconds ?? defaultSeconds.task;
}

export function newWaiting(
  kind: Waiting['kind'],
  { lab }: Asking,
  at: string,
  note: string | null = null,
): Waiting {
  const owner = kind === 'claim' ? null : (lab.taskOwner ?? firstAsked[kind]);
  return { kind, since: at, deadline: deadlineOf(kind, lab, at), owner, escalations: 0, note };
}

/** What waited already goes on waiting: since when, for whom and until when stay as they were. */
function waitsFor(
  kind: Waiting['kind'] | null,
  before: Waiting | null,
  asking: Asking,
  at: string,
): Waiting | null {
  if (kind === null) return null;
  return before?.kind === kind ? before : newWaiting(kind, asking, at);
}

export function campaignWaiting(campaign: Campaign, at: string): Waiting | null {
  return waitsFor(campaignNeeds(campaign), campaign.waiting, campaign, at);
}

function campaignNeeds({ state, dispatch, proposing, waiting }: Campaign): TaskKind | null {
  switch (state) {
    case 'draft':
      return 'start_campaign';
    case 'paused':
      return 'resume_campaign';
    case 'active':
      if (!dispatch) return 'dispatch_off';
      if (!proposing) return 'proposing_off';
      return waiting?.kind === 'planning_failed' ? 'planning_failed' : null;
    case 'completed':
    case 'archived':
      return null;
    default:
      return state satisfies never;
  }
}

export function experimentWaiting(experiment: Experiment, asking: Asking, at: string): Waiting | null {
  return waitsFor(experimentNeeds(experiment), experiment.waiting, asking, at);
}

/** Whether a queued one waits for any station at all is not seen in it: an event says so. */
function experimentNeeds({ state, waiting }: Experiment): Waiting['kind'] | null {
  switch (state) {
    case 'proposed':
      return 'review_proposal';
    case 'queued':
      return waiting?.kind === 'no_station' || waiting?.kind === 'not_claimed' ? waiting.kind : 'claim';
    case 'quarantined':
      return 'quarantined';
    case 'approved':
    case 'claimed':
    case 'running':
    case 'measured':
    case 'rejected':
    case 'accepted':
    case 'failed_sample':
    case 'infeasible':
    case 'cancelled':
      return null;
    default:
      return state satisfies never;
  }
}

export function attemptWaiting(attempt: Attempt, asking: Asking, at: string): Waiting | null {
  return waitsFor(attemptNeeds(attempt), attempt.waiting, asking, at);
}

function attemptNeeds({ state }: Attempt): TaskKind | null {
  switch (state) {
    case 'suspect':
      return 'suspect_attempt';
    case 'flagged':
      return 'flagged_result';
    case 'late':
      return 'late_result';
    case 'leased':
    case 'started':
    case 'submitted':
    case 'accepted':
    case 'expired':
    case 'aborted':
      return null;
    default:
      return state satisfies never;
  }
}

export const isOwner = (text: string): text is TaskOwner =>
  /^role:(viewer|planner|approver|admin)$/.test(text) || /^person:\S(.{0,118}\S)?$/.test(text);
