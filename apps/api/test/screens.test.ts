import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allOf } from '@ionloop/engine/testing';
import { addExperiment, approve, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

const fields = `screen { id status chunks candidates settings progress { chunksDone candidatesDone perSecond secondsLeft } result { best { index } } }
  userErrors { code message field }`;
const start = async (input: object): Promise<unknown> => {
  const mutation = `mutation ($input: StartScreenInput!) { startScreen(input: $input) { ${fields} } }`;
  return (await server.query<{ startScreen: unknown }>('planner', mutation, { input })).data.startScreen;
};

describe('a screen', () => {
  test('is not started without results to learn from', async () => {
    const campaignId = await createCampaign(server);
    await addExperiment(server, campaignId, points[0] ?? {});
    expect(await start({ campaignId })).toMatchObject({
      screen: null,
      userErrors: [{ code: 'INVALID_STATE', message: expect.stringContaining('0 accepted results') }],
    });
    expect(await start({ campaignId: 'nothing' })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  test('is started once under a key', async () => {
    const campaignId = await createCampaign(server);
    for (const [n, point] of points.slice(0, 2).entries()) {
      const experimentId = await addExperiment(server, campaignId, point);
      await approve(server, [experimentId]);
      const measurement = { property: 'ionic_conductivity', value: 1e-4 * (n + 1), unit: 'S/cm' };
      const record = `mutation ($input: RecordMeasurementInput!) { recordMeasurement(input: $input) { userErrors { message } } }`;
      const input = { experimentId, measurement, reason: 'by hand' };
      expect((await server.query<object>('admin', record, { input })).data).toEqual({
        recordMeasurement: { userErrors: [] },
      });
    }
    const again = () => start({ campaignId, top: 3, idempotencyKey: 'the key' });
    const [first, second, third] = await Promise.all([again(), again(), again()]);
    expect(first).toMatchObject({ screen: { id: expect.any(String) }, userErrors: [] });
    expect([second, third, await again()]).toEqual([first, first, first]);
    expect(await start({ campaignId, top: 4, idempotencyKey: 'the key' })).toMatchObject({
      screen: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }],
    });
    expect(await start({ campaignId, top: 3, idempotencyKey: '' })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field: 'idempotencyKey' }],
    });
    expect(await allOf(server.engine.store.screens, campaignId)).toHaveLength(1);
  });

  test('says how far it is, can be cancelled once, and is listed with its campaign', async () => {
    const campaignId = await createCampaign(server);
    const request = {
      settings: { top: 5 },
      goal: 'maximise',
      model: 'gp',
      observations: [],
      failures: [],
    } as const;
    const { screens } = server.engine.store;
    const { id } = await screens.add({
      id: `screen of ${campaignId}`,
      campaignId,
      request,
      createdBy: 'ada',
    });
    await screens.begin(id, {}, { chunks: 2, candidates: '30', kept: 5 });
    const result = { from: '0', to: '20', stages: [], best: [] };
    await screens.addChunk(id, 0, result, 20);
    const query = `query ($id: ID!) { screen(id: $id) { status chunks candidates settings progress { chunksDone candidatesDone } result { best { index } } } }`;
    expect((await server.query<object>('viewer', query, { id })).data).toEqual({
      screen: {
        status: 'running',
        chunks: 2,
        candidates: '30',
        settings: { top: 5 },
        progress: { chunksDone: 1, candidatesDone: 20 },
        result: null,
      },
    });
    const cancel = `mutation ($id: ID!) { cancelScreen(input: { id: $id }) { screen { status } userErrors { code } } }`;
    expect((await server.query<object>('planner', cancel, { id })).data).toEqual({
      cancelScreen: { screen: { status: 'cancelled' }, userErrors: [] },
    });
    expect((await server.query<object>('planner', cancel, { id })).data).toEqual({
      cancelScreen: { screen: null, userErrors: [{ code: 'INVALID_STATE' }] },
    });
    const list = `query ($id: ID!) { campaign(id: $id) { screens(first: 5) { totalCount nodes { id status } } } }`;
    expect((await server.query<object>('viewer', list, { id: campaignId })).data).toEqual({
      campaign: { screens: { totalCount: 1, nodes: [{ id, status: 'cancelled' }] } },
    });
  });
});
