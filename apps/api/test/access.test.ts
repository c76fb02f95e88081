import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Role, roles } from '@ionloop/domain';
import { issueToken } from '@ionloop/engine';
import { RequestMethod } from '@nestjs/common';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { WebSocket } from 'ws';
import { ArtifactDownloads, ArtifactUploads } from '../src/artifacts/artifacts.controller.js';
import { ExchangeController } from '../src/access/exchange.controller.js';
import { operations } from '../src/access/operations.js';
import { DataController } from '../src/data/data.controller.js';
import { HistoryController } from '../src/data/history.controller.js';
import { ImportsController } from '../src/data/imports.controller.js';
import { HealthController } from '../src/health/health.controller.js';
import { OpenApiController } from '../src/openapi/openapi.controller.js';
import { LabController } from '../src/lab/lab.controller.js';
import { station, TestServer } from './support/server.js';

const schema = buildSchema(readFileSync(resolve(__dirname, '../schema.graphql'), 'utf8'));
const graphql = rootFields(schema);
const rest = [
  LabController,
  ArtifactUploads,
  ArtifactDownloads,
  DataController,
  HistoryController,
  ImportsController,
  ExchangeController,
  HealthController,
  OpenApiController,
].flatMap(routesOf);

const reading = [
  'Query.campaigns',
  'Query.campaign',
  'Query.experiment',
  'Query.node',
  'Query.analysis',
  'Query.import',
  'Subscription.importProgress',
  'Mutation.startAnalysis',
  'Subscription.analysisProgress',
  'Query.nodes',
  'Query.stations',
  'Query.campaignTemplates',
  'Query.previewSpace',
  'Query.screen',
  'Query.tasks',
  'Subscription.campaignEvents',
];
const planning = [
  'createCampaign',
  'moveCampaign',
  'switchCampaign',
  'updateCampaign',
  'proposeNow',
  'addKnowledge',
  'removeKnowledge',
  'addExperiment',
  'cancelExperiment',
  'editExperiment',
  'addReplicates',
  'reorderExperiments',
  'restoreExperiment',
  'startScreen',
  'cancelScreen',
  'cancelAnalysis',
  'previewImport',
  'startImport',
  'cancelImport',
];
const approving = [
  'approveExperiments',
  'rejectExperiment',
  'withdrawApproval',
  'withdrawRejection',
  'requeueExperiment',
  'resolveSuspect',
  'decideResult',
  'decideMeasurement',
  'recordMeasurement',
  'supersedeMeasurement',
];
const assigning = ['assignTask', 'extendTask'];
const lab = ['labRegister', 'labClaim', 'labStart', 'labHeartbeat', 'labAppend', 'labSubmit'];
const administering = ['pauseStation', 'createToken', 'revokeToken', 'createWorkspace'];
const mutations = (names: readonly string[]): readonly string[] => names.map((name) => `Mutation.${name}`);
const labRoutes = rest.filter((route) => route.includes('/lab/') && !route.endsWith('.json'));
const planRoutes = rest.filter((route) => /\/(history|imports)$/.test(route));
const readRoutes = rest.filter((route) => / \/artifacts\/|\/export$|\/bad-rows$/.test(route));

/** Who may do what, written down a second time. */
const allowed: Readonly<Record<Role, readonly string[]>> = {
  viewer: ['Query.viewer', ...reading, ...readRoutes],
  planner: [
    'Query.viewer',
    ...reading,
    ...readRoutes,
    ...planRoutes,
    ...mutations([...planning, ...assigning]),
  ],
  approver: ['Query.viewer', ...reading, ...readRoutes, ...mutations([...approving, ...assigning])],
  lab: ['Query.viewer', ...mutations(lab), ...labRoutes],
  admin: [
    'Query.viewer',
    'Query.tokens',
    'Query.accessLog',
    'Query.workspaces',
    'Query.queues',
    ...reading,
    ...mutations([...planning, ...approving, ...assigning, ...lab, ...administering]),
    ...labRoutes,
    ...readRoutes,
    ...planRoutes,
  ],
};

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

