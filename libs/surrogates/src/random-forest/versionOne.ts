/** Forests as version 1 wrote them, kept so that recorded campaigns read back and predict the same to the bit. */
import { InvalidArgumentError, matrix, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type { Diagnostics, Json, LeftOut, Prediction, Surrogate, SurrogateJson } from '../contract.js';
import { requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, numbersFrom } from '../json.js';
import { metricsOf } from '../metrics.js';

const { max, sqrt } = Math;

/** A node of feature −1 is a leaf; others send x left where x[feature] ≤ threshold. */
interface Tree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  readonly variance: Float64Array;
  readonly count: Int32Array;
}

export class VersionOneForest implements Surrogate {
  readonly kind = 'random-forest';
  readonly sampleIsJoint = true;
  readonly dimension: number;
  private readonly trees: readonly Tree[];
  private readonly leftOut: LeftOut;

  constructor(private readonly json: SurrogateJson) {
    this.dimension = numberFrom('json.dimension', json['dimension']);
    if (!Array.isArray(json['trees']) || json['trees'].length === 0)
      throw new InvalidArgumentError('json.trees', 'must be a list of at least one tree');
    this.trees = (json['trees'] as readonly Json[]).map((tree, t) => treeFrom(`json.trees[${t}]`, tree));
    const leftOut = fieldsFrom('json.leftOut', json['leftOut']);
    const list = (field: string) => Array.from(numbersFrom(`json.leftOut.${field}`, leftOut[field]));
    this.leftOut = { mean: list('mean'), variance: list('variance'), actual: list('actual') };
  }

  /** Mean of the trees; variance between them plus the mean of those within leaves. */
  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    const count = this.trees.length;
    for (let i = 0; i < X.rows; i++) {
      const leaves = this.trees.map((tree) => ({ tree, leaf: leafOf(tree, X, i) }));
      mean[i] = leaves.reduce((sum, { tree, leaf }) => sum + tree.value[leaf]!, 0) / count;
      const within = leaves.reduce((sum, { tree, leaf }) => sum + tree.variance[leaf]!, 0);
      const between = leaves.reduce((sum, { tree, leaf }) => {
        const off = tree.value[leaf]! - mean[i]!;
        return sum + off * off;
      }, 0);
      variance[i] = (between + within) / count;
    }
    return { mean, variance };
  }

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
    const { kind, leftOut } = this;
    const importances = this.importances();
    return { kind, n: leftOut.actual.length, importances, leftOut, metrics: metricsOf(leftOut) };
  }

  private importances(): number[] {
    const sum = new Float64Array(this.dimension);
    for (const tree of this.trees) {
      // Each tree's own sum first, as version 1 did: the order decides the last bit.
      impurityDecrease(tree, this.dimension).forEach((value, j) => (sum[j] = sum[j]! + value));
    }
    const total = sum.reduce((all, value) => all + value, 0);
    return Array.from(sum, (value) => (total > 0 ? value / total : 1 / this.dimension));
  }

  toJSON(): SurrogateJson {
    return this.json;
  }
}

function leafOf({ feature, threshold, left, right }: Tree, X: Matrix, i: number): number {
  const at = i * X.cols;
  let node = 0;
  for (let j = feature[0]!; j >= 0; j = feature[node]!)
    node = X.data[at + j]! <= threshold[node]! ? left[node]! : right[node]!;
  return node;
}

function impurityDecrease(tree: Tree, d: number): Float64Array {
  const result = new Float64Array(d);
  const squares = (node: number) => tree.count[node]! * tree.variance[node]!;
  tree.feature.forEach((j, node) => {
    if (j >= 0)
      result[j] = result[j]! + max(0, squares(node) - squares(tree.left[node]!) - squares(tree.right[node]!));
  });
  return result;
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
