import { describe, expect, it } from '@jest/globals';
import { renewed } from '../src/api/use-growing-list.js';
import { ableOf, bestValues, differencesFrom, isHonest } from '../src/pages/campaign/bench/bench.js';
import {
  chosenProperties,
  isWide,
  propertiesOf,
  textOfProperties,
} from '../src/pages/campaign/pareto/properties.js';
import { planProofOf } from '../src/pages/campaign/record/plan-proof.js';
import { scoredPosterior } from '../src/pages/campaign/space/scored-posterior.js';
import { acquisitionOf } from '../src/pages/campaign/space/acquisition.js';
import { swarmOf } from '../src/plots/beeswarm.js';
import { roomyDomain, stairsOf } from '../src/plots/front.js';
import { valuesOf } from '../src/plots/map-data.js';

const metrics = {
  rmse: 1,
  mae: 1,
  r2: 0.5,
  nlpd: 1,
  crps: 1,
  spearman: 0.5,
  coverage50: 0.5,
  coverage80: 0.8,
  coverage95: 0.95,
};
const model = (name: string, errors: readonly number[], own: Partial<typeof metrics> = {}) => ({
  ...{ name, about: '', error: null, weights: [] },
  metrics: { ...metrics, ...own },
  parity: errors.map((error, i) => ({ number: i + 1, actual: 0, mean: error, sd: 1 })),
});

describe('a bench', () => {
  const models = [
    model('forest', [2, -2, 2, -2.2], { rmse: 2, mae: 2, r2: 0.9 }),
    model('gp', [1, -1, 1, -1], { rmse: 1 }),
    model('ridge', [1.5, -0.5, 0.6, -1.4], { rmse: 1.1 }),
    { ...model('knn', []), metrics: null, error: 'too few' },
  ];
  const able = ableOf(models);

  it('has those that could be fitted, the smallest error first, and the best of each measure', () => {
    expect(able.map(({ name }) => name)).toEqual(['gp', 'ridge', 'forest']);
    const best = bestValues(able);
    expect([best.get('rmse'), best.get('r2')]).toEqual([1, 0.9]);
  });

  it('tells models apart by the errors of the same results', () => {
    const [ridge, forest] = differencesFrom(able, able[0]!);
    expect(ridge).toMatchObject({ name: 'ridge', verdict: 'not told apart' });
    expect(ridge?.mean).toBeCloseTo(0, 12);
    expect(forest).toMatchObject({ name: 'forest', verdict: 'worse' });
    expect(forest?.mean).toBeCloseTo(1.05, 12);
    // Two standard errors: the sample spread of 1, 1, 1, 1.2 over the root of four.
    expect((forest?.high ?? 0) - (forest?.mean ?? 0)).toBeCloseTo(0.1, 12);
    expect(differencesFrom(able, able[2]!).find(({ name }) => name === 'gp')?.verdict).toBe('better');
  });

  it('calls a coverage honest within what chance allows', () => {
    expect(isHonest(0.9, 0.95, 20)).toBe(true);
    expect(isHonest(0.7, 0.95, 20)).toBe(false);
    expect(isHonest(0.9, 0.95, 2000)).toBe(false);
  });
});