describe('the table of operations', () => {
  test('has an entry for each operation there is, and no other', () => {
    expect(Object.keys(operations).sort()).toEqual([...graphql.keys(), ...rest].sort());
  });
});

describe.each([...roles, null])('a caller with the role %s', (role) => {
  const may = (operation: string): boolean => role !== null && allowed[role].includes(operation);

  test.each([...graphql.keys()].filter((name) => !name.startsWith('Subscription')))(
    'and %s',
    async (name) => {
      const field = graphql.get(name)!;
      const kind = name.startsWith('Query') ? 'query' : 'mutation';
      const { errors } = await server.query(role, `${kind} { ${callOf(field)} }`);
      const codes = (errors ?? []).map(({ extensions }) => extensions.code);
      if (role === null) expect(codes).toEqual(['UNAUTHENTICATED']);
      else if (may(name)) expect(codes).toEqual([]);
      else expect(codes).toEqual(['FORBIDDEN']);
    },
  );

  test.each([...labRoutes, ...readRoutes, ...planRoutes])('and %s', async (route) => {
    const secret = role === null ? {} : { secret: server.tokens[role] };
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace(/:\w+/, 'nobody');
    const sent = method === 'GET' ? {} : { body: {} };
    const { status, body } = await server.rest(method, path, {
      ...secret,
      ...sent,
    });
    if (role === null) expect([status, body['code']]).toEqual([401, 'UNAUTHENTICATED']);
    else if (may(route)) expect([400, 404, 409]).toContain(status);
    else expect([status, body['code']]).toEqual([403, 'FORBIDDEN']);
  });

  test('and Subscription.campaignEvents', async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(role && { connectionParams: { authorization: `Bearer ${server.tokens[role]}` } }),
    });
    const events = client.iterate({
      query: 'subscription { campaignEvents(campaign: "nobody", after: 0) { seq } }',
    });
    try {
      if (role === null) {
        await expect(events.next()).rejects.toMatchObject({ code: 4403 });
        return;
      }
      const told = await events.next().then(
        ({ value }) => (value as { errors: readonly unknown[] } | undefined)?.errors,
        (errors: unknown) => errors,
      );
      const code = may('Subscription.campaignEvents') ? 'NOT_FOUND' : 'FORBIDDEN';
      expect(told).toMatchObject([{ extensions: { code } }]);
    } finally {
      await client.dispose();
    }
  });
});

