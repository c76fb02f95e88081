import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addExperiment, approve, createCampaign, points, ternary } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

const mutation = `mutation ($input: CreateCampaignInput!) {
  createCampaign(input: $input) { campaign { id state seq: lastSeq } userErrors { code message field } }
}`;
interface Created {
  readonly createCampaign: {
    readonly campaign: { readonly id: string; readonly state: string; readonly seq: number } | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: string;
    }[];
  };
}
const create = async (changes: object) =>
  (await server.query<Created>('planner', mutation, { input: { ...ternary, ...changes } })).data
    .createCampaign;

const continuous = (min: unknown, max: unknown) => ({
  space: { parameters: [{ kind: 'continuous', name: 'temperature', min, max }] },
});

describe('creating a campaign', () => {
  test('leaves a draft, or starts at once where it is asked to', async () => {
    expect(await create({})).toMatchObject({ campaign: { state: 'draft', seq: 1 }, userErrors: [] });
    expect(await create({ start: true })).toMatchObject({ campaign: { state: 'active', seq: 2 } });
  });

  test('with the same key gives the same campaign, and refuses the key for another', async () => {
    const first = await create({ idempotencyKey: 'a-key' });
    const second = await create({ idempotencyKey: 'a-key' });
    expect(second.campaign?.id).toBe(first.campaign?.id);
    const other = await create({ idempotencyKey: 'a-key', budget: 11 });
    expect(other).toMatchObject({ campaign: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
  });

  test.each([
    ['bounds the wrong way round', continuous(10, 1), /^space\.parameters\[0\]/],
    ['a bound that says NaN', continuous('NaN', 1), 'space.parameters[0].min'],
    [
      'a mixture that cannot sum to one',
      {
        space: {
          parameters: [
            {
              kind: 'mixture',
              name: 'composition',
              components: [
                { name: 'Li3PO4', max: 0.2 },
                { name: 'Li3BO3', max: 0.2 },
              ],
            },
          ],
        },
      },
      /^space\.parameters\[0\]/,
    ],
    ['an unknown property', { objective: { ...ternary.objective, property: 'charm' } }, 'objective.property'],
    ['a unit that does not convert', { objective: { ...ternary.objective, unit: 'kg' } }, 'objective.unit'],
    ['no budget', { budget: 0 }, 'budget'],
    ['an empty name', { name: ' ' }, 'name'],
    ['an unknown strategy', { strategy: 'guess' }, 'strategy'],
  ])('with %s is the user’s error and names the field', async (_what, changes, field) => {
    const { campaign, userErrors } = await create(changes);
    expect(campaign).toBeNull();
    expect(userErrors).toHaveLength(1);
    expect(userErrors[0]!.code).toBe('INVALID_INPUT');
    expect(userErrors[0]!.field).toMatch(field instanceof RegExp ? field : new RegExp(`^${escaped(field)}$`));
  });

  test('with an infinity inside JSON is refused before it runs', async () => {
    const body = JSON.stringify({
      query: mutation,
      variables: { input: { ...ternary, ...continuous(0, '∞') } },
    });
    const answer = await server.send(server.tokens.planner, body.replace('"∞"', '1e999'));
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('with variables of the wrong type is refused by name', async () => {
    const answer = await server.query('planner', mutation, { input: { ...ternary, budget: 'many' } });
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining('budget'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

const escaped = (text: string): string => text.replaceAll(/[[\].]/g, '\\$&');

describe('moving and switching a campaign', () => {
  const move = `mutation ($id: ID!, $to: CampaignState!) {
    moveCampaign(input: { id: $id, to: $to, note: "lunch" }) { campaign { state } userErrors { code } }
  }`;

  test('follows the allowed moves and says when one is not', async () => {
    const id = await createCampaign(server);
    const to = async (state: string) => (await server.query('planner', move, { id, to: state })).data;
    expect(await to('paused')).toMatchObject({ moveCampaign: { campaign: { state: 'paused' } } });
    expect(await to('active')).toMatchObject({ moveCampaign: { campaign: { state: 'active' } } });
    expect(await to('draft')).toMatchObject({
      moveCampaign: { campaign: null, userErrors: [{ code: 'INVALID_STATE' }] },
    });
    expect((await server.query('planner', move, { id: 'nobody', to: 'paused' })).data).toMatchObject({
      moveCampaign: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
  });

  test('turns one switch and leaves the other', async () => {
    const id = await createCampaign(server);
    const { data } = await server.query(
      'planner',
      `mutation ($id: ID!) { switchCampaign(input: { id: $id, dispatch: false }) { campaign { proposing dispatch } } }`,
      { id },
    );
    expect(data).toEqual({ switchCampaign: { campaign: { proposing: true, dispatch: false } } });
  });
});

describe('experiments', () => {
  test('are approved into the queue, all or none', async () => {
    const id = await createCampaign(server);
    const [first, second] = [
      await addExperiment(server, id, points[0]!),
      await addExperiment(server, id, points[1]!),
    ];
    expect(await approve(server, [first])).toEqual(['queued']);
    const { data } = await server.query(
      'approver',
      `mutation ($ids: [ID!]!) { approveExperiments(input: { ids: $ids }) { experiments { id } userErrors { code } } }`,
      { ids: [second, first] },
    );
    expect(data).toEqual({
      approveExperiments: { experiments: [], userErrors: [{ code: 'INVALID_STATE' }] },
    });
    expect(
      (await server.query('viewer', `query ($id: ID!) { experiment(id: $id) { state } }`, { id: second }))
        .data,
    ).toEqual({
      experiment: { state: 'proposed' },
    });
  });

  test('outside the space are refused with the point’s field', async () => {
    const campaignId = await createCampaign(server);
    const { data } = await server.query(
      'planner',
      `mutation ($input: AddExperimentInput!) { addExperiment(input: $input) { userErrors { code field } } }`,
      {
        input: { campaignId, point: { composition: { Li3PO4: 0.9, Li3BO3: 0.9, Li2SO4: 0 } }, reason: 'try' },
      },
    );
    expect(data).toMatchObject({
      addExperiment: {
        userErrors: [{ code: 'INVALID_INPUT', field: expect.stringMatching(/^point\.composition/) }],
      },
    });
  });

  test('come in pages that meet without gap or overlap', async () => {
    const id = await createCampaign(server);
    for (const point of points) await addExperiment(server, id, point);
    const page = `query ($id: ID!, $first: Int, $after: String) {
      campaign(id: $id) { experiments(first: $first, after: $after) {
        edges { cursor node { number label state } } pageInfo { hasNextPage endCursor } totalCount
      } }
    }`;
    interface Paged {
      readonly campaign: {
        readonly experiments: {
          readonly edges: readonly { readonly node: { readonly number: number; readonly label: string } }[];
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
          readonly totalCount: number;
        };
      };
    }
    const first = (await server.query<Paged>('viewer', page, { id, first: 2 })).data.campaign.experiments;
    expect(first.totalCount).toBe(3);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(first.edges[0]!.node.label).toMatch(/Li3PO4 25/);
    const after = first.pageInfo.endCursor;
    const rest = (await server.query<Paged>('viewer', page, { id, first: 2, after })).data.campaign
      .experiments;
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect([...first.edges, ...rest.edges].map(({ node }) => node.number)).toEqual([1, 2, 3]);
    const wrong = await server.query('viewer', page, { id, after: 'made up' });
    expect(wrong.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const large = await server.query('viewer', page, { id, first: 501 });
    expect(large.errors?.[0]).toMatchObject({ message: expect.stringContaining('first is 501') });
  });
});

test('a template creates a campaign as it stands', async () => {
  interface Templates {
    readonly campaignTemplates: readonly { readonly key: string; readonly input: object }[];
  }
  const { data } = await server.query<Templates>('viewer', '{ campaignTemplates { key title input } }');
  expect(data.campaignTemplates.length).toBeGreaterThan(2);
  for (const { input } of data.campaignTemplates) {
    expect(await create(input)).toMatchObject({ userErrors: [], campaign: { state: 'draft' } });
  }
});
