import type { Attempt, Campaign, Experiment, Task, TaskKind, TaskOwner, TaskSubject } from '@ionloop/domain';

export interface TaskFilter {
  readonly campaignId?: string;
  readonly workspace?: string;
  /** Any of these. */
  readonly owners?: readonly TaskOwner[];
  readonly kinds?: readonly TaskKind[];
  /** By the store's clock. */
  readonly overdue?: boolean;
  readonly subject?: TaskSubject;
}

/** After this task in the order of deadlines. */
export interface TaskPlace {
  readonly deadline: string;
  readonly id: string;
}

export const taskId = ({ kind, id }: TaskSubject): string => `${kind}:${id}`;

/** Ids are written as `kind:id`; null where this is none. */
export function taskSubject(id: string): TaskSubject | null {
  const [, kind, of] = /^(campaign|experiment|attempt):(.+)$/.exec(id) ?? [];
  return kind === undefined || of === undefined ? null : { kind: kind as TaskSubject['kind'], id: of };
}

type Row =
  | { readonly kind: 'campaign'; readonly row: Campaign }
  | { readonly kind: 'experiment'; readonly row: Experiment }
  | { readonly kind: 'attempt'; readonly row: Attempt };

/** What a row asks of a person; null where it asks nothing, or waits for the lab. */
export function taskOf({ kind, row }: Row): Task | null {
  const { waiting } = row;
  if (waiting === null || waiting.kind === 'claim' || waiting.owner === null) return null;
  return {
    ...waiting,
    kind: waiting.kind,
    owner: waiting.owner,
    campaignId: kind === 'campaign' ? row.id : row.campaignId,
    subject: { kind, id: row.id },
    experimentId: kind === 'campaign' ? null : kind === 'experiment' ? row.id : row.experimentId,
  };
}

export function matches(task: Task, filter: TaskFilter, now: Date): boolean {
  const { campaignId, owners, kinds, overdue, subject } = filter;
  return (
    (campaignId === undefined || task.campaignId === campaignId) &&
    (owners === undefined || owners.includes(task.owner)) &&
    (kinds === undefined || kinds.includes(task.kind)) &&
    (overdue === undefined || Date.parse(task.deadline) <= now.getTime() === overdue) &&
    (subject === undefined || taskId(task.subject) === taskId(subject))
  );
}

/** The most pressing first. */
export function byDeadline(a: TaskPlace, b: TaskPlace): number {
  if (a.deadline !== b.deadline) return a.deadline < b.deadline ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export const placeOf = ({ deadline, subject }: Task): TaskPlace => ({ deadline, id: taskId(subject) });
