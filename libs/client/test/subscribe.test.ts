import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueToken } from '@ionloop/engine';
import { createCampaign } from '../../../apps/api/test/support/campaign.js';
import { TestServer } from '../../../apps/api/test/support/server.js';
import { type CampaignEvent, IonloopClient, type IonloopClientOptions } from '../src/index.js';
import { Relay } from './support/relay.js';

let server: TestServer;
let relay: Relay;
beforeAll(async () => {
  server = await TestServer.start({ sockets: { tokenCheckMs: 50 } });
  relay = await Relay.open(server.url);
}, 120_000);
afterAll(async () => {
  await relay.close();
  await server.close();
});

const follower = (options: Partial<IonloopClientOptions> = {}): IonloopClient =>
  new IonloopClient({
    url: relay.url,
    token: server.tokens.viewer,
    retry: { firstMs: 5, longestMs: 50 },
    ...options,
  });

const planner = (): IonloopClient => new IonloopClient({ url: server.url, token: server.tokens.planner });

async function happen(id: string, times: number): Promise<void> {
  const client = planner();
  for (let i = 0; i < times; i += 1)
    await client.campaigns.switch({ id, proposing: i % 2 === 0 ? false : true });
}

test('events go on after every cut, each once and in order', async () => {
  const id = await createCampaign(server, { budget: 50 });
  const client = follower();
  const cuts: string[] = [];
  const heard: CampaignEvent[] = [];
  for await (const event of client.campaigns.events(id, { onCut: ({ code }) => cuts.push(code) })) {
    heard.push(event);
    if (event.seq % 2 === 0 && event.seq < 12) {
      // While nobody listens more happens.
      relay.cut();
      await happen(id, 2);
    }
    if (event.seq === 12) break;
  }
  expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(cuts.length).toBeGreaterThanOrEqual(5);
  const kept = await client.campaigns.audit(id, { newestFirst: false }).toArray();
  expect(heard.map(({ hash }) => hash)).toEqual(kept.map(({ hash }) => hash));
  await client.close();
}, 120_000);

test('a socket that fell silent is given up, and events go on over another', async () => {
  const id = await createCampaign(server);
  const client = follower({ aliveMs: 300 });
  const events = client.campaigns.events(id, { after: 2 });
  const next = events.next();
  await waitFor(() => relay.openSockets === 1);
  relay.opened = 0;
  relay.silence();
  await happen(id, 1);
  // The one after the first is not even answered, and given up too.
  await waitFor(() => relay.opened >= 2);
  relay.wake();
  expect(await next).toMatchObject({ value: { seq: 3 } });
  await events.return?.();
  await client.close();
}, 120_000);

test('ends when it is aborted or left, also while it waits, and closes its socket', async () => {
  const id = await createCampaign(server);
  const client = follower();
  const stop = new AbortController();
  const events = client.campaigns.events(id, { after: 2, signal: stop.signal });
  const waiting = events.next();
  await waitFor(() => relay.openSockets === 1);
  stop.abort(new Error('seen enough'));
  await expect(waiting).rejects.toThrow('seen enough');
  await waitFor(() => relay.openSockets === 0);

  const others = client.campaigns.events(id, { after: 2 });
  const pending = others.next();
  await waitFor(() => relay.openSockets === 1);
  await others.return?.();
  await pending.catch(() => undefined);
  await waitFor(() => relay.openSockets === 0);
}, 120_000);

test('ends with the token', async () => {
  const id = await createCampaign(server);
  const issued = await issueToken(server.engine, { name: 'a guest', role: 'viewer', days: 1 });
  const events = follower({ token: issued.secret }).campaigns.events(id, { after: 1 });
  expect(await events.next()).toMatchObject({ value: { seq: 2 } });
  const next = events.next();
  await server.engine.store.tokens.revoke(issued.token.id);
  await expect(next).rejects.toMatchObject({ name: 'RequestRefused', code: 'UNAUTHENTICATED' });
}, 120_000);

test('tells what the server will not do', async () => {
  const stranger = follower({ token: 'made-up' }).campaigns.events('x');
  await expect(stranger.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(follower().campaigns.events('no-such-campaign').next()).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const wrong = follower().subscribe('subscription { nothing }');
  await expect(wrong.next()).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  const nowhere = follower({ url: 'http://127.0.0.1:9', retry: { tries: 2, firstMs: 1 } });
  await expect(nowhere.campaigns.events('x').next()).rejects.toMatchObject({ name: 'Unavailable' });
}, 120_000);

async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited 60 s in vain');
    await new Promise((passed) => setTimeout(passed, 10));
  }
}
