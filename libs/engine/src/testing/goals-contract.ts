import { describe, expect, it } from '@jest/globals';
import {
  type CampaignEvent,
  type Experiment,
  hashOf,
  type IonloopError,
  type JsonObject,
  type PlanRequest,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { bestOf, progressOf } from '../experiments/progress.js';
import {
  claim,
  createCampaign,
  decideResult,
  describeEvent,
  importHistory,
  inputOf,
  moveCampaign,
  parseAnalysis,
  type Planner,
  planRequestOf,
  questionOf,
  recordMeasurement,
  registerStation,
  standingOf,
  startAttempt,
  type StationVoice,
  submit,
  type SubmitAnswer,
  supersedeMeasurement,
  updateCampaign,
} from '../index.js';
import { conductivity, density, everything, hardness, prices, unaimed } from './goals.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';
import { type TestLoop } from './loop.js';
import { ternary } from './ternary.js';

const refusal = (field: string, says: RegExp): unknown =>
  expect.objectContaining({
    code: 'INVALID_INPUT' satisfies IonloopError['code'],
    field,
    message: expect.stringMatching(says) as unknown,
  });

const reason = 'the review asked for it';
type Values = Readonly<Record<string, number>>;

/** Several objectives, windows, limits and costs, whichever store keeps the record. */
export function goalsContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`what a campaign wants, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const campaign = async (input: JsonObject = everything) => {
      const { id } = await createCampaign(engine, loop.person, input);
      await moveCampaign(engine, loop.person, id, 'active');
      await loop.look(id);
      return id;
    };
    const station = async (
      properties: readonly string[] = ['ionic_conductivity', 'relative_density', 'electronic_conductivity'],
    ): Promise<StationVoice> => {
      const voice = { station: loop.key(), bootId: 'boot' };
      await registerStation(engine, { ...voice, properties: [...properties], schemaVersion: 1 });
      return voice;
    };
    const units: Readonly<Record<string, string>> = { relative_density: '%' };
    const handIn = async (voice: StationVoice, values: Values): Promise<SubmitAnswer> => {
      const [work] = await claim(engine, voice, { idempotencyKey: loop.key(), max: 1 });
      if (!work) throw new Error('there was nothing to claim');
      await startAttempt(engine, voice, work);
      return submit(engine, voice, {
        ...{ attemptId: work.attemptId, fence: work.fence, idempotencyKey: loop.key(), outcome: 'measured' },
        measurements: Object.entries(values).map(([property, value]) => ({
          property,
          value,
          unit: units[property] ?? 'S/cm',
        })),
      });
    };
    const question = async (id: string): Promise<PlanRequest> => {
      const snapshot = await engine.store.read.planningSnapshot(id);
      if (!snapshot) throw new Error('the campaign is gone');
      return questionOf(snapshot, 1).question;
    };
    const experiments = (id: string): Promise<readonly Experiment[]> => engine.store.read.experiments(id);
    const best = async (id: string): Promise<number | undefined> =>
      (await engine.store.read.bestResults([id])).get(id)?.value;
    const change = (id: string, what: object) =>
      updateCampaign(engine, loop.person, { id, change: what, reason });
    const eventsOf = async (id: string): Promise<readonly CampaignEvent[]> =>
      (await engine.store.read.events(id, 0, 1000)).map(({ event }) => event);
    const asComputed = async (id: string): Promise<void> => {
      const [now, all] = [await loop.now(id), await experiments(id)];
      const found = await engine.store.read.bestResults([id]);
      expect(found.get(id) ?? null).toEqual(bestOf(now, all));
      for (const points of [2, 5, 1000]) {
        const progress = (await engine.store.read.progress([id], points)).get(id) ?? [];
        expect(progress).toEqual(progressOf(now, all, points));
      }
    };

    it('is kept as it was said', async () => {
      const { objectives, limits, cost } = await loop.now(await campaign());
      expect({ objectives, limits, cost }).toEqual({
        objectives: [{ ...(conductivity as object) }, { ...density, transform: 'none' }],
        limits: [{ ...hardness, low: null }],
        cost: prices,
      });
    });

    it('leaves out what was not said, as in campaigns from before', async () => {
      const { id } = await createCampaign(engine, loop.person, ternary);
      const now = await loop.now(id);
      expect('limits' in now || 'cost' in now).toBe(false);
      expect(now.objectives).toEqual([conductivity]);
    });

    it('refuses what is wrong, by name', async () => {
      const wrong = [
        ['objective', { ...unaimed }, /say what is wanted/],
        ['objectives', { ...everything, objective: conductivity ?? null }, /both objective and objectives/],
        ['objectives', { ...everything, objectives: [] }, /1 to 4/],
        ['objectives[1].property', { ...everything, objectives: [density, density] }, /relative_density is/],
        ['objectives[0].unit', { ...everything, objectives: [{ ...density, unit: 'kg' }] }, /kg/],
        [
          'objectives[0]',
          { ...everything, objectives: [{ ...density, goal: 'window' }] },
          /neither low nor high/,
        ],
        [
          'objectives[0]',
          { ...everything, objectives: [{ ...density, goal: 'window', low: 90, high: 80 }] },
          /from 90 to 80/,
        ],
        ['objectives[0].low', { ...everything, objectives: [{ ...density, low: 90 }] }, /only a window has/],
        ['limits[0]', { ...everything, limits: [{ ...hardness, high: null }] }, /neither low nor high/],
        ['limits[0].high', { ...everything, limits: [{ ...hardness, high: -1 }] }, /must be above 0/],
        [
          'limits[0].unit',
          { ...everything, limits: [{ property: 'relative_density', unit: '1', low: 0.9 }] },
          /measured in one way/,
        ],
        ['limits[1].property', { ...everything, limits: [hardness, hardness] }, /already/],
        [
          'cost.per[0].parameter',
          { ...everything, cost: { per: [{ parameter: 'oven', perUnit: 1 }] } },
          /oven/,
        ],
        ['cost.budget', { ...everything, cost: { base: 1, budget: 0 } }, /must lie between/],
        ['cost', { ...everything, cost: {} }, /must cost something/],
      ] as const;
      for (const [field, input, says] of wrong) {
        await expect(createCampaign(engine, loop.person, input)).rejects.toEqual(refusal(field, says));
      }
    });

    it('a spec names everything that is to be measured; of one property it stays what it was, to the bit', async () => {
      const several = await campaign();
      const voice = await station();
      const [work] = await claim(engine, voice, { idempotencyKey: loop.key(), max: 1 });
      expect(work?.campaignId).toBe(several);
      expect(work?.spec).toMatchObject({
        property: 'ionic_conductivity',
        properties: [
          { property: 'ionic_conductivity', unit: 'S/cm', temperatureC: 300 },
          { property: 'relative_density', unit: '%' },
          { property: 'electronic_conductivity', unit: 'S/cm' },
        ],
      });
      const alone = await campaign(ternary);
      const [first] = await experiments(alone);
      if (!first) throw new Error('nothing was proposed');
      const { composition } = first.point as { readonly composition: Readonly<Record<string, number>> };
      const label = Object.entries(composition)
        .filter(([, share]) => share > 0)
        .map(([component, share]) => `${component} ${Math.round(share * 100)} %`)
        .join(' · ');
      expect(first.specHash).toBe(
        hashOf({
          ...{ campaignId: alone, experiment: 1, point: first.point, label },
          ...{ property: 'ionic_conductivity', unit: 'S/cm', temperatureC: 300 },
        }),
      );
    });

    it('gives work only to stations that measure all of it', async () => {
      const id = await campaign();
      const poor = await station(['ionic_conductivity', 'relative_density']);
      expect(await claim(engine, poor, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
      const able = { properties: ['ionic_conductivity', 'relative_density'], limits: {} };
      expect(await engine.store.read.claimable(able)).toEqual([]);
      expect(await engine.store.transact(id, loop.person, (tx) => tx.queuedFor(able, 5))).toEqual([]);
      const rich = await station();
      expect(await claim(engine, rich, { idempotencyKey: loop.key(), max: 1 })).toHaveLength(1);
    });

    it('a result with everything is accepted, and the planner sees all of it', async () => {
      const id = await campaign();
      const voice = await station();
      const { disposition } = await handIn(voice, {
        ionic_conductivity: 1e-4,
        relative_density: 90,
        electronic_conductivity: 1e-9,
      });
      expect(disposition).toBe('accepted');
      const asked = await question(id);
      expect(asked.observations).toHaveLength(1);
      expect(asked.observations[0]?.values[0]).toBeCloseTo(-4, 12);
      expect(asked.observations[0]?.values[1]).toBe(90);
      expect(asked.observations[0]?.limited?.[0]).toBeCloseTo(-9, 12);
      expect(asked.constraints).toEqual([{ ...hardness, low: null }]);
      const spent = (await experiments(id)).reduce(
        (sum, { point }) => sum + 10 + 100 * ((point['composition'] as Values)['Li3BO3'] ?? 0),
        0,
      );
      expect(asked.cost).toEqual({ ...prices, spent });
      expect(spent).toBeGreaterThan(20);
    });

    it('a result that lacks a property waits for a person, who may take it as it is and add the rest by hand', async () => {
      const id = await campaign();
      const voice = await station();
      const { attemptId, disposition } = await handIn(voice, {
        ionic_conductivity: 1e-4,
        electronic_conductivity: 1e-9,
      });
      expect(disposition).toBe('flagged');
      const attempt = await engine.store.read.attempt(attemptId);
      expect(attempt?.note).toBe('relative_density was asked for and not measured');
      expect((await question(id)).observations).toEqual([]);
      await decideResult(engine, loop.person, attemptId, 'accept', reason);
      const [first] = (await experiments(id)).filter(({ state }) => state === 'accepted');
      if (!first) throw new Error('nothing was accepted');
      expect((await question(id)).observations[0]?.values[1]).toBeNull();
      const made = await recordMeasurement(engine, loop.person, {
        experimentId: first.id,
        measurement: { property: 'relative_density', value: 0.88, unit: '1' },
        reason,
      });
      expect(made).toMatchObject({ value: 88, unit: '%' });
      expect((await question(id)).observations[0]?.values[1]).toBe(88);
      await expect(
        supersedeMeasurement(engine, loop.person, {
          measurementId: made.id,
          measurement: { property: 'ionic_conductivity', value: 1e-3, unit: 'S/cm' },
          reason,
        }),
      ).rejects.toEqual(refusal('measurement.property', /measurement of relative_density/));
      await expect(
        recordMeasurement(engine, loop.person, {
          experimentId: first.id,
          measurement: { property: 'hardness', value: 1, unit: 'GPa' },
          reason,
        }),
      ).rejects.toEqual(
        refusal(
          'measurement.property',
          /measures ionic_conductivity, relative_density, electronic_conductivity/,
        ),
      );
    });

    it('the best keeps all limits, and of several objectives the front grows', async () => {
      const id = await campaign();
      const voice = await station();
      const results: readonly (readonly [number, number, number])[] = [
        [1e-3, 70, 1e-6],
        [1e-5, 95, 1e-9],
        [1e-4, 80, 1e-10],
        [1e-4, 60, 1e-10],
      ];
      const volumes: (number | null | undefined)[] = [];
      for (const [sigma, percent, leak] of results) {
        await handIn(voice, {
          ...{ ionic_conductivity: sigma, relative_density: percent, electronic_conductivity: leak },
        });
        await loop.look(id);
        await asComputed(id);
      }
      const progress = (await engine.store.read.progress([id], 100)).get(id) ?? [];
      expect(progress.map(({ best: reached }) => reached)).toEqual([null, 1e-5, 1e-4, 1e-4]);
      volumes.push(...progress.map(({ volume }) => volume));
      // The box of what keeps the limits: 1e-5 … 1e-4 in decades, 60 … 95 %.
      expect(volumes[0]).toBe(0);
      expect(volumes[1]).toBeCloseTo(0, 12);
      expect(volumes[2]).toBeCloseTo(20 / 35, 12);
      expect(volumes[3]).toBe(volumes[2]);
      expect(await best(id)).toBe(1e-4);
      await change(id, { limits: [{ property: 'electronic_conductivity' }] });
      expect(await best(id)).toBe(1e-3);
      await asComputed(id);
      expect((await question(id)).constraints).toBeUndefined();
      await change(id, { limits: [{ property: 'electronic_conductivity', high: 1e-9 }] });
      expect(await best(id)).toBe(1e-4);
      expect((await eventsOf(id)).map(describeEvent)).toEqual(
        expect.arrayContaining([
          `Electronic conductivity has no limit from now on: ${reason}`,
          `Electronic conductivity must lie below 1e-9 S/cm from now on: ${reason}`,
        ]),
      );
    });

    it('of a window the best lies nearest, and the window may move', async () => {
      const id = await campaign({
        ...unaimed,
        objective: { ...(conductivity as object), goal: 'window', low: 1e-5, high: 1e-4 },
      });
      const voice = await station();
      for (const value of [1e-2, 1e-7, 5e-4, 9e-5, 2e-5]) {
        await handIn(voice, { ionic_conductivity: value });
        await loop.look(id);
        await asComputed(id);
      }
      const bests = async (): Promise<readonly (number | null)[]> =>
        ((await engine.store.read.progress([id], 100)).get(id) ?? []).map((entry) => entry.best);
      // The first that lies within is as good as any other there.
      expect(await bests()).toEqual([1e-2, 1e-2, 5e-4, 9e-5, 9e-5]);
      const { plans } = await loop.now(id);
      await change(id, { objective: { low: null, high: 3e-8 } });
      expect((await loop.now(id)).plansBefore).toBe(plans);
      expect(await best(id)).toBe(1e-7);
      await asComputed(id);
      await change(id, { objective: { goal: 'maximise' } });
      expect(await best(id)).toBe(1e-2);
      expect((await loop.now(id)).objectives).toEqual([conductivity]);
      expect((await eventsOf(id)).map(describeEvent)).toContain(
        `The goal is to keep ionic conductivity (log10) below 3e-8 S/cm from now on: ${reason}`,
      );
    });

    it('limits and costs change without a model losing its meaning; what is measured stays', async () => {
      const id = await campaign();
      const { plansBefore } = await loop.now(id);
      await change(id, {
        cost: { base: 3 },
        objectives: [{ property: 'relative_density', goal: 'minimise' }],
      });
      expect((await loop.now(id)).objectives[1]?.goal).toBe('minimise');
      await change(id, { cost: null });
      expect('cost' in (await loop.now(id))).toBe(false);
      expect((await question(id)).cost).toBeUndefined();
      await change(id, { limits: [{ property: 'relative_density', low: 50 }] });
      expect((await loop.now(id)).limits).toEqual([
        { ...hardness, low: null },
        { property: 'relative_density', unit: '%', transform: 'none', low: 50, high: null },
      ]);
      expect((await loop.now(id)).plansBefore).toBeGreaterThan(plansBefore);
      const { revision } = await loop.now(id);
      await change(id, { limits: [{ property: 'relative_density', low: 50 }], cost: null });
      expect((await loop.now(id)).revision).toBe(revision);
      for (const [what, field, says] of [
        [
          { limits: [{ property: 'hardness', low: 1 }] },
          'limits[0].property',
          /not measured in this campaign/,
        ],
        [
          { limits: [{ property: 'electronic_conductivity', unit: 'S/m', high: 1 }] },
          'limits[0].unit',
          /what is measured stays/,
        ],
        [{ objectives: [{ property: 'hardness' }] }, 'objectives[0].property', /is no objective/],
        [{ objectives: [{ goal: 'minimise' }] }, 'objectives[0].property', /text/],
        [{ objective: { low: 3 } }, 'objective.low', /only a window has/],
        [{ cost: { base: -1 } }, 'cost.base', /must lie between/],
      ] as const) {
        await expect(change(id, what)).rejects.toEqual(refusal(field, says));
      }
    });

    it('ends when what experiments may cost is spent', async () => {
      const id = await campaign({
        ...unaimed,
        objective: conductivity ?? null,
        cost: { base: 10, budget: 30 },
      });
      const voice = await station();
      for (const value of [1e-5, 1e-6, 1e-4]) await handIn(voice, { ionic_conductivity: value });
      await loop.look(id);
      const now = await loop.now(id);
      expect(now.experiments).toBe(3);
      expect(now.state).toBe('completed');
      expect((await eventsOf(id)).map(describeEvent)).toContain(
        'The campaign is completed: the 30 that experiments may cost are spent',
      );
      const snapshot = await engine.store.read.planningSnapshot(id);
      expect(snapshot && planRequestOf(snapshot)).toBeNull();
    });

    it('asks for nothing that would cost more than that, and says why it ends', async () => {
      for (const [base, budget, why] of [
        [
          10,
          35,
          'of the 35 that experiments may cost too little is left for anything that has not been tried',
        ],
        [0.1, 0.3, 'the 0.3 that experiments may cost are spent'],
      ] as const) {
        const id = await campaign({ ...unaimed, objective: conductivity ?? null, cost: { base, budget } });
        const voice = await station();
        for (let n = 0; n < 3; n += 1) await handIn(voice, { ionic_conductivity: 10 ** -n });
        await loop.look(id);
        const now = await loop.now(id);
        expect([now.experiments, now.state]).toEqual([3, 'completed']);
        expect((await eventsOf(id)).map(describeEvent)).toContain(`The campaign is completed: ${why}`);
      }
    });

    it('plans with models of everything: two objectives, a limit and costs', async () => {
      const id = await campaign({ ...everything, budget: 7, parallel: 1 });
      const voice = await station();
      for (let n = 0; n < 6; n += 1) {
        const work = (await experiments(id)).find(({ state }) => state === 'queued');
        const share = (work?.point['composition'] as Values | undefined)?.['Li3PO4'] ?? 0;
        await handIn(voice, {
          ionic_conductivity: 10 ** (-6 + 2 * share),
          relative_density: 95 - 40 * share,
          electronic_conductivity: 10 ** (-10 + 3 * share),
        });
        await loop.look(id);
      }
      const planned = (await experiments(id)).find(({ origin }) => origin === 'model');
      expect(planned?.grounds?.predictions.map(({ property }) => property)).toEqual([
        'ionic_conductivity',
        'relative_density',
      ]);
      expect(planned?.grounds?.withinLimits).toBeGreaterThan(0);
      expect(planned?.grounds?.cost).toBeGreaterThanOrEqual(10);
      await asComputed(id);
    }, 60_000);

    it('history brings a value for each property, and says of which it has one already', async () => {
      const { id } = await createCampaign(engine, loop.person, everything);
      const table = [
        'Li3PO4,Li3BO3,Li2SO4,ionic_conductivity [mS/cm],relative_density [1],electronic_conductivity',
        '0.2,0.2,0.6,0.1,0.9,1e-9',
        '0.2,0.2,0.6,0.2,0.9,',
        '0.5,0.2,0.3,,0.8,1e-6',
      ].join('\n');
      const file = {
        name: 'past.csv',
        open: async function* () {
          yield await Promise.resolve(Buffer.from(table));
        },
      };
      const report = await importHistory(engine, loop.person, id, file);
      expect(report).toMatchObject({ rows: 3, experiments: 2, measurements: 6, replicates: 1, bad: 0 });
      expect(report.columns.map(({ means }) => means).slice(3)).toEqual([
        'value',
        'relative_density',
        'electronic_conductivity',
      ]);
      const { observations } = await question(id);
      expect(observations.map(({ values }) => values.map((value) => value !== null))).toEqual([
        [true, true],
        [false, true],
      ]);
      expect(observations[0]?.values[0]).toBeCloseTo((Math.log10(1e-4) + Math.log10(2e-4)) / 2, 12);
      expect(observations[0]?.values[1]).toBe(90);
      expect(observations[1]?.limited?.[0]).toBeCloseTo(-6, 12);
      expect((await importHistory(engine, loop.person, id, file)).isRepeated).toBe(true);
    });

    it('other limits and costs can be tried without being written down', async () => {
      const id = await campaign();
      const snapshot = await engine.store.read.planningSnapshot(id);
      if (!snapshot) throw new Error('the campaign is gone');
      const tried = async (change: object): Promise<PlanRequest> =>
        (await inputOf(engine.store.read, snapshot, parseAnalysis({ whatIf: change }))).plan;
      expect(
        await tried({ limits: [{ property: 'electronic_conductivity', high: 1e-7 }], cost: null }),
      ).toMatchObject({
        constraints: [{ ...hardness, high: 1e-7 }],
      });
      expect('cost' in (await tried({ cost: null }))).toBe(false);
      const window = await tried({ objectives: [{ property: 'relative_density', goal: 'window', low: 90 }] });
      expect(window.objectives[1]).toMatchObject({ goal: 'window', low: 90, high: null });
      await expect(tried({ limits: [{ property: 'density', high: 1 }] })).rejects.toEqual(
        refusal('limits[0].property', /not measured in this campaign/),
      );
      expect((await loop.now(id)).revision).toBe(0);
    });

    it('judges as the rows say', async () => {
      const id = await campaign();
      const voice = await station();
      await handIn(voice, { ionic_conductivity: 1e-4, relative_density: 90, electronic_conductivity: 1e-9 });
      const [first] = (await experiments(id)).filter(({ results }) => results.length > 0);
      const now = await loop.now(id);
      expect(first && standingOf(first.results, now)).toMatchObject({ value: 1e-4, merit: 1e-4 });
    });
  });
}
