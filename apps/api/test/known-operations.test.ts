import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { idOf, type Manifest } from '../src/graphql/known-operations.js';
import { TestServer } from './support/server.js';

const file = (path: string): string => resolve(__dirname, path);
const { operations } = JSON.parse(readFileSync(file('../operations.json'), 'utf8')) as Manifest;
/** The dashboard's: the client's of the same name asks for variables. */
const stations = operations.find(({ body }) => body.startsWith('query Stations {'))!;

describe('the manifest', () => {
  test('is what the dashboard and the client ask', () => {
    execFileSync('node', [file('../../../scripts/operations.mjs'), '--check']);
  });

  test('has operations of the schema, under the hash of their text', () => {
    const schema = buildSchema(readFileSync(file('../schema.graphql'), 'utf8'));
    expect(operations.length).toBeGreaterThan(20);
    for (const { id, name, body } of operations) {
      expect([name, id]).toEqual([name, idOf(body)]);
      expect([name, validate(schema, parse(body))]).toEqual([name, []]);
    }
  });
});

describe('a server that answers only what is known', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({}, { operations: 'known', introspection: false });
  });
  afterAll(() => server.close());
  const codes = async (body: object): Promise<readonly unknown[]> => {
    const { errors } = await server.send<unknown>(server.tokens.admin, JSON.stringify(body));
    return (errors ?? []).map(({ extensions }) => extensions.code);
  };

  test('answers an operation of the manifest, however it is written', async () => {
    expect(await codes({ query: stations.body })).toEqual([]);
    const withNames = stations.body.replaceAll('{\n', '{\n __typename\n').replaceAll('\n', ' ');
    expect(await codes({ query: withNames })).toEqual([]);
  });

  test('answers it by its hash alone', async () => {
    const persistedQuery = { version: 1, sha256Hash: stations.id };
    expect(await codes({ extensions: { persistedQuery } })).toEqual([]);
    const other = { version: 1, sha256Hash: idOf('another') };
    expect(await codes({ extensions: { persistedQuery: other } })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  test('refuses any other, and one that is hidden beside it', async () => {
    expect(await codes({ query: '{ viewer { name } }' })).toEqual(['OPERATION_NOT_KNOWN']);
    const two = { query: `${stations.body} query Other { viewer { name } }`, operationName: 'Other' };
    expect(await codes(two)).toEqual(['OPERATION_NOT_KNOWN']);
    expect(await codes({ query: stations.body.replace('{', '{ viewer { name }') })).toEqual([
      'OPERATION_NOT_KNOWN',
    ]);
  });

  test('does not show its schema', async () => {
    expect(await codes({ query: '{ __schema { types { name } } }' })).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

test('nobody without a token sees the schema of any server', async () => {
  const server = await TestServer.start();
  try {
    const { status, errors } = await server.query(null, '{ __schema { types { name } } }');
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  } finally {
    await server.close();
  }
});
