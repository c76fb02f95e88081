import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CampaignRecord,
  checkChain,
  type Experiment,
  hashOf,
  type IonloopError,
  type RecordedEvent,
  replay,
} from '@ionloop/domain';
import type { RecordStore } from '../ports.js';
import { ada, newExperiment, newId, newMeasurement, newSpec, StoreStory } from './store-story.js';

export interface OpenedStore {
  readonly store: RecordStore;
  close(): Promise<void>;
}

const refusal = (code: IonloopError['code']): unknown => expect.objectContaining({ code });
const byId = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
const seconds = (from: Date, count: number): Date => new Date(from.getTime() + count * 1000);

/** What every store of the record must do. Opening may give the same store again: no test needs it to be empty. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the record kept by ${name}`, () => {
    let opened: OpenedStore;
    let store: RecordStore;
    let story: StoreStory;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      story = new StoreStory(store);
    });
    afterEach(() => opened.close());

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
            (await tx.experiments({ states, ...(limit === undefined ? {} : { limit }) })).map(
              (row) => row.id,
            );
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
        expect(new Set(events.map(({ event }) => event.type)).size).toBe(24);

        const experiments = await store.read.experiments(id);
        const attempts = await store.read.attempts(experiments.map((row) => row.id));
        expect(await store.read.campaign(id)).toEqual(rows.campaign);
        expect(byId(experiments)).toEqual(byId(rows.all('experiment')));
        expect(byId(attempts)).toEqual(byId(rows.all('attempt')));
        expect(byId(await store.read.measurements(id))).toEqual(byId(rows.all('measurement')));
        expect(byId(await store.read.attachments(id))).toEqual(byId(rows.all('attachment')));
        expect(rows.all('attachment')).toHaveLength(3);
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
        expect((await store.read.models(id)).map((model) => model.id)).toEqual([
          first.modelId,
          second.modelId,
        ]);
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

    describe('remembered answers', () => {
      it('are recalled in the same transaction, in later ones, from other campaigns and from outside', async () => {
        const id = await story.activeCampaign();
        const other = await story.activeCampaign();
        const answer = { requestHash: 'hash', response: { ids: ['a', 'b'], nothing: null, share: 1e-7 } };
        await store.transact(id, ada, async (tx) => {
          expect(await tx.recall('claim', id)).toBeNull();
          tx.remember('claim', id, answer);
          expect(await tx.recall('claim', id)).toEqual(answer);
        });
        expect(await store.transact(id, ada, (tx) => tx.recall('claim', id))).toEqual(answer);
        expect(await store.transact(other, ada, (tx) => tx.recall('claim', id))).toEqual(answer);
        expect(await store.read.recall('claim', id)).toEqual(answer);
      });

      it('are kept apart by scope and by key, and need not be objects', async () => {
        const id = await story.activeCampaign();
        await story.step(id, (tx) => {
          tx.remember(`submit/${id}`, 'key', { requestHash: 'a', response: 'a string' });
          tx.remember(`claim/${id}`, 'key', { requestHash: 'b', response: [] });
          tx.remember(`claim/${id}`, 'other', { requestHash: 'c', response: null });
        });
        expect(await store.read.recall(`submit/${id}`, 'key')).toEqual({
          requestHash: 'a',
          response: 'a string',
        });
        expect(await store.read.recall(`claim/${id}`, 'key')).toEqual({ requestHash: 'b', response: [] });
        expect(await store.read.recall(`claim/${id}`, 'other')).toEqual({ requestHash: 'c', response: null });
        expect(await store.read.recall(`submit/${id}`, 'other')).toBeNull();
      });
    });

    describe('requests in flight', () => {
      const request = (key: string, requestHash = 'hash') => ({ scope: 'claim/station', key, requestHash });
      const ours = { ours: true };

      it('are held by one at a time, and again once they are let go of', async () => {
        const one = request(newId('key'));
        expect(await store.inFlight.hold(one, 'first', 60)).toEqual(ours);
        expect(await store.inFlight.hold(one, 'first', 60)).toEqual(ours);
        const other = { ...one, requestHash: 'other' };
        expect(await store.inFlight.hold(other, 'second', 60)).toEqual({ ours: false, requestHash: 'hash' });
        await store.inFlight.release(one, 'second');
        expect((await store.inFlight.hold(one, 'second', 60)).ours).toBe(false);
        await store.inFlight.release(one, 'first');
        expect(await store.inFlight.hold(other, 'second', 60)).toEqual(ours);
        expect(await store.inFlight.hold(one, 'first', 60)).toEqual({ ours: false, requestHash: 'other' });
      });

      it('are kept apart by scope and by key', async () => {
        const one = request(newId('key'));
        expect(await store.inFlight.hold(one, 'first', 60)).toEqual(ours);
        expect(await store.inFlight.hold({ ...one, scope: 'submit/station' }, 'second', 60)).toEqual(ours);
        expect(await store.inFlight.hold(request(newId('key')), 'second', 60)).toEqual(ours);
      });

      it('are given to the next where their holder let the deadline pass', async () => {
        const one = request(newId('key'));
        expect(await store.inFlight.hold(one, 'dead', 0)).toEqual(ours);
        expect(await store.inFlight.hold(one, 'next', 60)).toEqual(ours);
        expect((await store.inFlight.hold(one, 'dead', 60)).ours).toBe(false);
      });

      it('go to one of many who ask at once', async () => {
        const one = request(newId('key'));
        const held = await Promise.all(
          Array.from({ length: 8 }, (_, i) => store.inFlight.hold(one, `holder ${i}`, 60)),
        );
        expect(held.filter((each) => each.ours)).toHaveLength(1);
      });
    });

    describe('partial results', () => {
      it('are kept once for each attempt and sequence number, in whatever order they come', async () => {
        const id = await story.activeCampaign();
        const attemptId = await story.started(id);
        const other = await story.started(id);
        const add = (to: string, seq: number): Promise<boolean> =>
          store.transact(id, ada, (tx) => tx.addPartial(to, seq, { seq }));
        expect(await add(attemptId, 7)).toBe(true);
        expect(await add(attemptId, 2)).toBe(true);
        expect(await add(attemptId, 7)).toBe(false);
        expect(await add(other, 7)).toBe(true);
        expect(await add(attemptId, Number.MAX_SAFE_INTEGER)).toBe(true);
      });

      it('are refused a second time within one transaction too', async () => {
        const id = await story.activeCampaign();
        const attemptId = await story.started(id);
        await store.transact(id, ada, async (tx) => {
          expect(await tx.addPartial(attemptId, 0, 'a')).toBe(true);
          expect(await tx.addPartial(attemptId, 0, 'a')).toBe(false);
        });
      });
    });

    describe('leases', () => {
      it('are read back, replaced and ended', async () => {
        const id = await story.activeCampaign();
        const attemptId = await story.leased(id, await story.queued(id));
        const lease = await store.transact(id, ada, (tx) => {
          const set = {
            attemptId,
            deadline: seconds(tx.now, 60),
            lastSeen: tx.now,
            stage: null,
            progress: null,
          };
          tx.setLease(set);
          return Promise.resolve({ ...set, campaignId: id });
        });
        expect(await store.read.leases([attemptId, 'nothing'])).toEqual([lease]);
        const beat = { ...lease, deadline: seconds(lease.deadline, 10), stage: 'sintering', progress: 0.3 };
        await story.step(id, (tx) => tx.setLease(beat));
        expect(await store.read.leases([attemptId])).toEqual([beat]);
        await story.step(id, (tx) => tx.endLease(attemptId));
        expect(await store.read.leases([attemptId])).toEqual([]);
      });

      it('are overdue once their deadline has passed by the clock of the store, until they are ended', async () => {
        const id = await story.activeCampaign();
        const other = await story.activeCampaign();
        const overdue = await story.leased(id, await story.queued(id));
        const alive = await story.leased(id, await story.queued(id));
        const elsewhere = await story.leased(other, await story.queued(other));
        const set = (campaignId: string, attemptId: string, ahead: number): Promise<void> =>
          story.step(campaignId, (tx) => {
            const deadline = seconds(tx.now, ahead);
            tx.setLease({ attemptId, deadline, lastSeen: tx.now, stage: null, progress: null });
          });
        await set(id, overdue, -1);
        await set(id, alive, 60);
        await set(other, elsewhere, -1);
        await store.transact(id, ada, async (tx) => {
          expect((await tx.overdueLeases()).map(({ attemptId }) => attemptId)).toEqual([overdue]);
          tx.endLease(overdue);
          expect(await tx.overdueLeases()).toEqual([]);
        });
        expect(await store.transact(id, ada, (tx) => tx.overdueLeases())).toEqual([]);
      });
    });

    describe('what can be claimed', () => {
      const claimable = async (id: string, properties = ['ionic_conductivity']): Promise<boolean> =>
        (await store.read.claimable({ properties, limits: {} })).includes(id);

      it('is in active campaigns that have something queued for one of the properties', async () => {
        const id = await story.activeCampaign();
        expect(await claimable(id)).toBe(false);
        const experimentId = await story.queued(id);
        expect(await claimable(id)).toBe(true);
        expect(await claimable(id, ['density', 'ionic_conductivity'])).toBe(true);
        expect(await claimable(id, ['density'])).toBe(false);
        expect(await claimable(id, [])).toBe(false);
        await story.leased(id, experimentId);
        expect(await claimable(id)).toBe(false);
      });

      it('is nothing while dispatch is off or the campaign is paused', async () => {
        const id = await story.activeCampaign();
        await story.queued(id);
        await story.step(id, (tx) =>
          tx.append({ type: 'campaign.switched', proposing: true, dispatch: false }),
        );
        expect(await claimable(id)).toBe(false);
        await story.step(id, (tx) =>
          tx.append({ type: 'campaign.switched', proposing: false, dispatch: true }),
        );
        expect(await claimable(id)).toBe(true);
        await story.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'paused', note: null }));
        expect(await claimable(id)).toBe(false);
      });
    });

    describe('stations', () => {
      const robot = (change = {}) => ({
        id: newId('station'),
        name: newId('robot'),
        bootId: 'boot-1',
        properties: ['ionic_conductivity', 'density'],
        limits: {
          temperatureC: [null, 900] as const,
          components: ['Li3PO4'],
          info: { furnaces: ['a', 'b'] },
        },
        schemaVersion: 1,
        ...change,
      });

      it('are registered unpaused, and found by name and by id', async () => {
        const station = robot();
        const before = await store.read.now();
        const registered = await store.stations.register(station);
        const { lastSeenAt } = registered;
        expect(registered).toEqual({ ...station, workspace: 'default', paused: false, lastSeenAt });
        expect(new Date(registered.lastSeenAt).getTime()).toBeGreaterThanOrEqual(before.getTime() - 1);
        expect(await store.stations.byName(station.name)).toEqual(registered);
        expect(await store.stations.byId(station.id)).toEqual(registered);
        expect(await store.stations.all()).toContainEqual(registered);
        expect(await store.stations.byName('nobody')).toBeNull();
        expect(await store.stations.byId('nobody')).toBeNull();
      });

      it('keep their id and their switch when they register again, and nothing else', async () => {
        const station = robot();
        await store.stations.register(station);
        expect(await store.stations.setPaused(station.id, true)).toMatchObject({
          id: station.id,
          paused: true,
        });
        const reborn = robot({ name: station.name, bootId: 'boot-2', properties: ['density'], limits: {} });
        const registered = await store.stations.register(reborn);
        expect(registered).toMatchObject({ ...reborn, id: station.id, paused: true });
        expect(await store.stations.byId(reborn.id)).toBeNull();
      });

      it('are seen at a time that never goes back, and refused where they are unknown', async () => {
        const { id, lastSeenAt } = await store.stations.register(robot());
        await store.stations.seen(id);
        const seen = await store.stations.byId(id);
        expect(Date.parse(seen?.lastSeenAt ?? '')).toBeGreaterThanOrEqual(Date.parse(lastSeenAt));
        await expect(async () => store.stations.setPaused('nobody', true)).rejects.toEqual(
          refusal('NOT_FOUND'),
        );
        await expect(async () => store.stations.seen('nobody')).rejects.toEqual(refusal('NOT_FOUND'));
      });

      it('have as live attempts those that are leased, started or suspect, of every campaign', async () => {
        const { id: stationId } = await store.stations.register(robot());
        const campaign = await story.activeCampaign();
        const other = await story.activeCampaign();
        const leased = await story.leased(campaign, await story.queued(campaign), stationId);
        const started = await story.started(other, stationId);
        const suspect = await story.started(other, stationId);
        await story.about(other, suspect, (tx) => {
          tx.append({ type: 'attempt.suspected', attemptId: suspect, note: 'silence' });
        });
        await story.submit(other, await story.started(other, stationId), [newMeasurement()]);
        await story.started(campaign, 'another station');
        const live = await store.stations.liveAttempts(stationId);
        expect(live.map(({ id, campaignId }) => [id, campaignId]).sort()).toEqual(
          [
            [leased, campaign],
            [started, other],
            [suspect, other],
          ].sort(),
        );
      });
    });

    describe('tokens', () => {
      const token = (change = {}) => {
        const id = newId('token');
        return {
          id,
          name: 'laptop',
          hash: hashOf(id),
          role: 'planner',
          station: null,
          oneTime: false,
          ...change,
        } as const;
      };

      it('are valid for their lifetime by the clock of the store', async () => {
        const given = token({ role: 'lab', station: 'robot' });
        const added = await store.tokens.add(given, 3600);
        expect(added).toMatchObject({ ...given, revokedAt: null });
        expect(Date.parse(added.expiresAt) - Date.parse(added.createdAt)).toBe(3_600_000);
        expect(await store.tokens.valid(given.hash)).toEqual(added);
        expect(await store.tokens.all()).toContainEqual(added);
        expect(await store.tokens.valid(hashOf('a guess'))).toBeNull();
      });

      it('with no lifetime left are not valid', async () => {
        const { hash } = await store.tokens.add(token(), 0);
        expect(await store.tokens.valid(hash)).toBeNull();
      });

      it('are not valid once they are revoked, and stay in the list', async () => {
        const { id, hash } = await store.tokens.add(token(), 3600);
        await store.tokens.revoke(id);
        expect(await store.tokens.valid(hash)).toBeNull();
        const revoked = (await store.tokens.all()).find((one) => one.id === id);
        expect(revoked?.revokedAt).toEqual(expect.any(String));
        await expect(async () => store.tokens.revoke('nothing')).rejects.toEqual(refusal('NOT_FOUND'));
      });

      it('for one time are given to one of ten that ask at once', async () => {
        const { hash, id } = await store.tokens.add(token({ oneTime: true }), 3600);
        const taken = await Promise.all(Array.from({ length: 10 }, () => store.tokens.redeem(hash)));
        expect(taken.filter((one) => one !== null).map((one) => one.id)).toEqual([id]);
        expect(await store.tokens.redeem(hash)).toBeNull();
        expect(await store.tokens.valid(hash)).toBeNull();
      });

      it('are not redeemed where they are expired or not for one time', async () => {
        const expired = await store.tokens.add(token({ oneTime: true }), 0);
        const lasting = await store.tokens.add(token(), 3600);
        expect(await store.tokens.redeem(expired.hash)).toBeNull();
        expect(await store.tokens.redeem(lasting.hash)).toBeNull();
        expect(await store.tokens.valid(lasting.hash)).toEqual(lasting);
      });

      it('are added once under a key, whoever comes first', async () => {
        const asked = { key: newId('key'), requestHash: hashOf('a request') };
        expect(await store.tokens.under(asked.key)).toBeNull();
        const given = Array.from({ length: 5 }, () => token());
        const made = await Promise.all(given.map((one) => store.tokens.addUnder(asked, one, 3600)));
        const [first] = made;
        for (const one of made) expect(one).toEqual(first);
        expect(first?.requestHash).toBe(asked.requestHash);
        expect(await store.tokens.under(asked.key)).toEqual(first);
        const ids = new Set(given.map(({ id }) => id));
        expect((await store.tokens.all()).filter(({ id }) => ids.has(id))).toEqual([first?.made]);
      });
    });

    describe('artifacts', () => {
      it('are known by their hash, as they were told first', async () => {
        const sha256 = hashOf(newId('artifact'));
        const told = { sha256, bytes: 2 ** 40, mediaType: 'image/png', station: 'robot', tokenId: 'token' };
        expect(await store.artifacts.find([sha256])).toEqual([]);
        const added = await store.artifacts.add(told);
        expect(added).toEqual({ ...told, workspace: 'default', uploadedAt: expect.any(String) });
        expect(await store.artifacts.add({ ...told, mediaType: 'text/html', station: 'other' })).toEqual(
          added,
        );
        expect(await store.artifacts.find([sha256, hashOf('another')])).toEqual([added]);
        expect(await store.artifacts.find([])).toEqual([]);
      });

      it('are found by the attempts that name them', async () => {
        const id = await story.everything();
        const all = await store.read.attachments(id);
        const [first] = all;
        const own = all.filter(({ attemptId }) => attemptId === first?.attemptId);
        expect(await store.read.attachments(id, [first?.attemptId ?? ''])).toEqual(own);
        expect(await store.read.attachments(id, ['nothing'])).toEqual([]);
        expect(await store.read.attachments('nothing')).toEqual([]);
      });
    });

    describe('screens', () => {
      const plan = { from: '0', chunk: 10 };
      const size = { chunks: 3, candidates: '25', kept: 2 };
      const chunk = (n: number) => ({
        from: String(10 * n),
        to: String(10 * n + 10),
        stages: [{ name: 'model', came: 10, passed: 10 }],
        best: [{ index: String(10 * n + 1), score: 0.1 + n }],
      });
      const added = async () => {
        const request = {
          settings: { top: 2 },
          goal: 'maximise',
          model: 'gp',
          observations: [],
          failures: [],
        } as const;
        const id = newId('screen');
        const campaignId = await story.campaign();
        return store.screens.add({ id, campaignId, request, createdBy: 'ada' });
      };

      it('are prepared once, whoever else prepares them too', async () => {
        const screen = await added();
        expect(screen).toMatchObject({ status: 'preparing', size: null, startedAt: null, endedAt: null });
        const { id } = screen;
        expect(await store.screens.begin(id, plan, size)).toBe(true);
        expect(await store.screens.begin(id, { other: 1 }, { ...size, chunks: 9 })).toBe(false);
        const running = await store.screens.byId(id);
        expect(running).toMatchObject({ ...screen, status: 'running', size, startedAt: expect.any(String) });
        expect(await store.screens.plan(id)).toEqual(plan);
        expect(await store.screens.ofCampaigns([screen.campaignId])).toEqual([running]);
        expect(await store.screens.byIds([screen.id, 'nothing'])).toEqual([running]);
        expect((await store.screens.unfinished()).map((one) => one.id)).toContain(id);
      });

      it('are added once under a key', async () => {
        const campaignId = await story.campaign();
        const asked = { key: newId('key'), requestHash: hashOf('a request') };
        const { request } = await added();
        const wanted = ['one', 'two', 'three'].map((name) => ({
          ...{ id: newId(name), campaignId, request, createdBy: 'ada' },
        }));
        expect(await store.screens.under(asked.key)).toBeNull();
        const made = await Promise.all(wanted.map((one) => store.screens.add(one, asked)));
        expect(new Set(made.map(({ id }) => id)).size).toBe(1);
        expect(await store.screens.under(asked.key)).toEqual({
          made: made[0],
          requestHash: asked.requestHash,
        });
        expect(await store.screens.ofCampaigns([campaignId])).toEqual([made[0]]);
      });

      it('keep the first result of a chunk, and know which are missing', async () => {
        const { id } = await added();
        expect(await store.screens.missingChunks(id)).toEqual([]);
        await store.screens.begin(id, plan, size);
        expect(await store.screens.missingChunks(id)).toEqual([0, 1, 2]);
        await store.screens.addChunk(id, 2, chunk(2), 5);
        await store.screens.addChunk(id, 0, chunk(0), 10);
        await store.screens.addChunk(id, 0, chunk(1), 10);
        expect(await store.screens.missingChunks(id)).toEqual([1]);
        expect(await store.screens.chunks(id, 0, 10)).toEqual([chunk(0), chunk(2)]);
        expect(await store.screens.chunks(id, 1, 2)).toEqual([chunk(2)]);
        expect(await store.screens.done(id)).toEqual({
          chunks: 2,
          candidates: 15,
          lastAt: expect.any(String),
        });
      });

      it('end once', async () => {
        const { id } = await added();
        await store.screens.begin(id, plan, size);
        expect(await store.screens.result(id)).toBeNull();
        expect(await store.screens.end(id, 'completed', { result: { best: [] } })).toBe(true);
        expect(await store.screens.end(id, 'cancelled', {})).toBe(false);
        const ended = await store.screens.byId(id);
        expect(ended).toMatchObject({ status: 'completed', error: null, endedAt: expect.any(String) });
        expect(await store.screens.result(id)).toEqual({ best: [] });
        expect((await store.screens.unfinished()).map((one) => one.id)).not.toContain(id);
      });

      it('that were cancelled before they began do not begin', async () => {
        const { id } = await added();
        expect(await store.screens.end(id, 'cancelled', {})).toBe(true);
        expect(await store.screens.begin(id, plan, size)).toBe(false);
        expect((await store.screens.byId(id))?.status).toBe('cancelled');
      });
    });
  });
}
