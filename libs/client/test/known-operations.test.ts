import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ternary } from '../../../apps/api/test/support/campaign.js';
import { TestServer } from '../../../apps/api/test/support/server.js';
import { KnownOperations, type Manifest } from '../../../apps/api/src/graphql/known-operations.js';
import { readDocument } from '../src/document.js';
import { documents, IonloopClient } from '../src/index.js';

const manifest = JSON.parse(
  readFileSync(resolve(__dirname, '../../../apps/api/operations.json'), 'utf8'),
) as Manifest;

const own = Object.entries(documents).flatMap(([name, document]) => {
  const text = String(document);
  return name.endsWith('Document') && getOperationAST(parse(text)) ? [[name, text] as const] : [];
});

test('every operation of this client is among the known ones, as it is sent', () => {
  const known = new KnownOperations(manifest);
  expect(own.length).toBeGreaterThan(40);
  for (const [name, text] of own) {
    expect([name, known.has(parse(readDocument(text).text))]).toEqual([name, true]);
  }
});

describe('with a server that answers only what is known', () => {
  let server: TestServer;
  let client: IonloopClient;
  beforeAll(async () => {
    server = await TestServer.start({}, { operations: 'known', introspection: false });
    client = new IonloopClient({ url: server.url, token: server.tokens.planner });
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  test('this client asks, changes and follows', async () => {
    const input = { ...ternary, start: true } as const as documents.CreateCampaignInput;
    const { id } = await client.campaigns.create({ ...input, name: 'Known' });
    expect((await client.campaigns.get(id))?.name).toBe('Known');
    const events = client.campaigns.events(id);
    expect((await events.next()).value).toMatchObject({ seq: 1, type: 'campaign.created' });
    await events.return?.();
  }, 60_000);

  test('what somebody thought of is refused', async () => {
    await expect(client.query('{ viewer { name } }')).rejects.toMatchObject({ code: 'OPERATION_NOT_KNOWN' });
  });
});
