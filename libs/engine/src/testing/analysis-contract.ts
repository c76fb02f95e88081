import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewAnalysis, NumberedCandidate } from '../analyses/analysis.js';
import type { RecordStore } from '../ports.js';
import { allOf } from './all-of.js';
import type { OpenedStore } from './opened.js';
import { newId, StoreStory } from './store-story.js';

/** What every store must do with analyses. */
export function analysisContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the analyses kept by ${name}`, () => {
    let opened: OpenedStore;
    let store: RecordStore;
    let campaignId: string;

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
      campaignId = await new StoreStory(store).campaign();
    });
    afterAll(() => opened.close());

    const asked = (key: string, of = campaignId): NewAnalysis => ({
      ...{
        id: newId('analysis'),
        campaignId: of,
        kind: 'candidates',
        key,
        dataRevision: 3,
        createdBy: 'ada',
      },
      request: { kind: 'candidates', score: 'log-ei', beta: 2, drawn: 10 },
    });

    it('are asked once under a key, and again where they failed', async () => {
      const { analyses } = store;
      const question = asked('one');
      const first = await analyses.ask(question);
      expect(first).toMatchObject({ ...question, status: 'waiting', done: 0, total: null, endedAt: null });
      expect(await analyses.ask(asked('one'))).toEqual(first);
      expect(await analyses.byIds([first.id, 'nothing'])).toEqual([first]);
      expect(await analyses.end(first.id, 'failed', { error: 'no memory' })).toBe(true);
      expect(await analyses.byIds([first.id])).toMatchObject([{ status: 'failed', error: 'no memory' }]);
      expect(await analyses.ask(asked('one'))).toMatchObject({
        id: first.id,
        status: 'waiting',
        error: null,
      });
      const other = await analyses.ask(asked('two'));
      expect(other.id).not.toBe(first.id);
      const ofCampaign = (await allOf(analyses, campaignId)).map(({ id }) => id);
      expect(ofCampaign).toEqual(expect.arrayContaining([first.id, other.id]));
    });

    it('are worked on by one at a time, tell how far they are, and end once', async () => {
      const { analyses } = store;
      const { id } = await analyses.ask(asked('three'));
      const before = await analyses.unfinished(campaignId);
      expect((await analyses.neglected(-60)).map((one) => one.id)).toContain(id);
      expect((await analyses.neglected(600)).map((one) => one.id)).not.toContain(id);
      expect(await analyses.begin(id, 600)).toBe(true);
      expect(await analyses.begin(id, 600)).toBe(false);
      expect(await analyses.progress(id, { done: 4, total: 9 })).toBe(true);
      expect(await analyses.progress(id, null)).toBe(true);
      expect(await analyses.byIds([id])).toMatchObject([{ status: 'running', done: 4, total: 9 }]);
      expect(await analyses.results([id])).toEqual(new Map());
      expect(await analyses.end(id, 'completed', { result: { count: 1e-7 } })).toBe(true);
      expect(await analyses.end(id, 'cancelled', {})).toBe(false);
      expect(await analyses.progress(id, { done: 9, total: 9 })).toBe(false);
      expect(await analyses.results([id, 'nothing'])).toEqual(new Map([[id, { count: 1e-7 }]]));
      expect(await analyses.unfinished(campaignId)).toBe(before - 1);
    });

    it('keep candidates, and give them sorted, filtered and in pages', async () => {
      const { analyses } = store;
      const { id } = await analyses.ask(asked('four'));
      const candidates: readonly NumberedCandidate[] = [3, 1, 2, 1].map((score, number) => ({
        number,
        point: { salt: number % 2 === 0 ? 'LiCl' : 'NaBr' },
        ...{ mean: 7 - number, sd: 0.5, score, feasible: number / 4, tried: number === 2 },
      }));
      await analyses.addCandidates(id, candidates.slice(0, 3));
      await analyses.addCandidates(
        id,
        candidates.map((one) => ({ ...one, score: one.number === 3 ? 1 : 99 })),
      );
      const order = { by: 'score', descending: true } as const;
      const whole = await analyses.candidates(id, {}, order, { count: 9, backward: false, from: null });
      expect(whole.map(({ item }) => item)).toEqual([0, 2, 3, 1].map((number) => candidates[number]));
      const from = whole[1]?.place ?? null;
      const after = await analyses.candidates(id, {}, order, { count: 1, backward: false, from });
      expect(after).toEqual([whole[2]]);
      const before = await analyses.candidates(id, {}, order, { count: 5, backward: true, from });
      expect(before).toEqual([whole[0]]);
      expect(await analyses.countCandidates(id, { scoreFrom: 2 })).toBe(2);
      expect(await analyses.countCandidates(id, { tried: true, feasibleFrom: 0.5 })).toBe(1);
      expect(await analyses.countCandidates(id, { text: 'nabr', meanTo: 5 })).toBe(1);
      expect(await analyses.countCandidates(id, { sdFrom: 0.6 })).toBe(0);
    });

    it('forget all of a campaign’s lists of candidates but the newest', async () => {
      const { analyses } = store;
      const own = await new StoreStory(store).campaign();
      const ids: string[] = [];
      for (const key of ['a', 'b', 'c']) {
        const { id } = await analyses.ask(asked(key, own));
        const one = { number: 0, point: {}, mean: 0, sd: 1, score: 0, feasible: 1, tried: false };
        await analyses.addCandidates(id, [one]);
        await analyses.end(id, 'completed', { result: {} });
        ids.push(id);
      }
      await analyses.forgetCandidates(own, 2);
      expect((await allOf(analyses, own)).map(({ id }) => id).sort()).toEqual(ids.slice(1));
      expect(await analyses.countCandidates(ids[0] ?? '', {})).toBe(0);
      expect(await analyses.countCandidates(ids[2] ?? '', {})).toBe(1);
    });
  });
}
