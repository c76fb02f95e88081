import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, JsonObject } from '@ionloop/domain';
import {
  type Analysis,
  type AnalysisHints,
  AnalysisUnwanted,
  type Analyst,
  cancelAnalysis,
  type Engine,
  parseAnalysis,
  reviveAnalyses,
  runAnalysis,
  startAnalysis,
} from '../src/index.js';
import { allOf, refusal, TestLoop } from '../src/testing/index.js';
import { analyst, newEngine, planner } from './questions.js';

let seconds: number;
let engine: Engine;
let loop: TestLoop;
let campaign: Campaign;
let hinted: string[];
const hints: AnalysisHints = {
  analyse(id) {
    hinted.push(id);
    return Promise.resolve();
  },
};
const ask = (request: JsonObject): Promise<Analysis> =>
  startAnalysis(engine, hints, loop.person, campaign.id, request);
const work = (id: string, by: Analyst = analyst): Promise<void> => runAnalysis(engine, by, planner, id);
const now = async (id: string): Promise<Analysis> => {
  const [found] = await engine.store.analyses.byIds([id]);
  if (!found) throw new Error('it is gone');
  return found;
};
const answer = async <T>(request: JsonObject): Promise<T> => {
  const { id } = await ask(request);
  await work(id);
  expect(await now(id)).toMatchObject({ status: 'completed', error: null });
  return (await engine.store.analyses.results([id])).get(id) as unknown as T;
};

