import { describe, expect, it } from '@jest/globals';
import { checkChain, type Experiment, type RecordedEvent } from '@ionloop/domain';
import type { RecordStore } from '../../ports.js';
import { type OpenedStore, storeForEach } from '../opened.js';
import { refusal } from '../refusal.js';
import { ada, newExperiment, newId, newMeasurement, newSpec, type StoreStory } from '../store-story.js';

/** Creating a campaign, and what a transaction promises. */
export function transactionContract(open: () => Promise<OpenedStore>): void {
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

  describe('creating a campaign', () => {
    it('keeps it as a draft, all of its spec as it was given', async () => {
      const id = await story.campaign({ name: 'Ünïcode \u{1f9ea} “quoted” \\ back' });
      const campaign = await store.read.campaign(id);
      const [created] = await log(id);
      expect(campaign).toEqual({
        ...newSpec({ name: 'Ünïcode \u{1f9ea} “quoted” \\ back' }),
        id,
        state: 'draft',
        proposing: true,
        dispatch: true,
        dataRevision: 0,
        plans: 0,
        experiments: 0,
        revision: 0,
        plansBefore: 0,
        asked: 0,
        createdAt: created?.at,
        owner: 'Ada',
        waiting: {
          kind: 'start_campaign',
          since: created?.at,
          deadline: new Date(Date.parse(created?.at ?? '') + 86_400_000).toISOString(),
          owner: 'role:planner',
          escalations: 0,
          note: null,
        },
      });
    });

    it('gives back what the work returns', async () => {
      const id = newId('campaign');
      const result = await store.create(id, ada, (tx) => {
        tx.append({ type: 'campaign.created', campaignId: id, spec: newSpec() });
        return Promise.resolve(tx.campaign.state);
      });
      expect(result).toBe('draft');
    });

    it('refuses another first event', async () => {
      const id = newId('campaign');
      const wrong = store.create(id, ada, (tx) => {
        tx.append({ type: 'campaign.moved', to: 'active', note: null });
        return Promise.resolve();
      });
      await expect(wrong).rejects.toThrow();
      expect(await store.read.campaign(id)).toBeNull();
    });

    it('refuses an id that is taken, and leaves the campaign that has it alone', async () => {
      const id = await story.activeCampaign();
      const again = store.create(id, ada, (tx) => {
        tx.append({ type: 'campaign.created', campaignId: id, spec: newSpec({ name: 'usurper' }) });
        return Promise.resolve();
      });
      await expect(again).rejects.toEqual(refusal('CONFLICT'));
      expect(await store.read.campaign(id)).toMatchObject({ name: 'Glasses', state: 'active' });
      expect(await store.read.lastSeq(id)).toBe(2);
    });

    it('leaves nothing where the work fails', async () => {
      const id = newId('campaign');
      const failing = store.create(id, ada, (tx) => {
        tx.append({ type: 'campaign.created', campaignId: id, spec: newSpec() });
        return Promise.reject(new Error('changed my mind'));
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await store.read.campaign(id)).toBeNull();
      expect(await log(id)).toEqual([]);
    });
  });

  describe('a transaction', () => {
    it('refuses a campaign that is not there', async () => {
      await expect(story.step('nowhere', () => undefined)).rejects.toEqual(refusal('NOT_FOUND'));
    });

    it('refuses rows that are not there, or are of another campaign', async () => {
      const other = await story.activeCampaign();
      const measurement = newMeasurement();
      const attemptId = await story.accepted(other, [measurement]);
      const attempt = await store.read.attempt(attemptId);
      const id = await story.activeCampaign();
      await store.transact(id, ada, async (tx) => {
        for (const absent of ['nothing', attempt?.experimentId ?? '']) {
          await expect(async () => tx.experiment(absent)).rejects.toEqual(refusal('NOT_FOUND'));
        }
        for (const absent of ['nothing', attemptId]) {
          await expect(async () => tx.attempt(absent)).rejects.toEqual(refusal('NOT_FOUND'));
        }
        for (const absent of ['nothing', measurement.id]) {
          await expect(async () => tx.measurement(absent)).rejects.toEqual(refusal('NOT_FOUND'));
        }
        expect(await tx.attemptsOf(attempt?.experimentId ?? '')).toEqual([]);
        expect(await tx.measurementsOf(attemptId)).toEqual([]);
        expect(await tx.experiments()).toEqual([]);
      });
    });

    it('leaves nothing where the work fails: no row, event, lease, partial, model body or answer', async () => {
      const id = await story.activeCampaign();
      const attemptId = await story.leased(id, await story.queued(id));
      const before = await store.read.planningSnapshot(id);
      const failing = store.transact(id, ada, async (tx) => {
        tx.append({ type: 'experiment.added', experiment: newExperiment(2) });
        tx.setLease({ attemptId, deadline: tx.now, lastSeen: tx.now, stage: null, progress: null });
        await tx.addPartial(attemptId, 1, 'half');
        tx.saveModelBody('body-of-nothing', 1);
        tx.remember('failing', id, { requestHash: 'a', response: 'b' });
        throw new Error('power cut');
      });
      await expect(failing).rejects.toThrow('power cut');
      expect(await store.read.planningSnapshot(id)).toEqual(before);
      expect(await store.read.lastSeq(id)).toBe(before?.seq);
      expect(await store.read.leases([attemptId])).toEqual([]);
      expect(await store.read.modelBody('body-of-nothing')).toBeNull();
      expect(await store.read.recall('failing', id)).toBeNull();
      const fresh = await store.transact(id, ada, (tx) => tx.addPartial(attemptId, 1, 'whole'));
      expect(fresh).toBe(true);
    });

    it('leaves nothing where an event is refused', async () => {
      const id = await story.activeCampaign();
      const before = await log(id);
      const refused = story.step(id, (tx) => {
        tx.append({ type: 'experiment.added', experiment: newExperiment(1) });
        tx.append({ type: 'campaign.moved', to: 'active', note: null });
      });
      await expect(refused).rejects.toEqual(refusal('INVALID_STATE'));
      expect(await log(id)).toEqual(before);
      expect(await store.read.countExperiments(id)).toBe(0);
    });

    it('sees its own writes', async () => {
      const id = await story.activeCampaign();
      const kept = await story.queued(id);
      const moved = await story.queued(id);
      const measurement = newMeasurement();
      await store.transact(id, ada, async (tx) => {
        const added = newExperiment(3);
        tx.append({ type: 'experiment.added', experiment: added });
        expect((await tx.experiment(added.id)).state).toBe('proposed');
        expect(tx.campaign.experiments).toBe(3);

        const { specHash } = await tx.experiment(moved);
        const attemptId = newId('attempt');
        const lease = { stationId: 'station', bootId: 'boot', fence: 1, specHash };
        tx.append({ type: 'attempt.leased', attemptId, experimentId: moved, ...lease });
        expect((await tx.attempt(attemptId)).state).toBe('leased');
        expect((await tx.attemptsOf(moved)).map((attempt) => attempt.id)).toEqual([attemptId]);

        tx.append({ type: 'attempt.started', attemptId, deviceRunId: 'run 1' });
        const result = { outcome: 'measured', note: null, measurements: [measurement] } as const;
        tx.append({ type: 'attempt.submitted', attemptId, ...result });
        tx.append({ type: 'attempt.accepted', attemptId, note: 'fine' });
        expect(await tx.measurementsOf(attemptId)).toEqual([await tx.measurement(measurement.id)]);
        expect(await tx.measurement(measurement.id)).toMatchObject({ status: 'accepted', note: 'fine' });
        expect(tx.campaign.dataRevision).toBe(1);

        const ids = async (states: Experiment['state'][], limit?: number): Promise<string[]> =>
          (await tx.experiments({ states, ...(limit === undefined ? {} : { limit }) })).map((row) => row.id);
        expect(await ids(['queued'])).toEqual([kept]);
        expect(await ids(['queued'], 1)).toEqual([kept]);
        expect(await ids(['accepted', 'proposed'])).toEqual([moved, added.id]);
        expect(await ids(['accepted', 'proposed', 'queued'], 2)).toEqual([kept, moved]);
        expect((await tx.experiments()).map(({ number }) => number)).toEqual([1, 2, 3]);
      });
      expect((await experiment(moved)).state).toBe('accepted');
    });

    it('finds the next row where its own change has taken the first of a limited list', async () => {
      const id = await story.activeCampaign();
      const first = await story.queued(id);
      const second = await story.queued(id);
      await store.transact(id, ada, async (tx) => {
        await tx.experiment(first);
        tx.append({ type: 'experiment.moved', experimentId: first, to: 'cancelled', note: 'no' });
        const left = await tx.experiments({ states: ['queued'], limit: 1 });
        expect(left.map((row) => row.id)).toEqual([second]);
      });
    });

    it('carries what happens to an attempt to its measurements, without being asked for them', async () => {
      const id = await story.activeCampaign();
      const attemptId = await story.started(id);
      const measurements = [newMeasurement(), newMeasurement()];
      await story.submit(id, attemptId, measurements);
      await story.accept(id, attemptId);
      const statuses = (await store.read.measurements(id)).map(({ status }) => status);
      expect(statuses).toEqual(['accepted', 'accepted']);
      expect((await store.read.campaign(id))?.dataRevision).toBe(1);
    });

    it('goes by the clock of the store', async () => {
      const id = await story.activeCampaign();
      const before = await store.read.now();
      const during = await store.transact(id, ada, (tx) => {
        tx.append({ type: 'campaign.moved', to: 'paused', note: null });
        return Promise.resolve(tx.now);
      });
      const after = await store.read.now();
      expect(during.getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect(during.getTime()).toBeLessThanOrEqual(after.getTime());
      expect((await log(id)).at(-1)?.at).toBe(during.toISOString());
    });

    it('waits its turn: twenty at once on one campaign leave no gap and lose no write', async () => {
      const id = await story.activeCampaign();
      await Promise.all(Array.from({ length: 20 }, () => story.experiment(id)));
      const events = await log(id);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
      checkChain(events);
      const numbers = (await store.read.experiments(id)).map(({ number }) => number);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });
  });
}
