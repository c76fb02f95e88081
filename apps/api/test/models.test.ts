import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashOf, type NewExperiment, theLoop } from '@ionloop/domain';
import { type Jobs, openJobs } from '@ionloop/jobs';
import type { WorkingJobs } from '@ionloop/jobs';
import { createCampaign } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
let jobs: Jobs;
let working: WorkingJobs;
let drawn = 0;
let trouble: string | null = null;

/** A worker that draws the same map of any model. */
beforeAll(async () => {
  server = await TestServer.start();
  jobs = await openJobs({ kind: 'postgres', url: server.database.url });
  const nothing = () => Promise.resolve();
  working = await jobs.work(
    {
      reconcile: nothing,
      sweep: nothing,
      verify: nothing,
      screen: nothing,
      analysis: nothing,
      import: nothing,
      posterior: async ({ campaignId }) => {
        if (trouble !== null) throw new Error(trouble);
        drawn += 1;
        const model = await server.engine.store.read.latestModel(campaignId);
        return { modelId: model?.id, points: [{ x: 0.5 }], mean: [-3.5], sd: [0.25] };
      },
    },
    { concurrency: 1, sweepSeconds: 60 },
  );
});
afterAll(async () => {
  await working.close();
  await jobs.close();
  await server.close();
});

const query = `query ($id: ID!, $resolution: Int) { campaign(id: $id) {
  latestModel { id kind trainingSize } models { nodes { id } }
  posterior(resolution: $resolution) { modelId points mean sd }
} }`;
interface Seen {
  readonly campaign: {
    readonly posterior: unknown;
    readonly latestModel: unknown;
    readonly models: { readonly nodes: readonly unknown[] };
  };
}
const ask = (id: string, resolution = 10) => server.query<Seen>('viewer', query, { id, resolution });

async function addModel(campaignId: string, experiments: readonly NewExperiment[] = []): Promise<string> {
  const id = server.engine.ids.next();
  await server.engine.store.transact(campaignId, theLoop, (tx) => {
    const planId = server.engine.ids.next();
    tx.append({
      type: 'plan.committed',
      plan: {
        id: planId,
        number: tx.campaign.plans + 1,
        basedOnSeq: 2,
        dataRevision: 0,
        strategy: tx.campaign.strategy,
        seed: 's',
        requestHash: hashOf(1),
        answerHash: hashOf(2),
        plannerVersion: '1',
        modelId: id,
      },
      model: {
        id,
        planId,
        kind: 'gp',
        dataRevision: 0,
        trainingHash: hashOf(3),
        trainingSize: 8,
        bodyHash: hashOf(4),
        diagnostics: { r2: 0.9 },
      },
      experiments,
    });
    tx.saveModelBody(id, {});
    return Promise.resolve();
  });
  return id;
}

describe('a campaign’s map', () => {
  test('is null where there is no model', async () => {
    const { data } = await ask(await createCampaign(server));
    expect(data.campaign).toEqual({ latestModel: null, models: { nodes: [] }, posterior: null });
  });

  test('is drawn by a worker, once for each model and resolution', async () => {
    const id = await createCampaign(server);
    const modelId = await addModel(id);
    const before = drawn;
    const answers = await Promise.all([ask(id), ask(id), ask(id)]);
    for (const { data } of answers) {
      expect(data.campaign.posterior).toEqual({ modelId, points: [{ x: 0.5 }], mean: [-3.5], sd: [0.25] });
      expect(data.campaign.latestModel).toEqual({ id: modelId, kind: 'gp', trainingSize: 8 });
    }
    expect(drawn - before).toBe(1);
    await ask(id, 20);
    expect(drawn - before).toBe(2);
    const next = await addModel(id);
    expect((await ask(id)).data.campaign).toMatchObject({
      posterior: { modelId: next },
      models: { nodes: [{ id: next }, { id: modelId }] },
    });
    expect(drawn - before).toBe(3);
  });

  test('that cannot be drawn is an error with its own code, and is asked for again', async () => {
    const id = await createCampaign(server);
    await addModel(id);
    trouble = 'out of memory';
    const { data, errors } = await ask(id);
    expect(errors).toMatchObject([
      { path: ['campaign', 'posterior'], extensions: { code: 'POSTERIOR_UNAVAILABLE' } },
    ]);
    expect(data.campaign.posterior).toBeNull();
    trouble = null;
    expect((await ask(id)).data.campaign.posterior).not.toBeNull();
  });

  test('has a resolution that a screen can show', async () => {
    const { errors } = await ask(await createCampaign(server), 1);
    expect(errors?.[0]).toMatchObject({
      message: 'resolution is 1; it must lie between 2 and 200',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

test('an experiment says why it was proposed, as data; one that a person asked for has none', async () => {
  const id = await createCampaign(server);
  const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.25, Li2SO4: 0.5 } };
  const experiment = {
    point,
    origin: 'model' as const,
    planId: null,
    prediction: { mean: -4, sd: 0.5 },
    acquisition: { name: 'log_ei', value: -1 },
    reason: 'promising',
    specHash: hashOf(point),
  };
  const grounds = {
    predictions: [{ property: 'ionic_conductivity', mean: -4, sd: 0.5 }],
    improvement: { exploiting: 0.1, exploring: 0.3 },
    feasible: 0.9,
    withinLimits: null,
    nearest: { distance: 0.25, point },
    runnerUp: { point, score: -2 },
    cost: null,
    repeat: false,
  };
  await addModel(id, [
    { ...experiment, id: server.engine.ids.next(), number: 1, grounds },
    { ...experiment, id: server.engine.ids.next(), number: 2, origin: 'initial' },
  ]);
  const { data } = await server.query<{
    campaign: { experiments: { edges: readonly { node: { grounds: unknown } }[] } };
  }>(
    'viewer',
    `query ($id: ID!) { campaign(id: $id) { experiments(first: 5) { edges { node { grounds {
      predictions { property mean sd } improvement { exploiting exploring exploringShare } feasible withinLimits
      nearest { distance label point } runnerUp { score label } cost repeat elsewhereRefused
    } } } } } }`,
    { id },
  );
  const label = 'Li3PO4 25 % · Li3BO3 25 % · Li2SO4 50 %';
  expect(data.campaign.experiments.edges.map(({ node }) => node.grounds)).toEqual([
    {
      ...grounds,
      improvement: { exploiting: 0.1, exploring: 0.3, exploringShare: expect.closeTo(0.75, 12) },
      nearest: { distance: 0.25, label, point },
      runnerUp: { score: -2, label },
      elsewhereRefused: [],
    },
    null,
  ]);
});
