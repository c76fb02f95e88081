import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runImport } from '@ionloop/engine';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createCampaign } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
let campaignId: string;
beforeAll(async () => {
  server = await TestServer.start();
  campaignId = await createCampaign(server, { name: 'Imports' });
});
afterAll(() => server.close());

const table = [
  'P;B;S;sigma',
  '0,25;0,15;0,6;1e-4',
  '0,5;0,25;0,25;=2e-4',
  '0,1;0,1;0,8;3e-4',
  '0,1;0,1;0,8;3,5e-4',
].join('\n');
const columns = [
  { header: 'P', means: 'Li3PO4' },
  { header: 'B', means: 'Li3BO3' },
  { header: 'S', means: 'Li2SO4' },
  { header: 'sigma', means: 'ionic_conductivity' },
];

const bring = (key: string) =>
  server.rest('POST', `/v1/campaigns/${campaignId}/imports?name=old.csv`, {
    secret: server.tokens.planner,
    headers: { 'content-type': 'text/csv', 'idempotency-key': key },
    body: table,
  });
/** What a worker does when it is hinted. */
const work = (id: string): Promise<void> => runImport(server.engine, { import: () => Promise.resolve() }, id);

const fields = `id state fileName createdBy error
  options { columns { header means } outside skipBad }
  progress { rows rowsInAll bad written share }
  preview { delimiter decimal encoding meanings problems { header message } columns { header means unit }
    rows { line cells verdict column reason } }
  report { rows good bad replicates duplicates badRows(first: 5) { line column reason } badRowsPath }`;
interface Import {
  readonly id: string;
  readonly state: string;
  readonly preview: {
    readonly problems: readonly { readonly message: string }[];
    readonly meanings: string[];
  };
  readonly report: { readonly badRowsPath: string } | null;
}
async function read(id: string): Promise<Import> {
  const { data } = await server.query<{ import: Import }>(
    'viewer',
    `query ($id: ID!) { import(id: $id) { ${fields} } }`,
    { id },
  );
  return data.import;
}
async function move(name: string, input: Record<string, unknown>) {
  type Payload = { import: Import | null; userErrors: readonly { code: string; field: string }[] };
  const { data } = await server.query<Record<string, Payload>>(
    'planner',
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
      ${name}(input: $input) { import { id state } userErrors { code field message } } }`,
    { input },
  );
  return data[name];
}

test('a table is brought by REST, looked at, understood as it is told, written by a worker, and named in the record', async () => {
  const { status, body } = await bring('one');
  expect([status, body]).toMatchObject([201, { state: 'surveying', fileName: 'old.csv', campaignId }]);
  const id = String(body['id']);
  expect((await bring('one')).body['id']).toBe(id);
  await work(id);
  const looked = await read(id);
  expect(looked).toMatchObject({
    ...{ state: 'surveyed', createdBy: 'a planner', report: null },
    preview: {
      delimiter: ';',
      decimal: 'comma',
      encoding: 'utf-8',
      columns: [{ header: 'P', means: 'ignored' }].concat(
        ['B', 'S', 'sigma'].map((header) => ({ header, means: 'ignored' })),
      ),
    },
  });
  expect(looked.preview.problems[0]?.message).toMatch(/there is no column for "composition"/);
  expect(looked.preview.meanings).toEqual(expect.arrayContaining(columns.map(({ means }) => means)));
  expect(await move('startImport', { id })).toMatchObject({
    userErrors: [{ code: 'INVALID_INPUT', field: 'map' }],
  });

  expect(await move('previewImport', { id, options: { columns } })).toMatchObject({
    import: { state: 'surveying' },
  });
  await work(id);
  const understood = await read(id);
  expect(understood).toMatchObject({
    options: { columns, outside: 'refuse', skipBad: false },
    progress: { rows: 4, rowsInAll: 4, bad: 1, written: 0, share: 1 },
    report: {
      ...{ rows: 4, good: 3, bad: 1, replicates: 1, duplicates: 0 },
      badRows: [{ line: 3, column: 'sigma', reason: '"=2e-4" is not a number' }],
    },
    preview: {
      problems: [],
      rows: [
        { verdict: 'experiment' },
        { verdict: 'bad', column: 'sigma' },
        {},
        { verdict: 'replicate', line: 5 },
      ],
    },
  });
  const csv = await server.rest('GET', understood.report?.badRowsPath ?? '', {
    secret: server.tokens.viewer,
  });
  expect(csv.text).toBe('line,column,reason\r\n3,sigma,"""=2e-4"" is not a number"\r\n');
  expect(await move('startImport', { id })).toMatchObject({ userErrors: [{ field: 'skipBad' }] });
  expect(await move('startImport', { id, skipBad: true })).toMatchObject({ import: { state: 'importing' } });
  await work(id);

  const { data } = await server.query<{ campaign: unknown }>(
    'viewer',
    `query ($id: ID!) { campaign(id: $id) {
      imports { totalCount nodes { id state progress { written } } }
      audit(first: 1) { nodes { actor type } }
      experiments { nodes { origin } } } }`,
    { id: campaignId },
  );
  expect(data.campaign).toMatchObject({
    imports: { totalCount: 1, nodes: [{ id, state: 'done', progress: { written: 3 } }] },
    audit: { nodes: [{ actor: 'a planner', type: 'history.imported' }] },
    experiments: { nodes: [{ origin: 'history' }, { origin: 'history' }] },
  });
  expect(await move('cancelImport', { id })).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
});

test('whoever watches an import is told how far it is, until nothing is done with it', async () => {
  const { body } = await bring('two');
  const id = String(body['id']);
  const client = createClient({
    ...{ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
    connectionParams: { authorization: `Bearer ${server.tokens.viewer}` },
  });
  const states: string[] = [];
  const query = `subscription { importProgress(id: "${id}") { state progress { rows } } }`;
  for await (const { data } of client.iterate<{ importProgress: { state: string } }>({ query })) {
    states.push(data?.importProgress.state ?? '');
    if (states.length === 1) await work(id);
  }
  await client.dispose();
  expect([states[0], states.at(-1)]).toEqual(['surveying', 'surveyed']);
  expect(await move('cancelImport', { id })).toMatchObject({ import: { state: 'cancelled' } });
});
