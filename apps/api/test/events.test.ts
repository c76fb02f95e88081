import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '@ionloop/domain';
import { issueToken } from '@ionloop/engine';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { follow } from '../src/events/follow.js';
import { SharedReads } from '../src/events/shared-reads.js';
import { Signals } from '../src/events/signals.js';
import { addExperiment, createCampaign, points } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
const care = { tokenCheckMs: 50, stallMs: 400 };
beforeAll(async () => (server = await TestServer.start({ sockets: care })));
afterAll(() => server.close());

const query = `subscription ($campaign: ID!, $after: Int!) {
  campaignEvents(campaign: $campaign, after: $after) { seq type actor summary payload hash }
}`;
interface Told {
  readonly campaignEvents: { readonly seq: number; readonly type: string; readonly summary: string };
}

/** The next event's number and what else is told of it. */
async function nextOf(events: { next(): Promise<{ value?: unknown }> }): Promise<Told['campaignEvents']> {
  const { data } = (await events.next()).value as { readonly data: Told };
  return data.campaignEvents;
}

const connect = (authorization = `Bearer ${server.tokens.viewer}`): { client: Client; cut: () => void } => {
  let socket: WebSocket | undefined;
  class Cuttable extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols);
      // eslint-disable-next-line @typescript-eslint/no-this-alias
      socket = this;
    }
  }
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Cuttable,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  return { client, cut: () => socket?.terminate() };
};

describe('following a campaign', () => {
  test('goes on after a cut from the last number, without gap or repeat', async () => {
    const campaign = await createCampaign(server);
    const heard: number[] = [];
    const first = connect();
    const before = first.client.iterate<Told>({ query, variables: { campaign, after: 0 } });
    for (let i = 0; i < 2; i += 1) heard.push((await nextOf(before)).seq);
    const cut = before.next();
    first.cut();
    await expect(cut).rejects.toBeDefined();
    await addExperiment(server, campaign, points[0]!);
    await addExperiment(server, campaign, points[1]!);
    const second = connect();
    const after = second.client.iterate<Told>({ query, variables: { campaign, after: heard.at(-1) } });
    for (let i = 0; i < 2; i += 1) heard.push((await nextOf(after)).seq);
    const next = nextOf(after);
    await addExperiment(server, campaign, points[2]!);
    const last = await next;
    heard.push(last.seq);
    expect(heard).toEqual([1, 2, 3, 4, 5]);
    expect(last).toMatchObject({ type: 'experiment.added', actor: 'a planner' });
    expect(last.summary).toMatch(/^Experiment 3 was added by hand/);
    await second.client.dispose();
  });

  test('tells of an event at once, not at the next poll', async () => {
    const campaign = await createCampaign(server);
    const { client } = connect();
    const events = client.iterate<Told>({ query, variables: { campaign, after: 2 } });
    const next = events.next();
    await new Promise((passed) => setTimeout(passed, 300));
    const startedAt = performance.now();
    await addExperiment(server, campaign, points[0]!);
    await next;
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await client.dispose();
  });

  test('carries nothing but subscriptions', async () => {
    const { client } = connect();
    const answer = client.iterate({ query: '{ viewer { name } }' }).next();
    await expect(answer).rejects.toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    await client.dispose();
  });

  test('is refused with a wrong token', async () => {
    const { client } = connect('Bearer made-up');
    const answer = client.iterate({ query, variables: { campaign: 'x', after: 0 } }).next();
    await expect(answer).rejects.toMatchObject({ code: 4403 });
  });

  test('reads the same from the log by pages', async () => {
    const campaign = await createCampaign(server);
    const { data } = await server.query<{
      campaign: { events: readonly { seq: number }[]; lastSeq: number };
    }>(
      'viewer',
      `query ($id: ID!) { campaign(id: $id) { lastSeq events(after: 1, first: 1) { seq type } } }`,
      { id: campaign },
    );
    expect(data.campaign).toEqual({ lastSeq: 2, events: [{ seq: 2, type: 'campaign.moved' }] });
  });
});

