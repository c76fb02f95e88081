import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { points, ternary } from '../../../apps/api/test/support/campaign.js';
import { TestServer } from '../../../apps/api/test/support/server.js';
import {
  ClientError,
  documents,
  InputRefused,
  IonloopClient,
  type IonloopClientOptions,
  RequestRefused,
  TooManyRequests,
  Unavailable,
} from '../src/index.js';
import { Relay } from './support/relay.js';

let server: TestServer;
let relay: Relay;
beforeAll(async () => {
  server = await TestServer.start();
  relay = await Relay.open(server.url);
}, 120_000);
afterAll(async () => {
  await relay.close();
  await server.close();
});

const quick = { firstMs: 5, longestMs: 20 };
const clientOf = (
  who: keyof TestServer['tokens'],
  options: Partial<IonloopClientOptions> = {},
): IonloopClient =>
  new IonloopClient({ url: server.url, token: server.tokens[who], retry: quick, ...options });

const input = { ...ternary, start: true } as const as documents.CreateCampaignInput;

describe('the ready functions', () => {
  test('take a campaign from its start to a decision on each proposal', async () => {
    const planner = clientOf('planner');
    const approver = clientOf('approver');
    const { id } = await planner.campaigns.create({ ...input, name: 'From start to end' });
    const added = [];
    for (const point of points) {
      added.push(await planner.experiments.add({ campaignId: id, point, reason: 'I want to know' }));
    }
    expect(await planner.experiments.proposals(id).count()).toBe(3);
    const [first, second, third] = added;
    const edited = await planner.experiments.edit({
      id: first!.id,
      point: { composition: { Li3PO4: 0.3, Li3BO3: 0.3, Li2SO4: 0.4 } },
      reason: 'rounder',
    });
    await expect(approver.experiments.approve([first!, second!])).rejects.toMatchObject({
      name: 'InputRefused',
      code: 'SPEC_CHANGED',
    });
    const approved = await approver.experiments.approve([edited, second!]);
    expect(approved.map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect((await approver.experiments.reject(third!.id, 'no sulfate left')).state).toBe('rejected');
    const campaign = await planner.campaigns.get(id);
    expect(campaign?.counts.find(({ state }) => state === 'queued')?.count).toBe(2);
    const reasons = await planner.campaigns.audit(id, { filter: { about: third!.id } }).toArray();
    expect(reasons.map(({ type, why }) => [type, why])).toContainEqual([
      'experiment.moved',
      'no sulfate left',
    ]);
  });

  test('read a list a page at a time, and only as far as it is read', async () => {
    const planner = clientOf('planner', { url: relay.url });
    const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `paged ${letter}`);
    for (const name of names) await planner.campaigns.create({ ...input, name });
    const list = planner.campaigns.list({ text: 'paged', orderBy: { by: 'name' }, pageSize: 2 });
    expect(await list.count()).toBe(5);
    expect((await list.toArray()).map(({ name }) => name)).toEqual(names);
    relay.requests = 0;
    expect((await list.toArray(2)).map(({ name }) => name)).toEqual(names.slice(0, 2));
    expect(relay.requests).toBe(1);
  });

  test('bring history in and take the campaign out', async () => {
    const planner = clientOf('planner');
    const { id } = await planner.campaigns.create({ ...input, name: 'With a past' });
    const table = 'Li3PO4,Li3BO3,Li2SO4,ionic_conductivity [S/cm]\n0.2,0.3,0.5,1e-6\n0.5,0.3,0.2,much\n';
    const checked = await planner.files.importHistory(id, table, { dryRun: true });
    expect(checked).toMatchObject({ rows: 2, bad: 1, importId: null });
    expect(checked.badRows[0]).toMatchObject({ line: 3 });
    const done = await planner.files.importHistory(id, table, { skipBad: true, name: 'old.csv' });
    expect(done).toMatchObject({ experiments: 1, isRepeated: false });
    const csv = await (await planner.files.export(id, 'csv')).text();
    expect(csv.trim().split('\n')).toHaveLength(2);
    await expect(planner.files.export('no-such-campaign')).rejects.toMatchObject({
      name: 'RequestRefused',
      code: 'NOT_FOUND',
      status: 404,
    });
  });

  test('say null of what is not there, and refuse its lists', async () => {
    const viewer = clientOf('viewer');
    expect(await viewer.campaigns.get('no-such-campaign')).toBeNull();
    await expect(viewer.experiments.list('no-such-campaign').toArray()).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('operations of one’s own', () => {
  test('are typed by their documents, as text, parsed, or generated', async () => {
    const viewer = clientOf('viewer');
    const text = 'query Who { viewer { role } }';
    interface Who {
      readonly viewer: { readonly role: string };
    }
    expect((await viewer.query<Who>(text)).viewer.role).toBe('viewer');
    expect(await viewer.query(parse(text) as never)).toEqual({ viewer: { role: 'viewer' } });
    const { viewer: seen } = await viewer.query(documents.ViewerDocument);
    expect(seen.name).toBe('a viewer');
  });

  test('that ask for no user errors learn of them all the same', async () => {
    const planner = clientOf('planner');
    const create =
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } } }';
    const refused = planner.mutate(create, { input: { ...input, budget: 0 } });
    await expect(refused).rejects.toBeInstanceOf(InputRefused);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'budget' });
  });
});

