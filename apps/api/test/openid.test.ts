import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IonloopError } from '@ionloop/domain';
import { createClient } from 'graphql-ws';
import { type CloseEvent, WebSocket } from 'ws';
import { pino } from 'pino';
import { nowSeconds, TestIssuer } from '../../../test/support/issuer.js';
import { type IssuedParts, ofIssuer, type OfIssuer } from '../src/access/openid/issued.js';
import type { KeyCare } from '../src/access/openid/issuer-keys.js';
import { addExperiment, createCampaign, points, ternary } from './support/campaign.js';
import { settingsFor, TestServer } from './support/server.js';

const care: KeyCare = { freshSeconds: 600, lastSeconds: 3600, pauseSeconds: 30 };

describe('a token of an issuer', () => {
  let issuer: TestIssuer;
  let server: TestServer;
  beforeAll(async () => {
    issuer = await TestIssuer.open();
    const options = { keys: { ...care, pauseSeconds: 0 }, sockets: { tokenCheckMs: 50 } };
    server = await TestServer.start(options, {
      ...issuer.settings,
      oidcClockSeconds: 0,
      oidcWorkspaceClaim: 'lab.groups',
      oidcWorkspaces: [
        { word: 'elsewhere', means: 'nowhere' },
        { word: 'batteries', means: 'other' },
        { word: '*', means: 'default' },
      ],
    });
    await server.engine.store.workspaces.add({ id: 'other', name: 'The other one' });
  });
  afterAll(async () => {
    await server.close();
    await issuer.stop();
  });

  const groups = { lab: { groups: ['*'] } };
  const good = (claims: Readonly<Record<string, unknown>> = {}) => issuer.token({ ...groups, ...claims });
  const ask = <T = unknown>(secret: string, query: string, variables = {}) =>
    server.send<T>(secret, JSON.stringify({ query, variables }));
  const viewer = '{ viewer { name role workspace instance } }';

  test('says who one is, and what one may do', async () => {
    expect((await ask(await good(), viewer)).data).toEqual({
      viewer: { name: 'Ada Lovelace', role: 'planner', workspace: 'default', instance: false },
    });
    const fromTheOther = await good({ roles: 'openid ionloop-viewer', lab: { groups: ['x', 'batteries'] } });
    expect((await ask(fromTheOther, viewer)).data).toMatchObject({
      viewer: { role: 'viewer', workspace: 'other' },
    });
    const refused = await ask(await good(), '{ tokens { id } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('counts where REST is asked, and sees its own workspace alone', async () => {
    const campaign = await createCampaign(server);
    const path = `/v1/campaigns/${campaign}/export?format=csv`;
    expect((await server.rest('GET', path, { secret: await good() })).status).toBe(200);
    const other = await good({ lab: { groups: 'batteries' } });
    expect((await server.rest('GET', path, { secret: other })).status).toBe(404);
    expect((await server.rest('GET', path, { secret: issuer.unsigned(groups) })).status).toBe(401);
  });

  test('is named in the record with its issuer and subject', async () => {
    const { data } = await ask<{ createCampaign: { campaign: { id: string } } }>(
      await good({ name: undefined, preferred_username: 'ada.l' }),
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message } } }',
      { input: ternary },
    );
    const { campaign } = data.createCampaign;
    const [event] = await server.engine.store.read.events(campaign.id, 0, 1);
    const via = { kind: 'oidc', issuer: issuer.url, subject: 'ada' };
    expect(event?.actor).toEqual({ kind: 'person', name: 'ada.l', via });
  });

  test.each<[string, RegExp, string, () => Promise<string>]>([
    ['has expired', /has expired/, 'UNAUTHENTICATED', () => good({ exp: nowSeconds() - 60 })],
    ['never expires', /has no exp/, 'UNAUTHENTICATED', () => good({ exp: undefined })],
    ['is nobody’s', /has no sub/, 'UNAUTHENTICATED', () => good({ sub: undefined })],
    ['is not valid yet', /not valid yet/, 'UNAUTHENTICATED', () => good({ nbf: nowSeconds() + 3600 })],
    ['is for somebody else', /another service/, 'UNAUTHENTICATED', () => good({ aud: 'wiki' })],
    ['is of another issuer', /another issuer/, 'UNAUTHENTICATED', () => good({ iss: `${issuer.url}/` })],
    ['is not signed', /algorithm|signed/, 'UNAUTHENTICATED', () => Promise.resolve(issuer.unsigned(groups))],
    [
      'is signed with the public key as a secret',
      /algorithm/,
      'UNAUTHENTICATED',
      () => Promise.resolve(issuer.confused(groups)[0] ?? ''),
    ],
    [
      'is signed with its modulus as a secret',
      /algorithm/,
      'UNAUTHENTICATED',
      () => Promise.resolve(issuer.confused(groups)[1] ?? ''),
    ],
    ['is signed by somebody else’s key', /not one that/, 'UNAUTHENTICATED', () => issuer.forged(groups)],
    [
      'names a key that is not there',
      /a key that its issuer does not have/,
      'UNAUTHENTICATED',
      () => issuer.token(groups, 'made-up'),
    ],
    ['gives no role', /has no role here/, 'FORBIDDEN', () => good({ roles: ['staff'] })],
    ['says roles in no words', /has no role here/, 'FORBIDDEN', () => good({ roles: [{ admin: true }, 7] })],
    ['names no workspace', /has no workspace here/, 'FORBIDDEN', () => good({ lab: {} })],
    [
      'names a workspace that is not there',
      /nowhere, which is not there/,
      'FORBIDDEN',
      () => good({ lab: { groups: ['elsewhere', '*'] } }),
    ],
    ['is torn', /./, 'UNAUTHENTICATED', async () => (await good()).slice(0, -9)],
  ])('that %s is refused', async (_, why, code, made) => {
    const secret = await made();
    const { status, errors } = await ask(secret, viewer);
    expect([status, errors?.[0]?.extensions.code]).toEqual([code === 'FORBIDDEN' ? 403 : 401, code]);
    expect(errors?.[0]?.message).toMatch(why);
    const rest = await server.rest('GET', '/v1/campaigns/none/export', { secret });
    expect([rest.status, rest.body['code']]).toEqual([status, code]);
  });

  test('stands beside tokens of ours', async () => {
    const { data } = await server.query('viewer', viewer);
    expect(data).toMatchObject({ viewer: { name: 'a viewer', role: 'viewer' } });
  });

  test('opens a socket that ends when the token does', async () => {
    // A slow machine gets more time to connect before the token ends.
    for (let seconds = 3; ; seconds *= 2) {
      const campaign = await createCampaign(server);
      const closed = await followUntilItCloses(campaign, await good({ exp: nowSeconds() + seconds }));
      if (closed.heard === 0 && seconds < 40) continue;
      expect(closed.heard).toBe(1);
      expect(closed.code).toBe(4403);
      return;
    }
  }, 120_000);

  test('with a key that was exchanged for another counts, and the old one does not', async () => {
    const before = await good();
    expect((await ask(before, viewer)).status).toBe(200);
    await issuer.rotate('ES256');
    expect((await ask(await good(), viewer)).status).toBe(200);
    const { status, errors } = await ask(before, viewer);
    expect([status, errors?.[0]?.message]).toEqual([
      401,
      'this token is signed by a key that its issuer does not have',
    ]);
  });

  test('counts while the issuer is down, as its keys are known', async () => {
    const secret = await good();
    expect((await ask(secret, viewer)).status).toBe(200);
    await issuer.stop();
    expect((await ask(secret, viewer)).status).toBe(200);
    await issuer.start();
  });

  /** How many events came, and by which code it was closed. */
  async function followUntilItCloses(
    campaign: string,
    secret: string,
  ): Promise<{ readonly heard: number; readonly code: number }> {
    let heard = 0;
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${secret}` },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
    });
    const closed = new Promise<number>((resolve) => {
      client.on('closed', (event) => resolve((event as CloseEvent).code));
    });
    client.subscribe(
      {
        query: `subscription ($campaign: ID!) { campaignEvents(campaign: $campaign, after: 2) { seq } }`,
        variables: { campaign },
      },
      { next: () => (heard += 1), error: () => undefined, complete: () => undefined },
    );
    await addExperiment(server, campaign, points[0] ?? {});
    const code = await closed;
    await client.dispose();
    return { heard, code };
  }
});

describe('an issuer', () => {
  let issuer: TestIssuer;
  let now = 0;
  const workspaces: IssuedParts['workspaces'] = {
    byId: (id) => Promise.resolve({ id, name: id, createdAt: '' }),
  };
  const believing = (change: Partial<IssuedParts['settings']> = {}): OfIssuer => {
    const settings = { ...settingsFor('postgres://unused'), ...issuer.settings, ...change };
    const log = pino({ level: 'silent' });
    const seconds = (): number => now;
    return ofIssuer({ settings, workspaces, seconds, log, care })!;
  };
  const codeOf = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'let in',
      (error: unknown) => (error instanceof IonloopError ? error.code : String(error)),
    );
  beforeAll(async () => (issuer = await TestIssuer.open()));
  afterAll(() => issuer.stop());

  test('is asked once for many, and for made-up keys no more often than the pause', async () => {
    const who = believing();
    issuer.asked = 0;
    const secret = await issuer.token();
    await Promise.all(Array.from({ length: 20 }, () => who(secret)));
    expect(issuer.asked).toBe(1);
    const guess = await issuer.token({}, 'made-up');
    for (let i = 0; i < 20; i += 1) expect(await codeOf(who(guess))).toBe('UNAUTHENTICATED');
    expect(issuer.asked).toBe(1);
    now += care.pauseSeconds;
    for (let i = 0; i < 20; i += 1) expect(await codeOf(who(guess))).toBe('UNAUTHENTICATED');
    expect(issuer.asked).toBe(2);
    now += care.freshSeconds;
    await who(secret);
    expect(issuer.asked).toBe(3);
  });

  test('that takes a key back is believed once keys are asked for again', async () => {
    const who = believing();
    const before = await issuer.token();
    await who(before);
    await issuer.rotate('PS256');
    expect(await codeOf(who(before))).toBe('let in');
    now += care.freshSeconds;
    expect(await codeOf(who(before))).toBe('UNAUTHENTICATED');
    expect(await codeOf(who(await issuer.token()))).toBe('let in');
  });

  test('that is down lets its known keys go on, for a while', async () => {
    const who = believing();
    const secret = await issuer.token();
    await who(secret);
    await issuer.stop();
    now += care.freshSeconds;
    expect(await codeOf(who(secret))).toBe('let in');
    now += care.lastSeconds;
    expect(await codeOf(who(secret))).toBe('UNAVAILABLE');
    await issuer.start();
    now += care.pauseSeconds;
    expect(await codeOf(who(secret))).toBe('let in');
  });

  test('that was never reached is told as such, and asked again soon', async () => {
    await issuer.stop();
    const who = believing();
    const secret = await issuer.token();
    expect(await codeOf(who(secret))).toBe('UNAVAILABLE');
    await issuer.start();
    expect(await codeOf(who(secret))).toBe('UNAVAILABLE');
    now += 2;
    expect(await codeOf(who(secret))).toBe('let in');
  });

  test('whose discovery speaks for another is not believed', async () => {
    issuer.claims = 'http://127.0.0.1:1/realm';
    const secret = await issuer.token();
    expect(await codeOf(believing()(secret))).toBe('UNAVAILABLE');
    // The keys themselves may be named, and discovery is then not asked.
    expect(await codeOf(believing({ oidcKeys: `${issuer.url}/keys` })(secret))).toBe('let in');
    issuer.claims = null;
  });

  test('signs only by algorithms that are taken', async () => {
    const secret = await issuer.token();
    expect(await codeOf(believing({ oidcAlgorithms: ['EdDSA'] })(secret))).toBe('UNAUTHENTICATED');
    await issuer.rotate('EdDSA');
    expect(await codeOf(believing({ oidcAlgorithms: ['EdDSA'] })(await issuer.token()))).toBe('let in');
  });

  test('may have a clock that is a little off', async () => {
    const late = await issuer.token({ exp: nowSeconds() - 10, nbf: nowSeconds() + 10 });
    expect(await codeOf(believing({ oidcClockSeconds: 300 })(late))).toBe('let in');
    expect(await codeOf(believing({ oidcClockSeconds: 0 })(late))).toBe('UNAUTHENTICATED');
  });

  test('is read for the workspace’s id where no words stand for one', async () => {
    const who = believing({ oidcWorkspaceClaim: 'https://lab.example/ws', oidcNameClaim: 'nick' });
    const token = (workspace: unknown) => issuer.token({ 'https://lab.example/ws': workspace });
    expect(await who(await token('alpha'))).toMatchObject({ workspace: 'alpha', name: 'ada', station: null });
    expect(await codeOf(who(await token(['alpha', 'beta'])))).toBe('FORBIDDEN');
  });

  test('makes one who may do everything only by the word for it', async () => {
    const oidcRoles = [
      { word: 'operators', means: 'instance' },
      { word: 'heads', means: 'admin' },
    ] as const;
    const who = believing({ oidcRoles, oidcRoleClaim: 'realm.roles' });
    const token = (roles: readonly string[]) => issuer.token({ realm: { roles } });
    expect(await who(await token(['heads']))).toMatchObject({ role: 'admin', instance: false });
    expect(await who(await token(['heads', 'operators']))).toMatchObject({ role: 'admin', instance: true });
  });
});
