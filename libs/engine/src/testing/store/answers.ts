import { describe, expect, it } from '@jest/globals';
import type { RecordStore } from '../../ports.js';
import { type OpenedStore, storeForEach } from '../opened.js';
import { ada, newId, type StoreStory } from '../store-story.js';

/** What makes a request safe to repeat: answers remembered, requests in flight, partial results. */
export function answersContract(open: () => Promise<OpenedStore>): void {
  let store: RecordStore;
  let story: StoreStory;
  storeForEach(open, (opened) => ({ store, story } = opened));

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
}
