import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, PlanAnswer, PlanRequest } from '@ionloop/domain';
import { plan, plannerVersion } from '@ionloop/planner';
import {
  addExperiment,
  campaignsToLookAt,
  describeEvent,
  type Engine,
  InMemoryStore,
  moveCampaign,
  planOnce,
  type Planner,
  PlanningFailed,
  quietEngine,
  reconcile,
  updateCampaign,
} from '../src/index.js';
import { TestLoop } from '../src/testing/index.js';

/** Thinks as ours does, once what is to happen meanwhile has happened. */
function thinking(meanwhile: (thought: number) => Promise<unknown>): Planner & { readonly thoughts: number } {
  let thoughts = 0;
  return {
    version: plannerVersion,
    get thoughts() {
      return thoughts;
    },
    plan: async (request: PlanRequest): Promise<PlanAnswer> => {
      thoughts += 1;
      await meanwhile(thoughts);
      return plan(request);
    },
  };
}
const undisturbed = (): Planner => thinking(() => Promise.resolve());
const empty: Planner = { version: 'empty', plan: () => Promise.resolve({ proposals: [], model: null }) };

let engine: Engine;
let loop: TestLoop;
beforeEach(() => {
  engine = quietEngine(new InMemoryStore(() => new Date()));
  loop = new TestLoop(engine, undisturbed());
});
const words = async (id: string): Promise<readonly string[]> =>
  (await engine.store.read.events(id, 0, 1000)).map(({ event }) => describeEvent(event));
const begun = async (): Promise<Campaign> => {
  const planned = await loop.campaign({ parallel: 2, budget: 6 });
  expect(planned.plans).toBe(1);
  return planned;
};
const rename = (id: string, name: string): Promise<unknown> =>
  updateCampaign(engine, loop.person, { id, change: { name }, reason: 'in between' });

describe('a look at a campaign', () => {
  it('does nothing where there is none, or nothing is to be done', async () => {
    await reconcile(engine, undisturbed(), 'unknown');
    expect(await planOnce(engine, undisturbed(), 'unknown')).toBe('nothing wanted');
    const { id } = await begun();
    expect(await planOnce(engine, undisturbed(), id)).toBe('nothing wanted');
    await moveCampaign(engine, loop.person, id, 'paused');
    const before = await words(id);
    await reconcile(engine, empty, id);
    expect(await words(id)).toEqual(before);
    expect(await campaignsToLookAt(engine)).toEqual([id]);
  });

  it('ends a campaign of which every point was tried, once nothing is open', async () => {
    const { id } = await begun();
    const robot = await loop.station();
    await loop.runOne(robot);
    await reconcile(engine, empty, id);
    expect((await loop.now(id)).state).toBe('active');
    await loop.runOne(robot);
    await reconcile(engine, empty, id);
    expect((await loop.now(id)).state).toBe('completed');
    expect(await words(id)).toContain('The campaign is completed: every point of the space has been tried');
  });

  it('asks a person once where the planner has no answer, and goes on when it has one', async () => {
    const { id } = await begun();
    await loop.runOne(await loop.station());
    const failing: Planner = { version: 'failing', plan: () => Promise.reject(new Error('no model fits')) };
    for (let looks = 0; looks < 2; looks += 1) {
      const look = reconcile(engine, failing, id);
      await expect(look).rejects.toThrow(PlanningFailed);
      await expect(look).rejects.toThrow('no model fits');
    }
    expect((await words(id)).filter((said) => said.includes('no model fits'))).toHaveLength(1);
    expect((await loop.now(id)).waiting).toMatchObject({ kind: 'planning_failed' });
    await loop.look(id);
    const now = await loop.now(id);
    expect([now.waiting, now.plans]).toEqual([null, 2]);
  });

  it('thinks again at once where settings have changed meanwhile', async () => {
    const { id } = await begun();
    await loop.runOne(await loop.station());
    const planner = thinking((thought) => (thought === 1 ? rename(id, 'Other') : Promise.resolve()));
    await reconcile(engine, planner, id);
    expect([planner.thoughts, (await loop.now(id)).plans]).toEqual([2, 2]);
  });

  it('leaves it to the next look where they change each time', async () => {
    const { id } = await begun();
    await loop.runOne(await loop.station());
    const planner = thinking((thought) => rename(id, `Name ${thought}`));
    await reconcile(engine, planner, id);
    expect([planner.thoughts, (await loop.now(id)).plans]).toEqual([4, 1]);
    await loop.look(id);
    expect((await loop.now(id)).plans).toBe(2);
  });

  it('proposes no more than there is room for once it has thought', async () => {
    const { id } = await begun();
    const robot = await loop.station();
    await loop.runOne(robot);
    await loop.runOne(robot);
    const point = { composition: { Li3PO4: 0.5, Li3BO3: 0.25, Li2SO4: 0.25 } };
    const planner = thinking((thought) =>
      thought === 1
        ? addExperiment(engine, loop.person, { campaignId: id, point, reason: 'mine' })
        : Promise.resolve(),
    );
    expect(await planOnce(engine, planner, id)).toBe('overtaken');
    expect(await planOnce(engine, planner, id)).toBe('committed');
    const open = (await engine.store.read.experiments(id)).filter(({ state }) => state !== 'accepted');
    expect(open).toHaveLength(2);
  });
});
