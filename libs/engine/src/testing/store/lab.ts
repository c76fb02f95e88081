import { describe, expect, it } from '@jest/globals';
import type { RecordStore } from '../../ports.js';
import { type OpenedStore, storeForEach } from '../opened.js';
import { refusal } from '../refusal.js';
import { ada, newId, newMeasurement, type StoreStory } from '../store-story.js';

const seconds = (from: Date, count: number): Date => new Date(from.getTime() + count * 1000);

/** Leases, what can be claimed, and stations. */
export function labContract(open: () => Promise<OpenedStore>): void {
  let store: RecordStore;
  let story: StoreStory;
  storeForEach(open, (opened) => ({ store, story } = opened));

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
}
