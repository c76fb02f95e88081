import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryArtifactFiles, InMemoryStore, quietEngine, restoreBundle } from '@ionloop/engine';
import { addExperiment, approve, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
let campaignId: string;
beforeAll(async () => {
  server = await TestServer.start();
  campaignId = await createCampaign(server, { name: 'Gläser/“ternär”' });
  const ids: string[] = [];
  for (const point of points) ids.push(await addExperiment(server, campaignId, point));
  await approve(server, ids.slice(0, 1));
});
afterAll(() => server.close());

const fetched = (format: string, secret = server.tokens.viewer, method = 'GET'): Promise<Response> =>
  fetch(`${server.url}/v1/campaigns/${campaignId}/export?format=${format}`, {
    method,
    headers: { authorization: `Bearer ${secret}` },
  });

describe('a campaign over REST', () => {
  it('is a CSV with a name that a file system takes', async () => {
    const answer = await fetched('csv');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
      'Gläser-“ternär”.csv',
    );
    const [header = '', ...rows] = (await answer.text()).trim().split('\r\n');
    expect(header.split(',').slice(0, 6)).toEqual([
      'experiment',
      'state',
      'origin',
      'Li3PO4',
      'Li3BO3',
      'Li2SO4',
    ]);
    expect(rows.map((row) => row.split(',').slice(0, 6).join())).toEqual([
      '1,queued,person,0.25,0.14,0.61',
      '2,proposed,person,0.5,0.25,0.25',
      '3,proposed,person,0.1,0.1,0.8',
    ]);
  });

  it('is linked data with the licence and the creator of the settings', async () => {
    const answer = await fetched('jsonld');
    expect(answer.headers.get('content-type')).toBe('application/ld+json');
    const { '@graph': graph } = (await answer.json()) as { '@graph': Record<string, unknown>[] };
    expect(graph[0]).toMatchObject({
      license: 'https://spdx.org/licenses/CC-BY-4.0',
      creator: { name: 'Ada Lovelace' },
    });
  });

  it('is a bundle that comes back to the same hash elsewhere', async () => {
    const bytes = Buffer.from(await (await fetched('bundle')).arrayBuffer());
    const files = new InMemoryArtifactFiles(() => new Date());
    const elsewhere = quietEngine(new InMemoryStore(() => new Date()));
    async function* open() {
      yield await Promise.resolve(bytes);
    }
    const { headHash, isNew } = await restoreBundle(elsewhere, files, open);
    const { read } = server.engine.store;
    const [last] = await read.events(campaignId, (await read.lastSeq(campaignId)) - 1, 1);
    expect({ headHash, isNew }).toEqual({ headHash: last?.hash, isNew: true });
  });

  it('is for those who may read, is told by HEAD, and is refused in another form', async () => {
    expect((await fetched('csv', server.tokens.lab)).status).toBe(403);
    const head = await fetched('bundle', server.tokens.viewer, 'HEAD');
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/gzip',
      '',
    ]);
    const secret = server.tokens.viewer;
    const other = await server.rest('GET', `/v1/campaigns/${campaignId}/export?format=xlsx`, { secret });
    expect([other.status, other.body['field']]).toEqual([400, 'format']);
    const missing = await server.rest('GET', '/v1/campaigns/nothing/export', { secret });
    expect([missing.status, missing.body['code']]).toEqual([404, 'NOT_FOUND']);
    expect((await server.rest('GET', `/v1/campaigns/${campaignId}/export`)).status).toBe(401);
  });
});

describe('history over REST', () => {
  const table = 'Li3PO4 [%];Li3BO3 [%];Li2SO4 [%];conductivity [mS/cm]\n30;10;60;0,02\n40;10;50;0,01\n';
  const post = async (text: string, query = '', secret = server.tokens.planner) => {
    const answer = await fetch(`${server.url}/v1/campaigns/${campaignId}/history?name=old.csv${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
      body: text,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('says first what it would do, and then does it once', async () => {
    const dry = await post(table, '&dryRun=1');
    expect([dry.status, dry.body]).toEqual([
      200,
      expect.objectContaining({ experiments: 2, bad: 0, importId: null }),
    ]);
    const done = await post(table);
    expect(done.body).toMatchObject({ experiments: 2, measurements: 2, isRepeated: false });
    expect((await post(table)).body).toMatchObject({ importId: done.body['importId'], isRepeated: true });
    const { data } = await server.query<{ campaign: { spent: number } }>(
      'viewer',
      'query ($id: ID!) { campaign(id: $id) { spent } }',
      { id: campaignId },
    );
    expect(data.campaign.spent).toBe(3);
  });

  it('tells rows that are wrong, and brings in none', async () => {
    const wrong = `${table}10;10;80;lots\n`;
    const dry = await post(wrong, '&dryRun=1');
    expect(dry.body['badRows']).toEqual([
      { line: 4, column: 'conductivity [mS/cm]', reason: '"lots" is not a number' },
    ]);
    const refused = await post(wrong);
    expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_INPUT']);
    expect(refused.body['detail']).toContain('1 of 3 rows cannot be imported');
  });

  it('is for planners, in a map that is one, and not for ever', async () => {
    expect((await post(table, '', server.tokens.viewer)).status).toBe(403);
    expect((await post(table, '&map=[1]')).body).toMatchObject({ code: 'INVALID_INPUT', field: 'map' });
    expect((await post('x'.repeat(1_100_000))).body).toMatchObject({ code: 'TOO_LARGE' });
  });
});
