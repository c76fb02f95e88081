import { describe, expect, it } from '@jest/globals';
import {
  canonicalJson,
  type PlanRequest,
  type Point,
  type StrategyName,
  strategyNames,
} from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan, strategyTable } from '../src/index.js';
import {
  conductivity,
  goalsFor,
  material,
  plain,
  pool,
  request,
  sintering,
  ternary,
  twoPeaks,
  window,
} from './support.js';

const settings = [
  { title: 'a ternary', space: ternary, objective: conductivity, truth: twoPeaks },
  { title: 'two continuous parameters', space: sintering, objective: plain, truth: window },
  { title: 'a pool', space: pool, objective: plain, truth: material },
];

/** What each strategy chooses by, once it chooses by a model: one row a strategy. */
const acquisitions: Record<StrategyName, RegExp | null> = {
  auto: /^(coverage|upper confidence bound)/,
  'gp-log-ei': /^log expected improvement$/,
  'gp-noisy-ei': /^noisy expected improvement$/,
  'gp-pi': /^log probability of improvement$/,
  'gp-ucb': /^upper confidence bound$/,
  'gp-ucb-pe': /^exploration guard$/,
  'gp-thompson': /^Thompson sampling$/,
  'gp-top-two': /^top-two expected improvement$/,
  'gp-max-value': /^max-value entropy/,
  'gp-knowledge': /^knowledge gradient$/,
  'gp-penalised': /^penalised expected improvement$/,
  'gp-swarm': /^log expected improvement$/,
  'gp-genetic': /^log expected improvement$/,
  learn: /^learn$/,
  'forest-ucb': /^upper confidence bound$/,
  'forest-ei': /^log expected improvement$/,
  'extra-trees-ucb': /^upper confidence bound$/,
  'boosting-ucb': /^upper confidence bound$/,
  'stack-ei': /^log expected improvement$/,
  portfolio:
    /^(log expected improvement|upper confidence bound|Thompson sampling|log probability of improvement)$/,
  'target-window': /^target window: expected improvement$/,
  hypervolume: /^expected hypervolume improvement$/,
  parego: /^ParEGO$/,
  desirability: /^desirability$/,
  clusters: /^clusters$/,
  nsga2: null,
  swarm: null,
  'local-search': null,
  grid: null,
  random: null,
};

describe.each(strategyNames)('strategy %s', (name) => {
  const needsModel = strategyTable[name].surrogate !== null;

  it.each(settings)(
    'goes five rounds on $title without repeating itself',
    ({ space: spec, objective, truth }) => {
      const space = openSpace(spec);
      const { objectives, resultsOf } = goalsFor(name, objective, truth);
      let tried: Point[] = [];
      let failures: Point[] = [];
      for (let round = 0; round < 5; round++) {
        const { proposals, model } = plan(
          request({
            space: spec,
            objectives,
            strategy: { name, initial: 4 },
            seed: `smoke/${round}`,
            count: 2,
            experimentsSoFar: tried.length,
            observations: resultsOf(tried.filter((point) => !failures.includes(point))),
            failures,
          }),
        );
        expect(proposals).toHaveLength(2);
        const open = Math.max(0, 4 - tried.length);
        proposals.forEach(({ point, origin, prediction, acquisition, reason, grounds }, i) => {
          expect(space.check(point)).toEqual(point);
          expect(reason).toMatch(/^[A-Z].*\.$/);
          expect(origin).toBe(i < open || !needsModel ? 'initial' : 'model');
          if (origin !== 'model') return;
          expect(prediction!.sd).toBeGreaterThanOrEqual(0);
          expect(acquisition!.name).toMatch(acquisitions[name]!);
          expect(grounds!.predictions).toHaveLength(objectives.length);
          expect(grounds!.predictions[0]).toMatchObject(prediction!);
        });
        expect(model === null).toBe(!needsModel || open >= 2);
        const points = proposals.map(({ point }) => point);
        tried = [...tried, ...points];
        if (round === 1) failures = [points[0]!];
        expect(new Set(tried.map(space.key)).size).toBe(tried.length);
      }
    },
  );

  it('answers the same request with the same bytes', () => {
    const { objectives, resultsOf } = goalsFor(name, conductivity, twoPeaks);
    const space = openSpace(ternary);
    const asked = request({
      space: ternary,
      objectives,
      strategy: { name, initial: 4 },
      count: 2,
      experimentsSoFar: 11,
      observations: resultsOf(space.sample(9, Philox.fromSeed('start'))),
      pending: space.sample(2, Philox.fromSeed('pending')),
    });
    const copy = JSON.parse(JSON.stringify(asked)) as PlanRequest;
    const first = canonicalJson(plan(asked));
    expect(canonicalJson(plan(copy))).toBe(first);
    if (name === 'random') expect(canonicalJson(plan({ ...asked, seed: 'another' }))).not.toBe(first);
  });

  it('says what it is and when to take it', () => {
    const { title, purpose } = strategyTable[name];
    expect(title).toMatch(/^[A-Z]/);
    expect(purpose.length).toBeGreaterThan(10);
  });
});
