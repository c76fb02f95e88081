import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Ability,
  type IonloopError,
  lacks,
  lacksForPoint,
  type Point,
  type StationLimits,
} from '@ionloop/domain';
import fc from 'fast-check';
import type { Engine } from '../deps.js';
import { claim, type Planner, registerStation, type StationVoice } from '../index.js';
import type { OpenedEngine } from './opened.js';
import { TestLoop } from './loop.js';
import { newSpec, StoreStory } from './store-story.js';

const refusal = (code: IonloopError['code'], field: string): unknown =>
  expect.objectContaining({ code, field });

const space = {
  parameters: [
    { kind: 'mixture', name: 'glass', components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'LiI' }] },
    { kind: 'continuous', name: 'sintering', min: 100, max: 1400, unit: '°C' },
    { kind: 'categorical', name: 'gas', choices: ['Ar', 'air', 'O2'] },
  ],
} as const;

const points = fc.record({
  glass: fc
    .constantFrom([1, 0, 0], [0.5, 0.5, 0], [0, 0.25, 0.75], [0.5, 0.25, 0.25])
    .map(([a = 0, b = 0, c = 0]) => ({ Li3PO4: a, Li3BO3: b, LiI: c })),
  sintering: fc.constantFrom(100, 899.5, 900, 1100, 1400),
  gas: fc.constantFrom('Ar', 'air', 'O2'),
});

const bound = fc.constantFrom(null, 100, 899.5, 900, 1100, 1400);
const ranges = fc.tuple(bound, bound);
const choices = fc.uniqueArray(fc.constantFrom('Ar', 'air', 'N2'), { minLength: 1 });
const limits: fc.Arbitrary<StationLimits> = fc.record(
  {
    components: fc.subarray(['Li3PO4', 'Li3BO3', 'LiI'], { minLength: 1 }),
    parameters: fc.dictionary(
      fc.constantFrom('sintering', 'gas', 'glass', 'pressure'),
      fc.oneof({ weight: 3, arbitrary: ranges }, choices),
    ),
  },
  { requiredKeys: [] },
);

