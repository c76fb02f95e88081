import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultWorkspace, type Role, roles } from '@ionloop/domain';
import { addKnowledge, issueToken, registerStation, ScopedStore, uploadImport } from '@ionloop/engine';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { callOf, roots, takesId, type Values } from './support/calls.js';
import { addExperiment, approve, createCampaign, points, ternary } from './support/campaign.js';
import { committed } from './support/described.js';
import { station, TestServer } from './support/server.js';

/** Names that only the first workspace has: whatever carries one has leaked. */
const mark = 'furnace of the first workspace';
const bytes = `a spectrum of the ${mark}`;
const sha256 = createHash('sha256').update(bytes).digest('hex');
const boot = randomUUID();

let server: TestServer;
/** Of the other workspace. */
const others = {} as Record<Role, string>;
/** What the first workspace has, by what it is. */
const known: Record<string, string> = {};
const measured = { property: 'ionic_conductivity', value: 4.9e-4, unit: 'S/cm' };

beforeAll(async () => {
  const wide = {
    graphqlDepth: 100,
    graphqlCost: 100_000_000,
    graphqlAliases: 10_000,
    graphqlTokens: 100_000,
  };
  server = await TestServer.start({}, wide);
  await server.engine.store.workspaces.add({ id: 'other', name: 'The other one' });
  for (const role of roles) {
    const bound = role === 'lab' ? { station } : {};
    const wanted = { name: `a ${role}`, role, days: 1, workspace: 'other', ...bound };
    others[role] = (await issueToken(server.engine, wanted)).secret;
  }
  await fill();
});
afterAll(() => server.close());

const lab = (secret: string, path: string, body: unknown, key = randomUUID()) =>
  server.rest('POST', `/lab/v1${path}`, {
    secret,
    body,
    headers: { 'ionloop-boot': boot, 'idempotency-key': key },
  });

/** One of everything, in the first workspace. */
async function fill(): Promise<void> {
  const { lab: labToken } = server.tokens;
  const campaign = await createCampaign(server, { name: mark, description: mark });
  const proposed = await addExperiment(server, campaign, points[0] ?? {});
  const made = await addExperiment(server, campaign, points[1] ?? {});
  const waiting = await addExperiment(server, campaign, points[2] ?? {});
  await approve(server, [made, waiting]);
  await lab(labToken, '/register', {
    ...{ station, bootId: boot, properties: ['ionic_conductivity'], schemaVersion: 1 },
    limits: { info: { mark } },
  });
  await server.rest('PUT', `/lab/v1/artifacts/${sha256}`, {
    secret: labToken,
    body: bytes,
    headers: { 'content-type': 'text/plain' },
  });
  const { body } = await lab(labToken, '/claim', { max: 1 });
  const [assignment] = body['assignments'] as {
    attemptId: string;
    fence: number;
    specHash: string;
    experimentId: string;
  }[];
  const { attemptId = '', fence = 0, specHash = '' } = assignment ?? {};
  await lab(labToken, `/attempts/${attemptId}/start`, { fence, specHash });
  const handedIn = await lab(labToken, `/attempts/${attemptId}/submit`, {
    ...{ fence, outcome: 'measured', measurements: [measured] },
    artifacts: [{ sha256, name: mark }],
  });
  const request = {
    settings: { top: 5 },
    goal: 'maximise',
    model: 'gp',
    observations: [],
    failures: [],
  } as const;
  const screen = await server.engine.store.screens.add({
    id: randomUUID(),
    campaignId: campaign,
    request,
    createdBy: mark,
  });
  const analysis = await server.engine.store.analyses.ask({
    ...{ id: randomUUID(), campaignId: campaign, kind: 'verification', key: mark, dataRevision: 0 },
    ...{ request: { kind: 'verification' }, createdBy: mark },
  });
  const table = await uploadImport(
    server.engine,
    { import: () => Promise.resolve() },
    { kind: 'person', name: mark },
    { campaignId: campaign, fileName: `${mark}.csv`, maxBytes: 1000, idempotencyKey: 'k' },
    () => Readable.from([Buffer.from(mark)]),
  );
  await server.engine.store.imports.addBad(table.id, 0, [{ line: 2, column: mark, reason: mark }]);
  const knowledge = await addKnowledge(
    server.engine,
    { kind: 'person', name: mark },
    {
      campaignId: campaign,
      table: {
        fileName: mark,
        text: 'Li3PO4,Li3BO3,Li2SO4,ionic_conductivity\n0.2,0.2,0.6,1e-5',
        citation: mark,
      },
    },
  );
  const token = await issueToken(server.engine, { name: mark, role: 'viewer', days: 1 });
  const registered = await server.engine.store.stations.byName(station);
  Object.assign(known, {
    ...{ campaign, proposed, made, waiting, attempt: attemptId },
    ...{
      screen: screen.id,
      analysis: analysis.id,
      import: table.id,
      knowledge: knowledge.id,
      token: token.token.id,
      station: registered?.id ?? '',
      sha256,
    },
    measurement: (handedIn.body['measurementIds'] as string[])[0] ?? '',
    task: `experiment:${proposed}`,
    campaignTask: `campaign:${campaign}`,
  });
  expect(Object.values(known).filter((id) => id === '')).toEqual([]);
}

