import { describe, expect, it } from '@jest/globals';
import { type PlanRequest, type Point, type SpaceSpec, strategyNames } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan, planWith, StrategyError, strategyTable } from '../src/index.js';
import type { Strategy } from '../src/strategies/strategy.js';
import {
  conductivity,
  fineTernary,
  goalsFor,
  material,
  measured,
  plain,
  pool,
  request,
  sintering,
  smallPool,
  ternary,
  twoPeaks,
} from './support.js';

const started = (
  space: SpaceSpec,
  truth: (point: Point) => number,
  n: number,
  seed = 'start',
): PlanRequest['observations'] => measured(openSpace(space).sample(n, Philox.fromSeed(seed)), truth);

describe('the initial design', () => {
  it('lasts until there have been as many experiments as asked for, and then hands over within a batch', () => {
    const observations = started(ternary, twoPeaks, 6);
    const asked = request({
      space: ternary,
      objective: conductivity,
      strategy: { name: 'auto', initial: 8 },
      count: 4,
      observations,
    });
    const { proposals, model } = plan(asked);
    expect(proposals.map(({ origin }) => origin)).toEqual(['initial', 'initial', 'model', 'model']);
    expect(proposals[0]!.reason).toContain('Initial design, 7 of 8');
    expect(model).not.toBeNull();
  });

  it('goes on where nothing has been learned yet', () => {
    const failures = openSpace(ternary).sample(8, Philox.fromSeed('failed'));
    const { proposals, model } = plan(
      request({ space: ternary, objective: conductivity, failures, experimentsSoFar: 8, count: 2 }),
    );
    expect(proposals.map(({ origin }) => origin)).toEqual(['initial', 'initial']);
    expect(proposals[0]!.reason).toContain('too few results');
    expect(model).toBeNull();
  });
});

