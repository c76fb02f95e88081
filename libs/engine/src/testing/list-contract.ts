import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Campaign, Experiment } from '@ionloop/domain';
import { bestOf, progressOf } from '../experiments/progress.js';
import { valueOfResults } from '../experiments/value.js';
import {
  type ExperimentFilter,
  type ExperimentOrder,
  experimentOrders,
  type Listed,
  type PageAsked,
} from '../lists/ports.js';
import type { RecordStore } from '../ports.js';
import type { OpenedStore } from './opened.js';
import { ada, newId, newMeasurement, StoreStory } from './store-story.js';

type Pages = (page: PageAsked) => Promise<readonly Listed<unknown>[]>;

/** All rows by pages of `size`, from one end to the other. */
async function walked(pages: Pages, size: number, backward: boolean): Promise<readonly Listed<unknown>[]> {
  const all: Listed<unknown>[] = [];
  let from: PageAsked['from'] = null;
  for (;;) {
    const page = await pages({ count: size, backward, from });
    if (backward) all.unshift(...page);
    else all.push(...page);
    if (page.length < size) return all;
    from = (backward ? page[0] : page.at(-1))?.place ?? null;
  }
}

/** What every store's lists and sums must do. */
export function listContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the lists kept by ${name}`, () => {
    let opened: OpenedStore;
    let store: RecordStore;
    let id: string;
    let other: string;
    let campaign: Campaign;
    let experiments: readonly Experiment[];

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
      const story = new StoreStory(store);
      id = await story.everything();
      other = await story.activeCampaign();
      // Values that are equal, that grow and that fall, and replicates of one experiment.
      for (const value of [3e-4, 1e-5, 3e-4, 7e-4, 0, 2e-6]) {
        const experimentId = await story.experiment(other);
        await story.record(
          other,
          experimentId,
          newMeasurement({ value, flags: value > 3e-4 ? ['odd'] : [] }),
        );
        if (value === 1e-5) await story.record(other, experimentId, newMeasurement({ value: 1e-3 }));
      }
      await story.plan(other);
      await story.experiment(other);
      const found = await store.read.campaign(other);
      if (!found) throw new Error('the campaign is gone');
      campaign = found;
      experiments = await store.read.experiments(other);
    });
    afterAll(() => opened.close());

    const pagesOf =
      (filter: ExperimentFilter, by: ExperimentOrder, descending: boolean): Pages =>
      async (page) =>
        (await store.read.lists.experiments([other], filter, { by, descending }, page)).get(other) ?? [];
    const numbers = (listed: readonly Listed<unknown>[]): readonly number[] =>
      listed.map(({ item }) => (item as Experiment).number);
    const valueOf = (experiment: Experiment): number | null =>
      valueOfResults(experiment.results, campaign.objectives[0])?.value ?? null;

    it('give the same rows in pages from either end as in one', async () => {
      for (const by of experimentOrders) {
        for (const descending of [false, true]) {
          const pages = pagesOf({}, by, descending);
          const whole = await pages({ count: 100, backward: false, from: null });
          expect(whole).toHaveLength(experiments.length);
          for (const size of [1, 3]) {
            expect(await walked(pages, size, false)).toEqual(whole);
            expect(await walked(pages, size, true)).toEqual(whole);
          }
        }
      }
    });

    it('sort by value in either direction, those without one last, equal ones by number', async () => {
      const sorted = (sign: 1 | -1): readonly number[] =>
        [...experiments]
          .sort((a, b) => {
            const [x, y] = [valueOf(a), valueOf(b)];
            if (x === null || y === null) {
              return x === y ? sign * (a.number - b.number) : x === null ? 1 : -1;
            }
            return sign * (x - y || a.number - b.number);
          })
          .map(({ number }) => number);
      const asked = { count: 100, backward: false, from: null };
      expect(numbers(await pagesOf({}, 'value', false)(asked))).toEqual(sorted(1));
      expect(numbers(await pagesOf({}, 'value', true)(asked))).toEqual(sorted(-1));
    });

    it('hold what a filter asks for, and count it', async () => {
      const holding = async (filter: ExperimentFilter): Promise<readonly number[]> => {
        const found = numbers(await walked(pagesOf(filter, 'number', false), 2, false));
        const counts = await store.read.lists.countExperiments([other, id], filter);
        expect(counts.get(other)).toBe(found.length);
        return found;
      };
      const those = (is: (experiment: Experiment) => boolean): readonly number[] =>
        experiments.filter(is).map(({ number }) => number);
      expect(await holding({ states: ['accepted', 'cancelled'] })).toEqual([]);
      expect(await holding({ origins: ['model'] })).toEqual(those(({ origin }) => origin === 'model'));
      expect(await holding({ flags: ['odd', 'thin'] })).toEqual(those((one) => valueOf(one) === 7e-4));
      expect(await holding({ numbers: [2, 4, 400] })).toEqual([2, 4]);
      expect(await holding({ valueFrom: 3e-4 })).toEqual(those((one) => (valueOf(one) ?? -1) >= 3e-4));
      expect(await holding({ valueFrom: 1e-6, valueTo: 3e-4, hasValue: true })).toEqual(
        those((one) => (valueOf(one) ?? -1) >= 1e-6 && (valueOf(one) ?? -1) <= 3e-4),
      );
      expect(await holding({ hasValue: false })).toEqual(those((one) => valueOf(one) === null));
      const [first] = experiments;
      expect(await holding({ text: first?.reason.toUpperCase() ?? '' })).toContain(first?.number);
      expect(await holding({ text: '100%_\\' })).toEqual([]);
    });

    it('of events, attempts, measurements and models are whole and in order', async () => {
      const { lists } = store.read;
      const events = await walked(
        async (page) => (await lists.events([id], {}, { by: 'seq', descending: false }, page)).get(id) ?? [],
        4,
        true,
      );
      expect(events.map(({ item }) => item)).toEqual(await store.read.events(id, 0, 10_000));
      const decided = { types: ['measurement.decided'], actors: [ada.name] };
      expect((await lists.countEvents([id, other], decided)).get(id)).toBe(1);
      const [measurement] = await store.read.measurements(id);
      const about = { about: measurement?.id ?? '' };
      expect((await lists.countEvents([id], about)).get(id)).toBeGreaterThan(0);
      expect((await lists.countEvents([id], { about: 'nothing' })).get(id)).toBe(0);
      const first = events[0]?.item as { readonly at: string };
      expect((await lists.countEvents([id], { to: first.at })).get(id)).toBe(0);
      expect((await lists.countEvents([id], { from: first.at })).get(id)).toBe(events.length);

      const newest = { by: 'created', descending: true } as const;
      const measurements = await walked(
        async (page) => (await lists.measurements([id], {}, newest, page)).get(id) ?? [],
        2,
        false,
      );
      const kept = await store.read.measurements(id);
      expect(new Set(measurements.map(({ item }) => item))).toEqual(new Set(kept));
      const thin = (await lists.countMeasurements([id], { flags: ['thin'], statuses: ['accepted'] })).get(id);
      expect(thin).toBe(1);
      const leased = { by: 'leased', descending: true } as const;
      const attempts = await walked(
        async (page) => (await lists.attempts([id], {}, leased, page)).get(id) ?? [],
        2,
        true,
      );
      expect(attempts).toHaveLength((await lists.countAttempts([id], {})).get(id) ?? 0);
      const times = attempts.map(({ place }) => String(place.key));
      expect(times).toEqual([...times].sort().reverse());
      expect((await lists.countAttempts([id], { states: ['suspect'] })).get(id)).toBe(1);
      const models = await lists.models([id, other], newest, { count: 5, backward: false, from: null });
      expect(models.get(id)?.map(({ item }) => item)).toEqual(await store.read.models(id));
      expect((await lists.countModels([other])).get(other)).toBe(1);
    });

    it('find campaigns by text and state, in pages', async () => {
      const mark = newId('mark');
      const story = new StoreStory(store);
      const ids = [];
      for (const name of ['b', 'a', 'c']) ids.push(await story.campaign({ name: `${name} ${mark}` }));
      const pages =
        (by: 'created' | 'name'): Pages =>
        (page) =>
          store.read.lists.campaigns({ text: mark.toUpperCase() }, { by, descending: false }, page);
      const found = async (by: 'created' | 'name', backward: boolean): Promise<readonly string[]> =>
        (await walked(pages(by), 1, backward)).map(({ item }) => (item as Campaign).id);
      expect(await found('name', false)).toEqual([ids[1], ids[0], ids[2]]);
      expect(await found('name', true)).toEqual([ids[1], ids[0], ids[2]]);
      expect(await found('created', true)).toEqual(ids);
      expect(await store.read.lists.countCampaigns({ text: mark, states: ['draft'] })).toBe(3);
      expect(await store.read.lists.countCampaigns({ text: mark, states: ['active'] })).toBe(0);
    });

    it('say what kind of row an id is of, and give it', async () => {
      const { lists } = store.read;
      const [attempt] = await store.read.attempts((await store.read.experiments(id)).map((one) => one.id));
      const [measurement] = await store.read.measurements(id);
      const [attachment] = await store.read.attachments(id);
      const [model] = await store.read.models(id);
      const known = {
        [id]: 'campaign',
        [attempt?.experimentId ?? '']: 'experiment',
        [attempt?.id ?? '']: 'attempt',
        [measurement?.id ?? '']: 'measurement',
        [attachment?.id ?? '']: 'attachment',
        [model?.id ?? '']: 'model',
      };
      expect(Object.fromEntries(await lists.kinds([...Object.keys(known), 'nothing']))).toEqual(known);
      expect(await lists.attemptsById([attempt?.id ?? '', 'nothing'])).toEqual([attempt]);
      expect(await lists.measurementsById([measurement?.id ?? ''])).toEqual([measurement]);
      expect(await lists.attachmentsById([attachment?.id ?? ''])).toEqual([attachment]);
      expect(await lists.modelsById([model?.id ?? ''])).toEqual([model]);
      expect(await store.read.campaignsById([id, 'nothing'])).toEqual([await store.read.campaign(id)]);
      expect(await store.read.latestModels([id, 'nothing'])).toEqual(new Map([[id, model]]));
      expect(await store.read.lastSeqs([id, 'nothing'])).toEqual(
        new Map([[id, await store.read.lastSeq(id)]]),
      );
    });

    it('sum campaigns up as their rows do', async () => {
      const counts = new Map<string, number>();
      for (const { state } of experiments) counts.set(state, (counts.get(state) ?? 0) + 1);
      const standings = await store.read.standings([other, 'nothing', id]);
      expect([...standings.keys()].sort()).toEqual([id, other].sort());
      expect(standings.get(other)?.counts).toEqual(counts);
      expect(standings.get(id)).toMatchObject({ suspects: 1, results: 0 });
      const best = bestOf(campaign, experiments);
      expect(best?.value).toBe(7e-4);
      expect((await store.read.bestResults([other, 'nothing'])).get(other)).toEqual(best);
      for (const points of [2, 4, 1000]) {
        const progress = await store.read.progress([other, id], points);
        expect(progress.get(other)).toEqual(progressOf(campaign, experiments, points));
      }
    });

    it('value experiments anew where the campaign wants something else', async () => {
      const story = new StoreStory(store);
      const changing = await story.activeCampaign();
      const experimentId = await story.experiment(changing);
      await story.record(changing, experimentId, newMeasurement({ value: 1e-2 }));
      await story.record(changing, experimentId, newMeasurement({ value: 1e-4 }));
      const value = async (): Promise<number | undefined> =>
        (await store.read.bestResults([changing])).get(changing)?.value;
      expect(await value()).toBeCloseTo(1e-3, 12);
      const [objective] = (await store.read.campaign(changing))?.objectives ?? [];
      if (!objective) throw new Error('the campaign is gone');
      const objectives: Campaign['objectives'] = [{ ...objective, transform: 'none' }];
      await story.step(changing, (tx) =>
        tx.append({ type: 'campaign.updated', change: { objectives }, reason: 'as it is', marks: [] }),
      );
      expect(await value()).toBe((1e-2 + 1e-4) / 2);
    });

    it('keep an experiment’s results as its measurements are decided', async () => {
      const story = new StoreStory(store);
      const experimentId = await story.experiment(other);
      const measurement = newMeasurement({ value: 5e-4 });
      await story.record(other, experimentId, measurement);
      const results = async (): Promise<unknown> => (await store.read.experiment(experimentId))?.results;
      expect(await results()).toEqual([
        expect.objectContaining({ measurementId: measurement.id, value: 5e-4 }),
      ]);
      const decide = (status: 'accepted' | 'excluded'): Promise<void> =>
        store.transact(other, ada, async (tx) => {
          await tx.experiment((await tx.measurement(measurement.id)).experimentId);
          tx.append({ type: 'measurement.decided', measurementId: measurement.id, status, note: 'so' });
        });
      await decide('excluded');
      expect(await results()).toEqual([]);
      const hidden = await store.read.lists.countExperiments([other], { hasValue: true, valueTo: 5e-4 });
      await decide('accepted');
      const shown = await store.read.lists.countExperiments([other], { hasValue: true, valueTo: 5e-4 });
      expect(shown.get(other)).toBe((hidden.get(other) ?? 0) + 1);
    });
  });
}