/** Of the same shape, and nobody's. */
function nobodys(id: string): string {
  if (id === known['sha256']) return createHash('sha256').update(`not ${id}`).digest('hex');
  const [, kind] = /^(\w+):/.exec(id) ?? [];
  return kind === undefined ? randomUUID() : `${kind}:${randomUUID()}`;
}

const named: Values['named'] = {
  station: `"${station}"`,
  bootId: `"${boot}"`,
  idempotencyKey: '"the key"',
  point: '{ composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } }',
  note: '"because"',
  reason: '"because"',
};

/** What an answer says, but for the id that was asked for and what is drawn anew each time. */
const told = (answer: unknown, id: string): string =>
  JSON.stringify(answer)
    .replaceAll(id, '<id>')
    .replaceAll(/ion_[\w-]+/g, '<secret>');

/** What is made anew is not the same twice; each of these answers without looking at the id's owner. */
const makesSomething = new Set([
  'Mutation.createToken',
  'Mutation.createWorkspace',
  'Mutation.createCampaign',
]);

const graphql = (secret: string, query: string) => server.send<unknown>(secret, JSON.stringify({ query }));

async function record(): Promise<string> {
  const { store } = server.engine;
  const events = await store.read.events(known['campaign'] ?? '', 0, 1000);
  const tokens = (await store.tokens.all(defaultWorkspace)).map(({ id, revokedAt }) => [id, revokedAt]);
  const stations = (await store.stations.all(defaultWorkspace)).map(({ id, bootId, paused, limits }) => [
    id,
    bootId,
    paused,
    limits,
  ]);
  const screen = await store.screens.byId(known['screen'] ?? '');
  const imports = await store.imports.byIds([known['import'] ?? '']);
  const campaigns = (await store.read.campaigns({ workspace: defaultWorkspace })).map(({ id }) => id);
  return JSON.stringify([events, tokens, stations, screen, imports, campaigns]);
}

