import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

/** As it is, where fetch would not send it. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

const labels = { 'ionloop-boot': 'b', 'idempotency-key': 'k' };

describe('a request by another method', () => {
  test.each([
    ['GET', '/lab/v1/claim', 'POST, OPTIONS'],
    ['DELETE', '/lab/v1/attempts/a/submit', 'POST, OPTIONS'],
    ['POST', '/health/ready', 'GET, HEAD, OPTIONS'],
    ['PATCH', `/lab/v1/artifacts/${'0'.repeat(64)}`, 'PUT, GET, HEAD, OPTIONS'],
    ['GET', '/auth/exchange/', 'POST, OPTIONS'],
  ])('%s %s gets 405 and learns which there are', async (method, path, allow) => {
    const answer = await server.rest(method, path, { secret: server.tokens.lab });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(answer.body).toMatchObject({ code: 'METHOD_NOT_ALLOWED', type: '/problems/METHOD_NOT_ALLOWED' });
  });

  test('OPTIONS is told them too', async () => {
    const { status, headers } = await server.rest('OPTIONS', '/lab/v1/claim');
    expect([status, headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });
});

describe('a body', () => {
  const beat = (contentType: string, body = '{"attempts":[]}') =>
    server.rest('POST', '/lab/v1/heartbeat', {
      secret: server.tokens.lab,
      headers: { ...labels, 'content-type': contentType },
      body,
    });

  test.each(['text/plain', 'application/xml', 'application/json-seq', 'application/json; charset=latin9'])(
    'that is %s is refused with 415',
    async (type) => {
      expect(await beat(type)).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    },
  );

  test('may say its charset', async () => {
    expect((await beat('Application/JSON; charset=utf-8')).body['code']).toBe('INVALID_STATE');
  });

  test.each(['', '{', '"text"', 'NaN', '{"attempts":[]}}', '\u0000'])(
    'that is %j is refused with 400',
    async (body) => {
      expect((await beat('application/json', body)).status).toBe(400);
    },
  );

  test('of another coding is refused with 415', async () => {
    const answer = await server.rest('POST', '/lab/v1/heartbeat', {
      secret: server.tokens.lab,
      headers: { ...labels, 'content-encoding': 'snappy' },
      body: '{}',
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  test('nested without end is refused', async () => {
    const deep = (times: number) => `{"seq":0,"partial":${'['.repeat(times)}${']'.repeat(times)}}`;
    for (const times of [40, 100_000]) {
      const answer = await server.rest('POST', '/lab/v1/attempts/a/partials', {
        secret: server.tokens.lab,
        headers: labels,
        body: deep(times),
      });
      expect([times, answer.status, answer.body['code']]).toEqual([times, 400, 'INVALID_INPUT']);
    }
  });
});

describe('a path', () => {
  test('that is not there is a problem', async () => {
    for (const path of ['/lab/v1/nothing', '/lab/v2/claim', '/lab/v1/attempts/a']) {
      const answer = await server.rest('POST', path, { secret: server.tokens.lab, body: {} });
      expect([path, answer.status, answer.body['code']]).toEqual([path, 404, 'NOT_FOUND']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('that cannot be read is refused with 400', async () => {
    for (const [id, code] of [
      ['%zz', 'BAD_REQUEST'],
      ['%00', 'INVALID_INPUT'],
      ['%20', 'INVALID_INPUT'],
      ['x'.repeat(201), 'INVALID_INPUT'],
      ['%ED%A0%80', 'BAD_REQUEST'],
    ] as const) {
      const answer = await server.rest('POST', `/lab/v1/attempts/${id}/start`, {
        secret: server.tokens.lab,
        headers: labels,
        body: { fence: 1, specHash: 'x' },
      });
      expect([id, answer.status, answer.body['code']]).toEqual([id, 400, code]);
    }
  });
});

test('what is no HTTP, and headers without end, are problems too', async () => {
  const garbled = await raw('GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n');
  expect(garbled).toMatch(/^HTTP\/1\.1 400 /);
  expect(garbled).toContain('"code":"BAD_REQUEST"');
  const large = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1\.1 431 /);
  expect(large).toContain('application/problem+json');
  const head = await raw(`HEAD / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
  expect(head).toMatch(/^HTTP\/1\.1 431 [^]*\r\n\r\n$/);
});

test('the document is served, and each problem leads to what it means', async () => {
  const { status, text } = await server.rest('GET', '/lab/v1/openapi.json');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ openapi: '3.1.0' });
  const refused = await server.rest('POST', '/lab/v1/claim', {
    secret: server.tokens.lab,
    headers: { 'ionloop-boot': 'b' },
    body: {},
  });
  expect(refused.body['code']).toBe('IDEMPOTENCY_KEY_MISSING');
  const page = await server.rest('GET', String(refused.body['type']));
  expect(page.body).toMatchObject({
    code: 'IDEMPOTENCY_KEY_MISSING',
    status: 400,
    title: refused.body['title'],
  });
  expect((await server.rest('GET', '/problems/nothing')).status).toBe(404);
});
