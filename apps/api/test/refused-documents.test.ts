import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestServer } from './support/server.js';

/** Found by `npm run fuzz`: what the server has to say no to by itself, before or beside what its parts say. */
let server: TestServer;
beforeAll(async () => (server = await TestServer.start()), 120_000);
afterAll(() => server.close());

const refusalOf = async (body: object): Promise<unknown> => {
  const { status, errors } = await server.send(server.tokens.viewer, JSON.stringify(body));
  return { status, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
};

test.each([
  ['lists', `{ campaign(id: ${'['.repeat(1900)}1${']'.repeat(1900)}) { id } }`],
  ['objects', `{ previewSpace(space: ${'{ a: '.repeat(300)}1${' }'.repeat(300)}) { effects { points } } }`],
  ['selections that end nowhere', '{ a '.repeat(1500)],
])('a document nested too deeply by %s is refused before it is parsed', async (_, query) => {
  expect(await refusalOf({ query })).toMatchObject({
    status: 400,
    code: 'QUERY_TOO_LARGE',
    message: expect.stringContaining('nested too deeply'),
  });
});

test('brackets in texts and comments are no nesting', async () => {
  const query = `{ campaigns(text: "${'{'.repeat(500)}") { totalCount } } # ${'['.repeat(500)}`;
  const { data } = await server.send<unknown>(server.tokens.viewer, JSON.stringify({ query }));
  expect(data).toEqual({ campaigns: { totalCount: 0 } });
});

test('a subscription over HTTP is sent to a socket', async () => {
  const query = 'subscription { campaignEvents(campaign: "x", after: 0) { seq } }';
  expect(await refusalOf({ query })).toMatchObject({
    status: 400,
    code: 'BAD_REQUEST',
    message: expect.stringContaining('graphql-ws'),
  });
});

test('a persisted query under another’s hash is refused as what it is', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'of something else' } };
  expect(await refusalOf({ query: '{ viewer { name } }', extensions })).toEqual({
    status: 400,
    code: 'BAD_REQUEST',
    message: 'provided sha does not match query',
  });
});

test('variables with more faults than are counted are refused as what they are', async () => {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const { status, errors } = await server.send(
    server.tokens.viewer,
    JSON.stringify({ query, variables: { ids: Array.from({ length: 200 }, () => 1.5) } }),
  );
  const codes = new Set(errors?.map(({ extensions }) => extensions.code));
  expect({ status, codes: [...codes].sort() }).toEqual({
    status: 400,
    codes: ['BAD_REQUEST', 'BAD_USER_INPUT'],
  });
});
