import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '@ionloop/domain';
import { plan, plannerVersion } from '@ionloop/planner';
import {
  authenticate,
  createWorkspace,
  type Engine,
  exchangeOneTime,
  InMemoryBuckets,
  InMemoryStore,
  issueToken,
  issueTokenOnce,
  type NewToken,
  pauseStation,
  quietEngine,
  revokeToken,
} from '../src/index.js';
import { refusal, TestLoop } from '../src/testing/index.js';

const day = 86_400_000;
const ada: Actor = { kind: 'person', name: 'ada' };
const laptop: NewToken = { name: 'laptop', role: 'planner', days: 30 };

let now: number;
let engine: Engine;
beforeEach(() => {
  now = Date.parse('2026-11-21T12:00:00Z');
  engine = quietEngine(new InMemoryStore(() => new Date(now)));
});
const told = async (workspace = 'default'): Promise<readonly string[]> =>
  (await engine.store.accessLog.page(workspace, 100)).map(({ action }) => action).sort();

describe('a token', () => {
  it('opens what its role may until it runs out', async () => {
    const { token, secret } = await issueToken(engine, laptop);
    expect(secret).toMatch(/^ion_\S{40,}$/);
    expect(token).toMatchObject({ name: 'laptop', role: 'planner', station: null, workspace: 'default' });
    expect(JSON.stringify(await engine.store.tokens.all())).not.toContain(secret);
    expect(await authenticate(engine, secret)).toEqual(token);
    expect(await authenticate(engine, `${secret}x`)).toBeNull();
    now += 30 * day - 1;
    expect(await authenticate(engine, secret)).toEqual(token);
    now += 1;
    expect(await authenticate(engine, secret)).toBeNull();
  });

  it('is worthless once it is revoked, which is told once', async () => {
    const { token, secret } = await issueToken(engine, laptop, ada);
    const revoked = await revokeToken(engine, ada, token.id);
    expect(revoked.revokedAt).not.toBeNull();
    expect(await authenticate(engine, secret)).toBeNull();
    now += day;
    expect(await revokeToken(engine, ada, token.id)).toEqual(revoked);
    expect(await told()).toEqual(['token.created', 'token.revoked']);
    await expect(revokeToken(engine, ada, 'nothing')).rejects.toEqual(refusal('NOT_FOUND'));
  });

  it('of one use is exchanged once, and opens nothing itself', async () => {
    const campaign = await new TestLoop(engine, {
      version: plannerVersion,
      plan: (request) => Promise.resolve(plan(request)),
    }).campaign();
    const { secret } = await issueToken(engine, { ...laptop, oneTime: true, campaign: campaign.id });
    expect(await authenticate(engine, secret)).toBeNull();
    const session = await exchangeOneTime(engine, secret, 1);
    expect(session?.token).toMatchObject({ role: 'planner', oneTime: false, campaign: campaign.id });
    expect(await authenticate(engine, session?.secret ?? '')).toEqual(session?.token);
    expect(await exchangeOneTime(engine, secret, 1)).toBeNull();
    expect(await exchangeOneTime(engine, 'ion_made-up', 1)).toBeNull();
    expect(await told()).toEqual(['token.created', 'token.created', 'token.exchanged']);
  });

  it('is made once for a key, and its secret is never told again', async () => {
    const first = await issueTokenOnce(engine, laptop, ada, 'key');
    expect(first.secret).toMatch(/^ion_/);
    expect(await issueTokenOnce(engine, laptop, ada, 'key')).toEqual({ token: first.token, secret: null });
    await expect(issueTokenOnce(engine, { ...laptop, days: 1 }, ada, 'key')).rejects.toEqual(
      refusal('IDEMPOTENCY_KEY_REUSED'),
    );
    const others = await issueTokenOnce(engine, laptop, { kind: 'person', name: 'bob' }, 'key');
    expect(others.token.id).not.toBe(first.token.id);
    expect(await engine.store.tokens.all()).toHaveLength(2);
  });

  it('is made by one of those who ask under a key at once', async () => {
    const both = await Promise.all(
      [1, 2].map(() => issueTokenOnce(engine, laptop, ada, 'at the same moment')),
    );
    expect(new Set(both.map(({ token }) => token.id)).size).toBe(1);
    expect(both.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(await told()).toEqual(['token.created']);
  });

  it.each<[string, Partial<NewToken>, string, RegExp]>([
    ['of a lab without its station', { role: 'lab' }, 'station', /name it/],
    ['of a planner with a station', { station: 'robot' }, 'station', /not one for a planner/],
    ['of an unknown campaign', { campaign: 'nothing' }, 'campaign', /there is no campaign nothing/],
    ['of an admin within a campaign', { role: 'admin', campaign: 'c' }, 'campaign', /role admin cannot/],
    ['of the instance for a viewer', { role: 'viewer', instance: true }, 'instance', /not a viewer/],
    ['without a name', { name: ' ' }, 'name', /name/],
    ['for eleven years', { days: 4015 }, 'days', /3650/],
    ['of a made-up role', { role: 'king' as never }, 'role', /planner/],
  ])('%s is refused', async (_, change, field, says) => {
    await expect(issueToken(engine, { ...laptop, ...change })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field, message: expect.stringMatching(says) },
    });
    expect(await engine.store.tokens.all()).toEqual([]);
    expect(await told()).toEqual([]);
  });
});

