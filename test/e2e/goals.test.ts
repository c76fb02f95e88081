import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, Campaign, Experiment, JsonObject, Point } from '@ionloop/domain';
import {
  claim,
  createCampaign,
  type Engine,
  meritsOf,
  moveCampaign,
  type Planner,
  quietEngine,
  reconcile,
  registerStation,
  startAttempt,
  submit,
  verifyCampaign,
  volumeOf,
} from '@ionloop/engine';
import { mostConducting } from '@ionloop/engine/testing';
import { plan, plannerVersion } from '@ionloop/planner';
import { openSpace } from '@ionloop/space';
import { makeAndMeasure, measure } from '../../apps/lab-sim/src/sample.js';
import { migratedDatabase, type Opened } from '../../libs/persistence/test/support/database.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };
const ada: Actor = { kind: 'person', name: 'ada' };
const properties = ['ionic_conductivity', 'relative_density', 'electronic_conductivity', 'activation_energy'];
const ternary: JsonObject = {
  name: 'Li3PO4–Li3BO3–Li2SO4',
  space: {
    parameters: [
      {
        kind: 'mixture',
        name: 'composition',
        step: 0.1,
        components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4', max: 0.9 }],
      },
    ],
  },
  strategy: 'auto',
  initial: 6,
  parallel: 3,
  approval: 'automatic',
  seed: 'goals',
};