describe('what goes wrong is told by class and code', () => {
  test('no token, no permission, no such field', async () => {
    const stranger = clientOf('viewer', { token: 'made-up' });
    await expect(stranger.access.viewer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const refused = clientOf('viewer').campaigns.create(input);
    await expect(refused).rejects.toBeInstanceOf(RequestRefused);
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(clientOf('viewer').query('{ nothing }')).rejects.toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      faults: [expect.anything()],
    });
  });

  test('no server', async () => {
    const nowhere = clientOf('viewer', { url: 'http://127.0.0.1:9', retry: { ...quick, tries: 2 } });
    const asked = nowhere.access.viewer();
    await expect(asked).rejects.toBeInstanceOf(Unavailable);
    await expect(asked).rejects.toBeInstanceOf(ClientError);
  });

  test('an aborted signal, also in the middle of a wait', async () => {
    const stop = new AbortController();
    const nowhere = clientOf('viewer', {
      url: 'http://127.0.0.1:9',
      retry: { firstMs: 60_000, longestMs: 60_000 },
    });
    const asked = nowhere.access.viewer({
      signal: stop.signal,
      onRetry: () => stop.abort(new Error('enough')),
    });
    await expect(asked).rejects.toThrow('enough');
  });
});

describe('an answer that is lost', () => {
  test('is asked for again under the same key: one campaign, not two', async () => {
    const planner = clientOf('planner', { url: relay.url });
    const failures: string[] = [];
    relay.loseReplies = 2;
    const { id } = await planner.campaigns.create(
      { ...input, name: 'Made once' },
      { onRetry: ({ code }) => failures.push(code) },
    );
    expect(failures).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    const found = await planner.campaigns.list({ text: 'Made once' }).toArray();
    expect(found.map((one) => one.id)).toEqual([id]);
  });

  test('of a mutation without a key is not: what became of it is unknown', async () => {
    const planner = clientOf('planner', { url: relay.url });
    const { id } = await planner.campaigns.create({ ...input, name: 'Paused once' });
    relay.requests = 0;
    relay.loseReplies = 1;
    await expect(planner.campaigns.pause(id)).rejects.toBeInstanceOf(Unavailable);
    expect(relay.requests).toBe(1);
    expect((await planner.campaigns.get(id))?.state).toBe('paused');
  });
});

describe('more requests than are answered', () => {
  let strict: TestServer;
  beforeAll(async () => (strict = await TestServer.start({}, { rate: 4, rateBurst: 3 })), 120_000);
  afterAll(() => strict.close());

  test('wait for as long as the server says', async () => {
    const viewer = new IonloopClient({ url: strict.url, token: strict.tokens.viewer, retry: { tries: 30 } });
    const waits: number[] = [];
    const onRetry = (failure: ClientError, waitMs: number): void => {
      waits.push(waitMs - (failure instanceof TooManyRequests ? (failure.retryAfterMs ?? 0) : Number.NaN));
    };
    const names = await Promise.all(Array.from({ length: 6 }, () => viewer.access.viewer({ onRetry })));
    expect(names).toHaveLength(6);
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.every((longer) => longer >= 0)).toBe(true);
  });

  test('are told where that is too long', async () => {
    const hasty = new IonloopClient({
      url: strict.url,
      token: strict.tokens.planner,
      retry: { longestRetryAfterMs: 0 },
    });
    const asked = Array.from({ length: 12 }, () => hasty.access.viewer());
    const refused = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) {
      if (!(reason instanceof TooManyRequests)) throw reason;
      expect(reason.retryAfterMs).toBeGreaterThan(0);
    }
  });
});
