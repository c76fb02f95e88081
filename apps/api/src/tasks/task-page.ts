import { invalidInput, type Task, type TaskOwner } from '@ionloop/domain';
import { placeOf, type TaskFilter, type TaskPlace } from '@ionloop/engine';
import { GraphQLError } from 'graphql';
import type { Data } from '../graphql/data.js';
import { type TaskConnectionView, type TaskOwnerInput, taskView } from './task.view.js';

/** What the connection's count is taken of, beside its page. */
export type TasksSource = Data<TaskConnectionView> & { readonly filter: TaskFilter };

/** The tasks of a page, whoever looks them up. */
type TasksOf = (page: { readonly first: number; readonly after?: TaskPlace }) => Promise<readonly Task[]>;

export async function taskPage(
  tasks: TasksOf,
  filter: TaskFilter,
  { first, after }: { readonly first: number; readonly after: string | null },
): Promise<TasksSource> {
  const place = after === null ? null : placeIn(after);
  // One more than asked for tells whether there is a next page.
  const found = await tasks({ first: first + 1, ...(place && { after: place }) });
  const edges = found
    .slice(0, first)
    .map((task) => ({ node: taskView(task), cursor: cursorOf(placeOf(task)) }));
  return {
    filter,
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges.at(0)?.cursor ?? after,
      endCursor: edges.at(-1)?.cursor ?? after,
    },
  };
}

export function ownerIn({ role, person }: TaskOwnerInput): TaskOwner {
  if (typeof role === 'string' && !person) return `role:${role}`;
  if (typeof person === 'string' && !role) return `person:${person}`;
  throw invalidInput('owner', 'owner must name either a role or a person');
}

const mark = 'task ';
const cursorOf = ({ deadline, id }: TaskPlace): string =>
  Buffer.from(`${mark}${deadline} ${id}`).toString('base64url');

function placeIn(cursor: string): TaskPlace {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, deadline, id] = /^task (\d{4}-\d\d-\d\dT[\d:.]+Z) (.+)$/.exec(text) ?? [];
  if (deadline !== undefined && id !== undefined) return { deadline, id };
  throw new GraphQLError('after is not a cursor that this server gave out', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