describe('a workspace', () => {
  it('is made once, and tells so in its own log', async () => {
    const made = await createWorkspace(engine, ada, { id: 'glass-2', name: 'Glass' });
    expect(made).toMatchObject({ id: 'glass-2', name: 'Glass' });
    expect(await told('glass-2')).toEqual(['workspace.created']);
    expect(await told()).toEqual([]);
    await expect(createWorkspace(engine, ada, made)).rejects.toEqual(refusal('CONFLICT'));
  });

  it.each(['', 'Glass', '-glass', 'glass-', 'gl/ass', 'g'.repeat(41)])('is not called %p', async (id) => {
    await expect(createWorkspace(engine, ada, { id, name: 'Glass' })).rejects.toEqual(
      refusal('INVALID_INPUT', /small letters, digits and hyphens/),
    );
  });
});

it('a station is paused and resumed, and what changes nothing is not told', async () => {
  const robot = await engine.store.stations.register({
    ...{ id: 'robot', name: 'robot', bootId: 'boot', properties: ['density'], limits: {}, schemaVersion: 1 },
  });
  expect(await pauseStation(engine, ada, robot.id, false)).toEqual(robot);
  expect(await pauseStation(engine, ada, robot.id, true)).toMatchObject({ paused: true });
  expect(await pauseStation(engine, ada, robot.id, true)).toMatchObject({ paused: true });
  expect(await pauseStation(engine, ada, robot.id, false)).toMatchObject({ paused: false });
  expect(await told()).toEqual(['station.paused', 'station.resumed']);
  await expect(pauseStation(engine, ada, 'nothing', true)).rejects.toEqual(refusal('NOT_FOUND'));
});

describe('a bucket', () => {
  const policy = { rate: 2, burst: 5 };

  it('gives whole permits, fills by its rate and never above its burst', async () => {
    let seconds = 100;
    const buckets = new InMemoryBuckets(() => seconds);
    expect(await buckets.take('a', 3, policy)).toEqual({ granted: 3, left: 2 });
    expect(await buckets.take('a', 9, policy)).toEqual({ granted: 2, left: 0 });
    seconds += 0.75;
    expect(await buckets.take('a', 9, policy)).toEqual({ granted: 1, left: 0.5 });
    seconds += 3600;
    expect(await buckets.take('a', 9, policy)).toEqual({ granted: 5, left: 0 });
    expect(await buckets.take('b', 1, policy)).toEqual({ granted: 1, left: 4 });
    seconds -= 10;
    expect(await buckets.take('a', 1, policy)).toEqual({ granted: 0, left: 0 });
  });

  it('is forgotten where ten thousand others were asked for since', () => {
    const buckets = new InMemoryBuckets(() => 0);
    buckets.takeNow('old', 5, policy);
    buckets.takeNow('used', 5, policy);
    for (let n = 0; n < 9_998; n += 1) buckets.takeNow(`other ${n}`, 1, policy);
    expect(buckets.takeNow('used', 1, policy).granted).toBe(0);
    buckets.takeNow('one more', 1, policy);
    expect(buckets.takeNow('used', 1, policy).granted).toBe(0);
    expect(buckets.takeNow('old', 1, policy).granted).toBe(1);
  });
});
