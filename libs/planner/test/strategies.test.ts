import { describe, expect, it } from '@jest/globals';
import {
  canonicalJson,
  type PlanRequest,
  type Point,
  type StrategyName,
  strategyNames,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import { planWith, type Strategy, StrategyError, strategyTable } from '../src/index.js';
import {
  coarseTernary,
  conductivity,
  goalsFor,
  material,
  plain,
  request,
  sintering,
  smallPool,
  twoPeaks,
  window,
} from './support.js';

/** Listed mixtures, two numbers that must be searched, and a pool. */
const settings = [
  { space: coarseTernary, objective: conductivity, truth: twoPeaks },
  { space: sintering, objective: plain, truth: window },
  { space: smallPool, objective: plain, truth: material },
];

/** What each strategy chooses by, once it chooses by a model: one row a strategy. */
const acquisitions: Record<StrategyName, RegExp | null> = {
  auto: /^(coverage|upper confidence bound)$/,
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

type Strategies = Readonly<Record<StrategyName, Strategy>>;
type Setting = (typeof settings)[number];

const initial = 3;
const rounds = 3;
const perRound = 2;

/**
 * Three rounds of two: both designed, one of each, both by the model beside a failure and a point under way. What each round must keep to is checked as
 * it goes, and the last one is asked twice.
 */
function campaign(
  strategies: Strategies,
  name: StrategyName,
  { space: spec, objective, truth }: Setting,
): void {
  const space = openSpace(spec);
  const needsModel = strategies[name].surrogate !== null;
  const { objectives, resultsOf } = goalsFor(name, objective, truth);
  let tried: readonly Point[] = [];
  for (let round = 0; round < rounds; round++) {
    const last = round === rounds - 1;
    const asked = request({
      space: spec,
      objectives,
      strategy: { name, initial },
      seed: `smoke/${round}`,
      count: perRound,
      experimentsSoFar: tried.length,
      observations: resultsOf(last ? tried.slice(0, -2) : tried),
      failures: last ? tried.slice(-2, -1) : [],
      pending: last ? tried.slice(-1) : [],
    });
    const answer = planWith(strategies, asked);
    const { proposals, model } = answer;
    expect(proposals).toHaveLength(perRound);
    const designed = Math.max(0, initial - tried.length);
    proposals.forEach(({ point, origin, prediction, acquisition, reason, grounds }, i) => {
      expect(space.check(point)).toEqual(point);
      expect(reason).toMatch(/^[A-Z].*\.$/);
      expect(origin).toBe(i < designed || !needsModel ? 'initial' : 'model');
      if (origin !== 'model') return;
      expect(prediction!.sd).toBeGreaterThanOrEqual(0);
      expect(acquisition!.name).toMatch(acquisitions[name]!);
      expect(grounds!.predictions).toHaveLength(objectives.length);
      expect(grounds!.predictions[0]).toMatchObject(prediction!);
    });
    expect(model === null).toBe(!needsModel || designed >= perRound);
    tried = [...tried, ...proposals.map(({ point }) => point)];
    expect(new Set(tried.map(space.key)).size).toBe(tried.length);
    if (!last) continue;
    const copy = JSON.parse(JSON.stringify(asked)) as PlanRequest;
    expect(canonicalJson(planWith(strategies, copy))).toBe(canonicalJson(answer));
  }
}

it.each(strategyNames)('strategy %s goes through campaigns in spaces of three kinds', (name) => {
  settings.forEach((setting) => campaign(strategyTable, name, setting));
  const { title, purpose } = strategyTable[name];
  expect(title).toMatch(/^[A-Z]/);
  expect(purpose.length).toBeGreaterThan(10);
});

describe('a strategy that fails on purpose does not go through', () => {
  const { auto } = strategyTable;
  const broken = (criterion: Strategy['criterion']): Strategies => ({
    ...strategyTable,
    auto: { ...auto, criterion },
  });

  it('where its scores are not numbers: nothing is proposed', () => {
    const strategies = broken((moment) => ({
      ...auto.criterion(moment),
      score: ({ rows }) => new Float64Array(rows).fill(Number.NaN),
    }));
    for (const setting of settings) {
      expect(() => campaign(strategies, 'auto', setting)).toThrow(StrategyError);
    }
  });

  it('where its name is not the one that the table promises', () => {
    const strategies = broken((moment) => ({ ...auto.criterion(moment), name: 'something else' }));
    expect(() => campaign(strategies, 'auto', settings[0]!)).toThrow('something else');
  });

  it('where it answers the same request differently', () => {
    let calls = 0;
    const strategies = broken((moment) => ({
      ...auto.criterion(moment),
      score: ({ rows }) => Float64Array.from({ length: rows }, (_, i) => ((i + 1) * ++calls) % 7),
    }));
    expect(() => campaign(strategies, 'auto', settings[0]!)).toThrow();
  });
});

it('another seed draws other random points', () => {
  const asked = request({ space: smallPool, strategy: { name: 'random', initial }, count: 3 });
  const [one, other] = ['one', 'another'].map(
    (seed) => planWith(strategyTable, { ...asked, seed }).proposals,
  );
  expect(one).not.toEqual(other);
});
