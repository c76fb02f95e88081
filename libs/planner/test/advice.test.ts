import { describe, expect, it } from '@jest/globals';
import type { Observation, PlanRequest } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { diagnose, rehearse, stopAdvice } from '../src/index.js';
import { material, measured, plain, request, sintering, smallPool, window } from './support.js';

const all = openSpace(smallPool).enumerate();
const order = Philox.fromSeed('order').choose(all.length, all.length);
const shuffled = Array.from(order, (i) => all[i]!);
const strategy = { name: 'gp-log-ei', initial: 5 } as const;
const pooled = (observations: readonly Observation[], over: Partial<PlanRequest> = {}): PlanRequest =>
  request({ space: smallPool, objective: plain, strategy, observations, ...over });

describe('advice on stopping', () => {
  it('is to go on while the initial design is not done, and where few results leave much to hope for', () => {
    expect(stopAdvice(pooled([])).verdict).toBe('go on');
    expect(stopAdvice(pooled(measured(shuffled.slice(0, 3), material))).reason).toContain('2 of the initial');
    const worst = all.toSorted((a, b) => material(a) - material(b)).slice(0, 8);
    const advice = stopAdvice(pooled(measured(worst, material)));
    expect(advice.verdict).toBe('go on');
    expect(advice.anythingBetter).toBeGreaterThan(0.5);
    expect(advice.expectedRegret).toBeGreaterThan(advice.worth);
    expect(advice.regretBound).toBeGreaterThan(advice.expectedRegret!);
    expect(advice.reason).toMatch(/^Go on: .* is \d+ %; .*\.$/);
  });

  it('is to stop where nothing is left, where the best is known and where the budget is spent', () => {
    expect(stopAdvice(pooled(measured(all, material)))).toMatchObject({
      verdict: 'stop',
      reason: 'Stop: every point of the space has been tried.',
      plateau: expect.any(Number),
    });
    const worstLeft = all.toSorted((a, b) => material(b) - material(a)).slice(0, 36);
    const known = stopAdvice(pooled(measured(worstLeft, material)));
    expect(known.verdict).toBe('stop');
    expect(known.anythingBetter).toBeLessThan(0.05);
    expect(known.plateau).toBe(35);
    const few = pooled(measured(shuffled.slice(0, 8), material));
    expect(stopAdvice(few, { budget: 8 }).reason).toBe('Stop: all 8 experiments of the budget are spent.');
    expect(stopAdvice(few, { budget: 20 }).budgetLeft).toBe(12);
  });

  it('is the same for the same request, also of several goals', () => {
    const asked = pooled(measured(shuffled.slice(0, 10), material));
    expect(stopAdvice(asked)).toEqual(stopAdvice(JSON.parse(JSON.stringify(asked)) as PlanRequest));
    const objectives = [plain, { ...plain, property: 'other' }] as const;
    const several = { ...asked, objectives, observations: [] };
    expect(stopAdvice(several)).toEqual(stopAdvice(JSON.parse(JSON.stringify(several)) as PlanRequest));
    expect(() => rehearse(several, { rounds: 1, seeds: 1 })).toThrow('0 results of value');
  });
});

describe('a diagnosis', () => {
  const points = openSpace(sintering).sample(30, Philox.fromSeed('diagnosis'));
  const diagnosed = (observations: readonly Observation[]) =>
    diagnose(request({ space: sintering, objective: plain, strategy, observations }))!;

  it('trusts a model of a smooth response', () => {
    const { trust, metrics, rankCorrelation, drifts, outliers } = diagnosed(measured(points, window));
    expect(trust).not.toBe('no');
    expect(metrics.r2).toBeGreaterThan(0.8);
    expect(metrics.crps).toBeLessThan(0.1);
    expect(rankCorrelation).toBeGreaterThan(0.8);
    expect(drifts).toBe(false);
    expect(outliers.length).toBeLessThan(3);
  });

  it('finds a result that does not belong, by its observation', () => {
    const wrong = measured(points, window).map((each, i) => (i === 17 ? { ...each, values: [3] } : each));
    const [first] = diagnosed(wrong).outliers;
    expect(first).toMatchObject({ observation: 17, point: points[17] });
    expect(first!.robustZ).toBeGreaterThan(3.5);
    expect(diagnosed(wrong).trust).not.toBe('yes');
  });

  it('finds a laboratory that drifts', () => {
    const drifting = measured(points, window).map(({ point, values }, i) => ({
      point,
      values: [values[0]! + 0.05 * i],
    }));
    const { drift, drifts, verdict } = diagnosed(drifting);
    expect(drift).toBeGreaterThan(0.5);
    expect(drifts).toBe(true);
    expect(verdict).toContain('go with time');
  });

  it('does not trust a model of noise', () => {
    const rng = Philox.fromSeed('noise');
    const { trust, metrics } = diagnosed(measured(points, () => rng.normal()));
    expect(metrics.r2).toBeLessThan(0.3);
    expect(trust).not.toBe('yes');
  });

  it('of too few results says nothing', () => {
    expect(
      diagnose(
        request({
          space: sintering,
          objective: plain,
          strategy,
          observations: measured(points.slice(0, 4), window),
        }),
      ),
    ).toBeNull();
  });
});

