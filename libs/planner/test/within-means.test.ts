import { describe, expect, it } from '@jest/globals';
import { type CostSpec, type PlanRequest, type Point, priceOf, type SpaceSpec } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import fc from 'fast-check';
import { withinMeans } from '../src/designs/within-means.js';
import { plan } from '../src/index.js';
import { coarseTernary, pool, prices, request, sintering } from './support.js';

const oven: CostSpec = {
  base: 5,
  per: [{ parameter: 'time', perUnit: 0.2 }],
};
const asked = (cost: CostSpec | undefined, over: Partial<PlanRequest> = {}): PlanRequest =>
  request({
    ...{ space: sintering, strategy: { name: 'auto', initial: 8 }, count: 8 },
    ...(cost && { cost }),
    ...over,
  });
const pointsOf = (one: PlanRequest): readonly Point[] => plan(one).proposals.map(({ point }) => point);
const sum = (cost: CostSpec, points: readonly Point[]): number =>
  points.reduce((total, point) => total + priceOf(cost, point), 0);

/** The widest way from a place to its nearest point, over places drawn evenly. */
function widest(spec: SpaceSpec, points: readonly Point[]): number {
  const space = openSpace(spec);
  const places = space.encode(space.sample(400, Philox.fromSeed('places')));
  const X = space.encode(points);
  let most = 0;
  for (let i = 0; i < places.rows; i++) {
    let nearest = Infinity;
    for (let j = 0; j < X.rows; j++) nearest = Math.min(nearest, space.distance.squared(places, i, X, j));
    most = Math.max(most, Math.sqrt(nearest));
  }
  return most;
}

/** Of each point the way to the nearest of the others. */
function gapsOf(spec: SpaceSpec, points: readonly Point[]): readonly number[] {
  const space = openSpace(spec);
  const X = space.encode(points);
  return points.map((_, i) =>
    points.reduce(
      (least, __, j) => (i === j ? least : Math.min(least, Math.sqrt(space.distance.squared(X, i, X, j)))),
      Infinity,
    ),
  );
}

describe('an initial design where some experiments cost more', () => {
  it('is that of a campaign without costs where all cost the same', () => {
    expect(pointsOf(asked({ base: 7, per: [] }))).toEqual(pointsOf(asked(undefined)));
  });

  it('costs less, covers nearly as well, and is the same again', () => {
    const before = pointsOf(asked(undefined));
    const after = pointsOf(asked(oven));
    expect(sum(oven, after)).toBeLessThan(sum(oven, before));
    const widestGap = Math.max(...gapsOf(sintering, before));
    expect(widest(sintering, after)).toBeLessThanOrEqual(widest(sintering, before) + widestGap / 4);
    expect(pointsOf(JSON.parse(JSON.stringify(asked(oven))) as PlanRequest)).toEqual(after);
    expect(plan(asked(oven)).proposals[0]?.reason).toMatch(/ or nearby where it costs less, before a model/);
  });

  it('keeps half of the way between neighbours, whatever is paid for what', () => {
    const space = openSpace(coarseTernary);
    const price = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(price, price, price, fc.integer({ min: 2, max: 12 }), (a, b, c, count) => {
        const per = ['Li3PO4', 'Li3BO3', 'Li2SO4'].map((component, k) => ({
          ...{ parameter: 'composition', component, perUnit: [a, b, c][k] ?? 0 },
        }));
        const cost: CostSpec = { base: 1, per };
        const rng = Philox.fromSeed(`means ${a} ${b} ${c}`);
        const design = space.initialDesign(count, rng.split('design'));
        const moved = withinMeans(design, { space, cost, known: [], rng });
        expect(new Set(moved.map(space.key)).size).toBe(count);
        expect(sum(cost, moved)).toBeLessThanOrEqual(sum(cost, design));
        const [before, after] = [gapsOf(coarseTernary, design), gapsOf(coarseTernary, moved)];
        const D = space.encode(design);
        const M = space.encode(moved);
        design.forEach((_, i) => {
          const way = Math.sqrt(space.distance.squared(D, i, M, i));
          expect(way).toBeLessThanOrEqual((before[i] ?? 0) / 4 + 1e-12);
          expect(after[i]).toBeGreaterThanOrEqual(Math.min(...before) / 2 - 1e-12);
        });
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('takes no more than half of the budget, one at a time or at once', () => {
    const budget = 8 * 60;
    for (const count of [8, 3, 1]) {
      let points: readonly Point[] = [];
      const cost = { base: 1, per: [{ parameter: 'material', of: prices }], budget };
      while (points.length < 8) {
        const observations = points.map((point, i) => ({ point, values: [i % 3] }));
        const one = asked(
          { ...cost, spent: sum(cost, points) },
          {
            space: pool,
            count: Math.min(count, 8 - points.length),
            observations,
            experimentsSoFar: points.length,
          },
        );
        const more = pointsOf(one);
        expect(more.length).toBeGreaterThan(0);
        points = [...points, ...more];
      }
      expect(sum(cost, points)).toBeLessThanOrEqual(budget / 2);
      expect(new Set(points.map(({ material }) => material)).size).toBe(8);
    }
  });
});
