import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addExperiment, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';
import { Statements } from './support/statements.js';

const statements = new Statements();
const ofTheRecord =
  /\b(campaign|experiment|attempt|measurement|model|station|lease|event|task|screen|attachment|analysis)\b/;

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(async () => {
  await server.close();
  statements.end();
});

const query = `query ($first: Int!) { campaigns(first: $first, orderBy: { by: name }) {
  totalCount
  nodes {
    id lastSeq spent taskCount
    counts { state count } waiting { proposals }
    best { value experiment { number label } }
    progress(points: 20) { value best }
    latestModel { id } models(first: 3) { nodes { id } totalCount }
    screens(first: 3) { nodes { id progress { chunksDone } } totalCount }
    analyses(first: 3) { nodes { id status } totalCount }
    tasks(first: 2) { nodes { id experiment { label } } totalCount }
    audit(first: 3) { nodes { summary why } totalCount }
    measurements(first: 3) { nodes { value artifacts { name } } totalCount }
    attempts(first: 3) { nodes { id stage station { name } } totalCount }
    experiments(first: 3, orderBy: { by: value, descending: true }) {
      totalCount
      nodes {
        label value grounds { feasible }
        attempts { stage station { name silent } artifacts { name } }
        measurements { value artifacts { name } }
      }
    }
  }
} }`;

interface Seen {
  readonly campaigns: {
    readonly nodes: readonly { readonly experiments: { readonly totalCount: number } }[];
  };
}

async function asked(
  first: number,
): Promise<{ readonly campaigns: Seen['campaigns']; readonly sent: readonly string[] }> {
  statements.sent.length = 0;
  const { data, errors } = await server.query<Seen>('viewer', query, { first });
  expect(errors).toBeUndefined();
  return { campaigns: data.campaigns, sent: statements.about(ofTheRecord) };
}

test('a large nested query asks the record the same number of times for 1 and for 50 campaigns', async () => {
  for (let i = 0; i < 50; i += 1) {
    const id = await createCampaign(server, { name: `Campaign ${String(i).padStart(2, '0')}` });
    for (const point of points.slice(0, 2)) await addExperiment(server, id, point);
  }
  const one = await asked(1);
  const fifty = await asked(50);
  expect(one.campaigns.nodes).toHaveLength(1);
  expect(fifty.campaigns.nodes).toHaveLength(50);
  expect(fifty.campaigns.nodes.every(({ experiments }) => experiments.totalCount === 2)).toBe(true);
  expect(one.sent.length).toBeGreaterThan(10);
  expect(fifty.sent.length).toBe(one.sent.length);
}, 60_000);
