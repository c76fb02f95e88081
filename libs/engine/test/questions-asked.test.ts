import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, JsonObject } from '@ionloop/domain';
import { inputOf } from '../src/analyses/use-cases.js';
import {
  type Analysis,
  type Engine,
  moveCampaign,
  parseAnalysis,
  startAnalysis,
  submit,
  updateCampaign,
} from '../src/index.js';
import { allOf, TestLoop } from '../src/testing/index.js';
import { newEngine, planner } from './questions.js';

let engine: Engine;
let loop: TestLoop;
let campaign: Campaign;
beforeEach(async () => {
  engine = newEngine();
  loop = new TestLoop(engine, planner);
  campaign = await loop.campaign({ budget: 20 });
});

const hints = { analyse: () => Promise.resolve() };
const ask = (request: JsonObject, key?: string, name = 'ada'): Promise<Analysis> =>
  startAnalysis(engine, hints, { kind: 'person', name }, campaign.id, request, key);

describe('a question is another one', () => {
  it('after each sample that failed and each that cannot be made', async () => {
    const robot = await loop.station();
    const ids = new Set([(await ask({ advice: true })).id]);
    for (const outcome of ['failed_sample', 'infeasible'] as const) {
      const assignment = await loop.startOne(robot);
      await submit(engine, robot, { ...loop.measured(assignment), outcome, measurements: [] });
      ids.add((await ask({ advice: true })).id);
    }
    expect(ids.size).toBe(3);
  });

  it('after anything in the log, where it is about the log', async () => {
    const [advice, verdict] = [await ask({ advice: true }), await ask({ verification: true })];
    await moveCampaign(engine, loop.person, campaign.id, 'paused');
    expect((await ask({ advice: true })).id).toBe(advice.id);
    expect((await ask({ verification: true })).id).not.toBe(verdict.id);
  });

  it('under another key, of another person, and refused under a key that is none', async () => {
    const { id } = await ask({ verification: true }, 'k');
    await moveCampaign(engine, loop.person, campaign.id, 'paused');
    expect((await ask({ verification: true }, 'k')).id).toBe(id);
    expect((await ask({ verification: true }, 'k', 'ben')).id).not.toBe(id);
    for (const key of ['', 'x'.repeat(201)]) {
      await expect(ask({ advice: true }, key)).rejects.toMatchObject({
        ...{ code: 'INVALID_INPUT', field: 'idempotencyKey' },
      });
    }
    expect(await ask({ advice: true }, 'x'.repeat(200))).toMatchObject({ status: 'waiting' });
  });
});

it('where twelve wait, one of them is told of again, and another is given up with the reason', async () => {
  const first = await ask({ slice: { axes: ['Li3PO4'], cells: 10 } });
  for (let n = 1; n < 12; n += 1) await ask({ slice: { axes: ['Li3PO4'], cells: 10 + n } });
  expect(await ask({ slice: { axes: ['Li3PO4'], cells: 10 } })).toEqual(first);
  await expect(ask({ advice: true })).rejects.toMatchObject({
    ...{ code: 'INVALID_STATE' },
    message: '12 analyses of this campaign are waiting or running; at most 12 are taken at a time',
  });
  const all = await allOf(engine.store.analyses, campaign.id);
  expect(all.filter(({ status }) => status === 'cancelled')).toMatchObject([
    { kind: 'advice', error: 'too many at a time' },
  ]);
});

describe('what an analyst is given', () => {
  const given = async (request: JsonObject) => {
    const snapshot = await engine.store.read.planningSnapshot(campaign.id);
    if (!snapshot) throw new Error('it is gone');
    return inputOf(engine.store.read, snapshot, parseAnalysis(request));
  };
  const measure = async (count: number) => {
    const robot = await loop.station();
    for (let n = 1; n <= count; n += 1) {
      await loop.runOne(robot, n * 1e-5);
      await loop.look(campaign.id);
    }
  };

  it('is the campaign’s own question, its budget, and no model where there is none', async () => {
    expect(await given({ advice: true })).toMatchObject({
      ...{ model: null, numbers: [], measured: [], budget: 20, plan: { count: 3, observations: [] } },
    });
    await updateCampaign(engine, loop.person, { id: campaign.id, change: { parallel: 1 }, reason: 'so' });
    expect((await given({ advice: true })).plan.count).toBe(1);
  });

  it('is the model that knows all results, and none that is behind or of another goal', async () => {
    await measure(6);
    const { read } = engine.store;
    const model = await read.latestModel(campaign.id);
    const { dataRevision } = await loop.now(campaign.id);
    expect(model?.dataRevision).toBe(dataRevision);
    const body = await read.modelBody(model?.id ?? '');
    expect(body).not.toBeNull();
    expect((await given({ advice: true })).model).toEqual({ kind: model?.kind, diagnostics: null, body });
    const change = { objective: { goal: 'minimise' } };
    await updateCampaign(engine, loop.person, { id: campaign.id, change, reason: 'so' });
    expect((await loop.now(campaign.id)).plansBefore).toBeGreaterThan(0);
    expect((await given({ advice: true })).model).toBeNull();
    await measure(1);
    expect((await given({ advice: true })).model).not.toBeNull();
    await loop.runOne(await loop.station(), 2e-4);
    expect((await given({ advice: true })).model).toBeNull();
  });

  it('is what was measured, where a front is asked for, and what is tried instead', async () => {
    await measure(2);
    const front = {
      objectives: [{ property: 'ionic_conductivity' }, { property: 'ionic_conductivity', goal: 'minimise' }],
    };
    const { measured, numbers } = await given({ front });
    expect(measured.map(({ number }) => number)).toEqual(numbers);
    expect(measured.map(({ values }) => values)).toEqual([
      [1e-5, 1e-5],
      [2e-5, 2e-5],
    ]);
    expect((await given({ advice: true })).measured).toEqual([]);
    const density = { property: 'ionic_conductivity', goal: 'minimise' };
    const tried = await given({ whatIf: { objectives: [density], limits: [], cost: { base: 3 } } });
    expect(tried.plan).toMatchObject({ objectives: [{ goal: 'minimise' }], cost: { base: 3 } });
    expect((await given({ whatIf: {} })).plan).not.toHaveProperty('cost');
  });
});
