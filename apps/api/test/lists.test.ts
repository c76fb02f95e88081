import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Analysis, InMemoryStore } from '@ionloop/engine';
import { watch } from '../src/graphql/watch.js';
import { addExperiment, approve, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
let campaignId: string;
let ids: string[];
beforeAll(async () => {
  server = await TestServer.start();
  campaignId = await createCampaign(server, { description: 'glasses of three salts' });
  ids = [];
  for (const point of points) ids.push(await addExperiment(server, campaignId, point));
});
afterAll(() => server.close());

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly { readonly number: number }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}
async function experiments(args: string): Promise<Connection> {
  const { data, errors } = await server.query<{ campaign: { experiments: Connection } }>(
    'viewer',
    `query ($id: ID!) { campaign(id: $id) { experiments(${args}) {
      totalCount nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
    { id: campaignId },
  );
  if (errors) throw new Error(`${errors[0]?.extensions.code}: ${errors[0]?.message}`);
  return data.campaign.experiments;
}
const numbers = ({ nodes }: Connection): readonly number[] => nodes.map(({ number }) => number);

describe('a list', () => {
  test('is read in pages from either end', async () => {
    const first = await experiments('first: 2');
    expect([numbers(first), first.totalCount]).toEqual([[1, 2], 3]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const next = await experiments(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(numbers(next)).toEqual([3]);
    expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const last = await experiments('last: 2');
    expect(numbers(last)).toEqual([2, 3]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await experiments(`last: 5, before: "${last.pageInfo.startCursor}"`);
    expect(numbers(before)).toEqual([1]);
    const falling = await experiments('first: 2, orderBy: { by: number, descending: true }');
    expect(numbers(falling)).toEqual([3, 2]);
  });

  test('holds what its filter asks for', async () => {
    await approve(server, [ids[1] ?? '']);
    expect(numbers(await experiments('filter: { states: [queued] }'))).toEqual([2]);
    expect(numbers(await experiments('filter: { text: "0.61" }'))).toEqual([1]);
    expect(numbers(await experiments('filter: { numbers: [3], origins: [person] }'))).toEqual([3]);
    expect((await experiments('filter: { hasValue: true }')).totalCount).toBe(0);
  });

  test('refuses what makes no sense, and says what', async () => {
    const { pageInfo } = await experiments('first: 1');
    const wrong: readonly (readonly [string, string])[] = [
      ['first: 501', 'first is 501; it must lie between 0 and 500'],
      ['last: -1', 'last is -1'],
      ['first: 1, last: 1', 'first and last are both given'],
      ['last: 1, after: "x"', 'last goes with before'],
      ['after: "nonsense"', 'after is not a cursor that this server gave out'],
      [
        `after: "${pageInfo.endCursor}", orderBy: { by: value }`,
        'after is a cursor of experiments by number, not of experiments by value',
      ],
      ['filter: { valueFrom: 2, valueTo: 1 }', 'filter.valueFrom is 2, which is above filter.valueTo, 1'],
      ['filter: { numbers: [0] }', 'filter.numbers has 0'],
      ['states: [queued], filter: { states: [queued] }', 'states and filter.states are both given'],
    ];
    for (const [args, message] of wrong) {
      await expect(() => experiments(args)).rejects.toThrow(`BAD_USER_INPUT: ${message}`);
    }
  });

  test('of events says who did what, and why', async () => {
    const { data } = await server.query<object>(
      'viewer',
      `query ($id: ID!, $about: ID!) { campaign(id: $id) {
        audit(first: 1, newestFirst: false) { nodes { seq type actor actorKind } totalCount }
        about: audit(filter: { about: $about, types: ["experiment.added"] }) { nodes { actor why } totalCount }
        none: audit(filter: { to: "2000-01-01" }) { totalCount } } }`,
      { id: campaignId, about: ids[0] },
    );
    expect(data).toMatchObject({
      campaign: {
        audit: { nodes: [{ seq: 1, type: 'campaign.created', actor: 'a planner', actorKind: 'person' }] },
        about: { nodes: [{ actor: 'a planner', why: 'I want to know' }], totalCount: 1 },
        none: { totalCount: 0 },
      },
    });
    const wrong = await server.query(
      'viewer',
      'query ($id: ID!) { campaign(id: $id) { audit(filter: { from: "soon" }) { totalCount } } }',
      { id: campaignId },
    );
    expect(wrong.errors?.[0]?.message).toContain('filter.from is "soon"');
  });

  test('of campaigns is searched by text and sorted by name', async () => {
    await createCampaign(server, { name: 'Another', description: 'glasses too' });
    const { data } = await server.query<object>(
      'viewer',
      '{ campaigns(text: "GLASSES", orderBy: { by: name }, first: 5) { totalCount nodes { name } } }',
    );
    expect(data).toEqual({
      campaigns: { totalCount: 2, nodes: [{ name: 'Another' }, { name: 'Ternary' }] },
    });
  });
});

test('whatever has an id is found by it', async () => {
  const { data } = await server.query<object>(
    'viewer',
    `query ($ids: [ID!]!, $id: ID!) {
      node(id: $id) { __typename id ... on Campaign { name } }
      nodes(ids: $ids) { __typename id ... on Experiment { number } } }`,
    { id: campaignId, ids: [ids[2], 'nothing', campaignId] },
  );
  expect(data).toEqual({
    node: { __typename: 'Campaign', id: campaignId, name: 'Ternary' },
    nodes: [
      { __typename: 'Experiment', id: ids[2], number: 3 },
      null,
      { __typename: 'Campaign', id: campaignId },
    ],
  });
});

test('whoever watches an analysis is told each time that it has come further, until it ends', async () => {
  const { analyses } = new InMemoryStore(() => new Date(0));
  const { id } = await analyses.ask({
    ...{ id: 'analysis', campaignId: 'campaign', kind: 'calibration', key: 'key', dataRevision: 0 },
    ...{ request: { kind: 'calibration' }, createdBy: 'ada' },
  });
  const ending = new AbortController();
  const seen: Analysis[] = [];
  const look = async (): Promise<Analysis | undefined> => (await analyses.byIds([id]))[0];
  const isOver = ({ endedAt }: Analysis): boolean => endedAt !== null;
  for await (const state of watch({ look, isOver }, ending.signal)) {
    seen.push(state);
    if (state.status === 'waiting') await analyses.begin(id, 60);
    else if (state.done === 0) await analyses.progress(id, { done: 1, total: 2 });
    else await analyses.end(id, 'completed', { result: {} });
  }
  expect(seen.map(({ status, done }) => [status, done])).toEqual([
    ['waiting', 0],
    ['running', 0],
    ['running', 1],
    ['completed', 1],
  ]);
});
