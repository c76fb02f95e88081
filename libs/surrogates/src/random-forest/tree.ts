/**
 * A regression tree (CART): each split is the one of all features and thresholds that lowers the sum of squares most; thresholds lie half-way
 * between neighbouring values. Node k: `feature[k]` ≥ 0 and `threshold[k]` send x left where x[feature] ≤ threshold; a leaf has feature −1.
 */
import { InvalidArgumentError, requireCount, type Matrix, type Philox } from '@ionloop/linalg';

const { max } = Math;

export interface Tree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Mean response of the rows in the node. */
  readonly value: Float64Array;
  /** Variance of the response of the rows in the node. */
  readonly variance: Float64Array;
  /** Rows in the node, repeats counted. */
  readonly count: Int32Array;
}

export interface TreeOptions {
  /** Unlimited where it is left out. */
  readonly maxDepth?: number;
  /** 1 where it is left out. */
  readonly minSamplesLeaf?: number;
  /** Features that each split may choose from, drawn anew; all where it is left out. */
  readonly featuresPerSplit?: number;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
}

/** A tree grown on the rows of X (n,d) and y (n) that `rows` names, repeats allowed. `rng` draws the order
 * in which each split looks at the features: which of them where it may not choose from all, and which of equally good splits is taken. */
export function growTree(
  X: Matrix,
  y: Float64Array,
  rows: ArrayLike<number>,
  options: TreeOptions,
  rng: Philox,
): Tree {
  const { maxDepth = Infinity, minSamplesLeaf = 1, featuresPerSplit = X.cols } = options;
  requireCount('minSamplesLeaf', minSamplesLeaf, 1);
  requireCount('featuresPerSplit', featuresPerSplit, 1);
  if (rows.length === 0) throw new InvalidArgumentError('rows', 'must name at least one row');

  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const variance: number[] = [];
  const count: number[] = [];

  const addNode = (members: Int32Array): number => {
    let sum = 0;
    for (const i of members) sum += y[i]!;
    const mean = sum / members.length;
    let squares = 0;
    for (const i of members) squares += (y[i]! - mean) * (y[i]! - mean);
    feature.push(-1);
    threshold.push(0);
    left.push(-1);
    right.push(-1);
    value.push(mean);
    variance.push(squares / members.length);
    return count.push(members.length) - 1;
  };

  const open = [{ node: addNode(Int32Array.from(rows)), members: Int32Array.from(rows), depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, members, depth } = next;
    if (depth >= maxDepth || members.length < 2 * minSamplesLeaf || variance[node] === 0) continue;
    const split = bestSplit(
      X,
      y,
      members,
      value[node]!,
      minSamplesLeaf,
      rng.permutation(X.cols),
      featuresPerSplit,
    );
    if (split === undefined) continue;
    const goesLeft = (i: number) => X.data[i * X.cols + split.feature]! <= split.threshold;
    const leftMembers = members.filter(goesLeft);
    const rightMembers = members.filter((i) => !goesLeft(i));
    feature[node] = split.feature;
    threshold[node] = split.threshold;
    left[node] = addNode(leftMembers);
    right[node] = addNode(rightMembers);
    open.push({ node: right[node], members: rightMembers, depth: depth + 1 });
    open.push({ node: left[node], members: leftMembers, depth: depth + 1 });
  }
  return {
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(value),
    variance: Float64Array.from(variance),
    count: Int32Array.from(count),
  };
}

/**
 * The split with the largest Σ_L²/n_L + Σ_R²/n_R, Σ being sums of y − its mean: the largest drop of the sum of squares. Features that
 * do not vary in the node do not count among those wanted. Undefined where nothing can be split.
 */
function bestSplit(
  X: Matrix,
  y: Float64Array,
  members: Int32Array,
  centre: number,
  minSamplesLeaf: number,
  features: readonly number[],
  wanted: number,
): Split | undefined {
  const n = members.length;
  const d = X.cols;
  const x = X.data;
  let best: Split | undefined;
  let bestGain = -1;
  let tried = 0;
  const order = new Int32Array(n);
  for (const j of features) {
    if (tried >= wanted) break;
    order.set(members);
    order.sort((a, b) => x[a * d + j]! - x[b * d + j]! || a - b);
    if (x[order[0]! * d + j] === x[order[n - 1]! * d + j]) continue;
    tried += 1;
    let total = 0;
    for (let k = 0; k < n; k++) total += y[order[k]!]! - centre;
    let sum = 0;
    for (let k = 0; k + 1 < n; k++) {
      sum += y[order[k]!]! - centre;
      const here = x[order[k]! * d + j]!;
      const there = x[order[k + 1]! * d + j]!;
      const inLeft = k + 1;
      if (here === there || inLeft < minSamplesLeaf || n - inLeft < minSamplesLeaf) continue;
      const gain = (sum * sum) / inLeft + ((total - sum) * (total - sum)) / (n - inLeft);
      if (gain > bestGain) {
        bestGain = gain;
        const middle = here / 2 + there / 2;
        best = { feature: j, threshold: middle < there ? middle : here };
      }
    }
  }
  return best;
}

/** The leaf that row i of X falls into. */
export function leafOf(tree: Tree, X: Matrix, i: number): number {
  const { feature, threshold, left, right } = tree;
  const at = i * X.cols;
  let node = 0;
  for (let j = feature[0]!; j >= 0; j = feature[node]!)
    node = X.data[at + j]! <= threshold[node]! ? left[node]! : right[node]!;
  return node;
}

/** How much of the sum of squares each feature's splits took away (d). */
export function impurityDecrease(tree: Tree, d: number): Float64Array {
  const result = new Float64Array(d);
  const squares = (node: number) => tree.count[node]! * tree.variance[node]!;
  tree.feature.forEach((j, node) => {
    if (j >= 0)
      result[j] = result[j]! + max(0, squares(node) - squares(tree.left[node]!) - squares(tree.right[node]!));
  });
  return result;
}

/** n rows drawn with replacement. */
export function bootstrapRows(n: number, rng: Philox): Int32Array {
  return Int32Array.from({ length: n }, () => rng.integer(n));
}
