import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { labSchemaVersions } from '@ionloop/domain';
import { issueToken } from '@ionloop/engine';
import { randomUUID } from 'node:crypto';
import { bootApi } from '../src/index.js';
import { settingsFor, station, TestServer } from './support/server.js';
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

describe('the lab protocol by REST', () => {
  test('takes an experiment from the queue to an accepted value', async () => {
    await queued();
    const [work] = await robot.claim();
    expect(work).toMatchObject({
      experimentNumber: 1,
      campaignId: campaign,
      fence: 1,
      leaseSeconds: 60,
      heartbeatSeconds: 10,
      spec: { experiment: 1, unit: 'S/cm', temperatureC: 300, label: expect.stringContaining('Li3PO4') },
    });
    expect((await robot.start(work!)).body).toEqual({ attemptId: work!.attemptId });
    const beat = { attemptId: work!.attemptId, stage: 'sintering', progress: 0.4 };
    const { body } = await robot.post('/heartbeat', { attempts: [beat, { attemptId: 'unknown' }] });
    expect(body).toEqual({
      answers: [
        { attemptId: work!.attemptId, command: 'continue' },
        { attemptId: 'unknown', command: 'lease_lost' },
      ],
    });
    expect(await experimentOf(work!.experimentId)).toMatchObject({
      state: 'running',
      attempts: [{ state: 'started', stage: 'sintering', progress: 0.4, station: { name: station } }],
    });
    const partial = { seq: 0, partial: { furnaceC: 700 } };
    const append = () => robot.post(`/attempts/${work!.attemptId}/partials`, partial);
    expect((await append()).body).toEqual({ stored: true });
    expect((await append()).body).toEqual({ stored: false });
    const submitted = await robot.submit(work!, {
      property: 'ionic_conductivity',
      impedance: { resistanceOhm: 200, thicknessCm: 0.1, areaCm2: 1 },
      conditions: { electrode: 'Au' },
    });
    expect(submitted.body).toEqual({
      attemptId: work!.attemptId,
      disposition: 'accepted',
      measurementIds: [expect.any(String)],
    });
    const done = await experimentOf(work!.experimentId);
    expect(done).toMatchObject({
      state: 'accepted',
      approvedBy: 'a approver',
      attempts: [{ state: 'accepted', outcome: 'measured', lastSeenAt: null }],
      measurements: [{ unit: 'S/cm', status: 'accepted', conditions: { electrode: 'Au' } }],
    });
    expect(done['value']).toBeCloseTo(5e-4, 12);
  });

  test('answers a retry as it answered before, and refuses the key for anything else', async () => {
    await queued();
    const key = randomUUID();
    const claim = (max: number) => robot.post('/claim', { max, wait: 0 }, { 'idempotency-key': key });
    const first = await claim(1);
    expect((await claim(1)).text).toBe(first.text);
    expect(await claim(2)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const [work] = first.body['assignments'] as Assignment[];
    await robot.start(work!);
    const submit = (value: number) => robot.submit(work!, { ...conductivity, value }, 'the-result');
    const stored = await submit(1e-4);
    expect((await submit(1e-4)).text).toBe(stored.text);
    expect(await submit(2e-4)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  test('tells a second try to come back while the first is being answered, on whichever server', async () => {
    const second = await bootApi(settingsFor(server.database.url));
    const key = randomUUID();
    const ask = async (url: string, body: object, quoted = false): Promise<Response> =>
      fetch(`${url}/lab/v1/claim`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.tokens.lab}`,
          'content-type': 'application/json',
          'ionloop-boot': robot.bootId,
          'idempotency-key': quoted ? `"${key}"` : key,
        },
        body: JSON.stringify(body),
      });
    const first = ask(server.url, { max: 1, wait: 20 });
    await new Promise((passed) => setTimeout(passed, 500));
    for (const url of [server.url, second.url]) {
      const again = await ask(url, { max: 1, wait: 20 }, true);
      expect([again.status, again.headers.get('retry-after')]).toEqual([409, '1']);
      expect(await again.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_FLIGHT' });
      expect((await ask(url, { max: 2, wait: 20 })).status).toBe(422);
    }
    await queued();
    const answer = await (await first).text();
    expect(JSON.parse(answer)).toEqual({ assignments: [expect.anything()] });
    expect(await (await ask(second.url, { max: 1, wait: 20 }, true)).text()).toBe(answer);
    await second.close();
  });

  test('has a key in hand no longer than its server lives', async () => {
    const request = { scope: 'claim/x', key: randomUUID(), requestHash: 'h' };
    const { inFlight } = server.engine.store;
    expect((await inFlight.hold(request, 'a server that died', 0.3)).ours).toBe(true);
    expect((await inFlight.hold(request, 'another', 5)).ours).toBe(false);
    await new Promise((passed) => setTimeout(passed, 400));
    expect((await inFlight.hold(request, 'another', 5)).ours).toBe(true);
  });

  test('takes a key with or without its quotes, and nothing else', async () => {
    const claim = (key: string) => robot.post('/claim', { max: 1, wait: 0 }, { 'idempotency-key': key });
    for (const key of ['plain', '"with a space"', '"a \\" quote"', randomUUID(), 'a:b/c+d=']) {
      expect([key, (await claim(key)).status]).toEqual([key, 200]);
    }
    for (const key of ['two words', '"open', 'a, b', '"x";p=1', 'x'.repeat(201), '""']) {
      expect([key, (await claim(key)).body['field']]).toEqual([key, 'Idempotency-Key']);
    }
  });

  test('waits for work, and gives it out as soon as there is some', async () => {
    const startedAt = performance.now();
    const waiting = robot.claim(1, 20);
    await new Promise((passed) => setTimeout(passed, 300));
    await queued();
    expect(await waiting).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('gives nothing to a station that has gone away while it waited', async () => {
    const gone = new AbortController();
    const waiting = server.rest('POST', '/lab/v1/claim', {
      secret: server.tokens.lab,
      body: { max: 1, wait: 20 },
      headers: { 'ionloop-boot': robot.bootId, 'idempotency-key': randomUUID() },
      signal: gone.signal,
    });
    await new Promise((passed) => setTimeout(passed, 300));
    gone.abort();
    await expect(waiting).rejects.toBeDefined();
    await new Promise((passed) => setTimeout(passed, 200));
    await queued();
    await new Promise((passed) => setTimeout(passed, 1500));
    expect(await robot.claim()).toHaveLength(1);
  });

  test('names what a request lacks', async () => {
    expect(await robot.post('/claim', { max: 1, wait: 0 })).toMatchObject({
      status: 400,
      body: {
        code: 'IDEMPOTENCY_KEY_MISSING',
        title: 'Idempotency-Key is missing',
        status: 400,
        field: 'Idempotency-Key',
      },
    });
    const key = { 'idempotency-key': 'k' };
    const wrong = [
      ['/claim', { max: 1, wait: 26 }, 'wait'],
      ['/claim', { max: 33, wait: 0 }, 'max'],
      ['/claim', { max: 1, until: 3 }, 'until'],
      ['/claim', [], 'body'],
      ['/heartbeat', { attempts: [{ attemptId: 'a', progress: 2 }] }, 'attempts[0].progress'],
      ['/attempts/a/start', { fence: 1.5, specHash: 'x' }, 'fence'],
      ['/attempts/a/start', { fence: 1 }, 'specHash'],
      ['/attempts/a/partials', { seq: 0 }, 'partial'],
      ['/attempts/a/submit', { fence: 1, outcome: 'lost', measurements: [] }, 'outcome'],
      [
        '/attempts/a/submit',
        { fence: 1, outcome: 'measured', measurements: [{ property: 'x', value: '1' }] },
        'measurements[0].value',
      ],
      ['/register', { station, bootId: 'b', properties: 'all', schemaVersion: 1 }, 'properties'],
    ] as const;
    for (const [path, body, field] of wrong) {
      const answer = await robot.post(path, body, key);
      expect([path, answer.status, answer.body['code'], answer.body['field']]).toEqual([
        path,
        400,
        'INVALID_INPUT',
        field,
      ]);
    }
    const newer = { station, bootId: 'b', properties: [], schemaVersion: 2 };
    expect(await robot.post('/register', newer)).toMatchObject({
      status: 400,
      body: { code: 'UNSUPPORTED_SCHEMA' },
    });
    const bootless = await server.rest('POST', '/lab/v1/heartbeat', {
      secret: server.tokens.lab,
      body: { attempts: [] },
    });
    expect(bootless).toMatchObject({ status: 400, body: { field: 'Ionloop-Boot' } });
  });

  test('serves the version that it speaks and refuses an older and a newer one, naming those that it does', async () => {
    const register = (more: object) =>
      robot.post('/register', { station, bootId: robot.bootId, properties: ['ionic_conductivity'], ...more });
    const { oldest, newest } = labSchemaVersions;
    for (const schemaVersion of [oldest - 1, newest + 1]) {
      expect(await register({ schemaVersion })).toMatchObject({
        status: 400,
        body: { code: 'UNSUPPORTED_SCHEMA', field: 'schemaVersion', supported: { oldest, newest } },
      });
    }
    // One that was written before versions were said, and a newer one that goes back to what is spoken here.
    expect((await register({})).status).toBe(200);
    const stranger = await register({ schemaVersion: newest, dialect: 'new' });
    expect(stranger).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', field: 'dialect' } });
    const refused = await register({ schemaVersion: newest + 1, dialect: 'new' });
    expect(refused.body['code']).toBe('UNSUPPORTED_SCHEMA');
    const { supported } = refused.body as { supported: { newest: number } };
    expect((await register({ schemaVersion: supported.newest })).status).toBe(200);
    await queued();
    expect(await robot.claim()).toHaveLength(1);
  });

  test('refuses a body that is no JSON or too large', async () => {
    expect(await robot.post('/heartbeat', '{"attempts": [')).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST' },
    });
    const large = { attempts: [], note: 'x'.repeat(1024 * 1024) };
    expect(await robot.post('/heartbeat', large)).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  test('refuses a value that cannot be one, by name', async () => {
    await queued();
    const [work] = await robot.claim();
    await robot.start(work!);
    for (const measurement of [
      { ...conductivity, value: -1 },
      { ...conductivity, unit: 'K' },
      { ...conductivity, value: 1e9 },
    ]) {
      expect(await robot.submit(work!, measurement)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT', field: expect.stringMatching(/^measurements\[0\]/) },
      });
    }
    const infinite = `{"fence":1,"outcome":"measured","measurements":[{"property":"ionic_conductivity","value":1e999,"unit":"S/cm"}]}`;
    const answer = await robot.post(`/attempts/${work!.attemptId}/submit`, infinite, {
      'idempotency-key': 'i',
    });
    expect(answer).toMatchObject({ status: 400, body: { field: 'measurements[0].value' } });
    expect((await robot.submit(work!, conductivity)).body['disposition']).toBe('accepted');
  });

  test('token expired mid-run: what is in hand is submitted with a new one', async () => {
    const lab = { name: 'short', role: 'lab', station } as const;
    const short = await issueToken(server.engine, { ...lab, days: 1 });
    const early = new Station(server, short.secret);
    await early.register();
    await queued();
    const [work] = await early.claim();
    await early.start(work!);
    await server.sql(`UPDATE token SET expires_at = now() WHERE id = '${short.token.id}'`);
    expect(await early.submit(work!, conductivity, 'kept')).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    const renewed = await issueToken(server.engine, { ...lab, days: 1 });
    const answer = await server.rest('POST', `/lab/v1/attempts/${work!.attemptId}/submit`, {
      secret: renewed.secret,
      body: { fence: work!.fence, outcome: 'measured', measurements: [conductivity] },
      headers: { 'ionloop-boot': early.bootId, 'idempotency-key': 'kept' },
    });
    expect(answer).toMatchObject({ status: 200, body: { disposition: 'accepted' } });
  });

  test('draws an Arrhenius line through several temperatures', async () => {
    await queued();
    const [work] = await robot.claim();
    await robot.start(work!);
    const series = [250, 300, 350].map((temperatureC) => ({
      temperatureC,
      impedance: {
        resistanceOhm: 3e4 / (temperatureC - 200),
        thicknessCm: 0.1,
        areaCm2: 1,
        frequencyHz: { min: 1, max: 1e6 },
        fitModel: 'R(RQ)Q',
        residual: 0.01,
      },
    }));
    const answer = await robot.submit(work!, { property: 'ionic_conductivity', series });
    expect(answer.status).toBe(200);
    const { measurements } = (await experimentOf(work!.experimentId)) as {
      measurements: readonly { value: number; raw: { series: readonly object[]; arrhenius: object } }[];
    };
    expect(measurements[0]?.raw.series).toMatchObject(series);
    expect(measurements[0]?.raw.arrhenius).toMatchObject({ readAtC: 300, at25C: { unit: 'S/cm' } });
    expect(measurements[0]?.value).toBeCloseTo(3e-4, 3);
  });

  test('keeps a station to itself', async () => {
    const { secret } = await issueToken(server.engine, {
      name: 'other',
      role: 'lab',
      days: 1,
      station: 'robot-2',
    });
    const other = new Station(server, secret, 'robot-2');
    await other.register();
    const posing = { station, bootId: 'x', properties: [], schemaVersion: 1 };
    expect(await other.post('/register', posing)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN', field: 'station' },
    });
    await queued();
    const [work] = await robot.claim();
    expect(await other.start(work!)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await other.submit(work!, conductivity)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await other.post(`/attempts/${work!.attemptId}/partials`, { seq: 0, partial: 1 })).toMatchObject({
      status: 403,
    });
    const { body } = await other.post('/heartbeat', { attempts: [{ attemptId: work!.attemptId }] });
    expect(body).toEqual({ answers: [{ attemptId: work!.attemptId, command: 'lease_lost' }] });
  });

  test('says that the world has moved on', async () => {
    await queued();
    const [work] = await robot.claim();
    expect(await robot.start({ ...work!, specHash: 'another' })).toMatchObject({
      status: 409,
      body: { code: 'SPEC_CHANGED' },
    });
    expect(await robot.start({ ...work!, fence: 7 })).toMatchObject({
      status: 409,
      body: { code: 'LEASE_LOST' },
    });
    expect(await robot.start({ ...work!, attemptId: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    const restarted = new Station(server, server.tokens.lab);
    await restarted.register();
    expect(await robot.start(work!)).toMatchObject({ status: 409, body: { code: 'LEASE_LOST' } });
  });
});