describe('a plan', () => {
  it.each([
    ['auto', fineTernary],
    ['gp-ucb', fineTernary],
    ['gp-ucb', sintering],
    ['auto', pool],
  ] as const)('%s: is the same where all candidates are looked at closely', (name, space) => {
    const closely: Strategy = {
      ...strategyTable[name],
      criterion(moment) {
        const criterion = { ...strategyTable[name].criterion(moment) };
        delete criterion.scoreBest;
        return criterion;
      },
    };
    const truth = (point: Point): number => openSpace(space).encode([point]).data[0]!;
    for (const n of [12, 26]) {
      const observations = started(space, truth, n);
      const asked = request({
        ...{ space, objective: plain, observations, experimentsSoFar: n, count: 3 },
        strategy: { name, initial: 5 },
      });
      expect(planWith({ ...strategyTable, [name]: closely }, asked)).toEqual(plan(asked));
    }
  });

  it('never proposes what is measured, pending or failed, and takes the last free points first to last', () => {
    const all = openSpace(smallPool).enumerate();
    for (const name of strategyNames) {
      const { objectives, resultsOf } = goalsFor(name, plain, material);
      const { proposals } = plan(
        request({
          space: smallPool,
          objectives,
          strategy: { name, initial: 5 },
          count: 6,
          experimentsSoFar: 37,
          observations: resultsOf(all.slice(0, 24)),
          pending: all.slice(24, 32),
          failures: all.slice(32, 37),
        }),
      );
      expect(proposals.map(({ point }) => point['material']).toSorted()).toEqual(['M37', 'M38', 'M39']);
    }
  });

  it('is empty where every point is taken', () => {
    const all = openSpace(smallPool).enumerate();
    for (const name of strategyNames) {
      const { objectives, resultsOf } = goalsFor(name, plain, material);
      const asked = request({ space: smallPool, objectives, strategy: { name, initial: 5 }, count: 3 });
      expect(plan({ ...asked, experimentsSoFar: 40, observations: resultsOf(all) }).proposals).toEqual([]);
      expect(plan({ ...asked, pending: all }).proposals).toEqual([]);
    }
  });

  it('is empty where nothing is asked for', () => {
    const observations = started(pool, material, 9);
    expect(plan(request({ space: pool, objective: plain, count: 0, observations })).proposals).toEqual([]);
  });

  it('spreads a batch, because points without a result are taken as predicted', () => {
    const space = openSpace(ternary);
    const observations = started(ternary, twoPeaks, 12);
    const asked = request({
      space: ternary,
      objective: conductivity,
      strategy: { name: 'gp-ucb', initial: 5 },
      observations,
    });
    const [first] = plan(asked).proposals;
    const { proposals } = plan({ ...asked, pending: [first!.point] });
    expect(space.key(proposals[0]!.point)).not.toBe(space.key(first!.point));
    expect(proposals[0]!.reason).toContain('1 point without a result is taken as predicted');
    const batch = plan({ ...asked, count: 2 }).proposals;
    expect(space.key(batch[0]!.point)).toBe(space.key(first!.point));
  });

  it("goes down where the goal is to minimise, and predicts in the property's own direction", () => {
    const observations = started(pool, material, 25);
    const strategy = { name: 'gp-log-ei', initial: 5 } as const;
    const up = plan(request({ space: pool, objective: plain, strategy, observations }));
    const down = plan(
      request({
        space: pool,
        objective: { ...plain, goal: 'minimise' },
        strategy,
        observations: observations.map(({ point, values }) => ({ point, values: [-values[0]!] })),
      }),
    );
    expect(down.proposals[0]!.point).toEqual(up.proposals[0]!.point);
    expect(down.proposals[0]!.prediction!.mean).toBe(-up.proposals[0]!.prediction!.mean);
    const leftOut = (answer: typeof up) =>
      (answer.model!.diagnostics as { leftOut: { actual: number[]; mean: number[] } }).leftOut;
    expect(leftOut(down).actual).toEqual(leftOut(up).actual.map((value) => -value));
    expect(leftOut(down).mean).toEqual(leftOut(up).mean.map((value) => -value));
  });

  it('keeps away from where points failed', () => {
    const strategy = { name: 'gp-log-ei', initial: 5 } as const;
    const space = openSpace(ternary);
    const observations = started(ternary, twoPeaks, 25);
    const asked = request({ space: ternary, objective: conductivity, strategy, observations });
    const [wanted] = plan(asked).proposals;
    const failures = [wanted!.point, ...space.neighbours(wanted!.point, Philox.fromSeed('near'), 6)];
    const [instead] = plan({ ...asked, failures }).proposals;
    const X = space.encode([wanted!.point, instead!.point]).data;
    expect(Math.hypot(X[0]! - X[3]!, X[1]! - X[4]!, X[2]! - X[5]!)).toBeGreaterThan(0.1);
  });

  it('copes with results that are all the same, two alone, or apart by decades', () => {
    const points = openSpace(ternary).sample(12, Philox.fromSeed('odd'));
    for (const truth of [
      () => -5,
      (point: Point) => 1e6 * twoPeaks(point),
      (point: Point) => 1e-9 * twoPeaks(point),
    ]) {
      for (const n of [2, 12]) {
        const observations = measured(points.slice(0, n), truth);
        const { proposals } = plan(
          request({ space: ternary, objective: plain, strategy: { name: 'auto', initial: 0 }, observations }),
        );
        expect(proposals).toHaveLength(1);
        expect(Number.isFinite(proposals[0]!.prediction!.mean)).toBe(true);
      }
    }
  });

  it('heeds the variance of an observation', () => {
    const observations = started(ternary, twoPeaks, 10).map((observation, i) => ({
      ...observation,
      ...(i % 2 === 0 ? { variances: [0.01] } : {}),
    }));
    const [proposal] = plan(request({ space: ternary, objective: conductivity, observations })).proposals;
    expect(proposal!.prediction!.sd).toBeGreaterThan(0);
  });

  it.each<[string, Partial<PlanRequest>, string]>([
    ['a negative count', { count: -1 }, 'count is -1'],
    ['half an experiment', { experimentsSoFar: 2.5 }, 'experimentsSoFar is 2.5'],
    [
      'a strategy that is not known',
      { strategy: { name: 'magic' as 'auto', initial: 3 } },
      'no strategy "magic"; known are auto',
    ],
    [
      'a value that is no number',
      { observations: [{ point: { material: 'M1' }, values: [NaN] }] },
      'observation 0 is NaN',
    ],
    [
      'a negative variance',
      { observations: [{ point: { material: 'M1' }, values: [1], variances: [-1] }] },
      'variance of observation 0 is -1',
    ],
  ])('refuses %s', (_, over, text) => {
    expect(() => plan(request({ space: pool, objective: plain, ...over }))).toThrow(text);
  });

  it('of sixty results over 5151 recipes takes less than half a second', () => {
    const observations = started(fineTernary, twoPeaks, 60);
    const asked = request({ space: fineTernary, objective: conductivity, observations });
    plan(asked);
    const before = performance.now();
    plan(asked);
    // Generous, because tests run transformed and several at once; the benchmark holds the real figure.
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('a strategy that breaks its contract', () => {
  const asked = request({ space: pool, objective: plain, observations: started(pool, material, 9) });
  const auto = strategyTable.auto;
  const failing = (over: Partial<typeof auto>) => () =>
    planWith({ ...strategyTable, auto: { ...auto, ...over } }, asked);
  const scoring = (score: (rows: number) => Float64Array) => ({
    criterion: () => ({
      name: 'broken',
      phrase: 'because',
      scale: 'plain' as const,
      refines: false,
      score: (candidates: { rows: number }) => score(candidates.rows),
    }),
  });

  it('by scores that are not numbers is named with the point', () => {
    const broken = failing(scoring((rows) => new Float64Array(rows).fill(NaN)));
    expect(broken).toThrow(StrategyError);
    expect(broken).toThrow(/strategy auto gave the score NaN to M\d+; nothing is proposed/);
  });

  it('by too few scores is told how many', () => {
    expect(failing(scoring(() => new Float64Array(3)))).toThrow('gave 3 scores for 71 candidates');
  });

  it('by a model that cannot be fitted is named with the cause', () => {
    const surrogate = {
      ...auto.surrogate!,
      fit: () => {
        throw new Error('singular');
      },
    };
    expect(failing({ surrogate })).toThrow('strategy auto could not fit its model to 9 results: singular');
  });
});

describe('auto', () => {
  it('finds better mixtures than chance in half the experiments, seed by seed', () => {
    const space = openSpace(fineTernary);
    const best = (points: readonly Point[]) => Math.max(...points.map(twoPeaks));
    const wins = [1, 2, 3, 4, 5, 6].map((seed) => {
      let tried: Point[] = [];
      while (tried.length < 24) {
        const { proposals } = plan(
          request({
            space: fineTernary,
            objective: conductivity,
            strategy: { name: 'auto', initial: 8 },
            seed: `race-${seed}/${tried.length}`,
            count: 4,
            observations: measured(tried, twoPeaks),
          }),
        );
        tried = [...tried, ...proposals.map(({ point }) => point)];
      }
      return best(tried) - best(space.sample(48, Philox.fromSeed(`race-${seed}`)));
    });
    expect(wins.filter((margin) => margin >= 0).length).toBeGreaterThanOrEqual(5);
  });
});
