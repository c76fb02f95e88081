import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RecordStore } from '@ionloop/engine';
import { Summaries } from '../src/campaigns/summaries.js';
import { newLoaders } from '../src/graphql/loaders.js';
import { addExperiment, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

/** The store, and how often each of its reads was asked. */
function counted(store: RecordStore): { store: RecordStore; asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const count = <T extends object>(of: T): T =>
    new Proxy(of, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          asked.set(String(name), (asked.get(String(name)) ?? 0) + 1);
          return Reflect.apply(member, target, given);
        };
      },
    });
  const { read, stations, tokens, screens, analyses, imports, artifacts, inFlight, workspaces, accessLog } =
    store;
  const same = { tokens, screens, analyses, imports, artifacts, inFlight, workspaces, accessLog };
  const wrapped = { read: count(read), stations: count(stations), ...same };
  const { create, transact, restore } = store;
  return { store: { ...wrapped, create, transact, restore }, asked };
}

test('however many ask, each kind of row is read once', async () => {
  const campaignId = await createCampaign(server);
  const ids: string[] = [];
  for (const point of points) ids.push(await addExperiment(server, campaignId, point));
  const { store, asked } = counted(server.engine.store);
  const loaders = newLoaders(store, new Summaries(store.read));
  await Promise.all(
    ids.flatMap((id) => [
      loaders.campaign.load(campaignId),
      loaders.standing.load(campaignId),
      loaders.best.load(campaignId),
      loaders.progress.load({ id: campaignId, revision: '0.0', points: 100 }),
      loaders.lastSeq.load(campaignId),
      loaders.latestModel.load(campaignId),
      loaders.attempts.load(id),
      loaders.measurements.load(id),
      loaders.lease.load(`lease of ${id}`),
      loaders.station.load('nobody'),
    ]),
  );
  expect(Object.fromEntries(asked)).toEqual({
    campaignsById: 1,
    standings: 1,
    bestResults: 1,
    progress: 1,
    lastSeqs: 1,
    latestModels: 1,
    attempts: 1,
    measurementsOf: 1,
    leases: 1,
    all: 1,
  });
});

test('progress is read once for each revision of the data', async () => {
  const { store, asked } = counted(server.engine.store);
  const summaries = new Summaries(store.read);
  const id = await createCampaign(server);
  await summaries.progress([{ id, revision: '0.0', points: 100 }]);
  await summaries.progress([{ id, revision: '0.0', points: 100 }]);
  expect(asked.get('progress')).toBe(1);
  await summaries.progress([
    { id, revision: '0.1', points: 100 },
    { id, revision: '0.0', points: 100 },
  ]);
  expect(asked.get('progress')).toBe(2);
});

test('what a mutation changed is seen by the next in the same request', async () => {
  const campaignId = await createCampaign(server);
  const [first, second] = [
    await addExperiment(server, campaignId, points[0]!),
    await addExperiment(server, campaignId, points[1]!),
  ];
  interface Rejected {
    readonly one: { readonly experiment: { readonly note: string } };
    readonly state: {
      readonly campaign: { readonly waiting: { readonly proposals: number }; readonly state: string };
    };
  }
  const { data } = await server.query<Rejected>(
    'admin',
    `mutation ($first: ID!, $second: ID!, $campaign: ID!) {
      one: rejectExperiment(input: { id: $first, reason: "no" }) { experiment { note } }
      before: switchCampaign(input: { id: $campaign, proposing: false }) { campaign { waiting { proposals } } }
      two: rejectExperiment(input: { id: $second, reason: "no" }) { experiment { note } }
      after: switchCampaign(input: { id: $campaign, proposing: true }) { campaign { waiting { proposals } } }
    }`,
    { first, second, campaign: campaignId },
  );
  expect(data).toMatchObject({
    before: { campaign: { waiting: { proposals: 1 } } },
    after: { campaign: { waiting: { proposals: 0 } } },
  });
});
