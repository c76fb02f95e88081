import { describe, expect, it } from '@jest/globals';
import { type CostSpec, costOfAll, type PlanRequest, type Point, strategyNames } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan } from '../src/index.js';
import {
  goalsFor,
  material,
  measured,
  noisyMaterials,
  plain,
  pool,
  prices,
  request,
  sintering,
} from './support.js';

const asked = (cost: CostSpec, over: Partial<PlanRequest> = {}): PlanRequest =>
  request({ space: sintering, strategy: { name: 'auto', initial: 8 }, count: 8, cost, ...over });
const pointsOf = (one: PlanRequest): readonly Point[] => plan(one).proposals.map(({ point }) => point);

describe('a plan of which only so much may be spent', () => {
  const left = 20;
  const priced = { base: 1, per: [{ parameter: 'material', of: prices }], budget: 100, spent: 80 };

  it.each(strategyNames)('never costs more than what is left, with %s, whatever is known', (name) => {
    const { objectives, resultsOf } = goalsFor(name, plain, material);
    for (const known of [0, 12]) {
      const observations = resultsOf(openSpace(pool).sample(known, Philox.fromSeed('known')));
      const one = asked(priced, {
        ...{ space: pool, strategy: { name, initial: 4 }, count: 6 },
        ...{ objectives, observations, experimentsSoFar: known },
      });
      const points = pointsOf(one);
      expect(points.length).toBeGreaterThan(0);
      expect(costOfAll(priced, points)).toBeLessThanOrEqual(left);
    }
  });

  it('has as many as can be paid where each costs the same, to the last cent', () => {
    for (const [base, budget, count] of [
      [3, 7, 2],
      [0.1, 0.3, 3],
      [0.1, 1, 6],
      [8, 7, 0],
    ] as const) {
      expect(pointsOf(asked({ base, per: [], budget }, { count: 6 }))).toHaveLength(count);
    }
  });

  it('leaves a design of which only a part can be paid, and goes on when there is more money', () => {
    const part = pointsOf(asked({ base: 3, per: [], budget: 7 }));
    const whole = pointsOf(asked({ base: 3, per: [], budget: 700 }));
    expect(part).toEqual(whole.slice(0, 2));
  });

  it('counts what the design costs before models propose the rest', () => {
    const observations = measured(openSpace(pool).sample(3, Philox.fromSeed('some')), material);
    for (const name of ['auto', 'grid'] as const) {
      const one = asked(
        { base: 4, per: [], budget: 20 },
        { space: pool, strategy: { name, initial: 6 }, count: 8, observations, experimentsSoFar: 3 },
      );
      expect(pointsOf(one)).toHaveLength(5);
    }
  });

  it('repeats nothing that cannot be paid', () => {
    const { known, noisy: observations } = noisyMaterials();
    const repeats = (spent: number): readonly unknown[] => {
      const of = Object.fromEntries(known.map((point) => [point['material'] as string, 9]));
      const cost: CostSpec = { base: 1, per: [{ parameter: 'material', of }], budget: 100, spent };
      const strategy = { name: 'auto', initial: 5, replicates: 4 } as const;
      const { proposals } = plan(asked(cost, { space: pool, observations, strategy, count: 2 }));
      return proposals.flatMap(({ point, grounds }) => (grounds?.repeat ? [point['material']] : []));
    };
    expect(repeats(0).length).toBeGreaterThan(0);
    expect(repeats(91)).toEqual([]);
  });

  it.each(['line', 'plate'] as const)('makes a %s only as long as it can be paid', (shape) => {
    const observations = openSpace(sintering)
      .sample(10, Philox.fromSeed('library'))
      .map((point) => ({ point, values: [Number(point['temperature']) / 1000] }));
    const sized = (budget: number): number =>
      pointsOf(
        asked(
          { base: 2, per: [], budget },
          {
            strategy: { name: 'gp-log-ei', initial: 4, shape },
            ...{ count: 8, observations, experimentsSoFar: 10 },
          },
        ),
      ).length;
    expect(sized(100)).toBe(8);
    expect(sized(11)).toBe(5);
  });
});
