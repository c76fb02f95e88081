import {
  type Acquisition,
  logExpectedImprovement,
  thompsonSampling,
  upperConfidenceBound,
} from '@ionloop/acquisition';
import type { StrategyName } from '@ionloop/domain';
import { gaussianProcess, randomForest } from '@ionloop/surrogates';
import { coverage } from './coverage.js';
import { mixtureOf } from '../models/mixture.js';
import type { Criterion, Moment, Strategy } from './strategy.js';

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
/** Smaller and finer than one that stands alone: it seasons the process and is kept with every model. */
const seasoning = randomForest({ trees: 50, minSamplesLeaf: 1 });

/** Coverage is looked after in every other one of the first suggestions, as long as the model is not yet good. */
const coveringSuggestions = 20;
const goodEnough = 0.8;

function autoCriterion({ suggestion, model, references, distance }: Moment): Criterion {
  const turn = suggestion < coveringSuggestions && suggestion % 2 === 0;
  return turn && model.diagnostics().metrics.r2 < goodEnough ? coverage(references, distance) : optimism(1);
}

export const strategyTable: Readonly<Record<StrategyName, Strategy>> = {
  auto: {
    title: 'Gaussian process and forest together: optimistic, with an eye on what has not been covered',
    surrogate: mixtureOf([
      { weight: 0.75, factory: gp },
      { weight: 0.25, factory: seasoning },
    ]),
    clipsLowTail: true,
    criterion: autoCriterion,
  },
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