describe('an open socket', () => {
  const secretOf = async (days: number): Promise<{ readonly id: string; readonly secret: string }> => {
    const issued = await issueToken(server.engine, { name: 'a guest', role: 'viewer', days });
    return { id: issued.token.id, secret: issued.secret };
  };

  test('ends with its token: the subscriber learns that it was revoked, others go on', async () => {
    const campaign = await createCampaign(server);
    const { id, secret } = await secretOf(1);
    const guest = connect(`Bearer ${secret}`);
    const other = connect();
    const guests = guest.client.iterate<Told>({ query, variables: { campaign, after: 0 } });
    const others = other.client.iterate<Told>({ query, variables: { campaign, after: 2 } });
    expect([(await nextOf(guests)).seq, (await nextOf(guests)).seq]).toEqual([1, 2]);
    const ended = guests.next();
    const next = nextOf(others);
    await server.engine.store.tokens.revoke(id);
    await expect(ended).rejects.toMatchObject({ code: 4403, reason: expect.stringMatching(/revoked/) });
    await addExperiment(server, campaign, points[0]!);
    expect((await next).seq).toBe(3);
    await other.client.dispose();
  });

  test('ends when its token expires', async () => {
    const campaign = await createCampaign(server);
    const { id, secret } = await secretOf(1);
    const events = connect(`Bearer ${secret}`).client.iterate<Told>({
      ...{ query, variables: { campaign, after: 2 } },
    });
    const ended = events.next();
    await server.sql(`UPDATE token SET expires_at = now() + interval '0.3 seconds' WHERE id = '${id}'`);
    await expect(ended).rejects.toMatchObject({ code: 4403 });
  });

  test('of a client that does not read is closed with a code, and others are told all the same', async () => {
    const campaign = await createCampaign(server, { budget: 5000 });
    await manyEvents(campaign);
    const slow = await reading(campaign);
    slow.pause();
    const { client } = connect();
    const others = client.iterate<Told>({ query, variables: { campaign, after: 0 } });
    const last = await server.engine.store.read.lastSeq(campaign);
    for (let seq = 1; seq <= last; seq += 1) expect((await nextOf(others)).seq).toBe(seq);
    await new Promise((passed) => setTimeout(passed, 3 * care.stallMs));
    slow.resume();
    expect(await slow.closed).toEqual({ code: 1013, reason: expect.stringMatching(/after the last seq/) });
    expect(slow.messages()).toBeLessThan(last);
    const next = nextOf(others);
    await addExperiment(server, campaign, points[0]!);
    expect((await next).seq).toBe(last + 1);
    await client.dispose();
  });

  /** More than the buffers between two sockets of one machine hold. */
  async function manyEvents(campaign: string): Promise<void> {
    const note = 'x'.repeat(60_000);
    for (let n = 0; n < 200; n += 20) {
      await server.engine.store.transact(campaign, { kind: 'person', name: 'ada' }, (tx) => {
        for (let k = 0; k < 20; k += 1) {
          const reason = `${note}${n + k}`;
          tx.append({ type: 'campaign.proposalsAsked', count: 0, reason });
        }
        return Promise.resolve();
      });
    }
  }

  /** A client of its own that subscribes by hand, and can stop to read. */
  async function reading(campaign: string) {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let messages = 0;
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    const acknowledged = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const { type } = JSON.parse(data.toString()) as { readonly type: string };
        if (type === 'connection_ack') resolve();
        if (type === 'next') messages += 1;
      });
    });
    await new Promise((opened) => socket.once('open', opened));
    const authorization = `Bearer ${server.tokens.viewer}`;
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    await acknowledged;
    const payload = { query, variables: { campaign, after: 0 } };
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    return {
      closed,
      messages: () => messages,
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    };
  }
});

describe('the follower', () => {
  const event = (seq: number): RecordedEvent => ({ seq }) as RecordedEvent;
  const logOf = (log: readonly RecordedEvent[], reads: number[]) => ({
    events: (_: string, after: number, limit: number) => {
      reads.push(after);
      return Promise.resolve(log.filter(({ seq }) => seq > after).slice(0, limit));
    },
  });
  const never = new AbortController().signal;

  test('reads a page only when the one before is used up', async () => {
    const reads: number[] = [];
    const log = Array.from({ length: 5 }, (_, i) => event(i + 1));
    const following = {
      read: logOf(log, reads),
      signals: new Signals(),
      campaignId: 'c',
      after: 0,
      pageSize: 2,
    };
    const events = follow(following, never);
    await events.next();
    await events.next();
    expect(reads).toEqual([0]);
    await events.next();
    expect(reads).toEqual([0, 2]);
    await events.return?.();
  });

  test('asks once for all who ask the same at the same moment, and again for who asks later', async () => {
    const reads: number[] = [];
    const log = [event(1)];
    const shared = new SharedReads(logOf(log, reads));
    const together = await Promise.all([0, 0, 0, 1].map((after) => shared.events('c', after, 10)));
    expect(together.map((page) => page.map(({ seq }) => seq))).toEqual([[1], [1], [1], []]);
    expect([...reads].sort()).toEqual([0, 1]);
    const early = shared.events('c', 1, 10);
    log.push(event(2));
    expect([(await early).length, (await shared.events('c', 1, 10)).length]).toEqual([1, 1]);
    expect(reads).toHaveLength(4);
  });

  test('finds what no hint told it of', async () => {
    const log: RecordedEvent[] = [];
    const following = { read: logOf(log, []), signals: new Signals(), campaignId: 'c', after: 0, pollMs: 20 };
    const events = follow(following, never);
    const next = events.next();
    log.push(event(1));
    expect((await next).value).toEqual({ seq: 1 });
    await events.return?.();
  });

  test('ends at once in the middle of waiting', async () => {
    const following = {
      read: logOf([], []),
      signals: new Signals(),
      campaignId: 'c',
      after: 0,
      pollMs: 60_000,
    };
    const events = follow(following, never);
    const next = events.next();
    await new Promise((passed) => setTimeout(passed, 10));
    await events.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