describe('tokens', () => {
  test('say who one is', async () => {
    const { data } = await server.query('lab', '{ viewer { name role station } }');
    expect(data).toEqual({ viewer: { name: 'a lab', role: 'lab', station } });
  });

  test('that are wrong are refused before anything is looked at', async () => {
    const answer = await server.send('made-up', JSON.stringify({ query: '{ viewer { name } }' }));
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const { status, body, headers } = await server.rest('POST', '/lab/v1/heartbeat', {
      secret: 'made-up',
      body: {},
    });
    expect([status, body['code']]).toEqual([401, 'UNAUTHENTICATED']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  test('are created once shown, work, and stop working when they are revoked', async () => {
    interface Created {
      readonly createToken: { readonly token: { readonly id: string }; readonly secret: string };
    }
    const { data } = await server.query<Created>(
      'admin',
      `mutation { createToken(input: { name: "Ada", role: viewer, days: 2 }) { token { id name role } secret userErrors { code } } }`,
    );
    const { token, secret } = data.createToken;
    const ask = () =>
      server.send<{ viewer: unknown }>(secret, JSON.stringify({ query: '{ viewer { name role } }' }));
    expect((await ask()).data).toEqual({ viewer: { name: 'Ada', role: 'viewer' } });
    const revoked = await server.query(
      'admin',
      `mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { revokedAt } userErrors { code } } }`,
      { id: token.id },
    );
    expect(revoked.data).toMatchObject({
      revokeToken: { token: { revokedAt: expect.any(String) }, userErrors: [] },
    });
    expect((await ask()).status).toBe(401);
  });

  test('are created once under a key, and their secret is told once', async () => {
    interface Created {
      readonly createToken: {
        readonly token: { readonly id: string } | null;
        readonly secret: string | null;
        readonly userErrors: readonly { readonly code: string }[];
      };
    }
    const create = async (name: string) =>
      (
        await server.query<Created>(
          'admin',
          `mutation ($name: String!) { createToken(input: { name: $name, role: viewer, days: 2, idempotencyKey: "once" }) {
            token { id } secret userErrors { code } } }`,
          { name },
        )
      ).data.createToken;
    const made = await Promise.all([create('Eve'), create('Eve'), create('Eve')]);
    const later = await create('Eve');
    expect(new Set([...made, later].map(({ token }) => token?.id)).size).toBe(1);
    expect([...made, later].filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(later).toMatchObject({ secret: null, userErrors: [] });
    expect((await create('Mallory')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const log = await server.engine.store.accessLog.page('default', 100);
    const told = log.filter(
      ({ action, subject }) => action === 'token.created' && subject === later.token?.id,
    );
    expect(told).toHaveLength(1);
  });

  test('of a lab must name their station', async () => {
    const { data } = await server.query(
      'admin',
      `mutation { createToken(input: { name: "x", role: lab }) { token { id } userErrors { code field } } }`,
    );
    expect(data).toEqual({
      createToken: { token: null, userErrors: [{ code: 'INVALID_INPUT', field: 'station' }] },
    });
  });
});

describe('the exchange of a one-time token', () => {
  const exchange = (token: unknown) => server.rest('POST', '/auth/exchange', { body: { token } });

  test('gives a session once and never again', async () => {
    const { secret } = await issueToken(server.engine, {
      name: 'first',
      role: 'admin',
      days: 1,
      oneTime: true,
    });
    const asSession = await server.send(secret, JSON.stringify({ query: '{ viewer { role } }' }));
    expect(asSession.status).toBe(401);
    const answers = await Promise.all([exchange(secret), exchange(secret), exchange(secret)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const session = answers.find(({ status }) => status === 200)!;
    expect(session.body).toEqual({
      secret: expect.any(String),
      role: 'admin',
      expiresAt: expect.any(String),
    });
    const asked = await server.send<{ viewer: { role: string } }>(
      String(session.body['secret']),
      JSON.stringify({ query: '{ viewer { role } }' }),
    );
    expect(asked.data.viewer.role).toBe('admin');
    expect((await exchange(secret)).status).toBe(401);
  });

  test('refuses what is no token', async () => {
    expect((await exchange('made-up')).status).toBe(401);
    const { status, body } = await exchange(17);
    expect([status, body['field']]).toEqual([400, 'token']);
  });
});

function rootFields(from: GraphQLSchema): ReadonlyMap<string, GraphQLField<unknown, unknown>> {
  const roots = [from.getQueryType()!, from.getMutationType()!, from.getSubscriptionType()!];
  return new Map(
    roots.flatMap((root) =>
      Object.values(root.getFields()).map((field) => [`${root.name}.${field.name}`, field] as const),
    ),
  );
}

/** A call of the field with the least that its types ask for. */
function callOf(field: GraphQLField<unknown, unknown>): string {
  const wanted = field.args.filter(
    ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
  );
  const list = wanted.map(({ name, type }) => `${name}: ${leastOf(type)}`).join(', ');
  return `${field.name}${list === '' ? '' : `(${list})`} ${selectionOf(field.type)}`;
}

function leastOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return '[]';
  if (isInputObjectType(type)) {
    const wanted = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${wanted.map(({ name, type: of }) => `${name}: ${name === 'station' ? `"${station}"` : leastOf(of)}`).join(', ')} }`;
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  return { Int: '1', Float: '1', Boolean: 'true', JSON: '{}' }[type.name] ?? '"nobody"';
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  return isLeafType(named) ? '' : '{ __typename }';
}

function routesOf(controller: new (...parts: never[]) => object): readonly string[] {
  const base = String(Reflect.getMetadata('path', controller));
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const handler: unknown = (controller.prototype as Record<string, unknown>)[name];
    const method: unknown = Reflect.getMetadata('method', handler as object);
    if (method === undefined) return [];
    const path = String(Reflect.getMetadata('path', handler as object));
    return [`${RequestMethod[method as number]} /${[base, path].filter((part) => part !== '/').join('/')}`];
  });
}
