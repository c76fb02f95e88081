import { afterAll, describe, expect, it } from '@jest/globals';
import type { SpaceStreamSpec } from '@ionloop/space';
import { LocalScreens, newState, type LocalState } from '../../src/index.js';
import { quaternary, requestFor } from './support.js';

const one = new LocalScreens(1);
const two = new LocalScreens(2);
afterAll(() => Promise.all([one.close(), two.close()]));

/** 176 851 recipes, eleven chunks. */
const space: SpaceStreamSpec = {
  parameters: quaternary.parameters.map((parameter) =>
    parameter.kind === 'mixture' ? { ...parameter, step: 0.01 } : parameter,
  ),
};

describe('a screen in threads of this process', () => {
  it('goes on after a stop, and finds what an undisturbed one finds', async () => {
    const request = requestFor({ space, top: 100 });
    const plan = await two.prepare(request);
    expect(await one.prepare(request)).toEqual(plan);
    const whole = await two.run(plan, newState(plan));
    expect(whole.done.length).toBeGreaterThan(8);
    expect(whole.done.every((mark) => mark === 1)).toBe(true);

    let reached: LocalState = newState(plan);
    let chunks = 0;
    await one.run(
      plan,
      reached,
      (state) => {
        reached = state;
        chunks += 1;
      },
      () => chunks >= 3,
    );
    const left = reached.done.filter((mark) => mark === 0).length;
    expect(left).toBeGreaterThan(3);
    const resumed = await two.run(plan, JSON.parse(JSON.stringify(reached)) as LocalState);
    expect(resumed.tally).toEqual(whole.tally);
    expect(await one.finish(plan, resumed)).toEqual(await two.finish(plan, whole));
  }, 60_000);
});