describe('from another workspace', () => {
  const asked = roots.filter(({ kind }) => kind !== 'subscription');

  test.each(asked.map((root) => [root.name, root] as const))(
    '%s tells and changes nothing of this one',
    async (_name, root) => {
      const before = await record();
      const ids = takesId(root) ? Object.values(known) : [randomUUID()];
      const depth = root.kind === 'query' ? 4 : 2;
      for (const role of [root.name.startsWith('Mutation.lab') ? 'lab' : 'admin'] as const) {
        for (const id of ids) {
          const stranger = nobodys(id);
          const [real, none] = [
            await graphql(others[role], callOf(root, { id, named, depth })),
            await graphql(others[role], callOf(root, { id: stranger, named, depth })),
          ];
          const codes = (real.errors ?? []).map(({ extensions }) => extensions.code);
          expect([id, codes.filter((code) => code === 'INTERNAL')]).toEqual([id, []]);
          if (!makesSomething.has(root.name)) expect(told(real, id)).toBe(told(none, stranger));
          const whole = told(real, id);
          expect(whole).not.toContain(mark);
          for (const one of Object.values(known)) if (one !== id) expect(whole).not.toContain(one);
        }
      }
      expect(await record()).toBe(before);
    },
  );

  test.each(
    Object.entries(committed.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => [method.toUpperCase(), path] as const),
    ),
  )('%s %s tells and changes nothing of this one', async (method, template) => {
    const before = await record();
    for (const id of /\{\w+\}/.test(template) ? Object.values(known) : ['']) {
      const stranger = nobodys(id);
      for (const role of ['admin', 'lab', 'viewer'] as const) {
        const ask = async (one: string): Promise<string> => {
          const path = template.replace(/\{\w+\}/, encodeURIComponent(one));
          const body = {
            fence: 1,
            specHash: 'h',
            seq: 1,
            body: {},
            outcome: 'failed_sample',
            measurements: [],
          };
          const { status, text, headers } = await server.rest(method, path, {
            secret: others[role],
            headers: { 'ionloop-boot': boot, 'idempotency-key': 'k', 'content-type': 'application/json' },
            ...(method === 'POST' && {
              body: template.endsWith('start') ? { fence: 1, specHash: 'h' } : body,
            }),
            ...(method === 'PUT' && { body: bytes, headers: { 'content-type': 'text/plain' } }),
          });
          return `${status} ${headers.get('upload-offset') ?? ''} ${/metrics/.test(path) ? '' : text}`;
        };
        // The same bytes are no secret to who has them: they are uploaded anew, and are then the uploader's too.
        if (method === 'PUT' && id === sha256) {
          if (role === 'lab') expect(await ask(id)).toMatch(/^201 /);
          continue;
        }
        if (id === sha256 && template.includes('artifacts')) continue;
        const real = await ask(id);
        const strange = await ask(stranger);
        const plain = (text: string, of: string): string => (of === '' ? text : text.replaceAll(of, '<id>'));
        expect(plain(real, id)).toBe(plain(strange, stranger));
        expect(real).not.toContain(mark);
      }
    }
    expect(await record()).toBe(before);
  });

  test('an artifact is not there, not even in part, until its bytes come', async () => {
    // PUT above may have come first: this asks for another.
    const fresh = Buffer.from(`another ${mark}`);
    const hash = createHash('sha256').update(fresh).digest('hex');
    const put = (secret: string) =>
      server.rest('PUT', `/lab/v1/artifacts/${hash}`, {
        secret,
        body: fresh.toString(),
        headers: { 'content-type': 'text/plain' },
      });
    expect((await put(server.tokens.lab)).status).toBe(201);
    const asked = await server.rest('HEAD', `/lab/v1/artifacts/${hash}`, { secret: others.lab });
    expect([asked.status, asked.headers.get('upload-offset')]).toEqual([404, '0']);
    expect((await server.rest('GET', `/artifacts/${hash}`, { secret: others.viewer })).status).toBe(404);
    expect((await server.rest('GET', `/artifacts/${hash}`, { secret: server.tokens.viewer })).status).toBe(
      200,
    );
    expect((await put(others.lab)).status).toBe(201);
    expect((await put(others.lab)).status).toBe(200);
  });

  test('a subscription follows nothing', async () => {
    const follow = async (id: string): Promise<unknown> => {
      const client = createClient({
        ...{ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
        connectionParams: { authorization: `Bearer ${others.admin}` },
      });
      const query = `subscription { campaignEvents(campaign: "${id}", after: 0) { seq summary payload } }`;
      try {
        return await client
          .iterate({ query })
          .next()
          .then(
            ({ value }) => value as unknown,
            (errors: unknown) => errors,
          );
      } finally {
        await client.dispose();
      }
    };
    const nobody = randomUUID();
    expect(told(await follow(known['campaign'] ?? ''), known['campaign'] ?? '')).toBe(
      told(await follow(nobody), nobody),
    );
  });
});

