import type { StrategyName } from '@ionloop/domain';
import {
  extraTrees,
  gaussianProcess,
  gradientBoosting,
  randomForest,
  readSurrogate,
  ridge,
  stack,
  type SurrogateFactory,
  withPreparedInputs,
} from '@ionloop/surrogates';
import { auto } from '../auto/auto.js';
import { gridPoints } from '../designs/grid.js';
import { localSearch } from '../designs/local-search.js';
import { geneticSearch } from '../designs/nsga2.js';
import { randomPoints } from '../designs/random.js';
import { particleSwarm } from '../designs/swarm.js';
import { clusterCriterion } from './clusters.js';
import {
  chanceOfGain,
  chebyshevGain,
  desirable,
  draw,
  entropy,
  expectedGain,
  guarded,
  hypervolumeGain,
  knowledge,
  noisyGain,
  optimism,
  penalised,
  teaching,
  topTwo,
  towardsWindow,
} from './criteria.js';
import { portfolioCriterion } from './portfolio.js';
import type { Baseline, Criterion, Moment, Strategy } from './strategy.js';

const gp = gaussianProcess({ read: readSurrogate });
const forest = randomForest();
/** Categories apart, which a polynomial cannot take as they are. */
const quadratic = withPreparedInputs(ridge({ degree: 2, interactions: true }), 'any');

const always =
  (criterion: Criterion): Strategy['criterion'] =>
  () =>
    criterion;

/** An upper bound whose optimism the request may set. */
const upperBound =
  (beta: number, criterion = optimism): Strategy['criterion'] =>
  ({ request }) =>
    criterion(request.strategy.beta ?? beta);

const modelled = (
  surrogate: SurrogateFactory,
  title: string,
  purpose: string,
  criterion: (moment: Moment) => Criterion,
  rest: Partial<Strategy> = {},
): Strategy => ({ title, purpose, surrogate, clipsLowTail: false, criterion, ...rest });

const unmodelled = (title: string, purpose: string, baseline: Baseline): Strategy => ({
  title,
  purpose,
  surrogate: null,
  baseline,
  clipsLowTail: false,
  goals: 'any',
  criterion: always(expectedGain),
});

export const strategyTable: Readonly<Record<StrategyName, Strategy>> = {
  auto,
  'gp-log-ei': modelled(
    gp,
    'Gaussian process, expected improvement',
    'few, precise experiments on a smooth response',
    always(expectedGain),
  ),
  'gp-noisy-ei': modelled(
    gp,
    'Gaussian process, noisy expected improvement',
    'noisy measurements, and batches of them: members are chosen by joint draws',
    always(noisyGain),
  ),
  'gp-pi': modelled(
    gp,
    'Gaussian process, probability of improvement',
    'any gain counts, however small',
    always(chanceOfGain),
  ),
  'gp-ucb': modelled(
    gp,
    'Gaussian process, upper confidence bound',
    'how much is explored is to be set by one number, beta',
    upperBound(2),
  ),
  'gp-ucb-pe': modelled(
    gp,
    'Gaussian process, upper confidence bound with pure exploration inside a batch',
    'large batches that must not crowd',
    upperBound(2, guarded),
  ),
  'gp-thompson': modelled(
    gp,
    'Gaussian process, Thompson sampling',
    'many experiments at a time, each of which may find something else',
    always(draw),
  ),
  'gp-top-two': modelled(
    gp,
    'Gaussian process, top-two expected improvement',
    'telling the best apart from the second best',
    always(topTwo),
  ),
  'gp-max-value': modelled(
    gp,
    'Gaussian process, max-value entropy search',
    'knowing how good the best can be',
    always(entropy),
  ),
  'gp-knowledge': modelled(
    gp,
    'Gaussian process, knowledge gradient',
    'few experiments are left and what counts is the recommendation after them',
    knowledge,
  ),
  'gp-penalised': modelled(
    gp,
    'Gaussian process, expected improvement with local penalisation',
    'large batches in little time',
    always(penalised),
  ),
  'gp-swarm': modelled(
    gp,
    'Gaussian process, expected improvement found by a particle swarm',
    'continuous spaces with many local optima of the acquisition',
    always(expectedGain),
    { search: 'swarm' },
  ),
  'gp-genetic': modelled(
    gp,
    'Gaussian process, expected improvement found by a genetic search',
    'spaces of many parameters of different kinds',
    always(expectedGain),
    { search: 'genetic' },
  ),
  learn: modelled(
    gp,
    'Gaussian process, largest expected drop of its variance',
    'a good model of the whole space rather than the best point',
    teaching,
    { goals: 'any' },
  ),
  'forest-ucb': modelled(
    forest,
    'Random forest, upper confidence bound',
    'rough responses and many descriptors',
    upperBound(1),
  ),
  'forest-ei': modelled(
    forest,
    'Random forest, expected improvement',
    'rough responses and many descriptors, as in much of the literature',
    always(expectedGain),
  ),
  'extra-trees-ucb': modelled(
    extraTrees(),
    'Extra trees, upper confidence bound',
    'rough responses with little noise',
    upperBound(1),
  ),
  'boosting-ucb': modelled(
    gradientBoosting(),
    'Ensemble of boosters, upper confidence bound',
    'hundreds of results and interactions of descriptors',
    upperBound(1),
  ),
  'stack-ei': modelled(
    stack({
      members: [
        { name: 'gp', factory: gp },
        { name: 'forest', factory: randomForest({ trees: 50 }) },
        { name: 'quadratic', factory: quadratic },
      ],
      read: (json) => (json.kind === quadratic.kind ? quadratic.fromJSON(json) : readSurrogate(json)),
    }),
    'Process, forest and quadratic, weighed by what they left out, expected improvement',
    'it is not clear which model suits',
    always(expectedGain),
  ),
  portfolio: modelled(
    gp,
    'Gaussian process, a portfolio of four acquisitions that shifts to those that pay',
    'long campaigns in which no acquisition is trusted beforehand',
    portfolioCriterion,
  ),
  'target-window': modelled(
    gp,
    'Gaussian process, expected improvement towards a window',
    'a property that must lie between two values',
    ({ known: { responses } }) => towardsWindow(responses[0].window!),
    { goals: 'window' },
  ),
  hypervolume: modelled(
    gp,
    'A Gaussian process for each objective, expected hypervolume improvement',
    'two to four objectives whose best compromises are wanted',
    always(hypervolumeGain),
    { goals: 'several' },
  ),
  parego: modelled(
    gp,
    'A Gaussian process for each objective, ParEGO',
    'several objectives, with a new weighing of them for each experiment',
    always(chebyshevGain),
    { goals: 'several' },
  ),
  desirability: modelled(
    gp,
    'A Gaussian process for each objective, desirability',
    'several objectives, windows among them, that must all be good at once',
    desirable,
    { goals: 'several' },
  ),
  clusters: modelled(
    gp,
    'Clusters of the space as arms of a bandit, upper confidence bound within',
    'pools in which good candidates gather in few clusters',
    clusterCriterion,
  ),
  nsga2: unmodelled('NSGA-II, without a model', 'a baseline for several objectives', geneticSearch),
  swarm: unmodelled('Particle swarm, without a model', 'a baseline for continuous spaces', particleSwarm),
  'local-search': unmodelled(
    'The surroundings of the best point so far, without a model',
    'a baseline: what a careful person would do',
    localSearch,
  ),
  grid: unmodelled('A grid, from coarse to fine', 'a baseline: a survey', gridPoints),
  random: unmodelled('Random points', 'a baseline that everything must beat', randomPoints),
};
