import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { issueToken } from '@ionloop/engine';
import { sha256Of, someBytes } from '@ionloop/engine/testing';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { bootApi } from '../src/index.js';
import { tinyFileSystem } from '../../../libs/persistence/test/support/tiny-file-system.js';
import { settingsFor, TestServer } from './support/server.js';

let server: TestServer;
let other: string;
beforeAll(async () => {
  server = await TestServer.start();
  const token = { name: 'another lab', role: 'lab', station: 'robot-2', days: 1 } as const;
  other = (await issueToken(server.engine, token)).secret;
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly body: Record<string, unknown>;
}

async function ask(
  method: string,
  path: string,
  options: { secret?: string; headers?: Record<string, string>; body?: Uint8Array; url?: string } = {},
): Promise<Answer> {
  const { secret = server.tokens.lab, headers = {}, body, url = server.url } = options;
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${secret}`, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') === true && method !== 'GET';
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    body: isJson && bytes.length > 0 ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {},
  };
}

const pathOf = (bytes: Uint8Array): string => `/lab/v1/artifacts/${sha256Of(bytes)}`;
const put = (bytes: Uint8Array, options: Parameters<typeof ask>[2] = {}): Promise<Answer> =>
  ask('PUT', pathOf(bytes), { body: bytes, ...options });
const putPart = (bytes: Uint8Array, from: number, to: number, options: Parameters<typeof ask>[2] = {}) =>
  put(bytes, {
    body: bytes.subarray(from, to),
    headers: { 'content-range': `bytes ${from}-${to - 1}/${bytes.byteLength}` },
    ...options,
  });
const arrived = async (bytes: Uint8Array, secret?: string): Promise<[number, string | null]> => {
  const { status, headers } = await ask('HEAD', pathOf(bytes), secret === undefined ? {} : { secret });
  return [status, headers.get('upload-offset')];
};

/** Everything in the folder of artifacts, however it is called. */
const stored = (home = server.home): readonly string[] =>
  readdirSync(join(home, 'artifacts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** Sends the head of a request and so much of its body, by a socket of its own that can be cut. */
function dribble(bytes: Uint8Array, sent: number, headers: readonly string[] = []) {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  socket.on('error', () => undefined);
  const lines = [
    `PUT ${pathOf(bytes)} HTTP/1.1`,
    `host: ${hostname}`,
    `authorization: Bearer ${server.tokens.lab}`,
    `content-length: ${bytes.byteLength}`,
    ...headers,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (sent > 0) socket.write(bytes.subarray(0, sent));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, closed, said: () => said };
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 100_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not in 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('an upload', () => {
  test('is taken whole, once, and known from then on', async () => {
    const bytes = someBytes(5000, 11);
    const first = await put(bytes, { headers: { 'content-type': 'image/png' } });
    expect([first.status, first.body]).toEqual([
      201,
      { sha256: sha256Of(bytes), complete: true, bytes: 5000 },
    ]);
    expect(first.headers.get('etag')).toBe(`"${sha256Of(bytes)}"`);
    expect((await put(bytes, { secret: other })).status).toBe(200);
    expect(await arrived(bytes)).toEqual([200, '5000']);
    const [row] = await server.engine.store.artifacts.find([sha256Of(bytes)]);
    expect(row).toMatchObject({ bytes: 5000, mediaType: 'image/png', station: 'robot-1' });
  });

  test('of JSON is bytes like any other, however large and however wrong', async () => {
    const bytes = Buffer.from(`{"not": json ${' '.repeat(300_000)}`);
    const { status } = await put(bytes, { headers: { 'content-type': 'application/json' } });
    expect(status).toBe(201);
  });

  test('goes on where it was cut, told by HEAD', async () => {
    const bytes = someBytes(60_000, 12);
    const { socket, closed } = dribble(bytes, 40_000);
    await until('40 000 bytes arrived', async () => (await arrived(bytes))[1] === '40000');
    socket.destroy();
    await closed;
    expect(await arrived(bytes)).toEqual([404, '40000']);
    expect(await arrived(bytes, other)).toEqual([404, '0']);
    expect((await ask('GET', pathOf(bytes))).status).toBe(404);
    const partly = await putPart(bytes, 40_000, 50_000);
    expect([partly.status, partly.body['complete'], partly.headers.get('upload-offset')]).toEqual([
      202,
      false,
      '50000',
    ]);
    expect((await putPart(bytes, 50_000, 60_000)).status).toBe(201);
    expect((await ask('GET', pathOf(bytes))).bytes.equals(bytes)).toBe(true);
  });

  test('in ranges out of order is told the offset that is wanted', async () => {
    const bytes = someBytes(3000, 13);
    const early = await putPart(bytes, 1000, 2000);
    expect([early.status, early.body['code'], early.headers.get('upload-offset')]).toEqual([
      409,
      'UPLOAD_OFFSET',
      '0',
    ]);
    expect((await putPart(bytes, 0, 1000)).status).toBe(202);
    const again = await putPart(bytes, 0, 1000);
    expect([again.status, again.headers.get('upload-offset')]).toEqual([409, '1000']);
    const skipped = await putPart(bytes, 2000, 3000);
    expect([skipped.status, skipped.headers.get('upload-offset')]).toEqual([409, '1000']);
    expect((await putPart(bytes, 1000, 3000)).status).toBe(201);
  });

  test.each(['bytes 0-1/', 'bytes 5-2/10', 'bytes 0-99/50', 'lines 1-2/3', 'bytes 0-5/100', 'bytes */'])(
    'with the range "%s" is refused',
    async (range) => {
      const bytes = someBytes(50, 14);
      const { status, body } = await put(bytes, { headers: { 'content-range': range } });
      expect([status, body['field']]).toEqual([400, 'Content-Range']);
      expect(await arrived(bytes)).toEqual([404, '0']);
    },
  );

  test('of which all has arrived is checked when that is asked for', async () => {
    const bytes = someBytes(3000, 15);
    const early = await put(bytes, { body: new Uint8Array(), headers: { 'content-range': 'bytes */3000' } });
    expect([early.status, early.headers.get('upload-offset')]).toEqual([409, '0']);
    await putPart(bytes, 0, 3000);
    const late = await put(bytes, { body: new Uint8Array(), headers: { 'content-range': 'bytes */3000' } });
    expect([late.status, late.body['complete']]).toEqual([200, true]);
  });

  test('with another hash is refused, and leaves nothing behind', async () => {
    const before = stored();
    const [bytes, wrong] = [someBytes(2000, 16), someBytes(2000, 17)];
    const whole = await put(bytes, { body: wrong });
    expect([whole.status, whole.body['code'], whole.body['field']]).toEqual([
      422,
      'CHECKSUM_MISMATCH',
      'sha256',
    ]);
    expect(await arrived(bytes)).toEqual([404, '0']);
    await putPart(bytes, 0, 1000, { body: wrong.subarray(0, 1000) });
    expect((await putPart(bytes, 1000, 2000)).status).toBe(422);
    expect(await arrived(bytes)).toEqual([404, '0']);
    expect(stored()).toEqual(before);
    expect(await server.engine.store.artifacts.find([sha256Of(bytes)])).toEqual([]);
    expect((await put(bytes)).status).toBe(201);
  });

  test('of the same hash by ten at a time is stored once', async () => {
    const bytes = someBytes(100_000, 18);
    const secrets = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? server.tokens.lab : other));
    const answers = await Promise.all(secrets.map((secret) => put(bytes, { secret })));
    expect(new Set(answers.map(({ status }) => status)).size).toBeLessThanOrEqual(2);
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(stored().filter((name) => name === sha256Of(bytes))).toHaveLength(1);
    expect((await ask('GET', pathOf(bytes))).bytes.equals(bytes)).toBe(true);
  });

  test('is not spoilt by another station that sends nonsense under its hash', async () => {
    const [bytes, nonsense] = [someBytes(4000, 19), someBytes(4000, 20)];
    await putPart(bytes, 0, 2000);
    await putPart(bytes, 0, 3000, { body: nonsense.subarray(0, 3000), secret: other });
    const spoilt = await putPart(bytes, 3000, 4000, { secret: other });
    expect(spoilt.status).toBe(422);
    expect((await putPart(bytes, 2000, 4000)).status).toBe(201);
  });

  test('that is too large is refused before its body is read', async () => {
    const bytes = someBytes(10, 21);
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest({
        hostname,
        port,
        path: pathOf(bytes),
        method: 'PUT',
        headers: { authorization: `Bearer ${server.tokens.lab}`, 'content-length': 1_000_001 },
      });
      sent.on('response', ({ statusCode }) => {
        resolve(statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      // Not one byte of the body is sent.
      sent.flushHeaders();
    });
    expect(status).toBe(413);
    const ranged = await put(bytes, { headers: { 'content-range': 'bytes 0-9/1000001' } });
    expect([ranged.status, ranged.body['code']]).toEqual([413, 'TOO_LARGE']);
  });

  test('without a length is cut off where it gets too large', async () => {
    const before = stored();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
    });
    const answer = await fetch(`${server.url}${pathOf(someBytes(1))}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.tokens.lab}` },
      body: endless,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(answer);
    expect(stored()).toEqual(before);
  });

  test('that asks first is told to go on only where its bytes are wanted', async () => {
    const [known, fresh] = [someBytes(2000, 22), someBytes(2000, 23)];
    await put(known);
    const said = async (bytes: Buffer): Promise<string> => {
      const { socket, said } = dribble(bytes, 0, ['expect: 100-continue']);
      await until('an answer', () => said().includes('\r\n\r\n'));
      if (said().startsWith('HTTP/1.1 100')) {
        socket.write(bytes);
        await until('the last answer', () => said().includes('"complete"'));
      }
      socket.destroy();
      return said();
    };
    expect(await said(known)).toMatch(/^HTTP\/1.1 200 /);
    expect(await said(fresh)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
    // Other requests that ask are told at once, as ever.
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.write(
      `POST /lab/v1/heartbeat HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\ncontent-type: application/json\r\nauthorization: Bearer ${server.tokens.lab}\r\n\r\n`,
    );
    await until('100', () => heard.startsWith('HTTP/1.1 100'));
    socket.destroy();
  });

  test('is refused to a token of no station, and under a name that is no hash', async () => {
    const bytes = someBytes(10, 24);
    expect((await put(bytes, { secret: server.tokens.admin })).status).toBe(400);
    expect((await ask('PUT', '/lab/v1/artifacts/..%2f..%2fetc', { body: bytes })).status).toBe(400);
    const capitals = `/lab/v1/artifacts/${sha256Of(bytes).toUpperCase()}`;
    expect((await ask('PUT', capitals, { body: bytes })).status).toBe(400);
    expect((await put(bytes, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
  });

  test('whose process died between the file and its row is known after the repeat', async () => {
    const bytes = someBytes(700, 25);
    await put(bytes);
    await server.sql(`DELETE FROM artifact WHERE sha256 = '${sha256Of(bytes)}'`);
    expect((await ask('GET', pathOf(bytes))).status).toBe(404);
    expect((await put(bytes)).status).toBe(200);
    expect((await ask('GET', pathOf(bytes))).status).toBe(200);
  });
});

describe('a download', () => {
  const bytes = someBytes(1000, 30);
  const path = `/artifacts/${sha256Of(bytes)}`;
  const get = (headers: Record<string, string> = {}, query = ''): Promise<Answer> =>
    ask('GET', path + query, { secret: server.tokens.viewer, headers });
  beforeAll(async () => {
    await put(bytes, { headers: { 'content-type': 'text/html' } });
  });

  test('is a file to keep, never a page', async () => {
    const { status, headers, bytes: got } = await get({}, '?name=Nyquist%20%22%C3%BC%22.html');
    expect(status).toBe(200);
    expect(got.equals(bytes)).toBe(true);
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="Nyquist ___.html"; filename*=UTF-8\'\'Nyquist%20%22%C3%BC%22.html',
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('content-length')).toBe('1000');
  });

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=990-', 990, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=-5000', 0, 1000],
    ['bytes=500-5000', 500, 1000],
  ])('of the range %s gives that', async (range, from, to) => {
    const { status, headers, bytes: got } = await get({ range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/1000`);
    expect(got.equals(bytes.subarray(from, to))).toBe(true);
  });

  test('of a range that lies outside is refused, and of one that is none is all', async () => {
    const outside = await get({ range: 'bytes=1000-' });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    expect((await get({ range: 'bytes=0-1,5-6' })).status).toBe(200);
    expect((await get({ range: 'bytes=7-5' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  test('of what one has already is not sent again', async () => {
    const { status, bytes: got } = await get({ 'if-none-match': `"x", "${sha256Of(bytes)}"` });
    expect([status, got.length]).toEqual([304, 0]);
  });

  test('of what the folder has lost says so', async () => {
    const lost = someBytes(100, 31);
    await put(lost);
    const sha256 = sha256Of(lost);
    rmSync(join(server.home, 'artifacts', 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    const answer = await ask('GET', `/artifacts/${sha256}`, { secret: server.tokens.viewer });
    expect(answer.status).toBe(404);
    expect((await put(lost)).status).toBe(201);
  });

  test('is for those who may read, and for no lab', async () => {
    expect((await ask('GET', path, { secret: server.tokens.lab })).status).toBe(403);
    expect((await ask('HEAD', path, { secret: server.tokens.planner })).status).toBe(200);
    expect((await fetch(server.url + path)).status).toBe(401);
  });
});

const tiny = tinyFileSystem(400);
(tiny ? describe : describe.skip)('disk-full: artifacts on a file system without room', () => {
  afterAll(() => tiny?.remove());
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  test('are refused clearly, nothing is stored by half, and it goes on when there is room', async () => {
    const folder = join(tiny?.folder ?? '', 'artifacts');
    const settings = { ...settingsFor(server.database.url), home: server.home, artifactsFolder: folder };
    const api = await bootApi(settings);
    closing.push(() => api.close());
    const hog = join(tiny?.folder ?? '', 'hog');
    writeFileSync(hog, Buffer.alloc(200_000));
    const bytes = someBytes(300_000, 40);
    const full = await put(bytes, { url: api.url });
    expect([full.status, full.body['code']]).toEqual([507, 'STORAGE_FULL']);
    expect(full.body['detail']).toContain('no room');
    expect(stored(tiny?.folder)).toEqual([]);
    expect(await server.engine.store.artifacts.find([sha256Of(bytes)])).toEqual([]);

    rmSync(hog);
    expect((await put(bytes, { url: api.url })).status).toBe(201);
    expect((await ask('GET', pathOf(bytes), { url: api.url })).bytes.equals(bytes)).toBe(true);
    expect(stored(tiny?.folder)).toEqual([sha256Of(bytes)]);
  });
});
