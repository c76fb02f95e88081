import { describe, expect, it } from '@jest/globals';
import { type Engine, InMemoryStore, type Planner, quietEngine } from '@ionloop/engine';
import { TestLoop } from '@ionloop/engine/testing';
import { plan, plannerVersion } from '@ionloop/planner';
import { Watch } from '../src/watch.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

function engineThatHears(hints: string[]): Engine {
  const wakeUps = {
    wake: (campaignId: string) => {
      hints.push(campaignId);
      return Promise.resolve();
    },
  };
  return quietEngine(new InMemoryStore(() => new Date()), { wakeUps });
}

describe('the look that needs no message', () => {
  it('goes on with a campaign though every hint is lost', async () => {
    const engine = engineThatHears([]);
    const loop = new TestLoop(engine, planner);
    const watch = new Watch(engine, planner);
    const { id } = await loop.campaign({ budget: 6 });
    const robot = await loop.station();
    for (let n = 0; n < 6; n += 1) {
      await loop.runOne(robot, 1e-5 * (n + 1));
      await watch.look();
      await watch.look();
    }
    expect((await loop.now(id)).state).toBe('completed');
  });

  it('only hints while something is happening, and looks itself once nothing is', async () => {
    const hints: string[] = [];
    const engine = engineThatHears(hints);
    const loop = new TestLoop(engine, planner);
    const watch = new Watch(engine, planner);
    const { id } = await loop.campaign();
    await watch.look();
    await loop.runOne(await loop.station());
    hints.length = 0;
    await watch.look();
    expect(hints).toEqual([id]);
    expect(await engine.store.read.countExperiments(id)).toBe(3);
    await watch.look();
    expect(hints).toEqual([id]);
    expect(await engine.store.read.countExperiments(id)).toBe(4);
  });
});
