import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { operations } from '../src/access/operations.js';
import { decisions } from '../src/tasks/task.view.js';
import { approve, createCampaign, points, addExperiment } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

interface TaskData {
  readonly id: string;
  readonly kind: string;
  readonly owner: { readonly role: string | null; readonly person: string | null };
  readonly since: string;
  readonly deadline: string;
  readonly campaign: { readonly id: string };
  readonly experiment: { readonly id: string; readonly number: number } | null;
  readonly attempt: { readonly id: string } | null;
  readonly decisions: readonly {
    readonly name: string;
    readonly mutation: string;
    readonly roles: readonly string[];
  }[];
}
interface Connection {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly cursor: string; readonly node: TaskData }[];
}

const fields = `totalCount pageInfo { hasNextPage endCursor } edges { cursor node {
  id kind owner { role person } since deadline campaign { id } experiment { id number } attempt { id }
  decisions { name mutation roles } } }`;
const list = async (args: string): Promise<Connection> =>
  (await server.query<{ readonly tasks: Connection }>('viewer', `{ tasks(${args}) { ${fields} } }`)).data
    .tasks;

const change = async (role: 'planner' | 'viewer', mutation: string, input: object) =>
  server.query<Record<string, { readonly task: TaskData | null; readonly userErrors: readonly object[] }>>(
    role,
    `mutation ($input: ${mutation === 'assignTask' ? 'AssignTaskInput' : 'ExtendTaskInput'}!) {
      ${mutation}(input: $input) { task { id owner { role person } deadline } userErrors { code message field } } }`,
    { input },
  );

/** A campaign with one proposal of a person's, and its task. */
async function proposal(): Promise<{
  readonly campaignId: string;
  readonly experimentId: string;
  readonly task: string;
}> {
  const campaignId = await createCampaign(server);
  const experimentId = await addExperiment(server, campaignId, points[0] ?? {});
  return { campaignId, experimentId, task: `experiment:${experimentId}` };
}

test('every decision that a task offers is an operation of those roles', () => {
  for (const [kind, offered] of Object.entries(decisions)) {
    expect([kind, offered.length > 0]).toEqual([kind, true]);
    for (const [, mutation, permission] of offered) {
      expect([mutation, operations[`Mutation.${mutation}`]]).toEqual([mutation, permission]);
    }
  }
});

test('a proposal is a task of its campaign, with who decides and how; the decision ends it', async () => {
  const { campaignId, experimentId, task } = await proposal();
  const { edges } = await list(`campaignId: "${campaignId}", kind: [review_proposal]`);
  expect(edges).toHaveLength(1);
  expect(edges[0]?.node).toMatchObject({
    id: task,
    kind: 'review_proposal',
    owner: { role: 'approver', person: null },
    campaign: { id: campaignId },
    experiment: { id: experimentId },
    attempt: null,
    decisions: [
      { name: 'approve', mutation: 'approveExperiments', roles: ['approver', 'admin'] },
      { name: 'reject', mutation: 'rejectExperiment', roles: ['approver', 'admin'] },
      { name: 'edit', mutation: 'editExperiment', roles: ['planner', 'admin'] },
    ],
  });
  await approve(server, [experimentId]);
  expect((await list(`campaignId: "${campaignId}", kind: [review_proposal]`)).totalCount).toBe(0);
});

test('tasks are paged in the order of their deadlines, and counted for the campaign', async () => {
  const campaignId = await createCampaign(server);
  for (const point of points.slice(0, 3)) await addExperiment(server, campaignId, point);
  const all = await list(`campaignId: "${campaignId}"`);
  const seen: string[] = [];
  let after = '';
  for (let page = 0; page < 10; page += 1) {
    const { edges, pageInfo } = await list(`campaignId: "${campaignId}", first: 2${after}`);
    seen.push(...edges.map(({ node }) => node.id));
    if (!pageInfo.hasNextPage) break;
    after = `, after: "${pageInfo.endCursor ?? ''}"`;
  }
  expect(seen).toEqual(all.edges.map(({ node }) => node.id));
  expect(new Set(seen).size).toBe(all.totalCount);
  const { campaign } = (
    await server.query<{
      readonly campaign: { readonly taskCount: number; readonly tasks: { readonly totalCount: number } };
    }>('viewer', `{ campaign(id: "${campaignId}") { taskCount tasks(first: 1) { totalCount } } }`)
  ).data;
  expect(campaign).toEqual({ taskCount: all.totalCount, tasks: { totalCount: all.totalCount } });
  expect((await list(`campaignId: "${campaignId}", state: overdue`)).totalCount).toBe(0);
  expect((await list(`campaignId: "${campaignId}", state: waiting`)).totalCount).toBe(all.totalCount);
});

test('a task is assigned by name, and found by its owner; its deadline is moved', async () => {
  const { campaignId, task } = await proposal();
  const input = { id: task, owner: { person: 'grace' }, note: 'you know the furnace' };
  const { assignTask } = (await change('planner', 'assignTask', input)).data;
  expect(assignTask).toMatchObject({ task: { owner: { role: null, person: 'grace' } }, userErrors: [] });
  const found = await list(`campaignId: "${campaignId}", owner: { person: "grace" }`);
  expect(found.edges.map(({ node }) => node.id)).toEqual([task]);
  const { extendTask } = (await change('planner', 'extendTask', { id: task, seconds: 864_000 })).data;
  const before = found.edges[0]?.node.deadline ?? '';
  expect(Date.parse(extendTask?.task?.deadline ?? '')).toBeGreaterThan(Date.parse(before) + 8 * 86_400_000);
});

test('a mistake in assigning is data, and a viewer may not', async () => {
  const { experimentId, task } = await proposal();
  const nobody = await change('planner', 'assignTask', { id: task, owner: {} });
  expect(nobody.data['assignTask']).toMatchObject({
    task: null,
    userErrors: [{ code: 'INVALID_INPUT', field: 'owner' }],
  });
  await approve(server, [experimentId]);
  const viewer = await change('viewer', 'assignTask', { id: task, owner: { role: 'admin' } });
  expect(viewer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
  const done = await change('planner', 'extendTask', { id: task, seconds: 60 });
  expect(done.data['extendTask']).toMatchObject({ task: null, userErrors: [{ code: 'INVALID_STATE' }] });
});
