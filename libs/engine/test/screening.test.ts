import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, JsonObject } from '@ionloop/domain';
import { openStream, parseStreamSpec } from '@ionloop/space';
import {
  advanceScreen,
  cancelScreen,
  type Engine,
  reviveScreens,
  type Screen,
  screenChunk,
  type ScreenHints,
  screenProgress,
  startScreen,
  type StartScreen,
  tallyOf,
} from '../src/index.js';
import { refusal, TestLoop } from '../src/testing/index.js';
import { newEngine, planner, screener } from './questions.js';

const fine: JsonObject = {
  parameters: [
    {
      kind: 'mixture',
      name: 'composition',
      step: 0.005,
      components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
    },
  ],
};
const candidates = 20_301;

let engine: Engine;
let loop: TestLoop;
let campaign: Campaign;
let waiting: { readonly id: string; readonly chunks: readonly number[] }[];
const hints: ScreenHints = {
  screen(id, chunks) {
    waiting.push({ id, chunks });
    return Promise.resolve();
  },
  idle: () => Promise.resolve(waiting.length === 0),
};
const start = (input: StartScreen = {}, key?: string): Promise<Screen> =>
  startScreen(engine, hints, loop.person, campaign.id, { top: 5, ...input }, key);
const advance = (id: string) => advanceScreen(engine.store.screens, screener, hints, id);
const now = async (id: string): Promise<Screen> => {
  const screen = await engine.store.screens.byId(id);
  if (!screen) throw new Error('it is gone');
  return screen;
};

beforeEach(async () => {
  waiting = [];
  engine = newEngine();
  loop = new TestLoop(engine, planner);
  campaign = await loop.campaign({ space: fine, strategy: 'random' });
  const robot = await loop.station();
  for (const value of [1e-6, 5e-5, 2e-5]) await loop.runOne(robot, value);
});

