import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { bootApi } from '../src/index.js';
import { loadSettings } from '@ionloop/config';
import { usualLab } from '@ionloop/engine';
import { createCampaign } from './support/campaign.js';
import { settingsFor, TestServer } from './support/server.js';

let server: TestServer;
let logged = '';
const site = mkdtempSync(join(tmpdir(), 'ionloop-site-'));

beforeAll(async () => {
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString();
      done();
    },
  });
  server = await TestServer.start({ site, log: pino({ level: 'trace' }, sink) });
});
afterAll(async () => {
  await server.close();
  rmSync(site, { recursive: true });
});

test('a laboratory’s timing where nobody says otherwise is what the settings begin with', () => {
  expect(loadSettings({})).toMatchObject(usualLab);
});

describe('health', () => {
  test('is live and ready without a token', async () => {
    expect(await server.rest('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await server.rest('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: { database: 'ok', schema: 'ok', jobs: 'ok' } },
    });
  });

  test('names what is not there', async () => {
    const other = await TestServer.start();
    await other.database.drop();
    const answer = await other.rest('GET', '/health/ready');
    expect(answer).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { database: 'down' } },
    });
    expect(await other.rest('GET', '/health/live')).toMatchObject({ status: 200 });
    await other.close();
  });

  test('is told to Prometheus', async () => {
    await createCampaign(server);
    const { status, text, headers } = await server.rest('GET', '/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('ionloop_campaigns{state="active"} 1');
    expect(text).toMatch(/ionloop_events_written_total \d/);
    expect(text).toContain('ionloop_open_proposals 0');
    expect(text).toContain('ionloop_suspect_attempts 0');
    expect(text).toMatch(/ionloop_queue_depth\{job="reconcile"\} \d/);
    expect(text).toMatch(
      /ionloop_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} \d/,
    );
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).toContain('ionloop_record_up 1');
    expect(text).toContain('ionloop_queue_up 1');
    expect(text).toContain('ionloop_database_connections_max 10');
    expect(text).toMatch(/ionloop_database_statement_seconds_count\{outcome="done"\} [1-9]/);
    expect(text).toMatch(/ionloop_transaction_seconds_count\{outcome="done"\} [1-9]/);
  });
});

describe('metrics of a server that others can reach', () => {
  const scrape = async (on: TestServer, secret?: string): Promise<number> =>
    (await on.rest('GET', '/metrics', secret === undefined ? {} : { secret })).status;

  test('are told to who shows the token for it, or an admin’s of the whole instance', async () => {
    const open = await TestServer.start({}, { host: '0.0.0.0', metricsToken: 'of-the-scraper' });
    const { tokens } = open;
    expect(await scrape(open)).toBe(401);
    expect(await scrape(open, 'made-up')).toBe(401);
    expect(await scrape(open, tokens.viewer)).toBe(403);
    expect(await scrape(open, tokens.admin)).toBe(200);
    expect(await scrape(open, 'of-the-scraper')).toBe(200);
    const asked = await open.send('of-the-scraper', '{"query":"{ viewer { name } }"}');
    expect(asked.status).toBe(401);
    expect((await open.rest('GET', '/health/live')).status).toBe(200);
    await open.close();
  });

  test('are told to nobody else where no token is set', async () => {
    const open = await TestServer.start({}, { host: '0.0.0.0' });
    expect(await scrape(open)).toBe(401);
    expect(await scrape(open, open.tokens.lab)).toBe(403);
    expect(await scrape(open, open.tokens.admin)).toBe(200);
    await open.close();
  });

  test('name no campaign', async () => {
    const campaign = await createCampaign(server);
    const { text } = await server.rest('GET', '/metrics');
    expect(text).not.toContain(campaign);
    expect(text).not.toMatch(/\{[^}]*\b(campaign|workspace|token|station)=/);
  });
});

describe('the dashboard', () => {
  test('is asked to be built where it is not', async () => {
    const { status, text } = await server.rest('GET', '/');
    expect(status).toBe(503);
    expect(text).toContain('npm run build');
  });

  test('is served with its assets kept for ever and its pages routed by itself', async () => {
    mkdirSync(join(site, 'assets'));
    writeFileSync(join(site, 'index.html'), '<title>Ionloop</title>');
    writeFileSync(join(site, 'assets', 'index-abc123.js'), 'export {}');
    for (const path of ['/', '/campaigns/42', '/stations?x=1']) {
      const page = await server.rest('GET', path);
      expect([path, page.status, page.text]).toEqual([path, 200, '<title>Ionloop</title>']);
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
    const asset = await server.rest('GET', '/assets/index-abc123.js');
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await server.rest('GET', '/assets/gone.js')).status).toBe(404);
    expect((await server.rest('GET', '/../../package.json')).text).not.toContain('"name"');
    expect((await server.rest('GET', '/lab/v1/nothing')).body['code']).toBe('NOT_FOUND');
  });

  test('may load and connect to its own server alone', async () => {
    const { headers } = await server.rest('GET', '/');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });
});

