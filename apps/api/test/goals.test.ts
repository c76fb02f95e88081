import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ternary } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

const goals = `id revision
  objective { property goal low high }
  objectives { property goal transform unit temperatureC low high }
  limits { property unit transform low high temperatureC }
  cost { base per { parameter component perUnit of } budget }`;
const creation = `mutation ($input: CreateCampaignInput!) {
  createCampaign(input: $input) { campaign { ${goals} } userErrors { code field message } }
}`;
const update = `mutation ($input: UpdateCampaignInput!) {
  updateCampaign(input: $input) { campaign { ${goals} } userErrors { code field message } }
}`;

interface Answer {
  readonly campaign: { readonly id: string; readonly revision: number } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string; readonly message: string }[];
}
const { objective: conductivity, ...unaimed } = ternary as typeof ternary & { readonly objective: object };
const create = async (input: object): Promise<Answer> =>
  (
    await server.query<{ createCampaign: Answer }>('planner', creation, {
      input: { ...unaimed, ...input },
    })
  ).data.createCampaign;
const change = async (input: object): Promise<Answer> =>
  (
    await server.query<{ updateCampaign: Answer }>('planner', update, {
      input: { reason: 'the review asked for it', ...input },
    })
  ).data.updateCampaign;

const several = {
  objectives: [
    conductivity,
    { property: 'activation_energy', goal: 'window', unit: 'eV', low: 0.3, high: 0.4 },
  ],
  limits: [{ property: 'electronic_conductivity', unit: 'S/cm', transform: 'log10', high: 1e-8 }],
  cost: { base: 5, per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 20 }], budget: 400 },
};

describe('what a campaign wants, over GraphQL', () => {
  test('is shown as it was asked for', async () => {
    const { campaign, userErrors } = await create(several);
    expect(userErrors).toEqual([]);
    expect(campaign).toMatchObject({
      objective: { property: 'ionic_conductivity', goal: 'maximise', low: null, high: null },
      objectives: [
        { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10' },
        { property: 'activation_energy', goal: 'window', transform: 'none', unit: 'eV', low: 0.3, high: 0.4 },
      ],
      limits: [{ property: 'electronic_conductivity', transform: 'log10', low: null, high: 1e-8 }],
      cost: {
        base: 5,
        budget: 400,
        per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 20, of: null }],
      },
    });
    expect((await create({ objective: conductivity })).campaign).toMatchObject({
      objectives: [{ property: 'ionic_conductivity' }],
      limits: [],
      cost: null,
    });
  });

  test.each([
    ['objective', {}],
    ['objectives', { ...several, objective: conductivity }],
    ['objectives[1].property', { ...several, objectives: [conductivity, conductivity] }],
    ['limits[0]', { ...several, limits: [{ property: 'density', unit: 'g/cm³' }] }],
    [
      'cost.per[0]',
      { ...several, cost: { base: 1, per: [{ parameter: 'composition', component: 'Li3BO3' }] } },
    ],
  ])('names what is wrong: %s', async (field, input) => {
    expect(await create(input)).toMatchObject({
      campaign: null,
      userErrors: [{ code: 'INVALID_INPUT', field }],
    });
  });

  test('changes: a window moves, a limit is lifted, costs are taken away', async () => {
    const id = (await create(several)).campaign?.id;
    const moved = await change({ id, objectives: [{ property: 'activation_energy', high: 0.35 }] });
    expect(moved).toMatchObject({ campaign: { objectives: [{}, { low: 0.3, high: 0.35 }] }, userErrors: [] });
    const lifted = await change({ id, limits: [{ property: 'electronic_conductivity' }], cost: null });
    expect(lifted).toMatchObject({
      campaign: { limits: [{ low: null, high: null }], cost: null, revision: 2 },
      userErrors: [],
    });
    expect(await change({ id, limits: [{ property: 'density', low: 1 }] })).toMatchObject({
      userErrors: [{ field: 'limits[0].property' }],
    });
  });

  test('an experiment tells all of its values, and what it costs', async () => {
    const created = await create({ ...several, start: true });
    const id = created.campaign?.id ?? '';
    const add = `mutation ($input: AddExperimentInput!) {
      addExperiment(input: $input) { experiment { id } userErrors { message } }
    }`;
    const composition = { Li3PO4: 0.2, Li3BO3: 0.2, Li2SO4: 0.6 };
    const added = await server.query<{ addExperiment: { experiment: { id: string } | null } }>(
      'planner',
      add,
      {
        input: { campaignId: id, point: { composition }, reason: 'a guess' },
      },
    );
    const experimentId = added.data.addExperiment.experiment?.id ?? '';
    await server.query(
      'approver',
      `mutation ($input: ApproveExperimentsInput!) { approveExperiments(input: $input) { userErrors { message } } }`,
      { input: { ids: [experimentId] } },
    );
    const record = `mutation ($input: RecordMeasurementInput!) {
      recordMeasurement(input: $input) { userErrors { message field } }
    }`;
    for (const measurement of [
      { property: 'ionic_conductivity', value: 0.1, unit: 'mS/cm' },
      { property: 'activation_energy', value: 0.35, unit: 'eV' },
    ]) {
      await server.query('approver', record, {
        input: { experimentId, measurement, reason: 'at the bench' },
      });
    }
    const { data } = await server.query<{ experiment: object }>(
      'viewer',
      `query ($id: ID!) { experiment(id: $id) { value values { property unit value sd } cost } }`,
      { id: experimentId },
    );
    expect(data.experiment).toEqual({
      value: 1e-4,
      values: [
        { property: 'ionic_conductivity', unit: 'S/cm', value: 1e-4, sd: null },
        { property: 'activation_energy', unit: 'eV', value: 0.35, sd: null },
      ],
      cost: 9,
    });
  });
});