/** A claim gives what a station can do and nothing else, whichever store keeps the record. */
export function abilityContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`what a station can do, on ${name}`, () => {
    let opened: OpenedEngine;
    let engine: Engine;
    let loop: TestLoop;
    let story: StoreStory;

    beforeEach(async () => {
      opened = await open();
      engine = opened.engine;
      loop = new TestLoop(engine, planner);
      story = new StoreStory(engine.store);
    });
    afterEach(() => opened.close());

    const queuedAt = async (campaignId: string, list: readonly Point[]): Promise<readonly string[]> => {
      const ids: string[] = [];
      for (const point of list) {
        const id = await story.experiment(campaignId, { point });
        await story.queue(campaignId, id);
        ids.push(id);
      }
      return ids;
    };
    const station = async (able: StationLimits, change: Partial<Ability> = {}): Promise<StationVoice> => {
      const voice = { station: loop.key(), bootId: 'boot' };
      const { properties = ['ionic_conductivity'] } = change;
      const registration = { properties, limits: { ...able }, schemaVersion: 1 };
      await registerStation(engine, { ...voice, ...registration });
      return voice;
    };
    const claimed = async (voice: StationVoice, max = 32): Promise<readonly string[]> =>
      (await claim(engine, voice, { idempotencyKey: loop.key(), max })).map((one) => one.experimentId);
    const glass = (sintering: number, gas = 'Ar', lithiumIodide = 0): Point => ({
      glass: { Li3PO4: 1 - lithiumIodide, Li3BO3: 0, LiI: lithiumIodide },
      sintering,
      gas,
    });

    it('the store chooses as the domain judges, for any limits and any points', async () => {
      const campaignId = await story.activeCampaign({ space });
      const list = fc.sample(points, { numRuns: 30, seed: 7 });
      await queuedAt(campaignId, list);
      const campaign = newSpec({ space });
      await fc.assert(
        fc.asyncProperty(limits, async (drawn) => {
          const able = { properties: ['ionic_conductivity'], limits: drawn };
          const wanted = list.flatMap((point, i) =>
            lacksForPoint(able, campaign, { point }).length === 0 ? [i + 1] : [],
          );
          const found = await engine.store.transact(campaignId, loop.person, (tx) => tx.queuedFor(able, 30));
          expect(found.map(({ number }) => number)).toEqual(wanted);
          const first = await engine.store.transact(campaignId, loop.person, (tx) => tx.queuedFor(able, 1));
          expect(first.map(({ number }) => number)).toEqual(wanted.slice(0, 1));
          expect((await engine.store.read.claimable(able)).includes(campaignId)).toBe(wanted.length > 0);
        }),
        { numRuns: 60 },
      );
    }, 60_000);

    it('gives what lies within the limits, past what came first and does not', async () => {
      const campaignId = await story.activeCampaign({ space });
      const [hot, moist, iodide, fit] = await queuedAt(campaignId, [
        glass(1200),
        glass(900, 'air'),
        glass(900, 'Ar', 0.1),
        glass(1100),
      ]);
      const able = {
        components: ['Li3PO4', 'Li3BO3'],
        parameters: { sintering: [null, 1100], gas: ['Ar', 'N2'] },
      } as const;
      expect(await claimed(await station(able))).toEqual([fit]);
      expect(await claimed(await station({}))).toEqual([hot, moist, iodide]);
      const said = lacks({ properties: ['density'], limits: able }, newSpec({ space }), {
        point: glass(1200, 'O2', 1),
      });
      expect(said).toEqual([
        'does not measure ionic_conductivity',
        'does not hold LiI',
        'sintering 1200 °C > limit 1100 °C',
        'knows no gas "O2", only Ar, N2',
      ]);
    });

    it('looks at the temperature that the campaign measures at', async () => {
      const campaignId = await story.activeCampaign({ space });
      const [id] = await queuedAt(campaignId, [glass(900)]);
      expect(await claimed(await station({ temperatureC: [30, 300] }))).toEqual([]);
      expect(await claimed(await station({ temperatureC: [-80, 24.9] }))).toEqual([]);
      expect(await claimed(await station({ temperatureC: [null, 25] }))).toEqual([id]);
    });

    it('gives no more with one claim than a batch, and no more at a time than hands', async () => {
      const campaignId = await story.activeCampaign({ space });
      const other = await story.activeCampaign({ space });
      await queuedAt(campaignId, [glass(900), glass(901)]);
      await queuedAt(other, [glass(902), glass(903), glass(904)]);
      const voice = await station({ batchSize: 2, maxConcurrent: 3 });
      expect(await claimed(voice)).toHaveLength(2);
      expect(await claimed(voice)).toHaveLength(1);
      expect(await claimed(voice)).toEqual([]);
      const known = await engine.store.stations.byName(voice.station);
      const held = await engine.store.stations.liveAttempts(known?.id ?? '');
      expect(held).toHaveLength(3);
      const [first] = held;
      await story.about(first?.campaignId ?? '', first?.id ?? '', (tx) => {
        tx.append({ type: 'attempt.aborted', attemptId: first?.id ?? '', outcome: null, note: 'a fault' });
      });
      expect(await claimed(voice)).toHaveLength(1);
    });

    it('gives claims that race no more together than hands', async () => {
      const campaigns = [await story.activeCampaign({ space }), await story.activeCampaign({ space })];
      for (const id of campaigns) await queuedAt(id, [glass(900), glass(901)]);
      const voice = await station({ maxConcurrent: 3 });
      const lists = await Promise.all([1, 2, 3, 4, 5, 6].map(() => claimed(voice, 1)));
      expect(lists.flat()).toHaveLength(3);
      expect(new Set(lists.flat()).size).toBe(3);
    });

    it('refuses limits that it does not understand', async () => {
      const wrong: readonly [string, object][] = [
        ['limits.maxConcurent', { maxConcurent: 2 }],
        ['limits.maxConcurrent', { maxConcurrent: 0 }],
        ['limits.temperatureC', { temperatureC: 300 }],
        ['limits.temperatureC', { temperatureC: [300, 20] }],
        ['limits.components', { components: [] }],
        ['limits.parameters.gas[1]', { parameters: { gas: ['Ar', 4] } }],
        ['limits.parameters.sintering', { parameters: { sintering: 1100 } }],
      ];
      for (const [field, value] of wrong) {
        await expect(station(value)).rejects.toEqual(refusal('INVALID_INPUT', field));
      }
    });
  });
}