describe('a question about a campaign', () => {
  beforeEach(async () => {
    seconds = Date.parse('2026-11-21T12:00:00Z') / 1000;
    hinted = [];
    engine = newEngine(() => new Date(1000 * seconds));
    loop = new TestLoop(engine, planner);
    campaign = await loop.campaign({ parallel: 1, budget: 20 });
    const robot = await loop.station();
    for (const value of [1e-6, 5e-5, 2e-5, 8e-6, 3e-5]) {
      await loop.runOne(robot, value);
      await loop.look(campaign.id);
    }
    campaign = await loop.now(campaign.id);
  });

  it('is answered once for a state, and again when there is another result', async () => {
    const first = await ask({ advice: true });
    expect(first).toMatchObject({
      status: 'waiting',
      kind: 'advice',
      request: { kind: 'advice', worth: null },
    });
    expect(hinted).toEqual([first.id]);
    await work(first.id);
    await work(first.id);
    const done = await now(first.id);
    expect(done).toMatchObject({ status: 'completed', done: 0, total: 1 });
    expect(await ask({ advice: {} })).toEqual(done);
    expect(hinted).toEqual([first.id]);
    await loop.runOne(await loop.station('robot', 'boot-2'), 4e-5);
    const second = await ask({ advice: {} });
    expect(second.id).not.toBe(first.id);
    expect(second.dataRevision).toBeGreaterThan(first.dataRevision);
  });

  it('is answered by the model that proposed last, from the campaign as it stands', async () => {
    const lists = await answer<{ readonly count: number; readonly whole: boolean }>({
      candidates: { beta: 1, score: 'ucb' },
    });
    expect(lists).toEqual({ count: 231, whole: true, score: 'ucb' });
    const [{ id } = { id: '' }] = await allOf(engine.store.analyses, campaign.id);
    expect(await engine.store.analyses.countCandidates(id, { tried: true })).toBe(campaign.experiments);
    const verdict = await answer<{ readonly ok: boolean; readonly plans: readonly object[] }>({
      verification: true,
    });
    expect(verdict).toMatchObject({ ok: true, faults: [] });
    expect(verdict.plans).toHaveLength((await loop.now(campaign.id)).plans);
  });

  it('tries other goals where it asks what if, and is refused where they make no sense', async () => {
    const density = [{ property: 'ionic_conductivity', goal: 'window', unit: 'S/cm', low: 1e-5, high: 3e-5 }];
    const tried = await answer<{ readonly proposals: readonly object[] }>({
      whatIf: { count: 2, objectives: density },
    });
    expect(tried.proposals).toHaveLength(2);
    await expect(ask({ whatIf: { objectives: [{ property: 'density' }] } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect((await loop.now(campaign.id)).objectives).toEqual(campaign.objectives);
  });

  it('of which nobody knows the campaign, or that is over, is refused', async () => {
    await expect(startAnalysis(engine, hints, loop.person, 'nothing', { advice: true })).rejects.toEqual(
      refusal('NOT_FOUND'),
    );
    await expect(cancelAnalysis(engine, 'nothing')).rejects.toEqual(refusal('NOT_FOUND'));
    const { id } = await ask({ advice: true });
    expect(await cancelAnalysis(engine, id)).toMatchObject({ status: 'cancelled' });
    await expect(cancelAnalysis(engine, id)).rejects.toEqual(refusal('INVALID_STATE', /is cancelled/));
    await work(id);
    await work('nothing');
    expect(await now(id)).toMatchObject({ status: 'cancelled', startedAt: null });
    expect(await ask({ advice: true })).toMatchObject({ id, status: 'waiting' });
  });

  it('takes its turn: twelve of a campaign at a time', async () => {
    for (let n = 0; n < 12; n += 1) await ask({ slice: { axes: ['Li3PO4'], cells: 10 + n } });
    await expect(ask({ advice: true })).rejects.toEqual(
      refusal('INVALID_STATE', /at most 12 are taken at a time/),
    );
    expect(hinted).toHaveLength(12);
    await cancelAnalysis(engine, hinted[0] ?? '');
    expect(await ask({ advice: true })).toMatchObject({ status: 'waiting' });
  });

  it('whose worker is gone is taken up by another, and by one at a time', async () => {
    const { id } = await ask({ advice: true });
    expect(await engine.store.analyses.begin(id, 60)).toBe(true);
    await work(id);
    expect(await now(id)).toMatchObject({ status: 'running' });
    hinted = [];
    await reviveAnalyses(engine, hints);
    expect(hinted).toEqual([]);
    seconds += 61;
    await reviveAnalyses(engine, hints);
    expect(hinted).toEqual([id]);
    await work(id);
    expect(await now(id)).toMatchObject({ status: 'completed' });
  });

  it('that nobody wants any more ends where it tells how far it is', async () => {
    const { id } = await ask({ candidates: {} });
    const cancelling: Analyst = {
      async analyse(request, input, report) {
        await cancelAnalysis(engine, id);
        await expect(report.progress(1, 2)).rejects.toBeInstanceOf(AnalysisUnwanted);
        return analyst.analyse(request, input, report);
      },
    };
    await work(id, cancelling);
    expect(await now(id)).toMatchObject({ status: 'cancelled', error: null });
    expect(await engine.store.analyses.results([id])).toEqual(new Map());
  });

  it('that cannot be answered fails in words; only what is our fault goes further', async () => {
    const { id } = await ask({ slice: { axes: ['nothing'] } });
    await work(id);
    expect(await now(id)).toMatchObject({ status: 'failed', error: expect.stringMatching(/nothing/) });
    const other = await ask({ calibration: true });
    const broken: Analyst = { analyse: () => Promise.reject(new TypeError('a defect')) };
    await expect(work(other.id, broken)).rejects.toThrow('a defect');
    expect(await now(other.id)).toMatchObject({ status: 'failed', error: 'a defect' });
  });

  it('leaves three lists of candidates of a campaign, the newest', async () => {
    const ids: string[] = [];
    for (const beta of [1, 2, 3, 4]) {
      seconds += 1;
      const { id } = await ask({ candidates: { score: 'ucb', beta } });
      await work(id);
      ids.push(id);
    }
    const kept = (await allOf(engine.store.analyses, campaign.id)).map(({ id }) => id);
    expect([...kept].sort()).toEqual(ids.slice(1).sort());
  });
});

describe('a request', () => {
  it.each<[JsonObject, JsonObject]>([
    [{ candidates: {} }, { kind: 'candidates', score: 'log-ei', beta: 2, drawn: 4096 }],
    [
      { slice: { axes: ['a', 'b'], at: { a: 1 }, worth: { score: 'mean' } } },
      { kind: 'slice', axes: ['a', 'b'], cells: 40, at: { a: 1 }, worth: { score: 'mean', beta: 2 } },
    ],
    [
      { slice: { axes: ['m.a', 'm.b', 'm.c', 'm.d'] } },
      { kind: 'slice', axes: ['m.a', 'm.b', 'm.c', 'm.d'], cells: 15, at: null },
    ],
    [
      { front: { objectives: [{ property: 'x' }, { property: 'y', goal: 'minimise' }] } },
      {
        kind: 'front',
        objectives: [
          { property: 'x', goal: 'maximise' },
          { property: 'y', goal: 'minimise' },
        ],
      },
    ],
    [{ importances: {} }, { kind: 'importances', point: null, repeats: 10 }],
    [{ importances: { results: 7 } }, { kind: 'importances', point: null, repeats: 10, results: 7 }],
    [{ dependence: { columns: ['a'], values: 5 } }, { kind: 'dependence', columns: ['a'], values: 5 }],
    [{ calibration: true, bench: null, slice: false }, { kind: 'calibration' }],
    [{ bench: { tuned: true } }, { kind: 'bench', models: [], folds: 5, tuned: true }],
    [{ relations: { clusters: 3 } }, { kind: 'relations', clusters: 3, shown: 400 }],
    [{ advice: { worth: 0.1 } }, { kind: 'advice', worth: 0.1 }],
    [
      { whatIf: { strategy: { name: 'gp-ucb', beta: 1 }, bounds: [{ name: 'a', min: 2 }] } },
      {
        ...{ kind: 'whatIf', count: 4, seed: 'what-if', strategy: { name: 'gp-ucb', beta: 1 } },
        bounds: [{ name: 'a', min: 2, max: null }],
      },
    ],
    [
      { rehearsal: { expect: { low: -7, high: -3 }, strategies: ['auto', 'random'] } },
      { kind: 'rehearsal', experiments: 30, seeds: 20, target: null, expect: { low: -7, high: -3 } },
    ],
    [{ verification: true }, { kind: 'verification' }],
  ])('%j has what it leaves out filled in', (given, read) => {
    expect(parseAnalysis(given)).toMatchObject(read);
  });

  it.each<[JsonObject, string, RegExp]>([
    [{}, 'request', /exactly one of .*; it has none/],
    [{ advice: true, calibration: true }, 'request', /calibration and advice/],
    [{ guess: true }, 'request.guess', /has no "guess"/],
    [{ slice: [] }, 'request.slice', /must be an object/],
    [{ slice: {} }, 'request.slice.axes', /0 entries; it must have between 1 and 4/],
    [{ slice: { axes: ['m.a', 'm.b', 'm.c', 'm.d'], cells: 31 } }, 'request.slice.cells', /30/],
    [{ slice: { axes: 'a' } }, 'request.slice.axes', /must be a list/],
    [{ slice: { axes: [7] } }, 'request.slice.axes[0]', /must be text/],
    [{ slice: { axes: ['a'], at: [] } }, 'request.slice.at', /value for each parameter/],
    [{ candidates: { score: 'luck' } }, 'request.candidates.score', /log-ei/],
    [{ candidates: { drawn: 1.5 } }, 'request.candidates.drawn', /whole number/],
    [{ front: { objectives: [{ property: 'x' }] } }, 'request.front.objectives', /1 entries/],
    [{ front: { objectives: [{ property: 'x' }, {}] } }, 'request.front.objectives[1].property', /text/],
    [{ bench: { tuned: 'yes' } }, 'request.bench.tuned', /true, false/],
    [{ rehearsal: { strategies: ['luck'] } }, 'request.rehearsal.strategies[0]', /auto/],
    [
      { rehearsal: { expect: { low: 1, high: 1 } } },
      'request.rehearsal.expect.high',
      /above low, which is 1/,
    ],
    [{ rehearsal: { expect: { low: 1 } } }, 'request.rehearsal.expect.high', /finite number/],
    [{ whatIf: { strategy: { design: 'art' } } }, 'request.whatIf.strategy.design', /spread/],
  ])('%j is refused by name', (given, field, says) => {
    let refused: unknown;
    try {
      parseAnalysis(given);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field, message: expect.stringMatching(says) });
  });
});