describe('an operation that asks for too much', () => {
  const refused = async (
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<string | undefined> => {
    const { status, errors } = await server.query('viewer', query, variables);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'QUERY_TOO_LARGE']);
    return errors?.[0]?.message;
  };

  test('by its aliases is refused', async () => {
    const many = Array.from(
      { length: loadSettings({}).graphqlAliases + 1 },
      (_, i) => `a${i}: viewer { name }`,
    ).join(' ');
    expect(await refused(`{ ${many} }`)).toContain('aliases');
  });

  test('by its pages is refused, whichever way it says how long they are', async () => {
    const inner = 'edges { node { label attempts { station { name } } measurements { value raw } } }';
    const twice = (first: string) => `campaigns { nodes { experiments(first: ${first}) { ${inner} } } }`;
    const list = (first: string) =>
      `{ ${['a', 'b', 'c', 'd', 'e'].map((x) => `${x}: ${twice(first)}`).join(' ')} }`;
    expect(await refused(list('500'))).toContain('cost');
    expect(await refused(`query ($n: Int) ${list('$n')}`, { n: 500 })).toContain('cost');
    expect(await refused(`query ($n: Int = 500) ${list('$n')}`)).toContain('cost');
    expect((await server.query('viewer', list('5'))).errors).toBeUndefined();
  });

  test('by fragments that multiply is refused without being unfolded', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, i) => `fragment f${i} on Viewer { ...f${i + 1} ...f${i + 1} }`,
    ).join(' ');
    const startedAt = performance.now();
    await refused(`{ viewer { ...f0 } } ${fragments} fragment f40 on Viewer { name }`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('may still be the standard introspection', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { errors } = await server.query('viewer', getIntrospectionQuery());
    expect(errors).toBeUndefined();
  });

  test('several in one request are refused', async () => {
    const { status } = await server.send(
      server.tokens.viewer,
      JSON.stringify([{ query: '{ viewer { name } }' }]),
    );
    expect(status).toBe(400);
  });

  test('a query by a link of another site is refused', async () => {
    const { status } = await server.rest('GET', '/graphql?query=%7Bviewer%7Bname%7D%7D', {
      secret: server.tokens.viewer,
    });
    expect(status).toBe(400);
  });
});

describe('what goes wrong inside', () => {
  beforeAll(() =>
    server.sql('alter table campaign rename to campaign_lost; alter table station rename to station_lost'),
  );
  afterAll(() =>
    server.sql('alter table campaign_lost rename to campaign; alter table station_lost rename to station'),
  );
  const telling = /select|relation|campaign|station|\.ts|at /i;

  test('is told by a reference, without a stack or a statement', async () => {
    const { errors } = await server.query('viewer', '{ campaigns { nodes { name } } }');
    const { message, extensions } = errors![0]!;
    expect(extensions).toEqual({ code: 'INTERNAL', correlationId: expect.any(String) });
    expect(message).not.toMatch(telling);
    expect(logged).toContain(extensions.correlationId);
  });

  test('by REST too', async () => {
    const headers = { 'ionloop-boot': 'b' };
    const beats = { attempts: [] };
    const answer = await server.rest('POST', '/lab/v1/heartbeat', {
      secret: server.tokens.lab,
      headers,
      body: beats,
    });
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'INTERNAL', title: 'Something went wrong inside' },
    });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.text).not.toMatch(telling);
  });
});

test('the log has each request and no secret', async () => {
  await server.rest('GET', `/health/live?token=${server.tokens.admin}`, {
    headers: { 'x-request-id': 'mine-1' },
  });
  await server.query('admin', '{ viewer { name } }');
  await new Promise((passed) => setTimeout(passed, 50));
  const lines = logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({ requestId: 'mine-1', path: '/health/live', status: 200 }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ path: '/graphql', method: 'POST', status: 200 }));
  for (const secret of Object.values(server.tokens)) expect(logged).not.toContain(secret);
});

test('a second server on the same port says which port and which setting', async () => {
  const { port } = new URL(server.url);
  const second = bootApi(settingsFor(server.database.url, Number(port)));
  await expect(second).rejects.toThrow(`port ${port} is in use; set IONLOOP_PORT to another one`);
});

test('ending answers a station that waits, and closes everything within three seconds', async () => {
  const other = await TestServer.start();
  const headers = { 'ionloop-boot': 'b', 'idempotency-key': 'k' };
  const secret = other.tokens.lab;
  await other.rest('POST', '/lab/v1/register', {
    secret,
    body: { station: 'robot-1', bootId: 'b', properties: [], schemaVersion: 1 },
  });
  const waiting = other.rest('POST', '/lab/v1/claim', { secret, headers, body: { max: 1, wait: 20 } });
  await new Promise((passed) => setTimeout(passed, 300));
  const startedAt = performance.now();
  await other.api.close();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(await waiting).toMatchObject({ status: 200, body: { assignments: [] } });
  await other.close();
});
