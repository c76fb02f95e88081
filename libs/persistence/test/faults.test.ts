import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkChain, type RecordedEvent } from '@ionloop/domain';
import type { RecordStore } from '@ionloop/engine';
import { ada, newExperiment, newSpec, StoreStory } from '@ionloop/engine/testing';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { setTimeout as sleep } from 'node:timers/promises';
import { terminate, withAdmin } from './support/admin.js';
import { CuttingProxy } from './support/cutting-proxy.js';
import { migratedDatabase, type Opened } from './support/database.js';

describe('the record through faults', () => {
  let opened: Opened;
  let store: RecordStore;
  let story: StoreStory;

  beforeAll(async () => {
    opened = await migratedDatabase();
    store = opened.persistence.store;
    story = new StoreStory(store);
  });
  afterAll(() => opened.close());

  const log = (campaignId: string): Promise<readonly RecordedEvent[]> =>
    store.read.events(campaignId, 0, 1000);

  /** Adds an experiment, and counts how often it was tried. */
  async function addCounted(
    through: RecordStore,
    campaignId: string,
    meanwhile: (run: number) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{ readonly runs: number; readonly result: string }> {
    let runs = 0;
    const result = await through.transact(campaignId, ada, async (tx) => {
      runs += 1;
      const experiment = newExperiment(tx.campaign.experiments + 1);
      tx.append({ type: 'experiment.added', experiment });
      await meanwhile(runs);
      return experiment.id;
    });
    return { runs, result };
  }

  async function expectOneExperiment(campaignId: string, id: string): Promise<void> {
    expect((await store.read.experiments(campaignId)).map((experiment) => experiment.id)).toEqual([id]);
    const events = await log(campaignId);
    expect(checkChain(events).seq).toBe(3);
  }

  describe('in the way of other transactions', () => {
    /** Makes the database refuse the next events, as it does when transactions collide. */
    const collide = (times: number, state: string): Promise<unknown> =>
      withAdmin(opened.url, (client) =>
        client.query(`
          DROP SEQUENCE IF EXISTS collisions CASCADE;
          CREATE SEQUENCE collisions;
          CREATE OR REPLACE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF nextval('collisions') <= ${times} THEN RAISE 'collision' USING ERRCODE = '${state}'; END IF;
            RETURN NEW;
          END $$;
          CREATE OR REPLACE TRIGGER collide BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION collide();`),
      );

    it.each([
      ['serialization failures', '40001'],
      ['deadlocks', '40P01'],
    ])('tries again after %s', async (_what, state) => {
      const id = await story.activeCampaign();
      await collide(3, state);
      const { runs, result } = await addCounted(store, id);
      expect(runs).toBe(4);
      await expectOneExperiment(id, result);
    });

    it('gives up in the end, and leaves nothing', async () => {
      const id = await story.activeCampaign();
      await collide(1000, '40001');
      await expect(addCounted(store, id)).rejects.toThrow('collision');
      await collide(0, '40001');
      expect(await store.read.countExperiments(id)).toBe(0);
    });

    it('disk-full: what the database has no room for is refused in plain words, and done when there is room', async () => {
      const id = await story.activeCampaign();
      await collide(1, '53100');
      const full = {
        code: 'STORAGE_FULL',
        message: expect.stringContaining('disk of the database') as unknown,
      };
      await expect(addCounted(store, id)).rejects.toMatchObject(full);
      expect(await store.read.countExperiments(id)).toBe(0);
      const { runs, result } = await addCounted(store, id);
      expect(runs).toBe(1);
      await expectOneExperiment(id, result);
    });

    it('gives two campaigns that race for one key the same answer', async () => {
      const campaigns = [await story.activeCampaign(), await story.activeCampaign()];
      const arrived = new Set<string>();
      const answers = await Promise.all(
        campaigns.map((id) =>
          store.transact(id, ada, async (tx) => {
            const earlier = await tx.recall('race', 'key');
            if (earlier) return earlier.response;
            arrived.add(id);
            while (arrived.size < 2) await sleep(1);
            tx.remember('race', 'key', { requestHash: 'same', response: id });
            return id;
          }),
        ),
      );
      expect(answers[0]).toBe(answers[1]);
    });

    it('refuses an answer under a key that has one', async () => {
      const id = await story.activeCampaign();
      const answer = { requestHash: 'a', response: 1 };
      await story.step(id, (tx) => tx.remember('twice', id, answer));
      const again = story.step(id, (tx) => tx.remember('twice', id, answer));
      await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });

  describe('on a connection that is lost', () => {
    const through = async (use: (persistence: Persistence, proxy: CuttingProxy) => Promise<void>) => {
      const proxy = await CuttingProxy.before(opened.url);
      const persistence = await openPersistence({ url: proxy.url, poolSize: 2 });
      try {
        await use(persistence, proxy);
      } finally {
        await persistence.close();
        await proxy.close();
      }
    };

    it('does the work again where it is lost meanwhile', async () => {
      const id = await story.activeCampaign();
      const { runs, result } = await addCounted(store, id, async (run) => {
        if (run === 1) expect(await terminate(opened.url, 'ionloop')).toBeGreaterThan(0);
      });
      expect(runs).toBe(2);
      await expectOneExperiment(id, result);
    });

    it('reads again', async () => {
      const id = await story.activeCampaign();
      await Promise.all(Array.from({ length: 5 }, () => store.read.now()));
      await terminate(opened.url, 'ionloop');
      const reads = Array.from({ length: 10 }, () => store.read.campaign(id));
      expect((await Promise.all(reads)).every((campaign) => campaign?.id === id)).toBe(true);
    });

    it('does the work once where only the answer to the commit is lost', () =>
      through(async ({ store: remote }, proxy) => {
        const id = await story.activeCampaign();
        proxy.cutAt('COMMIT', 'before its answer comes back');
        const { runs, result } = await addCounted(remote, id);
        expect(runs).toBe(1);
        await expectOneExperiment(id, result);
      }));

    it('does the work again where the commit did not arrive', () =>
      through(async ({ store: remote }, proxy) => {
        const id = await story.activeCampaign();
        proxy.cutAt('COMMIT', 'before the server gets it');
        const { runs, result } = await addCounted(remote, id);
        expect(runs).toBe(2);
        await expectOneExperiment(id, result);
      }));

    it('does not guess where the answer to the commit is lost and the database with it', () =>
      through(async ({ store: remote }, proxy) => {
        const id = await story.activeCampaign();
        proxy.cutAt('COMMIT', 'before its answer comes back', 'for good');
        const unknown = addCounted(remote, id);
        await expect(unknown).rejects.toMatchObject({ code: 'DATABASE_OUTCOME_UNKNOWN' });
        expect(await store.read.countExperiments(id)).toBe(1);
      }));

    it('says in the end that the database is gone, where it was, and does nothing by half', () =>
      through(async ({ store: remote }, proxy) => {
        const id = await story.activeCampaign();
        const lost = addCounted(remote, id, () => proxy.close());
        await expect(lost).rejects.toMatchObject({ name: 'PersistenceError', code: 'DATABASE_UNREACHABLE' });
        await expect(lost).rejects.toThrow(/^cannot use PostgreSQL at 127\.0\.0\.1:\d+, database "test_/);
        expect(await store.read.countExperiments(id)).toBe(0);
      }));
  });

  describe('of a crowd', () => {
    it('leaves connections for others while a hundred wait for one campaign', async () => {
      const id = await story.activeCampaign();
      const crowd = Array.from({ length: 100 }, () =>
        addCounted(store, id, async () => {
          expect((await store.read.campaign(id))?.id).toBe(id);
        }),
      );
      expect(await store.read.lastSeq(id)).toBeLessThan(102);
      expect((await Promise.all(crowd)).every(({ runs }) => runs === 1)).toBe(true);
      expect(checkChain(await log(id)).seq).toBe(102);
    });
  });

  describe('of the caller', () => {
    it('writes nothing after a refused event, even where the refusal is caught', async () => {
      const id = await story.activeCampaign();
      const attemptId = await story.started(id);
      const before = await log(id);
      const swallowing = story.about(id, attemptId, (tx) => {
        expect(() => tx.append({ type: 'campaign.moved', to: 'active', note: null })).toThrow();
        tx.append({ type: 'campaign.moved', to: 'paused', note: null });
      });
      await expect(swallowing).rejects.toMatchObject({ code: 'INVALID_STATE' });
      expect(await log(id)).toEqual(before);
    });

    it.each([
      ['NUL', 'a\u0000b'],
      ['half of a surrogate pair', 'a\ud83db'],
      ['NUL after a backslash', 'a\\\u0000'],
    ])('refuses text with %s, which would not come back the same', async (_what, note) => {
      const id = await story.activeCampaign();
      const refused = story.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'paused', note }));
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it('refuses to create a campaign twice, under another id, or without an event', async () => {
      const id = await story.activeCampaign();
      const twice = story.step(id, (tx) =>
        tx.append({ type: 'campaign.created', campaignId: id, spec: newSpec() }),
      );
      await expect(twice).rejects.toMatchObject({ code: 'INVALID_STATE' });
      const other = store.create('this', ada, (tx) => {
        tx.append({ type: 'campaign.created', campaignId: 'that', spec: newSpec() });
        return Promise.resolve();
      });
      await expect(other).rejects.toMatchObject({ code: 'INVALID_STATE' });
      const empty = store.create('empty', ada, () => Promise.resolve());
      await expect(empty).rejects.toMatchObject({ code: 'INVALID_STATE' });
    });
  });
});
