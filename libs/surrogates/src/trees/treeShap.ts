/**
 * Exact Shapley values of trees, path-dependent (Lundberg and others 2020): where a feature is unknown, the rows of the node say how likely each branch is.
 * The walk keeps, for every number s of known features on the path, the weight of the subsets of that size.
 */
import { matrix, type Matrix } from '@ionloop/linalg';
import { codeCategories, goesLeft, treeCount, type Trees } from './trees.js';

/** What each input adds to a prediction: base + Σ of a row of `contributions` = the mean that is predicted there. */
export interface Contributions {
  /** The mean prediction over the training rows, as the trees weigh them. */
  readonly base: number;
  /** (m, d) */
  readonly contributions: Matrix;
}

export interface HasContributions {
  explain(X: Matrix): Contributions;
}

/** Features on the way to a node, one entry each: the share of rows that pass where it is unknown and known, and the subset weights. */
interface Path {
  readonly feature: readonly number[];
  readonly unknown: readonly number[];
  readonly known: readonly number[];
  readonly weight: readonly number[];
}

const emptyPath: Path = { feature: [-1], unknown: [1], known: [1], weight: [1] };

/** Of the sum of trees from … to − 1, times `factor`. */
export function treeContributions(
  trees: Trees,
  X: Matrix,
  factor: number,
  from = 0,
  to = treeCount(trees),
): Contributions {
  const coded = codeCategories(trees, X);
  const contributions = matrix(X.rows, X.cols);
  let base = 0;
  for (let t = from; t < to; t++) base += expectedValue(trees, t);
  for (let i = 0; i < X.rows; i++) {
    const row = contributions.data.subarray(i * X.cols, (i + 1) * X.cols);
    const x = coded.data.subarray(i * X.cols, (i + 1) * X.cols);
    for (let t = from; t < to; t++) descend(trees, trees.start[t]!, x, row, emptyPath);
    for (let j = 0; j < row.length; j++) row[j] = row[j]! * factor;
  }
  return { base: base * factor, contributions };
}

/** The leaves' values, weighted by their rows. */
function expectedValue({ start, feature, value, weight }: Trees, t: number): number {
  let sum = 0;
  for (let node = start[t]!; node < start[t + 1]!; node++)
    if (feature[node]! < 0) sum += value[node]! * weight[node]!;
  return sum / weight[start[t]!]!;
}

function descend(trees: Trees, node: number, x: Float64Array, into: Float64Array, path: Path): void {
  const j = trees.feature[node]!;
  if (j < 0) {
    for (let k = 1; k < path.feature.length; k++)
      into[path.feature[k]!]! +=
        sumWithout(path, k) * (path.known[k]! - path.unknown[k]!) * trees.value[node]!;
    return;
  }
  const left = trees.left[node]!;
  const hot = goesLeft(trees, node, x[j]!) ? left : left + 1;
  const cold = 2 * left + 1 - hot;
  const seen = path.feature.indexOf(j, 1);
  const before = seen < 0 ? path : without(path, seen);
  const unknown = seen < 0 ? 1 : path.unknown[seen]!;
  const known = seen < 0 ? 1 : path.known[seen]!;
  const share = (child: number) => trees.weight[child]! / trees.weight[node]!;
  descend(trees, hot, x, into, extended(before, j, unknown * share(hot), known));
  descend(trees, cold, x, into, extended(before, j, unknown * share(cold), 0));
}

function extended(path: Path, feature: number, unknown: number, known: number): Path {
  const length = path.weight.length;
  const weight = [...path.weight, 0];
  for (let s = length - 1; s >= 0; s--) {
    weight[s + 1]! += (known * weight[s]! * (s + 1)) / (length + 1);
    weight[s] = (unknown * weight[s]! * (length - s)) / (length + 1);
  }
  return {
    feature: [...path.feature, feature],
    unknown: [...path.unknown, unknown],
    known: [...path.known, known],
    weight,
  };
}

/** The subset weights as they would be had entry k never come; the inverse of `extended`. */
function weightsWithout({ unknown, known, weight }: Path, k: number): number[] {
  const last = weight.length - 1;
  const result = weight.slice(0, last);
  let next = weight[last]!;
  for (let s = last - 1; s >= 0; s--) {
    if (known[k] !== 0) {
      result[s] = (next * (last + 1)) / ((s + 1) * known[k]!);
      next = weight[s]! - (result[s]! * unknown[k]! * (last - s)) / (last + 1);
    } else result[s] = (weight[s]! * (last + 1)) / (unknown[k]! * (last - s));
  }
  return result;
}

function sumWithout(path: Path, k: number): number {
  return weightsWithout(path, k).reduce((sum, weight) => sum + weight, 0);
}

function without(path: Path, k: number): Path {
  const weight = weightsWithout(path, k);
  const rest = (values: readonly number[]) => values.filter((_, at) => at !== k);
  return { feature: rest(path.feature), unknown: rest(path.unknown), known: rest(path.known), weight };
}
