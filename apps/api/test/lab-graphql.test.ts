import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { station, TestServer } from './support/server.js';
import {
  type Assignment,
  conductivity,
  onlyCampaign,
  queue,
  seenExperiment,
  Station,
} from './support/station.js';

let server: TestServer;
let campaign: string;
let robot: Station;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());
beforeEach(async () => {
  campaign = await onlyCampaign(server);
  robot = new Station(server, server.tokens.lab);
  await robot.register();
});

const queued = (count?: number): Promise<void> => queue(server, campaign, count);

const experimentOf = (id: string) => seenExperiment(server, id);

describe('the lab protocol by GraphQL', () => {
  const verb = async (
    name: string,
    type: string,
    input: object,
    fields: string,
  ): Promise<Record<string, unknown>> => {
    const { data, errors } = await server.query<Record<string, Record<string, unknown>>>(
      'lab',
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`,
      { input },
    );
    expect(errors).toBeUndefined();
    return data[name]!;
  };

  test('takes an experiment from the queue to an accepted value', async () => {
    await queued();
    const bootId = 'boot-g';
    const registered = await verb(
      'labRegister',
      'LabRegisterInput',
      { station, bootId, properties: ['ionic_conductivity'] },
      'stationId',
    );
    expect(registered['userErrors']).toEqual([]);
    const claimed = await verb(
      'labClaim',
      'LabClaimInput',
      { bootId, idempotencyKey: randomUUID(), wait: 5 },
      'assignments { attemptId experimentId fence spec specHash leaseSeconds }',
    );
    const [work] = claimed['assignments'] as Assignment[];
    const { attemptId, fence, specHash } = work!;
    const start = await verb(
      'labStart',
      'LabStartInput',
      { bootId, attemptId, fence, specHash },
      'attemptId',
    );
    expect(start).toEqual({ attemptId, userErrors: [] });
    const beat = await verb(
      'labHeartbeat',
      'LabHeartbeatInput',
      { bootId, attempts: [{ attemptId, progress: null }] },
      'answers { attemptId command }',
    );
    expect(beat['answers']).toEqual([{ attemptId, command: 'continue' }]);
    const append = await verb(
      'labAppend',
      'LabAppendInput',
      { bootId, attemptId, seq: 1, partial: [1, 2] },
      'stored',
    );
    expect(append).toEqual({ stored: true, userErrors: [] });
    const result = {
      bootId,
      attemptId,
      fence,
      idempotencyKey: 'once',
      outcome: 'measured',
      measurements: [conductivity],
    };
    const submitted = await verb(
      'labSubmit',
      'LabSubmitInput',
      result,
      'attemptId disposition measurementIds',
    );
    expect(submitted).toMatchObject({ attemptId, disposition: 'accepted', userErrors: [] });
    // The same request by REST is the same request.
    const again = await server.rest('POST', `/lab/v1/attempts/${attemptId}/submit`, {
      secret: server.tokens.lab,
      headers: { 'ionloop-boot': bootId, 'idempotency-key': 'once' },
      body: { fence, outcome: 'measured', measurements: [conductivity] },
    });
    expect(again.body['measurementIds']).toEqual(submitted['measurementIds']);
    expect(await experimentOf(work!.experimentId)).toMatchObject({ state: 'accepted', value: 4.9e-4 });
  });

  test('gives a station’s mistakes as data and another’s attempt as forbidden', async () => {
    const { data } = await server.query(
      'lab',
      `mutation { labStart(input: { bootId: "${robot.bootId}", attemptId: "nobody", fence: 1, specHash: "x" }) { attemptId userErrors { code field } } }`,
    );
    expect(data).toEqual({
      labStart: { attemptId: null, userErrors: [{ code: 'NOT_FOUND', field: 'attemptId' }] },
    });
    const posing = await server.query(
      'lab',
      `mutation { labRegister(input: { station: "robot-9", bootId: "b", properties: [] }) { stationId } }`,
    );
    expect(posing.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('what a person decides', () => {
  test('a flagged result waits, and is accepted with a reason', async () => {
    await queued();
    const [work] = await robot.claim();
    await robot.start(work!);
    const doubted = await robot.submit(work!, { ...conductivity, suspect: 'the pellet was cracked' });
    expect(doubted.body['disposition']).toBe('flagged');
    const waiting = async () =>
      (
        await server.query<{ campaign: { waiting: unknown } }>(
          'viewer',
          `query ($id: ID!) { campaign(id: $id) { waiting { proposals suspects results quarantined } } }`,
          { id: campaign },
        )
      ).data.campaign.waiting;
    expect(await waiting()).toEqual({ proposals: 0, suspects: 0, results: 1, quarantined: 0 });
    const decide = `mutation ($id: ID!, $note: String!) {
      decideResult(input: { attemptId: $id, decision: accept, note: $note }) { experiment { state value } userErrors { code field } }
    }`;
    const id = work!.attemptId;
    expect((await server.query('approver', decide, { id, note: ' ' })).data).toMatchObject({
      decideResult: { experiment: null, userErrors: [{ code: 'INVALID_INPUT', field: 'note' }] },
    });
    expect((await server.query('approver', decide, { id, note: 'it is fine' })).data).toEqual({
      decideResult: { experiment: { state: 'accepted', value: 4.9e-4 }, userErrors: [] },
    });
    expect(await waiting()).toEqual({ proposals: 0, suspects: 0, results: 0, quarantined: 0 });
  });

  test('a paused station gets nothing until it goes on', async () => {
    await queued();
    interface Stations {
      readonly stations: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
    }
    const { data } = await server.query<Stations>('viewer', '{ stations { nodes { id name } } }');
    const { id } = data.stations.nodes.find(({ name }) => name === station)!;
    const pause = (paused: boolean) =>
      server.query(
        'admin',
        `mutation ($id: ID!, $paused: Boolean!) { pauseStation(input: { id: $id, paused: $paused }) { station { paused } userErrors { code } } }`,
        { id, paused },
      );
    expect((await pause(true)).data).toEqual({ pauseStation: { station: { paused: true }, userErrors: [] } });
    expect(await robot.claim()).toEqual([]);
    await pause(false);
    expect(await robot.claim()).toHaveLength(1);
  });

  test('progress and best follow the accepted values, replicates on the models’ scale', async () => {
    await queued(3);
    const values = [1e-5, 1e-3, 1e-4];
    for (const [i, work] of (await robot.claim(3)).entries()) {
      await robot.start(work);
      const body = {
        fence: work.fence,
        outcome: 'measured',
        measurements: [
          { ...conductivity, value: values[i]! * 10 },
          { ...conductivity, value: values[i]! / 10 },
        ],
      };
      await robot.post(`/attempts/${work.attemptId}/submit`, body, { 'idempotency-key': randomUUID() });
    }
    interface Seen {
      readonly campaign: {
        readonly spent: number;
        readonly counts: unknown;
        readonly best: { readonly value: number; readonly experiment: { readonly number: number } };
        readonly progress: readonly {
          readonly value: number;
          readonly best: number;
          readonly experimentNumber: number;
        }[];
      };
    }
    const { data } = await server.query<Seen>(
      'viewer',
      `query ($id: ID!) { campaign(id: $id) {
        spent counts { state count } best { value experiment { number } } progress { experimentNumber value best }
      } }`,
      { id: campaign },
    );
    const { spent, counts, best, progress } = data.campaign;
    expect([spent, counts]).toEqual([3, [{ state: 'accepted', count: 3 }]]);
    expect(best.experiment.number).toBe(2);
    expect(best.value).toBeCloseTo(1e-3, 10);
    expect(progress.map(({ experimentNumber }) => experimentNumber)).toEqual([1, 2, 3]);
    expect(progress.map(({ value }) => Math.log10(value))).toEqual(
      [-5, -3, -4].map((log) => expect.closeTo(log, 9)),
    );
    expect(progress.map((point) => Math.log10(point.best))).toEqual(
      [-5, -3, -3].map((log) => expect.closeTo(log, 9)),
    );
  });
});
