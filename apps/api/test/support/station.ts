import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { addExperiment, approve, createCampaign, points } from './campaign.js';
import { type RestAnswer, station, type TestServer } from './server.js';

export interface Assignment {
  readonly attemptId: string;
  readonly experimentId: string;
  readonly fence: number;
  readonly specHash: string;
  readonly spec: { readonly label: string; readonly unit: string };
}

/** A station as its program would see the server. */
export class Station {
  readonly bootId = randomUUID();

  constructor(
    private readonly server: TestServer,
    private readonly secret: string,
    readonly name = station,
  ) {}

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<RestAnswer> {
    const boot = { 'ionloop-boot': this.bootId };
    return this.server.rest('POST', `/lab/v1${path}`, {
      secret: this.secret,
      body,
      headers: { ...boot, ...headers },
    });
  }

  async register(): Promise<void> {
    const { bootId, name } = this;
    const answer = await this.post('/register', {
      station: name,
      bootId,
      properties: ['ionic_conductivity'],
      limits: { temperatureC: [null, 900] },
      schemaVersion: 1,
    });
    expect([answer.status, answer.body]).toEqual([200, { stationId: expect.any(String) }]);
  }

  async claim(max = 1, wait = 0): Promise<readonly Assignment[]> {
    const { body } = await this.post('/claim', { max, wait }, { 'idempotency-key': randomUUID() });
    return body['assignments'] as Assignment[];
  }

  start({ attemptId, fence, specHash }: Assignment): Promise<RestAnswer> {
    return this.post(`/attempts/${attemptId}/start`, { fence, specHash });
  }

  submit(
    { attemptId, fence }: Assignment,
    measurement: object,
    key: string = randomUUID(),
  ): Promise<RestAnswer> {
    const body = { fence, outcome: 'measured', measurements: [measurement] };
    return this.post(`/attempts/${attemptId}/submit`, body, { 'idempotency-key': key });
  }
}

export const conductivity = { property: 'ionic_conductivity', value: 4.9e-4, unit: 'S/cm' };

export async function queue(server: TestServer, campaign: string, count = 1): Promise<void> {
  const ids: string[] = [];
  for (const point of points.slice(0, count)) ids.push(await addExperiment(server, campaign, point));
  await approve(server, ids);
}

/** The only campaign that a station is given work of. */
export async function onlyCampaign(server: TestServer): Promise<string> {
  const { data } = await server.query<{ campaigns: { nodes: readonly { id: string }[] } }>(
    'viewer',
    '{ campaigns(states: [active]) { nodes { id } } }',
  );
  for (const { id } of data.campaigns.nodes) {
    await server.query(
      'planner',
      `mutation ($id: ID!) { moveCampaign(input: { id: $id, to: archived }) { userErrors { code } } }`,
      { id },
    );
  }
  return createCampaign(server);
}

/** An experiment with its attempts and measurements, as a viewer reads it. */
export async function seenExperiment(server: TestServer, id: string): Promise<Record<string, unknown>> {
  const { data } = await server.query<{ experiment: Record<string, unknown> }>(
    'viewer',
    `query ($id: ID!) { experiment(id: $id) {
      state value approvedBy
      attempts { state outcome stage progress lastSeenAt station { name } }
      measurements { value unit status raw conditions }
    } }`,
    { id },
  );
  return data.experiment;
}
