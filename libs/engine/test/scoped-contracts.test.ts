import { describe, expect, it } from '@jest/globals';
import { InMemoryStore, type NewAnalysis, type NumberedCandidate, ScopedStore } from '../src/index.js';
import { answersContract } from '../src/testing/store/answers.js';
import { labContract } from '../src/testing/store/lab.js';
import { readingContract } from '../src/testing/store/reading.js';
import { transactionContract } from '../src/testing/store/transactions.js';
import { newId, StoreStory } from '../src/testing/store-story.js';

const memory = () => new InMemoryStore(() => new Date());
const within = (store: InMemoryStore, workspace: string) =>
  new ScopedStore(store, { workspace, campaign: null });
const open = () => Promise.resolve({ store: within(memory(), 'default'), close: () => Promise.resolve() });

describe('to those inside a workspace, the record', () => {
  transactionContract(open);
  readingContract(open);
  answersContract(open);
  labContract(open);
});

describe('questions about a campaign', () => {
  const page = { count: 9, backward: false, from: null } as const;
  const order = { by: 'number', descending: false } as const;

  async function asked() {
    const record = memory();
    const [inside, outside] = [within(record, 'default').analyses, within(record, 'other').analyses];
    const campaignId = await new StoreStory(record).campaign();
    const question: NewAnalysis = {
      ...{ id: newId('analysis'), campaignId, key: 'k', dataRevision: 1, createdBy: 'ada' },
      kind: 'candidates',
      request: { kind: 'candidates', score: 'log-ei', beta: 2, drawn: 10 },
    };
    return { record, inside, outside, campaignId, question };
  }
  const candidate: NumberedCandidate = {
    ...{ number: 0, point: { heat: 1 }, mean: 0, sd: 1, score: 2, feasible: 1, tried: false },
  };

  it('are asked, worked on and answered by those inside', async () => {
    const { inside, campaignId, question } = await asked();
    const { id } = await inside.ask(question);
    expect(await inside.unfinished(campaignId)).toBe(1);
    expect((await inside.neglected(-60)).map((one) => one.id)).toEqual([id]);
    expect(await inside.begin(id, 60)).toBe(true);
    expect(await inside.progress(id, { done: 1, total: 2 })).toBe(true);
    await inside.addCandidates(id, [candidate]);
    expect(await inside.countCandidates(id, {})).toBe(1);
    expect((await inside.candidates(id, {}, order, page)).map(({ item }) => item)).toEqual([candidate]);
    expect(await inside.end(id, 'completed', { result: { count: 1 } })).toBe(true);
    expect(await inside.results([id])).toEqual(new Map([[id, { count: 1 }]]));
    const next = await inside.ask({ ...question, id: newId('analysis'), key: 'l' });
    await inside.addCandidates(next.id, [candidate]);
    await inside.end(next.id, 'completed', { result: {} });
    await inside.forgetCandidates(campaignId, 1);
    expect((await inside.byIds([id, next.id])).length).toBe(1);
  });

  it('are not there for those outside', async () => {
    const { record, inside, outside, campaignId, question } = await asked();
    const { id } = await inside.ask(question);
    expect(await outside.byIds([id])).toEqual([]);
    expect(await outside.neglected(-60)).toEqual([]);
    expect(await outside.results([id])).toEqual(new Map());
    const missing = (what: string, which: string) => ({
      ...{ code: 'NOT_FOUND', message: `there is no ${what} ${which}` },
    });
    await expect(outside.ask(question)).rejects.toMatchObject(missing('campaign', campaignId));
    for (const tried of [
      outside.begin(id, 60),
      outside.progress(id, null),
      outside.end(id, 'cancelled', {}),
      outside.addCandidates(id, [candidate]),
      outside.candidates(id, {}, order, page),
      outside.countCandidates(id, {}),
    ]) {
      await expect(tried).rejects.toMatchObject(missing('analysis', id));
    }
    expect(await record.analyses.byIds([id])).toMatchObject([{ status: 'waiting', done: 0 }]);
  });
});

describe('candidates', () => {
  it('are chosen by where their numbers lie, both ends included', async () => {
    const { analyses } = memory();
    const add = async (id: string) =>
      analyses.addCandidates(
        id,
        [1, 2, 3].map((value, number) => ({
          ...candidateOf(number),
          ...{ mean: value, sd: value, score: value, feasible: value / 4 },
        })),
      );
    const candidateOf = (number: number) => ({ number, point: {}, tried: false });
    const { id } = await analyses.ask({
      ...{ id: 'a', campaignId: 'c', key: 'k', dataRevision: 1, createdBy: 'ada' },
      kind: 'candidates',
      request: { kind: 'candidates', score: 'log-ei', beta: 2, drawn: 10 },
    });
    await add(id);
    const counts = async (...filters: readonly Parameters<typeof analyses.countCandidates>[1][]) =>
      Promise.all(filters.map((filter) => analyses.countCandidates(id, filter)));
    expect(await counts({}, { meanFrom: 2 }, { meanFrom: 3 }, { meanTo: 2 }, { meanTo: 1 })).toEqual([
      3, 2, 1, 2, 1,
    ]);
    expect(await counts({ sdFrom: 2 }, { sdFrom: 3 }, { sdTo: 2 }, { sdTo: 1 })).toEqual([2, 1, 2, 1]);
    expect(await counts({ scoreFrom: 3 }, { feasibleFrom: 0.5 }, { meanFrom: 4 }, { sdTo: 0 })).toEqual([
      1, 2, 0, 0,
    ]);
  });
});
