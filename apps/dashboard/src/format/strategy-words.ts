/** Strategies in words: what each is, and when to take it. */
export interface StrategyWords {
  readonly value: string;
  readonly label: string;
  readonly purpose: string;
  /** Whether it is for one goal, for several, or for a window. */
  readonly goals: 'one' | 'several' | 'window' | 'any';
}

const one = (value: string, label: string, purpose: string): StrategyWords => ({
  value,
  label,
  purpose,
  goals: 'one',
});
const several = (value: string, label: string, purpose: string): StrategyWords => ({
  ...one(value, label, purpose),
  goals: 'several',
});
const any = (value: string, label: string, purpose: string): StrategyWords => ({
  ...one(value, label, purpose),
  goals: 'any',
});

export const strategyWords: readonly StrategyWords[] = [
  any('auto', 'Automatic', 'anything, for a start'),
  one('gp-log-ei', 'Gaussian process, expected improvement', 'few, precise experiments on a smooth response'),
  one(
    'gp-noisy-ei',
    'Gaussian process, noisy expected improvement',
    'noisy measurements, and batches of them',
  ),
  one('gp-pi', 'Gaussian process, probability of improvement', 'any gain counts, however small'),
  one(
    'gp-ucb',
    'Gaussian process, upper confidence bound',
    'how much is explored is to be set by one number, beta',
  ),
  one(
    'gp-ucb-pe',
    'Gaussian process, upper bound with exploring batches',
    'large batches that must not crowd',
  ),
  one(
    'gp-thompson',
    'Gaussian process, Thompson sampling',
    'many experiments at a time, each of which may find something else',
  ),
  one('gp-top-two', 'Gaussian process, top two', 'telling the best apart from the second best'),
  one('gp-max-value', 'Gaussian process, max-value entropy', 'knowing how good the best can be'),
  one(
    'gp-knowledge',
    'Gaussian process, knowledge gradient',
    'few experiments are left and the recommendation after them counts',
  ),
  one('gp-penalised', 'Gaussian process, local penalisation', 'large batches in little time'),
  one('gp-swarm', 'Gaussian process, searched by a swarm', 'continuous spaces with many local optima'),
  one('gp-genetic', 'Gaussian process, genetic search', 'spaces of many parameters of different kinds'),
  one('learn', 'Learn the whole space', 'a good model of the whole space rather than the best point'),
  one('forest-ucb', 'Random forest, upper confidence bound', 'rough responses and many descriptors'),
  one(
    'forest-ei',
    'Random forest, expected improvement',
    'rough responses and many descriptors, as in much of the literature',
  ),
  one('extra-trees-ucb', 'Extra trees, upper confidence bound', 'rough responses with little noise'),
  one(
    'boosting-ucb',
    'Boosters, upper confidence bound',
    'hundreds of results and interactions of descriptors',
  ),
  one('stack-ei', 'Stack of models, expected improvement', 'it is not clear which model suits'),
  one(
    'portfolio',
    'Portfolio of four acquisitions',
    'long campaigns in which no acquisition is trusted beforehand',
  ),
  {
    ...one('target-window', 'Towards a window', 'a property that must lie between two values'),
    goals: 'window',
  },
  several(
    'hypervolume',
    'Expected hypervolume improvement',
    'two to four goals whose best compromises are wanted',
  ),
  several('parego', 'ParEGO', 'several goals, with a new weighing of them for each experiment'),
  several('desirability', 'Desirability', 'several goals, windows among them, that must all be good at once'),
  one('clusters', 'Clusters as arms of a bandit', 'pools in which good candidates gather in few clusters'),
  several('nsga2', 'NSGA-II, without a model', 'a baseline for several goals'),
  one('swarm', 'Particle swarm, without a model', 'a baseline for continuous spaces'),
  one(
    'local-search',
    'Around the best so far, without a model',
    'a baseline: what a careful person would do',
  ),
  any('grid', 'Grid, from coarse to fine', 'a baseline: a survey'),
  any('random', 'Random', 'a baseline that everything must beat'),
];

export const strategyLabel = (name: string): string =>
  strategyWords.find(({ value }) => value === name)?.label ?? name;