describe('a screen', () => {
  it('is prepared, done chunk by chunk by whoever gets the hint, and finished once', async () => {
    const { id } = await start();
    expect(waiting.splice(0)).toEqual([{ id, chunks: [] }]);
    expect(await now(id)).toMatchObject({ status: 'preparing', size: null, createdBy: 'ada' });
    await advance(id);
    expect(await now(id)).toMatchObject({
      status: 'running',
      size: { chunks: 2, candidates: String(candidates) },
    });
    expect(waiting.splice(0)).toEqual([{ id, chunks: [0, 1] }]);
    await screenChunk(engine.store.screens, screener, id, 1);
    await screenChunk(engine.store.screens, screener, id, 1);
    expect((await engine.store.screens.done(id)).chunks).toBe(1);
    await advance(id);
    expect(waiting.splice(0)).toEqual([{ id, chunks: [0] }]);
    await screenChunk(engine.store.screens, screener, id, 0);
    await advance(id);
    const screen = await now(id);
    expect(screen.status).toBe('completed');
    const result = (await engine.store.screens.result(id)) as unknown as {
      readonly stages: readonly { readonly came: number }[];
      readonly best: readonly { readonly index: string; readonly score: number; readonly point: object }[];
    };
    expect(result.stages[0]?.came).toBe(candidates);
    const { best } = await tallyOf(engine.store.screens, screen);
    expect(result.best.map(({ index }) => index)).toEqual(best.map(({ index }) => index));
    const stream = openStream(parseStreamSpec(fine));
    for (const { index, point } of result.best) expect(point).toEqual(stream.pointAt(BigInt(index)));
    expect(result.best.map(({ score }) => score)).toEqual(
      [...result.best.map(({ score }) => score)].sort((a, b) => b - a),
    );
    await advance(id);
    await screenChunk(engine.store.screens, screener, id, 0);
    expect(await now(id)).toEqual(screen);
    await expect(cancelScreen(engine, id)).rejects.toEqual(refusal('INVALID_STATE', /screen is completed/));
  });

  it('is given back to who asks again under the key, and refused where something else is asked', async () => {
    const first = await start({}, 'one');
    expect(await start({}, 'one')).toEqual(first);
    expect(waiting).toHaveLength(1);
    await expect(start({ top: 6 }, 'one')).rejects.toEqual(refusal('IDEMPOTENCY_KEY_REUSED'));
    const both = await Promise.all([start({}, 'two'), start({}, 'two')]);
    expect(both[0]).toEqual(both[1]);
    expect(waiting).toHaveLength(2);
  });

  it('that is cancelled is worked on no further', async () => {
    const { id } = await start();
    await advance(id);
    expect(await cancelScreen(engine, id)).toMatchObject({ status: 'cancelled' });
    waiting = [];
    await advance(id);
    await screenChunk(engine.store.screens, screener, id, 0);
    expect(waiting).toEqual([]);
    expect((await engine.store.screens.done(id)).chunks).toBe(0);
    await expect(cancelScreen(engine, 'nothing')).rejects.toEqual(refusal('NOT_FOUND'));
  });

  it('that cannot be prepared fails with the reason', async () => {
    const { id } = await start({ model: 'crystal ball' });
    await advance(id);
    expect(await now(id)).toMatchObject({ status: 'failed', error: expect.stringMatching(/crystal ball/) });
  });

  it('whose hint was lost gets another, once nothing else waits', async () => {
    const { id } = await start();
    const revive = () => reviveScreens(engine.store.screens, screener, hints);
    await revive();
    expect(waiting.splice(0)).toEqual([{ id, chunks: [] }]);
    await revive();
    expect(waiting.splice(0)).toEqual([{ id, chunks: [0, 1] }]);
    await cancelScreen(engine, id);
    await revive();
    expect(waiting).toEqual([]);
  });

  it.each<[string, StartScreen, string, RegExp]>([
    ['keeps none', { top: 0 }, 'top', /top/],
    ['scores by something unknown', { acquisition: 'luck' }, 'acquisition', /log-ei/],
    ['fears', { beta: -1 }, 'beta', /beta/],
    ['has a funnel that is none', { funnel: {} }, 'funnel', /list of filters/],
    ['teaches with too few', { student: { labels: 39 } }, 'student.labels', /40/],
    ['teaches too many', { student: { alpha: 0 } }, 'student.alpha', /1/],
    ['has half a range', { range: { from: '0' } }, 'range.to', /range\.to/],
    ['begins before the first', { range: { from: '-1', to: '9' } }, 'range.from', /whole number as text/],
    ['has another setting', { range: { from: '0', to: '1', by: '1' } }, 'range.by', /by/],
  ])('that %s is refused by name', async (_, input, field, says) => {
    const message: unknown = expect.stringMatching(says);
    await expect(start(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', field, message });
    expect(waiting).toEqual([]);
  });

  it('needs a campaign, two results, and a direction', async () => {
    const of = (id: string) => startScreen(engine, hints, loop.person, id, {});
    await expect(of('nothing')).rejects.toEqual(refusal('NOT_FOUND'));
    const { id } = await loop.campaign();
    await expect(of(id)).rejects.toEqual(refusal('INVALID_STATE', /has 0 accepted results/));
    const window = await loop.campaign({
      objective: { property: 'ionic_conductivity', goal: 'window', unit: 'S/cm', low: 1, high: 2 },
    });
    await expect(of(window.id)).rejects.toEqual(refusal('INVALID_STATE', /wanted within a window/));
  });
});

it('tells how far a screen is, and how long it may take yet', () => {
  const screen = {
    status: 'running',
    size: { chunks: 4, candidates: '1000', kept: 5 },
    startedAt: '2026-11-21T12:00:00.000Z',
  } as Screen;
  const done = { chunks: 1, candidates: 250, lastAt: '2026-11-21T12:00:05.000Z' };
  expect(screenProgress(screen, done)).toEqual({
    ...{ chunksDone: 1, candidatesDone: 250, perSecond: 50, secondsLeft: 15 },
  });
  const unknown = { chunksDone: 0, candidatesDone: 0, perSecond: null, secondsLeft: null };
  expect(screenProgress(screen, undefined)).toEqual(unknown);
  expect(screenProgress({ ...screen, size: null, status: 'preparing' }, undefined)).toEqual(unknown);
  expect(screenProgress({ ...screen, status: 'cancelled' }, done)).toMatchObject({
    secondsLeft: null,
    perSecond: 50,
  });
});