describe('campaigns with several goals, in the simulated lab and on PostgreSQL', () => {
  let opened: Opened;
  let engine: Engine;
  let keys = 0;
  const key = (): string => `goals-${(keys += 1)}`;

  beforeAll(async () => {
    opened = await migratedDatabase();
    engine = quietEngine(opened.persistence.store);
  });
  afterAll(() => opened.close());

  /** To its end, one station after the protocol. */
  async function run(input: JsonObject): Promise<{ campaign: Campaign; experiments: readonly Experiment[] }> {
    const { id } = await createCampaign(engine, ada, { ...ternary, ...input });
    const voice = { station: `station-${id}`, bootId: 'boot' };
    await registerStation(engine, { ...voice, properties, schemaVersion: 1 });
    await moveCampaign(engine, ada, id, 'active');
    for (;;) {
      await reconcile(engine, planner, id);
      const work = await claim(engine, voice, { idempotencyKey: key(), max: 3 });
      if (work.length === 0) break;
      for (const assignment of work) {
        await startAttempt(engine, voice, assignment);
        const { attemptId, fence } = assignment;
        const result = makeAndMeasure(assignment as never, { seed: 'goals', failRate: 0 });
        await submit(engine, voice, {
          ...(result as object),
          attemptId,
          fence,
          idempotencyKey: key(),
        } as never);
      }
    }
    const campaign = await engine.store.read.campaign(id);
    if (!campaign) throw new Error('the campaign is gone');
    expect(campaign.state).toBe('completed');
    const verdict = await verifyCampaign(engine.store.read, planner, id);
    expect(verdict).toMatchObject({ ok: true, faults: [], tablesCompared: true });
    return { campaign, experiments: await engine.store.read.experiments(id) };
  }

  /** What an instrument without any error says of a point. */
  function truth(campaign: Campaign, point: Point): readonly number[] | null {
    const [first, ...others] = [...campaign.objectives, ...(campaign.limits ?? [])].map((asked) => ({
      property: asked.property,
      unit: asked.unit,
      ...(asked.temperatureC !== undefined && { temperatureC: asked.temperatureC }),
    }));
    const spec = {
      campaignId: '',
      experiment: 1,
      point,
      label: '',
      ...first,
      properties: [first, ...others],
    };
    const exact = { scatter: 0, bias: 0, outliers: { rate: 0, decades: 1 } };
    const { measurements } = measure({ spec } as never, 'exact', exact);
    const inUnit = (value: number, unit: string, wanted: string): number =>
      unit === '1' && wanted === '%' ? 100 * value : value;
    const results = measurements.map((one) => {
      const asked = [...campaign.objectives, ...(campaign.limits ?? [])].find(
        ({ property }) => property === one.property,
      );
      const value =
        'impedance' in one
          ? one.impedance.thicknessCm / (one.impedance.resistanceOhm * one.impedance.areaCm2)
          : 'value' in one
            ? inUnit(one.value, one.unit, asked?.unit ?? '')
            : NaN;
      return { measurementId: one.property, property: one.property, value, at: '' };
    });
    return meritsOf({ results }, campaign);
  }

  it('two objectives and a limit: the front of best compromises is found, within the limit', async () => {
    const { campaign, experiments } = await run({
      objectives: [mostConducting, { property: 'relative_density', goal: 'maximise', unit: '%' }],
      limits: [{ property: 'electronic_conductivity', unit: 'S/cm', transform: 'log10', high: 2e-10 }],
      budget: 24,
    });
    const all = openSpace(campaign.space).enumerate();
    const merits = all.map((point) => truth(campaign, point));
    const kept = merits.filter((one) => one !== null);
    // The limit takes away a good part of the space, and some of what would be on the front without it.
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(0.8 * all.length);
    const lows = [0, 1].map((k) => Math.min(...kept.map((one) => one[k] ?? 0)));
    const beaten = (some: readonly (readonly number[])[]): number =>
      volumeOf(some.map((one) => one.map((merit, k) => merit - (lows[k] ?? 0))));
    const found = experiments.map(({ point }) => truth(campaign, point)).filter((one) => one !== null);
    const share = beaten(found) / beaten(kept);
    const byModel = experiments.filter(({ origin }) => origin === 'model');
    const within = byModel.filter(({ point }) => truth(campaign, point) !== null);
    expect(share).toBeGreaterThan(0.9);
    expect(within.length).toBeGreaterThan(0.5 * byModel.length);
    const progress = (await engine.store.read.progress([campaign.id], 100)).get(campaign.id) ?? [];
    const volumes = progress.map(({ volume }) => volume ?? 0);
    expect(volumes).toEqual([...volumes].sort((a, b) => a - b));
    expect(volumes.at(-1)).toBeGreaterThan(0);
  }, 180_000);

  it('a window: what lies in it is found', async () => {
    const { campaign, experiments } = await run({
      objective: { property: 'activation_energy', goal: 'window', unit: 'eV', low: 0.5, high: 0.51 },
      budget: 14,
    });
    const best = (await engine.store.read.bestResults([campaign.id])).get(campaign.id);
    expect(best?.value).toBeGreaterThanOrEqual(0.495);
    expect(best?.value).toBeLessThanOrEqual(0.515);
    const byModel = experiments.filter(({ origin }) => origin === 'model');
    expect(byModel.some(({ reason }) => reason.includes('wanted'))).toBe(true);
  }, 180_000);

  it('costs: the campaign ends within what it may cost, and buys more for it where cheap ones do as well', async () => {
    const price = (experiments: readonly Experiment[]): number =>
      experiments.reduce(
        (sum, { point }) =>
          sum + 10 + 90 * ((point['composition'] as Readonly<Record<string, number>>)['Li3BO3'] ?? 0),
        0,
      );
    const { campaign, experiments } = await run({
      objective: mostConducting,
      cost: { base: 10, per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 90 }], budget: 500 },
      budget: 40,
    });
    expect(price(experiments)).toBeLessThanOrEqual(500);
    expect(price(experiments)).toBeGreaterThan(400);
    const [planned, designed] = ['model', 'initial'].map((origin) => {
      const own = experiments.filter((one) => one.origin === origin);
      return price(own) / own.length;
    });
    expect(planned).toBeLessThan(designed ?? 0);
    const events = await engine.store.read.events(campaign.id, 0, 1000);
    expect(events.at(-1)?.event).toMatchObject({ type: 'campaign.moved', to: 'completed' });
  }, 180_000);
});
