import {
  type Actor,
  deadlineOf,
  hashOf,
  invalidInput,
  invalidState,
  isOwner,
  notFound,
  type Task,
  type TaskSubject,
  type Waiting,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { sameRequest } from '../idempotency.js';
import { number, text } from '../input.js';
import type { CampaignTransaction } from '../ports.js';
import { taskId, taskSubject } from './task-list.js';

const mostSeconds = 366 * 86_400;

/** Another is asked. The deadline begins anew, unless it is given. */
export async function assignTask(
  engine: Engine,
  actor: Actor,
  id: string,
  to: {
    readonly owner: string;
    readonly seconds?: number;
    readonly note?: string;
    readonly idempotencyKey?: string;
  },
): Promise<Task> {
  const owner = to.owner.trim();
  if (!isOwner(owner)) {
    throw invalidInput(
      'owner',
      `"${owner}" is nobody to ask: a role (viewer, planner, approver, admin) or a person's name`,
    );
  }
  return change(engine, actor, id, to, (tx, subject, { kind }) => {
    const deadline = deadlineIn(tx, kind, to.seconds);
    tx.append({ type: 'task.assigned', subject, owner, deadline, note: noteOf(to.note) });
  });
}

/** More time, by the record's clock. */
export const extendTask = (
  engine: Engine,
  actor: Actor,
  id: string,
  by: { readonly seconds: number; readonly note?: string; readonly idempotencyKey?: string },
): Promise<Task> =>
  change(engine, actor, id, by, (tx, subject, { kind }) => {
    const deadline = deadlineIn(tx, kind, by.seconds);
    tx.append({ type: 'task.extended', subject, deadline, note: noteOf(by.note) });
  });

const noteOf = (note: string | undefined): string | null =>
  note === undefined || note.trim() === '' ? null : text(note, 'note', { min: 1, max: 2000 });

function deadlineIn(tx: CampaignTransaction, kind: Waiting['kind'], seconds: number | undefined): string {
  if (seconds === undefined) return deadlineOf(kind, tx.campaign.lab, tx.now.toISOString());
  const given = number(seconds, 'seconds', { min: 1, max: mostSeconds });
  return new Date(tx.now.getTime() + 1000 * given).toISOString();
}

async function change(
  engine: Engine,
  actor: Actor,
  id: string,
  request: { readonly idempotencyKey?: string },
  work: (tx: CampaignTransaction, subject: TaskSubject, waiting: Waiting) => void,
): Promise<Task> {
  const subject = taskSubject(id);
  const campaignId = subject && (await campaignOf(engine, subject));
  if (!subject || campaignId === null) throw notFound('task', id);
  const { idempotencyKey: key } = request;
  const scope = `task/${id}`;
  const requestHash = hashOf({ ...request, idempotencyKey: undefined });
  await engine.store.transact(campaignId, actor, async (tx) => {
    const earlier = key === undefined ? null : await tx.recall(scope, key);
    if (earlier && key !== undefined) {
      sameRequest(earlier, requestHash, key);
      return;
    }
    const waiting = await waitingOf(tx, subject);
    if (waiting?.owner == null) throw invalidState(`task ${id} is done, or never was one`);
    work(tx, subject, waiting);
    if (key !== undefined) tx.remember(scope, key, { requestHash, response: null });
  });
  await engine.wakeUps.wake(campaignId);
  const [task] = await engine.store.read.tasks({ subject }, { first: 1 });
  if (!task) throw invalidState(`task ${taskId(subject)} was done meanwhile`);
  return task;
}

async function campaignOf({ store }: Engine, { kind, id }: TaskSubject): Promise<string | null> {
  if (kind === 'campaign') return (await store.read.campaign(id))?.id ?? null;
  const row = kind === 'experiment' ? await store.read.experiment(id) : await store.read.attempt(id);
  return row?.campaignId ?? null;
}

async function waitingOf(tx: CampaignTransaction, { kind, id }: TaskSubject): Promise<Waiting | null> {
  if (kind === 'campaign') return tx.campaign.waiting;
  return (kind === 'experiment' ? await tx.experiment(id) : await tx.attempt(id)).waiting;
}