describe('two workspaces', () => {
  test('have the same names and keys for different things', async () => {
    const key = 'one-key';
    const create = (secret: string) =>
      server.send<{ createCampaign: { campaign: { id: string } | null; userErrors: readonly object[] } }>(
        secret,
        JSON.stringify({
          query: `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { code } } }`,
          variables: { input: { ...ternary, start: true, idempotencyKey: key } },
        }),
      );
    const first = (await create(server.tokens.planner)).data.createCampaign;
    const second = (await create(others.planner)).data.createCampaign;
    expect([first.userErrors, second.userErrors]).toEqual([[], []]);
    expect(second.campaign?.id).not.toBe(first.campaign?.id);
    expect((await create(others.planner)).data.createCampaign.campaign).toEqual(second.campaign);

    const inOther = new ScopedStore(server.engine.store, { workspace: 'other', campaign: null });
    await registerStation(
      { ...server.engine, store: inOther },
      {
        ...{ station, bootId: 'another boot', properties: ['ionic_conductivity'], schemaVersion: 1 },
      },
    );
    const { body } = await server.rest('POST', '/lab/v1/claim', {
      secret: others.lab,
      headers: { 'ionloop-boot': 'another boot', 'idempotency-key': key },
      body: { max: 32 },
    });
    // An experiment of the first is queued, and its station's boot is still the one it was.
    expect(body['assignments']).toEqual([]);
    expect((await lab(server.tokens.lab, '/heartbeat', { attempts: [] })).status).toBe(200);
  });

  test('learn nothing from each other', async () => {
    const query = `mutation ($input: AddKnowledgeInput!) { addKnowledge(input: $input) { knowledge { id } userErrors { code message } } }`;
    const own = await server.send<{ createCampaign: { campaign: { id: string } } }>(
      others.planner,
      JSON.stringify({
        query: `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } } }`,
        variables: { input: { ...ternary, name: 'Curious' } },
      }),
    );
    const campaignId = own.data.createCampaign.campaign.id;
    const told = async (id: string): Promise<string> => {
      const input = { campaignId, campaign: { id } };
      const answer = await server.send<unknown>(
        others.planner,
        JSON.stringify({ query, variables: { input } }),
      );
      return JSON.stringify(answer).replaceAll(id, '<id>');
    };
    const real = await told(known['campaign'] ?? '');
    expect(real).toContain('NOT_FOUND');
    expect(real).toBe(await told(randomUUID()));
  });

  test('see their own', async () => {
    const list =
      '{ campaigns { nodes { id } } stations { __typename } tokens { workspace } tasks { totalCount } accessLog { subject } }';
    const [mine, theirs] = [await graphql(server.tokens.admin, list), await graphql(others.admin, list)];
    const rows = ({ data }: { readonly data: unknown }) =>
      data as { campaigns: { nodes: { id: string }[] }; tokens: { workspace: string }[] };
    expect(rows(mine).campaigns.nodes.map(({ id }) => id)).toContain(known['campaign']);
    const shared = rows(theirs).campaigns.nodes.filter(({ id }) =>
      rows(mine).campaigns.nodes.some((one) => one.id === id),
    );
    expect(shared).toEqual([]);
    expect(new Set(rows(theirs).tokens.map(({ workspace }) => workspace))).toEqual(new Set(['other']));
    expect(new Set(rows(mine).tokens.map(({ workspace }) => workspace))).toEqual(new Set([defaultWorkspace]));
  });

  test('and what is said of an id differs for its owner: the tests above can fail', async () => {
    const differing = new Set<string>();
    for (const root of roots.filter((one) => one.kind === 'query' && takesId(one))) {
      for (const id of Object.values(known)) {
        const stranger = nobodys(id);
        const shallow = { named, depth: 2 };
        const real = await graphql(server.tokens.admin, callOf(root, { ...shallow, id }));
        const none = await graphql(server.tokens.admin, callOf(root, { ...shallow, id: stranger }));
        if (told(real, id) !== told(none, stranger)) differing.add(root.name);
      }
    }
    const taking = roots.filter((one) => one.kind === 'query' && takesId(one)).map(({ name }) => name);
    expect([...differing].sort()).toEqual(taking.sort());
  });
});

test('a workspace is made by an admin of the instance, who gives out its first token', async () => {
  const create = `mutation { createWorkspace(input: { id: "third", name: "Third" }) { workspace { id } userErrors { code field } } }`;
  const refused = await graphql(others.admin, create);
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await graphql(server.tokens.admin, create)).data).toEqual({
    createWorkspace: { workspace: { id: 'third' }, userErrors: [] },
  });
  expect((await graphql(server.tokens.admin, create)).data).toMatchObject({
    createWorkspace: { workspace: null, userErrors: [{ code: 'CONFLICT', field: 'id' }] },
  });
  const issue = (workspace: string) =>
    `mutation { createToken(input: { name: "first", role: admin, workspace: "${workspace}" }) { token { workspace instance } secret userErrors { code message field } } }`;
  const made = (await graphql(server.tokens.admin, issue('third'))).data as {
    createToken: { token: object; secret: string };
  };
  expect(made.createToken.token).toEqual({ workspace: 'third', instance: false });
  const seen = await graphql(
    made.createToken.secret,
    '{ viewer { workspace } campaigns { nodes { id } } accessLog { action actor } }',
  );
  expect(seen.data).toEqual({
    viewer: { workspace: 'third' },
    campaigns: { nodes: [] },
    accessLog: [
      { action: 'token.created', actor: 'a admin' },
      { action: 'workspace.created', actor: 'a admin' },
    ],
  });
  // There is no telling whether the workspace that one names is there.
  const [real, none] = [
    await graphql(others.admin, issue('third')),
    await graphql(others.admin, issue('fourth')),
  ];
  expect(told(real, 'third')).toBe(told(none, 'fourth'));
  expect(JSON.stringify(real.data)).toContain('INVALID_INPUT');
});

test('a token that is bound to a campaign sees that one alone', async () => {
  const campaign = await createCampaign(server, { name: 'a second one' });
  const { secret } = await issueToken(server.engine, { name: 'guest', role: 'planner', days: 1, campaign });
  const seen = await graphql(
    secret,
    `{ campaigns { nodes { id } } viewer { campaign } tasks { edges { node { campaign { id } } } } experiment(id: "${known['made'] ?? ''}") { id } campaign(id: "${known['campaign'] ?? ''}") { id } }`,
  );
  expect(seen.data).toMatchObject({
    campaigns: { nodes: [{ id: campaign }] },
    viewer: { campaign },
    experiment: null,
    campaign: null,
  });
  const create = await server.send(
    secret,
    JSON.stringify({
      query: `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { code } } }`,
      variables: { input: ternary },
    }),
  );
  expect(create.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