describe('a front', () => {
  const objective = {
    property: 'cost',
    goal: 'minimise',
    transform: 'none',
    unit: '€',
    temperatureC: null,
  } as const;
  const one = (property: string, status = 'accepted') => ({
    property,
    status,
    unit: property === 'cost' ? '€' : 'S/cm',
  });
  const rows = [
    { measurements: [one('sigma'), one('cost'), one('cost')] },
    { measurements: [one('sigma'), one('density', 'flagged')] },
  ] as never;

  it('may be of what was measured and accepted, the objective first, with its goal', () => {
    expect(propertiesOf(rows, [objective])).toEqual([
      { property: 'cost', unit: '€', goal: 'minimise', count: 1 },
      { property: 'sigma', unit: 'S/cm', goal: 'maximise', count: 2 },
    ]);
  });

  it('has its properties in the address', () => {
    const known = propertiesOf(rows, [objective]);
    const chosen = chosenProperties(known, 'sigma:minimise|cost:maximise|nothing:maximise');
    expect(textOfProperties(chosen)).toBe('sigma:minimise|cost:maximise');
    expect(textOfProperties(chosenProperties(known, 'sigma:minimise'))).toBe('cost:minimise|sigma:maximise');
  });

  it.each([
    [
      'maximise',
      'maximise',
      [
        [3, 1],
        [2, 2],
        [1, 3],
      ],
      [
        [3, 1],
        [2, 1],
        [2, 2],
        [1, 2],
        [1, 3],
      ],
    ],
    [
      'maximise',
      'minimise',
      [
        [3, 3],
        [1, 1],
      ],
      [
        [3, 3],
        [1, 3],
        [1, 1],
      ],
    ],
    [
      'minimise',
      'maximise',
      [
        [3, 3],
        [1, 1],
      ],
      [
        [1, 1],
        [3, 1],
        [3, 3],
      ],
    ],
  ] as const)('is stairs that leave what is beaten on their worse side: %s, %s', (a, b, points, stairs) => {
    const axis = (goal: 'maximise' | 'minimise') => ({ name: goal, unit: '', goal, log: false });
    const spots = points.map((values, number) => ({ number, values, onFront: true }));
    const beaten = { number: 9, values: [2, 2], onFront: false };
    expect(stairsOf([...spots, beaten], [axis(a), axis(b)]).map(({ x, y }) => [x, y])).toEqual(stairs);
  });

  it('is read on a log axis over more than two decades', () => {
    expect([isWide([1, 101]), isWide([1, 99]), isWide([0, 1e6])]).toEqual([true, false, false]);
    const [low, high] = roomyDomain([1, 100], true);
    expect(low * high).toBeCloseTo(100, 9);
    expect(low).toBeLessThan(1);
  });
});

it('a beeswarm has the most influential column first and shares of what was tried', () => {
  const rows = [
    { number: 1, at: [0.2, null], values: [0.1, -3] },
    { number: 2, at: [0.6, null], values: [-0.1, 1] },
  ];
  const swarm = swarmOf({ columns: ['small', 'large'], rows }, 5);
  expect(swarm.columns).toEqual([
    { name: 'large', meanAbsolute: 2 },
    { name: 'small', meanAbsolute: 0.1 },
  ]);
  expect(swarm.dots.map(({ column, at }) => [column, at])).toEqual([
    ['large', null],
    ['large', null],
    ['small', 0],
    ['small', 1],
  ]);
  expect(swarmOf({ columns: ['small', 'large'], rows }, 1).dots).toHaveLength(2);
});

it('an acquisition is drawn as far down as it tells anything, where the space allows a place', () => {
  const cell = (score: number | null, mean: number | null = 1) => ({ point: {}, mean, sd: mean, score });
  const posterior = scoredPosterior([cell(-2), cell(-900), cell(null, null)], 'log');
  expect(posterior.points).toHaveLength(2);
  expect(valuesOf(posterior, 'score')).toEqual([-2, -14]);
  expect(scoredPosterior([cell(null)], 'log').score).toBeUndefined();
  expect(['gp-ucb', 'gp-pi', 'auto'].map((name) => acquisitionOf(name, 3).score)).toEqual([
    'ucb',
    'pi',
    'log_ei',
  ]);
  expect(acquisitionOf('forest-ucb', 3).beta).toBe(3);
});

it('a plan is known by its hashes', () => {
  const payload = {
    plan: { number: 4, plannerVersion: '9', requestHash: 'q', answerHash: 'a' },
    model: { bodyHash: 'm' },
    experiments: [{}, {}],
  };
  expect(planProofOf({ seq: 7, type: 'plan.committed', payload })).toEqual({
    ...{
      seq: 7,
      number: 4,
      plannerVersion: '9',
      requestHash: 'q',
      answerHash: 'a',
      modelHash: 'm',
      proposals: 2,
    },
  });
  expect(
    planProofOf({ seq: 7, type: 'plan.committed', payload: { ...payload, model: null } })?.modelHash,
  ).toBeNull();
  expect(planProofOf({ seq: 7, type: 'experiment.added', payload })).toBeNull();
});

it('a list that was read far is asked for anew from its start, and keeps what is beyond', () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }));
  const before = { rows: rows('d', 'c', 'b', 'a'), total: 4, next: 'after a' };
  const fresh = { rows: rows('e', 'd'), total: 5, next: 'after d' };
  expect(renewed(before, fresh)).toEqual({ rows: rows('e', 'd', 'c', 'b', 'a'), total: 5, next: 'after a' });
  expect(renewed(before, { ...fresh, next: null })).toEqual({ ...fresh, next: null });
  expect(renewed(null, fresh)).toBe(fresh);
});
