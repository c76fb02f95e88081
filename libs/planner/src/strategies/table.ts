import {
  type Acquisition,
  logExpectedImprovement,
  thompsonSampling,
  upperConfidenceBound,
} from '@ionloop/acquisition';
import type { StrategyName } from '@ionloop/domain';
import { gaussianProcess, randomForest } from '@ionloop/surrogates';
import { auto } from '../auto/auto.js';
import type { Criterion, Strategy } from './strategy.js';

const fromAcquisition = (
  acquisition: Acquisition,
  rest: Pick<Criterion, 'phrase' | 'scale' | 'refines'>,
): Criterion => ({
  ...rest,
  name: acquisition.name,
  score: (candidates, { model, ...context }) => acquisition.score(model, candidates, context),
});

const expectedGain = fromAcquisition(logExpectedImprovement(), {
  phrase: 'the largest gain over the best so far is expected here',
  scale: 'log',
  refines: true,
});
const optimism = (beta: number): Criterion =>
  fromAcquisition(upperConfidenceBound(beta), {
    phrase: 'of all points, the one whose result could still plausibly be the best',
    scale: 'plain',
    refines: true,
  });
const draw = fromAcquisition(thompsonSampling(), {
  phrase: 'the best point of one random draw among the responses that the data allow',
  scale: 'plain',
  refines: false,
});

const gp = gaussianProcess();
const forest = randomForest();

export const strategyTable: Readonly<Record<StrategyName, Strategy>> = {
  auto,
  'gp-log-ei': {
    title: 'Gaussian process, expected improvement',
    surrogate: gp,
    clipsLowTail: false,
    criterion: () => expectedGain,
  },
  'gp-ucb': {
    title: 'Gaussian process, upper confidence bound',
    surrogate: gp,
    clipsLowTail: false,
    criterion: () => optimism(2),
  },
  'gp-thompson': {
    title: 'Gaussian process, Thompson sampling',
    surrogate: gp,
    clipsLowTail: false,
    criterion: () => draw,
  },
  'forest-ucb': {
    title: 'Random forest, upper confidence bound',
    surrogate: forest,
    clipsLowTail: false,
    criterion: () => optimism(1),
  },
  random: {
    title: 'Random points',
    surrogate: null,
    clipsLowTail: false,
    criterion: () => expectedGain,
  },
};
