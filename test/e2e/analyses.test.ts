import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, hashOf, type Json, type JsonObject } from '@ionloop/domain';
import { createCampaign, moveCampaign } from '@ionloop/engine';
import { calibrationGate } from '@ionloop/surrogates';
import { pino } from 'pino';
import { setTimeout as pause } from 'node:timers/promises';
import { lab, TestServer } from '../../apps/api/test/support/server.js';
import { bootWorker, type RunningWorker } from '../../apps/worker/src/boot.js';

const ada: Actor = { kind: 'person', name: 'ada' };
const space = {
  parameters: [
    { kind: 'integer', name: 'temperature', min: 300, max: 340, unit: 'K' },
    { kind: 'levels', name: 'pressure', levels: [1, 2, 3, 4, 5] },
  ],
};
const valueAt = (temperature: number, pressure: number): number =>
  10 - ((temperature - 323) / 10) ** 2 + Math.sin(pressure);

/** Questions about a campaign, answered by a real worker, its threads and the database. */
describe('an analysis', () => {
  let server: TestServer;
  let worker: RunningWorker;
  let campaignId: string;

  beforeAll(async () => {
    server = await TestServer.start();
    campaignId = await campaignWithResults(14);
    worker = await bootWorker(
      { ...lab, databaseUrl: server.database.url, redisUrl: undefined, workerThreads: 1, sweepSeconds: 60 },
      pino({ level: 'silent' }),
    );
  }, 120_000);
  afterAll(async () => {
    await worker.close();
    await server.close();
  }, 60_000);

  const objective = { property: 'ionic_conductivity', goal: 'maximise', transform: 'none', unit: 'S/cm' };

  async function campaignWithResults(results: number, wanted: JsonObject = { objective }): Promise<string> {
    const settings = { strategy: 'auto', initial: 5, budget: 40, approval: 'manual' };
    const { id } = await createCampaign(server.engine, ada, {
      ...{ name: 'looked at', space, ...wanted, ...settings },
    });
    await moveCampaign(server.engine, ada, id, 'active');
    await moveCampaign(server.engine, ada, id, 'paused');
    const { store, ids } = server.engine;
    for (let i = 0; i < results; i += 1) {
      const [temperature, pressure] = [300 + ((i * 17) % 41), 1 + ((i * 3) % 5)];
      await store.transact(id, ada, async (tx) => {
        const experimentId = ids.next();
        const point = { temperature, pressure };
        tx.append({
          type: 'experiment.added',
          experiment: {
            ...{ id: experimentId, number: i + 1, point, specHash: hashOf(point), origin: 'person' },
            ...{ planId: null, prediction: null, acquisition: null, reason: 'to begin with' },
          },
        });
        await tx.experiment(experimentId);
        for (const [property, value] of [
          ['ionic_conductivity', valueAt(temperature, pressure)],
          ['density', 1 + i / 10],
        ] as const) {
          const rest = { unit: '', uncertainty: null, conditions: {}, raw: {}, flags: [] };
          tx.append({
            type: 'measurement.recorded',
            experimentId,
            measurement: { id: ids.next(), property, value, ...rest },
          });
        }
      });
    }
    return id;
  }

  interface Started {
    readonly startAnalysis: {
      readonly analysis: { readonly id: string; readonly status: string } | null;
      readonly userErrors: readonly {
        readonly code: string;
        readonly field: string;
        readonly message: string;
      }[];
    };
  }
  const start = async (request: object, of = campaignId): Promise<Started['startAnalysis']> => {
    const { data } = await server.query<Started>(
      'viewer',
      `mutation ($input: StartAnalysisInput!) { startAnalysis(input: $input) {
        analysis { id status } userErrors { code field message } } }`,
      { input: { campaignId: of, request } },
    );
    return data.startAnalysis;
  };

  interface Answered {
    readonly status: string;
    readonly error: string | null;
    readonly progress: number | null;
    readonly result: Readonly<Record<string, never>> | null;
  }
  /** The answer, in the fields asked for, once there is one. */
  async function answer<T>(request: object, fields: string, of = campaignId): Promise<T> {
    const { analysis, userErrors } = await start(request, of);
    expect(userErrors).toEqual([]);
    for (;;) {
      const { data } = await server.query<{ analysis: Answered }>(
        'viewer',
        `query ($id: ID!) { analysis(id: $id) { status error progress result { __typename ${fields} } } }`,
        { id: analysis?.id },
      );
      const { status, error, progress, result } = data.analysis;
      if (status === 'waiting' || status === 'running') await pause(50);
      else {
        expect({ status, error, progress }).toEqual({ status: 'completed', error: null, progress: 1 });
        return result as T;
      }
    }
  }

  it('lists every candidate with what is believed of it, sorted, filtered and paged', async () => {
    interface Candidates {
      readonly count: number;
      readonly whole: boolean;
      readonly best: {
        readonly totalCount: number;
        readonly nodes: readonly { readonly number: number; readonly mean: number; readonly point: Json }[];
        readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
      };
      readonly tried: { readonly totalCount: number };
    }
    const found = await answer<Candidates>(
      { candidates: { score: 'mean' } },
      `... on CandidatesResult { count whole
        best: candidates(first: 3) { totalCount nodes { number mean point } pageInfo { endCursor hasNextPage } }
        tried: candidates(filter: { tried: true }) { totalCount } }`,
    );
    expect(found).toMatchObject({ count: 205, whole: true, tried: { totalCount: 14 } });
    expect(found.best.totalCount).toBe(205);
    const means = found.best.nodes.map(({ mean }) => mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    const { temperature } = found.best.nodes[0]?.point as { temperature: number };
    expect(Math.abs(temperature - 323)).toBeLessThan(8);
    // The same question of the same state has its answer already.
    expect((await start({ candidates: { score: 'mean' } })).analysis?.status).toBe('completed');
    const second = await answer<Candidates>(
      { candidates: { score: 'mean' } },
      `... on CandidatesResult { best: candidates(first: 2, after: "${found.best.pageInfo.endCursor}") { nodes { mean } } }`,
    );
    expect(second.best.nodes[0]?.mean).toBeLessThanOrEqual(means[2] ?? 0);
  }, 120_000);

  it('draws a slice, in which the model knows what was measured', async () => {
    interface Slice {
      readonly axes: readonly { readonly name: string; readonly unit: string | null }[];
      readonly cells: readonly {
        readonly coordinates: readonly number[];
        readonly mean: number;
        readonly sd: number;
        readonly score: number;
        readonly feasible: number;
      }[];
    }
    const slice = await answer<Slice>(
      { slice: { axes: ['temperature', 'pressure'], cells: 9, worth: { score: 'ucb', beta: 3 } } },
      '... on SliceResult { axes { name unit } cells { coordinates mean sd score feasible } }',
    );
    expect(slice.axes).toEqual([
      { name: 'temperature', unit: 'K' },
      { name: 'pressure', unit: null },
    ]);
    expect(slice.cells).toHaveLength(45);
    for (const { mean, sd } of slice.cells) expect(Number.isFinite(mean) && sd >= 0).toBe(true);
    const best = slice.cells.reduce((most, cell) => (cell.mean > most.mean ? cell : most));
    expect(Math.abs((best.coordinates[0] ?? 0) - 323)).toBeLessThan(8);
    for (const { mean, sd, score, feasible } of slice.cells) {
      expect(score).toBeCloseTo(mean + 3 * sd, 8);
      expect(feasible).toBe(1);
    }
  }, 60_000);

  it('tells what is left on the front of two properties, and how it grew', async () => {
    interface Front {
      readonly points: readonly { readonly values: readonly [number, number]; readonly onFront: boolean }[];
      readonly growth: readonly { readonly volume: number }[];
    }
    const objectives = [{ property: 'ionic_conductivity' }, { property: 'density', goal: 'minimise' }];
    const { points, growth } = await answer<Front>(
      { front: { objectives } },
      '... on FrontResult { points { values onFront } growth { volume } }',
    );
    const beaten = ([a, b]: readonly [number, number]): boolean =>
      points.some(({ values: [x, y] }) => x >= a && y <= b && (x > a || y < b));
    for (const { values, onFront } of points) expect(onFront).toBe(!beaten(values));
    const volumes = growth.map(({ volume }) => volume);
    expect(volumes).toEqual([...volumes].sort((a, b) => a - b));
    expect(volumes.at(-1)).toBeGreaterThan(0);
    expect(volumes.at(-1)).toBeLessThanOrEqual(1);
  }, 60_000);

  it('says what matters, what a prediction is made of, and how the mean goes with a column', async () => {
    interface Importances {
      readonly columns: readonly { readonly column: string; readonly permutation: number }[];
      readonly explained: {
        readonly base: number;
        readonly prediction: number;
        readonly columns: readonly { readonly value: number }[];
      };
    }
    const { columns, explained } = await answer<Importances>(
      { importances: { point: { temperature: 323, pressure: 2 }, repeats: 3 } },
      '... on ImportancesResult { columns { column permutation } explained { base prediction columns { value } } }',
    );
    expect(columns.map(({ column }) => column)).toEqual(['temperature', 'pressure']);
    expect(columns[0]?.permutation).toBeGreaterThan(columns[1]?.permutation ?? Infinity);
    const sum = explained.columns.reduce((total, { value }) => total + value, explained.base);
    expect(sum).toBeCloseTo(explained.prediction, 8);
    const { results } = await answer<{
      results: {
        readonly base: number;
        readonly columns: readonly string[];
        readonly rows: readonly {
          readonly number: number;
          readonly prediction: number;
          readonly values: readonly number[];
        }[];
      };
    }>(
      { importances: { results: 7, repeats: 1 } },
      '... on ImportancesResult { weights { name weight } results { base columns rows { number prediction at values } } }',
    );
    expect(results.columns).toEqual(['temperature', 'pressure']);
    expect(results.rows.map(({ number }) => number)).toEqual([1, 3, 5, 7, 9, 11, 13]);
    for (const { prediction, values } of results.rows) {
      expect(values.reduce((total, value) => total + value, results.base)).toBeCloseTo(prediction, 8);
    }
    const dependence = await answer<{
      values: readonly number[];
      lines: readonly { mean: readonly number[] }[];
    }>(
      { dependence: { columns: ['temperature'], values: 5 } },
      '... on DependenceResult { values lines { at mean lower upper } }',
    );
    expect(dependence.lines).toHaveLength(1);
    expect(dependence.lines[0]?.mean).toHaveLength(dependence.values.length);
  }, 120_000);

  it('judges the model by results that it had not seen, and holds others against it', async () => {
    const metrics = 'metrics { r2 rmse coverage95 spearman }';
    interface Calibration {
      readonly rows: readonly {
        readonly number: number;
        readonly actual: number;
        readonly mean: number;
        readonly sd: number;
      }[];
      readonly metrics: { readonly rmse: number };
      readonly curve: readonly unknown[];
    }
    const calibration = await answer<Calibration>(
      { calibration: true },
      `... on CalibrationResult { rows { number actual mean sd } ${metrics} curve { expected held } }`,
    );
    expect(calibration.rows.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    const gate = calibrationGate({
      actual: calibration.rows.map(({ actual }) => actual),
      mean: calibration.rows.map(({ mean }) => mean),
      variance: calibration.rows.map(({ sd }) => sd * sd),
    });
    expect(calibration.metrics.rmse).toBeCloseTo(gate.metrics.rmse, 10);
    expect(calibration.curve).toHaveLength(19);
    interface Bench {
      readonly models: readonly {
        readonly name: string;
        readonly metrics: { readonly rmse: number } | null;
        readonly parity: readonly unknown[];
      }[];
    }
    const { models } = await answer<Bench>(
      { bench: { models: ['ridge', 'gp'], folds: 4 } },
      `... on BenchResult { models { name error ${metrics} parity { number actual mean } } }`,
    );
    expect(models.map(({ name }) => name)).toEqual(['gp', 'ridge']);
    for (const model of models) expect(model.parity).toHaveLength(14);
    expect(models[0]?.metrics?.rmse).toBeLessThan(models[1]?.metrics?.rmse ?? 0);
    const { models: made } = await answer<{
      models: readonly { readonly weights: readonly { readonly weight: number }[] }[];
    }>(
      { bench: { models: ['auto'], folds: 2 } },
      '... on BenchResult { models { weights { name weight } } }',
    );
    const weights = made[0]?.weights.map(({ weight }) => weight) ?? [];
    expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 9);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  }, 120_000);

  it('relates columns and candidates, and says whether to go on', async () => {
    interface Relations {
      readonly columns: readonly string[];
      readonly correlations: readonly { readonly a: string; readonly b: string }[];
      readonly map: { readonly candidates: readonly unknown[]; readonly results: readonly unknown[] };
      readonly tree: {
        readonly leaves: readonly { readonly numbers: readonly number[] }[];
        readonly merges: readonly { readonly height: number }[];
      };
    }
    const relations = await answer<Relations>(
      { relations: { clusters: 3, shown: 50 } },
      `... on RelationsResult { columns correlations { a b pearson spearman } inflation { column factor }
        results { number robustZ } map { clusters candidates { x y cluster } results { number cluster } }
        tree { leaves { numbers } merges { left right height } } }`,
    );
    expect(relations.columns).toEqual(['temperature', 'pressure', 'ionic_conductivity']);
    expect(relations.correlations).toHaveLength(3);
    expect(relations.map.candidates).toHaveLength(50);
    expect(relations.map.results).toHaveLength(14);
    const inTree = relations.tree.leaves.flatMap(({ numbers }) => numbers).sort((a, b) => a - b);
    expect(inTree).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(relations.tree.merges).toHaveLength(13);
    interface Advice {
      readonly stop: { readonly verdict: string; readonly budgetLeft: number };
      readonly trust: { readonly trust: string } | null;
    }
    const advice = await answer<Advice>(
      { advice: {} },
      '... on AdviceResult { stop { verdict reason budgetLeft } trust { trust verdict } }',
    );
    expect(['stop', 'go on']).toContain(advice.stop.verdict);
    expect(advice.stop.budgetLeft).toBe(40 - 14);
    expect(advice.trust).not.toBeNull();
  }, 120_000);

  it('shows the next batch under other terms, and commits nothing', async () => {
    const before = await server.engine.store.read.lastSeq(campaignId);
    interface WhatIf {
      readonly proposals: readonly { readonly point: { readonly temperature: number } }[];
      readonly leftOut: readonly number[];
    }
    const whatIf = await answer<WhatIf>(
      { whatIf: { count: 2, strategy: { name: 'gp-ucb' }, bounds: [{ name: 'temperature', max: 310 }] } },
      '... on WhatIfResult { proposals { point mean sd score reason } model leftOut }',
    );
    expect(whatIf.proposals).toHaveLength(2);
    for (const { point } of whatIf.proposals) expect(point.temperature).toBeLessThanOrEqual(310);
    expect(whatIf.leftOut.length).toBeGreaterThan(0);
    const constrained = {
      ...space,
      constraints: [{ kind: 'sum', of: ['temperature'], relation: '<=', bound: 305 }],
    };
    const inside = await answer<WhatIf>(
      { whatIf: { count: 1, space: constrained, goal: 'minimise' } },
      '... on WhatIfResult { proposals { point } leftOut }',
    );
    for (const { point } of inside.proposals) expect(point.temperature).toBeLessThanOrEqual(305);
    // A constraint says what may be made; what was made beyond it is learned from, as in a campaign of that space.
    expect(inside.leftOut).toEqual([]);
    expect(await server.engine.store.read.lastSeq(campaignId)).toBe(before);
    const verified = await answer<{ ok: boolean; events: number; faults: readonly string[] }>(
      { verification: true },
      '... on VerificationResult { ok events faults tablesCompared plans { number identical } }',
    );
    expect(verified).toMatchObject({ events: before, faults: [] });
  }, 120_000);

  it('rehearses the campaign on its results, and before there are any on what is expected', async () => {
    interface Rehearsal {
      readonly learnedFrom: string;
      readonly resultCount: number;
      readonly before: number | null;
      readonly experiments: number;
      readonly target: number | null;
      readonly strategies: readonly {
        readonly strategy: string;
        readonly likelyAfter: number | null;
        readonly targetAfter: number | null;
        readonly rounds: readonly {
          readonly experiments: number;
          readonly median: number;
          readonly low50: number;
          readonly high50: number;
          readonly low90: number;
          readonly high90: number;
          readonly reached: number | null;
        }[];
      }[];
    }
    const fields = `... on RehearsalResult { learnedFrom resultCount before atATime experiments seeds target
      strategies { strategy likelyAfter targetAfter
        rounds { experiments median low50 high50 low90 high90 atTop reached } } }`;
    const before = await server.engine.store.read.lastSeq(campaignId);
    const rehearsal = await answer<Rehearsal>(
      { rehearsal: { experiments: 6, seeds: 3, target: 8, strategies: ['random', 'gp-ucb'] } },
      fields,
    );
    expect(rehearsal).toMatchObject({ learnedFrom: 'results', resultCount: 14, experiments: 8, target: 8 });
    expect(rehearsal.strategies.map(({ strategy }) => strategy)).toEqual(['random', 'gp-ucb']);
    for (const { rounds } of rehearsal.strategies) {
      expect(rounds.map(({ experiments }) => experiments)).toEqual([4, 8]);
      for (const { median, low50, high50, low90, high90, reached } of rounds) {
        const ascending = [low90, low50, median, high50, high90];
        expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
        expect(median).toBeGreaterThanOrEqual(rehearsal.before ?? Infinity);
        expect(reached).toBeGreaterThanOrEqual(0);
      }
    }
    expect(await server.engine.store.read.lastSeq(campaignId)).toBe(before);
    const empty = await campaignWithResults(0);
    const { analysis } = await start({ rehearsal: { experiments: 2, seeds: 2 } }, empty);
    expect(analysis?.id).toBeDefined();
    const expected = await answer<Rehearsal>(
      { rehearsal: { experiments: 4, seeds: 2, expect: { low: 1, high: 3 }, strategies: ['random'] } },
      fields,
      empty,
    );
    expect(expected).toMatchObject({ learnedFrom: 'expectations', resultCount: 0, before: null });
    expect(await start({ rehearsal: { expect: { low: 3, high: 1 } } }, empty)).toMatchObject({
      userErrors: [{ field: 'request.rehearsal.expect.high' }],
    });
    expect(await start({ rehearsal: { strategies: ['luck'] } })).toMatchObject({
      userErrors: [{ field: 'request.rehearsal.strategies[0]' }],
    });
  }, 180_000);

  it('rehearses several goals as shares of what is possible, and finds their front among what keeps the limits', async () => {
    const several = await campaignWithResults(8, {
      objectives: [
        { ...objective, goal: 'window', low: 9, high: 10 },
        { property: 'density', goal: 'minimise', unit: 'g/cm³' },
      ],
      limits: [{ property: 'density', unit: 'g/cm³', high: 1.45 }],
      cost: { base: 2, budget: 1000 },
    });
    interface Rehearsal {
      readonly measure: string;
      readonly before: number;
      readonly strategies: readonly {
        readonly rounds: readonly { median: number; high90: number; kept: number; spent: number }[];
      }[];
    }
    const rounds =
      'rounds { experiments median low50 high50 low90 high90 atTop reached kept bestKept spent }';
    const { measure, before, strategies } = await answer<Rehearsal>(
      { rehearsal: { experiments: 8, seeds: 2, strategies: ['random'] } },
      `... on RehearsalResult { measure before strategies { ${rounds} } }`,
      several,
    );
    expect(measure).toBe('share');
    const [first, last] = strategies[0]?.rounds ?? [];
    expect(first?.median).toBeGreaterThanOrEqual(before);
    expect(last?.median).toBeGreaterThanOrEqual(first?.median ?? 1);
    expect(last?.high90).toBeLessThanOrEqual(1);
    expect([first?.spent, last?.spent]).toEqual([8, 16]);
    const { points } = await answer<{
      points: readonly { values: readonly number[]; onFront: boolean; keepsLimits: boolean }[];
    }>(
      {
        front: { objectives: [{ property: 'ionic_conductivity', goal: 'window' }, { property: 'density' }] },
      },
      '... on FrontResult { points { values onFront keepsLimits } growth { volume } }',
      several,
    );
    expect(points).toHaveLength(8);
    for (const { values, onFront, keepsLimits } of points) {
      expect(keepsLimits).toBe((values[1] ?? 9) <= 1.45);
      if (!keepsLimits) expect(onFront).toBe(false);
    }
    expect(points.some(({ onFront }) => onFront)).toBe(true);
  }, 180_000);

  it('that makes no sense is refused with what is wrong, or fails with it', async () => {
    expect(await start({})).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field: 'request' }] });
    expect(await start({ advice: {}, calibration: true })).toMatchObject({
      userErrors: [{ message: expect.stringContaining('it has calibration and advice') }],
    });
    expect(await start({ bench: { folds: 1 } })).toMatchObject({
      userErrors: [{ field: 'request.bench.folds', message: expect.stringContaining('between 2 and 20') }],
    });
    expect(await start({ advice: {} }, 'nothing')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    const { analysis } = await start({ slice: { axes: ['colour'] } });
    for (;;) {
      const { data } = await server.query<{ analysis: Answered }>(
        'viewer',
        'query ($id: ID!) { analysis(id: $id) { status error progress result { __typename } } }',
        { id: analysis?.id },
      );
      if (data.analysis.status !== 'waiting' && data.analysis.status !== 'running') {
        expect(data.analysis).toMatchObject({
          status: 'failed',
          error: 'there is no axis "colour"; known are temperature, pressure',
          result: null,
        });
        break;
      }
      await pause(50);
    }
  }, 60_000);
});
