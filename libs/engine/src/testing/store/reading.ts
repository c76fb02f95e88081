import { describe, expect, it } from '@jest/globals';
import {
  type CampaignRecord,
  checkChain,
  type Experiment,
  hashOf,
  type RecordedEvent,
  replay,
} from '@ionloop/domain';
import type { RecordStore } from '../../ports.js';
import { type OpenedStore, storeForEach } from '../opened.js';
import { ada, newExperiment, newMeasurement, type StoreStory } from '../store-story.js';

const byId = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The log, its rows, and a snapshot of one moment. */
export function readingContract(open: () => Promise<OpenedStore>): void {
  let store: RecordStore;
  let story: StoreStory;
  storeForEach(open, (opened) => ({ store, story } = opened));

  const log = (campaignId: string): Promise<readonly RecordedEvent[]> =>
    store.read.events(campaignId, 0, 10_000);
  const experiment = async (id: string): Promise<Experiment> => {
    const found = await store.read.experiment(id);
    if (!found) throw new Error(`experiment ${id} is gone`);
    return found;
  };

  describe('the log', () => {
    it('comes back as it was written, chained from the first event to the last', async () => {
      const id = await story.campaign();
      const note =
        'NBSP\u00a0, ligature ﬁ, \u{1f52c}, decomposed e\u0301, tab\t, "quotes", \\u0000 spelt out';
      const point = {
        a: 1e-7,
        b: 1e21,
        c: -0,
        d: 0.1 + 0.2,
        e: 5e-324,
        f: Number.MAX_VALUE,
        g: 123456789012345680000,
      };
      const odd = newExperiment(1, { point, specHash: hashOf(point), reason: note });
      await story.step(id, (tx) => {
        tx.append({ type: 'experiment.added', experiment: odd });
        tx.append({ type: 'campaign.moved', to: 'active', note });
      });
      const events = await log(id);
      const head = checkChain(events);
      expect(head.seq).toBe(3);
      expect(await store.read.lastSeq(id)).toBe(3);
      expect(events.map(({ actor }) => actor)).toEqual([ada, ada, ada]);
      expect(events.at(-1)?.event).toEqual({ type: 'campaign.moved', to: 'active', note });
      expect(await experiment(odd.id)).toMatchObject({ point: { ...point, c: 0 }, reason: note });
      expect(Object.keys((await experiment(odd.id)).point)).toEqual(Object.keys(point));
    });

    it('gives, replayed, exactly the rows that are read', async () => {
      const id = await story.everything();
      const events = await log(id);
      const rows: CampaignRecord = replay(events);
      expect(new Set(events.map(({ event }) => event.type)).size).toBe(26);

      const experiments = await store.read.experiments(id);
      const attempts = await store.read.attempts(experiments.map((row) => row.id));
      expect(await store.read.campaign(id)).toEqual(rows.campaign);
      expect(byId(experiments)).toEqual(byId(rows.all('experiment')));
      expect(byId(attempts)).toEqual(byId(rows.all('attempt')));
      expect(byId(await store.read.measurements(id))).toEqual(byId(rows.all('measurement')));
      expect(byId(await store.read.attachments(id))).toEqual(byId(rows.all('attachment')));
      expect(rows.all('attachment')).toHaveLength(3);
      const knowledge = await store.read.knowledge([id]);
      expect(knowledge).toEqual(rows.all('knowledge'));
      expect(knowledge.map(({ removed }) => removed?.reason)).toEqual(['another furnace', undefined]);
      expect((await store.read.planningSnapshot(id))?.knowledge).toEqual([knowledge[1]]);
      expect(byId(await store.read.plans(id))).toEqual(byId(rows.all('plan')));
      expect(byId(await store.read.models(id))).toEqual(byId(rows.all('model')));
      expect(attempts.length).toBe(5);
    });

    it('is read in pages by sequence number', async () => {
      const id = await story.activeCampaign();
      for (let count = 0; count < 4; count += 1) await story.experiment(id);
      const seqs = async (after: number, limit: number): Promise<number[]> =>
        (await store.read.events(id, after, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 2)).toEqual([1, 2]);
      expect(await seqs(2, 3)).toEqual([3, 4, 5]);
      expect(await seqs(5, 10)).toEqual([6]);
      expect(await seqs(6, 10)).toEqual([]);
      expect(await store.read.lastSeq('nowhere')).toBe(0);
    });
  });

  describe('reading', () => {
    it('gives null for what is not there', async () => {
      expect(await store.read.campaign('nothing')).toBeNull();
      expect(await store.read.experiment('nothing')).toBeNull();
      expect(await store.read.attempt('nothing')).toBeNull();
      expect(await store.read.measurement('nothing')).toBeNull();
      expect(await store.read.latestModel('nothing')).toBeNull();
      expect(await store.read.modelBody('nothing')).toBeNull();
      expect(await store.read.planningSnapshot('nothing')).toBeNull();
      expect(await store.read.recall('nothing', 'nothing')).toBeNull();
      expect(await store.read.knowledge(['nothing'])).toEqual([]);
      expect(await store.read.experiments('nothing')).toEqual([]);
      expect(await store.read.attempts([])).toEqual([]);
      expect(await store.read.leases([])).toEqual([]);
    });

    it('finds campaigns by their state', async () => {
      const draft = await story.campaign();
      const active = await story.activeCampaign();
      const found = async (states?: ('draft' | 'active')[]): Promise<string[]> =>
        (await store.read.campaigns(states ? { states } : {})).map(({ id }) => id);
      expect(await found()).toEqual(expect.arrayContaining([draft, active]));
      expect(await found(['active'])).toContain(active);
      expect(await found(['active'])).not.toContain(draft);
      expect(await found([])).toEqual([]);
    });

    it('gives experiments by number, in pages, by state, and counts them', async () => {
      const id = await story.activeCampaign();
      for (let count = 0; count < 5; count += 1) await story.experiment(id);
      const [first, , third] = await store.read.experiments(id);
      if (!first || !third) throw new Error('the experiments are gone');
      await story.queue(id, first.id);
      await story.queue(id, third.id);
      const numbers = async (states?: Experiment['state'][], page?: { first: number; after?: number }) =>
        (await store.read.experiments(id, states ? { states } : {}, page)).map(({ number }) => number);
      expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
      expect(await numbers(undefined, { first: 2 })).toEqual([1, 2]);
      expect(await numbers(undefined, { first: 2, after: 2 })).toEqual([3, 4]);
      expect(await numbers(['queued'], { first: 2, after: 1 })).toEqual([3]);
      expect(await numbers(['proposed'])).toEqual([2, 4, 5]);
      expect(await numbers([])).toEqual([]);
      expect(await store.read.countExperiments(id)).toBe(5);
      expect(await store.read.countExperiments(id, ['queued'])).toBe(2);
      expect(await store.read.countExperiments(id, [])).toBe(0);
    });

    it('gives attempts of several experiments by fence, and measurements of those that are asked for', async () => {
      const id = await story.activeCampaign();
      const again = await story.queued(id);
      for (const note of ['first', 'second']) {
        const attemptId = await story.leased(id, again);
        await story.about(id, attemptId, (tx) => {
          tx.append({ type: 'attempt.expired', attemptId, note });
          tx.append({ type: 'experiment.moved', experimentId: again, to: 'queued', note });
        });
      }
      const measurement = newMeasurement();
      const attemptId = await story.accepted(id, [measurement]);
      const other = (await store.read.attempt(attemptId))?.experimentId ?? '';
      const attempts = await store.read.attempts([again, other]);
      expect(attempts.map(({ fence }) => fence)).toEqual([1, 1, 2]);
      expect((await store.read.attempts([again])).map(({ note }) => note)).toEqual(['first', 'second']);
      expect(await store.read.measurements(id, [again])).toEqual([]);
      expect((await store.read.measurements(id, [other])).map((row) => row.id)).toEqual([measurement.id]);
      expect(await store.read.measurement(measurement.id)).toMatchObject({
        attemptId,
        experimentId: other,
      });
    });

    it('gives plans and models in the order of the plans, and the body of a model to the last digit', async () => {
      const id = await story.activeCampaign();
      const first = await story.plan(id);
      const second = await story.plan(id);
      expect((await store.read.plans(id)).map((plan) => plan.id)).toEqual([first.planId, second.planId]);
      expect((await store.read.models(id)).map((model) => model.id)).toEqual([first.modelId, second.modelId]);
      expect((await store.read.latestModel(id))?.id).toBe(second.modelId);
      expect(await store.read.modelBody(first.modelId)).toEqual({
        lengthscale: 0.1,
        weights: [1e-7, 0.30000000000000004],
      });
    });
  });

  describe('a planning snapshot', () => {
    it('holds every experiment by number, and of the measurements only the accepted', async () => {
      const id = await story.activeCampaign();
      const accepted = newMeasurement();
      await story.accepted(id, [accepted]);
      await story.submit(id, await story.started(id), [newMeasurement()]);
      await story.experiment(id);
      const snapshot = await store.read.planningSnapshot(id);
      expect(snapshot?.seq).toBe(await store.read.lastSeq(id));
      expect(snapshot?.campaign).toEqual(await store.read.campaign(id));
      expect(snapshot?.experiments).toEqual(await store.read.experiments(id));
      expect(snapshot?.accepted.map((row) => row.id)).toEqual([accepted.id]);
    });

    it('is of one moment, however much is written meanwhile', async () => {
      const id = await story.activeCampaign();
      const writing = Promise.all(Array.from({ length: 15 }, () => story.experiment(id)));
      for (let look = 0; look < 15; look += 1) {
        const snapshot = await store.read.planningSnapshot(id);
        expect(snapshot?.experiments.length).toBe((snapshot?.seq ?? 0) - 2);
        expect(snapshot?.campaign.experiments).toBe((snapshot?.seq ?? 0) - 2);
      }
      await writing;
    });
  });
}
