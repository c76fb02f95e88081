/** The models by the names that a person gives them, with options that do for a start. */
import { InvalidArgumentError } from '@ionloop/linalg';
import { auto } from './auto/auto.js';
import type {
  Classifier,
  ClassifierFactory,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from './contract.js';
import { decisionTree } from './decision-tree/decisionTree.js';
import { extraTrees } from './extra-trees/extraTrees.js';
import { gaussianProcessClassifier } from './gaussian-process-classifier/gaussianProcessClassifier.js';
import { gaussianProcess } from './gaussian-process/gaussianProcess.js';
import { gradientBoosting } from './gradient-boosting/gradientBoosting.js';
import { randomFeatureGaussianProcess } from './large-gaussian-process/randomFeatureGaussianProcess.js';
import { sparseGaussianProcess } from './large-gaussian-process/sparseGaussianProcess.js';
import { bayesianLinear } from './linear/bayesianLinear.js';
import { elasticNet, lasso } from './linear/elasticNet.js';
import { leastSquares } from './linear/leastSquares.js';
import { ridge } from './linear/ridge.js';
import { logistic } from './logistic/logistic.js';
import { nearestNeighbours } from './nearest-neighbours/nearestNeighbours.js';
import { withTransformedOutput } from './output-transform/transformedOutput.js';
import { randomForest } from './random-forest/randomForest.js';
import { gridCandidates, type Candidate } from './selection/candidates.js';
import { selected } from './selection/selected.js';
import { supportVector } from './support-vector/supportVector.js';
import { voting } from './voting/voting.js';

export interface CatalogueEntry {
  readonly name: string;
  /** One line. */
  readonly about: string;
  /** What inputs must be brought to before they are fitted or predicted. */
  readonly inputs: 'unit cube' | 'any scale';
  readonly make: () => SurrogateFactory;
  /** What to choose among where the options are to suit the data. */
  readonly candidates?: () => readonly Candidate[];
}

const single: readonly CatalogueEntry[] = [
  {
    name: 'gp',
    about: 'Gaussian process, Matérn 5/2 with a lengthscale per input, maximum a posteriori',
    inputs: 'unit cube',
    make: () => gaussianProcess({ read: readSurrogate }),
    candidates: () => gridCandidates('gp', gaussianProcess, { kernel: ['matern52', 'matern32', 'rbf'] }),
  },
  {
    name: 'forest',
    about: 'random forest of 200 trees on bootstraps, spread scaled to left-out errors',
    inputs: 'any scale',
    make: () => randomForest(),
    candidates: () => gridCandidates('forest', randomForest, { featuresPerSplit: [2, 4, 8, 16] }),
  },
  {
    name: 'extra-trees',
    about: 'extremely randomised trees: random thresholds, all rows in every tree',
    inputs: 'any scale',
    make: () => extraTrees(),
  },
  {
    name: 'boosting',
    about: 'gradient boosting of squared loss, ten boosters on bootstraps for its spread',
    inputs: 'any scale',
    make: () => gradientBoosting(),
    candidates: () =>
      gridCandidates('boosting', gradientBoosting, { rounds: [50, 200], learningRate: [0.03, 0.1] }),
  },
  {
    name: 'xgb',
    about: 'gradient boosting of second order with an L2 penalty on leaves',
    inputs: 'any scale',
    make: () => gradientBoosting({ secondOrder: true }),
    candidates: () =>
      gridCandidates(
        'xgb',
        (options: { rounds: number; lambda: number }) => gradientBoosting({ secondOrder: true, ...options }),
        { rounds: [50, 200], lambda: [1, 5] },
      ),
  },
  {
    name: 'tree',
    about: 'a single regression tree, to be read',
    inputs: 'any scale',
    make: () => decisionTree({ maxDepth: 4 }),
  },
  {
    name: 'linear',
    about: 'ordinary least squares',
    inputs: 'any scale',
    make: () => leastSquares(),
  },
  {
    name: 'ridge',
    about: 'linear with an L2 penalty chosen by exact leave-one-out',
    inputs: 'any scale',
    make: () => ridge(),
    candidates: () => gridCandidates('ridge', ridge, { degree: [1, 2, 3], interactions: [false, true] }),
  },
  {
    name: 'elastic-net',
    about: 'linear with L1 and L2 penalties chosen by folds; leaves out inputs that do not help',
    inputs: 'any scale',
    make: () => elasticNet(),
    candidates: () =>
      gridCandidates('elastic-net', elasticNet, { degree: [1, 2], interactions: [false, true] }),
  },
  {
    name: 'lasso',
    about: 'linear with an L1 penalty chosen by folds; leaves out the most inputs',
    inputs: 'any scale',
    make: () => lasso(),
    candidates: () => gridCandidates('lasso', lasso, { degree: [1, 2], interactions: [false, true] }),
  },
  {
    name: 'bayesian-linear',
    about: 'linear with noise and penalty of the largest evidence',
    inputs: 'any scale',
    make: () => bayesianLinear(),
    candidates: () =>
      gridCandidates('bayesian-linear', bayesianLinear, { degree: [1, 2, 3], interactions: [false, true] }),
  },
  {
    name: 'quadratic',
    about: 'Bayesian regression on inputs, their squares and products',
    inputs: 'any scale',
    make: () => bayesianLinear({ degree: 2, interactions: true }),
  },
  {
    name: 'svr-rbf',
    about: 'support vector regression of an RBF kernel with bootstrap bands',
    inputs: 'any scale',
    make: () => supportVector(),
    candidates: () =>
      gridCandidates('svr-rbf', supportVector, { C: [1, 10, 100], gamma: [0.02, 0.1, 0.5], members: [20] }),
  },
  {
    name: 'svr-poly',
    about: 'support vector regression of a cubic kernel with bootstrap bands',
    inputs: 'any scale',
    make: () => supportVector({ kernel: 'polynomial', C: 1 }),
    candidates: () =>
      gridCandidates('svr-poly', supportVector, {
        ...{ kernel: ['polynomial'], degree: [2, 3], C: [0.1, 1, 10], members: [20] },
      }),
  },
  {
    name: 'knn',
    about: 'the five nearest neighbours, the nearer the heavier; categories by mismatch',
    inputs: 'any scale',
    make: () => nearestNeighbours(),
    candidates: () =>
      gridCandidates('knn', nearestNeighbours, {
        ...{ k: [1, 3, 5, 9, 15], weights: ['uniform', 'distance'] as const },
      }),
  },
];

/** Models that need no loading: `networkEntries` are those that do. */
export const catalogue: readonly CatalogueEntry[] = [
  ...single,
  {
    name: 'sparse-gp',
    about: 'Gaussian process by way of 256 inducing rows, for up to some 100 000 rows',
    inputs: 'unit cube',
    make: () => sparseGaussianProcess(),
  },
  {
    name: 'feature-gp',
    about: 'Gaussian process by way of 512 random features, for up to some 100 000 rows',
    inputs: 'unit cube',
    make: () => randomFeatureGaussianProcess(),
  },
  {
    name: 'gp-skewed',
    about: 'Gaussian process of a response that a power makes normal (Yeo–Johnson)',
    inputs: 'unit cube',
    make: () => withTransformedOutput(gaussianProcess(), 'yeoJohnson', readSurrogate),
  },
  {
    name: 'voting',
    about: 'Gaussian process, forest and support vectors, each a third of the vote',
    inputs: 'unit cube',
    make: () =>
      voting({
        members: ['gp', 'forest', 'svr-rbf'].map((name) => ({ factory: entryNamed(name, single).make() })),
        read: readSurrogate,
      }),
  },
  {
    name: 'best',
    about:
      'the best of Gaussian process, forest, ridge, support vectors and neighbours by cross-validated density',
    inputs: 'unit cube',
    make: () =>
      selected({
        candidates: ['gp', 'forest', 'ridge', 'svr-rbf', 'knn'].map((name) => ({
          name,
          factory: entryNamed(name, single).make(),
        })),
        read: readSurrogate,
      }),
  },
  {
    name: 'auto',
    about: 'a calibrated stack of what suits the data: process, trees, boosting, linear models',
    inputs: 'any scale',
    make: () => auto(),
  },
];

/** Those of `@ionloop/surrogates/deep-ensemble`, once it is loaded. */
export function networkEntries(loaded: {
  neuralNetwork(): SurrogateFactory;
  deepEnsemble(): SurrogateFactory;
}): readonly CatalogueEntry[] {
  return [
    {
      name: 'network',
      about: 'a neural network of two hidden layers that says mean and spread',
      inputs: 'any scale',
      make: () => loaded.neuralNetwork(),
    },
    {
      name: 'deep-ensemble',
      about: 'five such networks, whose disagreement is part of the spread',
      inputs: 'any scale',
      make: () => loaded.deepEnsemble(),
    },
  ];
}

export interface ClassifierEntry {
  readonly name: string;
  readonly about: string;
  readonly inputs: 'unit cube' | 'any scale';
  readonly make: () => ClassifierFactory;
}

export const classifiers: readonly ClassifierEntry[] = [
  {
    name: 'logistic',
    about: 'logistic regression with an L2 penalty',
    inputs: 'any scale',
    make: () => logistic(),
  },
  {
    name: 'gp-classifier',
    about: "Gaussian process classification by Laplace's approximation, probit",
    inputs: 'unit cube',
    make: () => gaussianProcessClassifier(),
  },
];

export function entryNamed<Entry extends { readonly name: string }>(
  name: string,
  entries: readonly Entry[],
): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found === undefined)
    throw new InvalidArgumentError(
      'name',
      `must be one of ${entries.map((entry) => entry.name).join(', ')}, not "${name}"`,
    );
  return found;
}

/** The model of any kind that `entries` make, whatever options it was made with. */
export function readSurrogate(
  json: SurrogateJson,
  entries: readonly CatalogueEntry[] = catalogue,
): Surrogate {
  return readerOf(json, entries).fromJSON(json);
}

export function readClassifier(
  json: SurrogateJson,
  entries: readonly ClassifierEntry[] = classifiers,
): Classifier {
  return readerOf(json, entries).fromJSON(json);
}

function readerOf<Factory extends { readonly kind: string }>(
  json: SurrogateJson,
  entries: readonly { readonly make: () => Factory }[],
): Factory {
  for (const { make } of entries) {
    const factory = make();
    if (factory.kind === json.kind) return factory;
  }
  throw new InvalidArgumentError('json.kind', `must be that of a model in the catalogue, not "${json.kind}"`);
}