describe('a rehearsal', () => {
  const asked = pooled(measured(shuffled.slice(0, 8), material), { count: 2 });

  it('is the same again, and its best grows', () => {
    const first = rehearse(asked, { rounds: 4, seeds: 5 });
    expect(rehearse(JSON.parse(JSON.stringify(asked)) as PlanRequest, { rounds: 4, seeds: 5 })).toEqual(
      first,
    );
    expect(first.rounds.map(({ experiments }) => experiments)).toEqual([2, 4, 6, 8]);
    const start = first.before!;
    first.rounds.forEach(({ low, median, high, atTop }, r) => {
      const before = first.rounds[r - 1] ?? {
        low: start,
        median: start,
        high: start,
        atTop: 0,
      };
      expect(low).toBeGreaterThanOrEqual(before.low);
      expect(median).toBeGreaterThanOrEqual(before.median);
      expect(high).toBeGreaterThanOrEqual(before.high);
      expect(atTop).toBeGreaterThanOrEqual(before.atTop);
      expect(low <= median && median <= high).toBe(true);
    });
    expect(first.rounds[3]!.median).toBeGreaterThan(start);
    expect(rehearse({ ...asked, seed: 'another' }, { rounds: 4, seeds: 5 })).not.toEqual(first);
  });

  it('reaches the top where it may try everything', () => {
    const nearly = pooled(measured(shuffled.slice(0, 36), material), { count: 4 });
    expect(rehearse(nearly, { rounds: 1, seeds: 3 })).toMatchObject({
      likelyAfter: 4,
      rounds: [{ atTop: 1 }],
    });
  });

  it('goes down where less is better', () => {
    const down = pooled(
      measured(shuffled.slice(0, 8), (point) => -material(point)),
      { objectives: [{ ...plain, goal: 'minimise' }], count: 2 },
    );
    const { before, rounds } = rehearse(down, { rounds: 2, seeds: 3 });
    expect(rounds[1]!.median).toBeLessThanOrEqual(before!);
  });

  it('keeps the best of each campaign, and how many have reached a target', () => {
    const target = 0.5 * Math.max(...all.map(material));
    const told: number[] = [];
    const onCampaign = (done: number): number => told.push(done);
    const { rounds } = rehearse(asked, { rounds: 2, seeds: 4, target, onCampaign });
    for (const { bests, low, high, reached } of rounds) {
      expect(bests).toHaveLength(4);
      expect(Math.min(...bests) <= low && high <= Math.max(...bests)).toBe(true);
      expect(reached).toBe(bests.filter((value) => value >= target).length / 4);
    }
    expect(told).toEqual([1, 2, 3, 4]);
    expect(rehearse(asked, { rounds: 1, seeds: 1 }).rounds[0]!.reached).toBeNull();
  });

  it('knows what is under way before the first round', () => {
    const climbing = all.toSorted((a, b) => material(a) - material(b));
    const nearly = pooled(measured(climbing.slice(0, 20), material), {
      pending: climbing.slice(20),
      count: 1,
    });
    const { before, rounds } = rehearse(
      { ...nearly, strategy: { ...strategy, name: 'random' } },
      { rounds: 1, seeds: 4 },
    );
    expect(rounds[0]!.bests.some((value) => value > before!)).toBe(true);
    expect(rounds[0]!.atTop).toBe(1);
  });

  it('before there are results plays what models expect, in units of what is said', () => {
    const options = { rounds: 3, seeds: 12, expected: { mean: 10, sd: 2 } };
    const first = rehearse(pooled([], { count: 4 }), options);
    expect(first).toMatchObject({ learnedFrom: 'expectations', before: null });
    const ends = first.rounds[2]!.bests;
    const mean = ends.reduce((sum, value) => sum + value, 0) / ends.length;
    // The best of some dozen values of a smooth response lies one or two standard deviations above its mean.
    expect(mean).toBeGreaterThan(10);
    expect(mean).toBeLessThan(18);
    const wider = rehearse(pooled([], { count: 4 }), { ...options, expected: { mean: 0, sd: 20 } });
    expect(wider.rounds[0]!.bests[0]).toBeCloseTo(10 * (first.rounds[0]!.bests[0]! - 10), 6);
    const down = pooled([], { count: 4, objectives: [{ ...plain, goal: 'minimise' }] });
    expect(rehearse(down, options).rounds[2]!.median).toBeLessThan(10);
  });

  it('refuses what makes no sense', () => {
    expect(() => rehearse(pooled([]), { rounds: 1, seeds: 1, expected: { mean: 0, sd: 0 } })).toThrow(
      'above 0',
    );
    expect(() => rehearse(asked, { rounds: 1, seeds: 1, target: Number.NaN })).toThrow('finite');
    expect(() => rehearse(asked, { rounds: 0, seeds: 1 })).toThrow('rounds is 0');
    expect(() => rehearse(pooled([]), { rounds: 1, seeds: 1 })).toThrow('needs at least three to learn from');
  });
});
