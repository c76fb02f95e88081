/**
 * Bagged regression trees. A tree says N(value of the leaf, variance within it); the forest is their mixture: its variance is that between the
 * trees' values plus the mean of those within leaves. A row's left-out prediction comes from the trees that did not draw it.
 */
import { InvalidArgumentError, matrix, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, standardisation } from '../data.js';
import { fieldsFrom, numberFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { metricsOf } from '../metrics.js';
import { bootstrapRows, growTree, impurityDecrease, leafOf, type Tree } from './tree.js';

export interface RandomForestOptions {
  /** 200 where it is left out. */
  readonly trees?: number;
  /** Unlimited where it is left out. */
  readonly maxDepth?: number;
  /** 2 where it is left out. */
  readonly minSamplesLeaf?: number;
  /** Of the d features, how many each split may choose from; d/3, at least 2, where it is left out. */
  readonly featuresPerSplit?: number;
}

const kind = 'random-forest';
const version = 1;
const { max, min, sqrt, ceil } = Math;

/** Takes inputs of any scale. The known noise of rows is not used: bagging and leaves find the spread by themselves. */
export function randomForest(options: RandomForestOptions = {}): SurrogateFactory {
  const { trees = 200, minSamplesLeaf = 2, maxDepth, featuresPerSplit } = options;
  requireCount('options.trees', trees, 1);
  requireCount('options.minSamplesLeaf', minSamplesLeaf, 1);
  if (maxDepth !== undefined) requireCount('options.maxDepth', maxDepth, 1);
  if (featuresPerSplit !== undefined) requireCount('options.featuresPerSplit', featuresPerSplit, 1);
  return {
    kind,
    capabilities: plainCapabilities,
    fit(data, rng) {
      const { X, y } = ownData(data);
      const limits = {
        minSamplesLeaf,
        featuresPerSplit: min(X.cols, featuresPerSplit ?? max(2, ceil(X.cols / 3))),
        ...(maxDepth === undefined ? {} : { maxDepth }),
      };
      const grown = Array.from({ length: trees }, (_, t) => {
        // A stream for each tree: growing them in parallel draws the same.
        const stream = rng.split(`tree ${t}`);
        const rows = bootstrapRows(X.rows, stream);
        return { tree: growTree(X, y, rows, limits, stream), rows };
      });
      const forest = grown.map(({ tree }) => tree);
      return new RandomForest(X.cols, forest, outOfBag(X, y, grown));
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const dimension = numberFrom('json.dimension', json['dimension']);
      if (!Array.isArray(json['trees']) || json['trees'].length === 0)
        throw new InvalidArgumentError('json.trees', 'must be a list of at least one tree');
      const forest = (json['trees'] as readonly Json[]).map((tree, t) => treeFrom(`json.trees[${t}]`, tree));
      const leftOut = fieldsFrom('json.leftOut', json['leftOut']);
      const list = (field: string) => Array.from(numbersFrom(`json.leftOut.${field}`, leftOut[field]));
      return new RandomForest(dimension, forest, {
        mean: list('mean'),
        variance: list('variance'),
        actual: list('actual'),
      });
    },
  };
}

class RandomForest implements Surrogate {
  readonly kind = kind;
  readonly sampleIsJoint = true;

  constructor(
    readonly dimension: number,
    private readonly trees: readonly Tree[],
    private readonly leftOut: LeftOut,
  ) {}

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    for (let i = 0; i < X.rows; i++) {
      const belief = mixture(this.trees, X, i);
      mean[i] = belief.mean;
      variance[i] = belief.variance;
    }
    return { mean, variance };
  }

  /** Each draw takes one tree, and in each of its leaves one normal draw of the leaf's spread: a function of steps. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      const tree = this.trees[rng.integer(this.trees.length)]!;
      const levels = tree.value.map((value, node) =>
        tree.feature[node]! >= 0 ? value : value + sqrt(tree.variance[node]!) * rng.normal(),
      );
      for (let i = 0; i < X.rows; i++) draws.data[k * X.rows + i] = levels[leafOf(tree, X, i)]!;
    }
    return draws;
  }

  diagnostics(): Diagnostics {
    const { leftOut } = this;
    return {
      kind,
      n: leftOut.actual.length,
      importances: this.importances(),
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  private importances(): number[] {
    const sum = new Float64Array(this.dimension);
    for (const tree of this.trees)
      impurityDecrease(tree, this.dimension).forEach((value, j) => (sum[j] = sum[j]! + value));
    const total = sum.reduce((all, value) => all + value, 0);
    return Array.from(sum, (value) => (total > 0 ? value / total : 1 / this.dimension));
  }

  toJSON(): SurrogateJson {
    const { mean, variance, actual } = this.leftOut;
    return {
      kind,
      version,
      dimension: this.dimension,
      trees: this.trees.map(treeToJson),
      leftOut: { mean, variance, actual },
    };
  }
}

/** Mean and variance of the trees' mixture at row i of X. */
function mixture(trees: readonly Tree[], X: Matrix, i: number): { mean: number; variance: number } {
  let sum = 0;
  let within = 0;
  const values = new Float64Array(trees.length);
  trees.forEach((tree, t) => {
    const leaf = leafOf(tree, X, i);
    values[t] = tree.value[leaf]!;
    sum += values[t];
    within += tree.variance[leaf]!;
  });
  const mean = sum / trees.length;
  let between = 0;
  for (const value of values) between += (value - mean) * (value - mean);
  return { mean, variance: (between + within) / trees.length };
}

/** For each row what the trees that did not draw it say; where every tree drew it, the mean and spread of all of y. */
function outOfBag(
  X: Matrix,
  y: Float64Array,
  grown: readonly { readonly tree: Tree; readonly rows: Int32Array }[],
): LeftOut {
  const drawn = grown.map(({ rows }) => {
    const mark = new Uint8Array(X.rows);
    for (const i of rows) mark[i] = 1;
    return mark;
  });
  const { centre, spread } = standardisation(y);
  const beliefs = Array.from(y, (_, i) => {
    const trees = grown.filter((_tree, t) => drawn[t]![i] === 0).map(({ tree }) => tree);
    return trees.length > 0 ? mixture(trees, X, i) : { mean: centre, variance: spread * spread };
  });
  return {
    mean: beliefs.map(({ mean }) => mean),
    variance: beliefs.map(({ variance }) => variance),
    actual: Array.from(y),
  };
}

function treeToJson({ feature, threshold, left, right, value, variance, count }: Tree): Json {
  return {
    feature: numbersToJson(feature),
    threshold: numbersToJson(threshold),
    left: numbersToJson(left),
    right: numbersToJson(right),
    value: numbersToJson(value),
    variance: numbersToJson(variance),
    count: numbersToJson(count),
  };
}

function treeFrom(name: string, json: Json): Tree {
  const fields = fieldsFrom(name, json);
  const numbers = (field: string) => numbersFrom(`${name}.${field}`, fields[field]);
  return {
    feature: Int32Array.from(numbers('feature')),
    threshold: numbers('threshold'),
    left: Int32Array.from(numbers('left')),
    right: Int32Array.from(numbers('right')),
    value: numbers('value'),
    variance: numbers('variance'),
    count: Int32Array.from(numbers('count')),
  };
}
