import { describe, expect, it } from '@jest/globals';
import { hashOf } from '@ionloop/domain';
import type { RecordStore } from '../../ports.js';
import { allOf } from '../all-of.js';
import { type OpenedStore, storeForEach } from '../opened.js';
import { refusal } from '../refusal.js';
import { newId, type StoreStory } from '../store-story.js';

/** What is kept beside campaigns: tokens, artifacts, screens. */
export function besideContract(open: () => Promise<OpenedStore>): void {
  let store: RecordStore;
  let story: StoreStory;
  storeForEach(open, (opened) => ({ store, story } = opened));

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
      expect(await store.artifacts.add({ ...told, mediaType: 'text/html', station: 'other' })).toEqual(added);
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
      expect(await allOf(store.screens, screen.campaignId)).toEqual([running]);
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
      expect(await allOf(store.screens, campaignId)).toEqual([made[0]]);
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
      expect(await store.screens.doneOf([id, 'nothing'])).toEqual(
        new Map([[id, await store.screens.done(id)]]),
      );
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
}
