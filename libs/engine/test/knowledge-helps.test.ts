import { expect, it } from '@jest/globals';
import type { Actor, JsonObject, Point } from '@ionloop/domain';
import { plan, plannerVersion } from '@ionloop/planner';
import {
  addKnowledge,
  createCampaign,
  type Engine,
  importHistory,
  InMemoryStore,
  moveCampaign,
  type Planner,
  quietEngine,
  reconcile,
  recordMeasurement,
} from '../src/index.js';
import { fileOf } from '../src/testing/history-contract.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };
const ada: Actor = { kind: 'person', name: 'ada' };
const engine: Engine = quietEngine(new InMemoryStore(() => new Date(0)));

const levels = Array.from({ length: 11 }, (_, i) => i / 10);
const search = (name: string, seed: string): JsonObject => ({
  name,
  seed,
  space: {
    parameters: [
      { kind: 'levels', name: 'time', levels },
      { kind: 'levels', name: 'dopant', levels },
    ],
  },
  objective: { property: 'relative_density', goal: 'maximise', transform: 'none', unit: '%' },
  ...{ strategy: 'gp-log-ei', initial: 3, budget: 40, parallel: 1, approval: 'automatic' },
});

/** A peak on a plain: of 121 settings, one is the best. */
const peak = (time: number, dopant: number, best: readonly [number, number]): number =>
  1 / (1 + ((time - best[0]) / 0.2) ** 2 + ((dopant - best[1]) / 0.2) ** 2);
const here = ({ time, dopant }: Point): number => 50 + 45 * peak(Number(time), Number(dopant), [0.7, 0.2]);
/** Another press: its results are lower, spread less, and are best next to where they are best here. */
const there = (time: number, dopant: number): number => 30 + 20 * peak(time, dopant, [0.66, 0.25]);
const good = 0.97 * here({ time: 0.7, dopant: 0.2 });
const most = 25;

const earlier = (): string => {
  const grid = [0.1, 0.3, 0.5, 0.7, 0.9];
  const rows = grid.flatMap((time) =>
    grid.map((dopant) => `${time},${dopant},${there(time, dopant).toFixed(3)}`),
  );
  return `time,dopant,relative_density\n${rows.join('\n')}`;
};

/** How many experiments it takes to a good value. */
async function experimentsUntilGood(seed: string, source: string | null): Promise<number> {
  const { id } = await createCampaign(engine, ada, search(`of ${seed}`, seed));
  if (source !== null) await addKnowledge(engine, ada, { campaignId: id, campaign: { id: source } });
  await moveCampaign(engine, ada, id, 'active');
  for (let made = 1; made <= most; made += 1) {
    await reconcile(engine, planner, id);
    const experiment = (await engine.store.read.experiments(id)).at(-1)!;
    const value = here(experiment.point);
    const measurement = { property: 'relative_density', value, unit: '%' };
    await recordMeasurement(engine, ada, { experimentId: experiment.id, measurement, reason: 'by hand' });
    if (value >= good) return made;
  }
  return most;
}

it('results of a related campaign lead to a good value in fewer experiments', async () => {
  const source = await createCampaign(engine, ada, search('another press', 'earlier'));
  await importHistory(engine, ada, source.id, fileOf(earlier()));
  const seeds = ['a', 'b', 'c', 'd', 'e'];
  const alone: number[] = [];
  const told: number[] = [];
  for (const seed of seeds) {
    alone.push(await experimentsUntilGood(seed, null));
    told.push(await experimentsUntilGood(seed, source.id));
  }
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  told.forEach((count, i) => expect(count).toBeLessThanOrEqual(alone[i]!));
  expect(sum(told)).toBeLessThan(0.8 * sum(alone));
}, 240_000);
