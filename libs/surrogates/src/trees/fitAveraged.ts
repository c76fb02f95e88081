/** Fits trees that are averaged: each on a bootstrap of the rows, or all on all rows and once more on folds for the left-out predictions. */
import type { Philox } from '@ionloop/linalg';
import type { Capabilities, TrainingData } from '../contract.js';
import { ownData, plainCapabilities } from '../data.js';
import { AveragedTrees } from './averagedTrees.js';
import { codeColumns } from './columns.js';
import { UnseenMoments } from './leftOut.js';
import { NodeGrower } from './nodeGrower.js';
import { leavesOfRows } from './rowsInLeaves.js';
import { binsFor, monotoneSigns, type TreeShape } from './rules.js';
import { treeCount, TreeWriter, type Trees } from './trees.js';
import { Words } from './words.js';

const { min } = Math;

export const treeCapabilities: Capabilities = {
  ...plainCapabilities,
  missing: true,
  categorical: true,
  weights: true,
};

export interface AveragedPlan extends TreeShape {
  readonly kind: string;
  readonly trees: number;
  /** Each tree draws as many rows as there are, with replacement; else it sees all. */
  readonly bootstrap: boolean;
  readonly randomThresholds: boolean;
  /** Of d features. */
  readonly featuresPerSplit: (d: number) => number;
  /** For the left-out predictions where there is no bootstrap. */
  readonly folds: number;
  readonly jackknife: boolean;
}

export function fitAveraged(plan: AveragedPlan, given: TrainingData, rng: Philox): AveragedTrees {
  const data = ownData(given, treeCapabilities);
  const weights = data.weights ?? new Float64Array(data.y.length).fill(1);
  return plan.bootstrap ? fitBagged(plan, data, weights, rng) : fitWhole(plan, data, weights, rng);
}

/** Grows trees one after another on rows of the same inputs. */
function nursery(plan: AveragedPlan, { X, y, weights, categorical = [] }: TrainingData) {
  const columns = codeColumns(X, binsFor(plan.splits), categorical, weights);
  const grower = new NodeGrower(columns, {
    minLeafWeight: plan.minSamplesLeaf ?? 1,
    lambda: 0,
    monotone: monotoneSigns(plan.monotone, X.cols, categorical),
    maxDepth: plan.maxDepth ?? Infinity,
    minGain: 0,
    featuresPerSplit: min(X.cols, plan.featuresPerSplit(X.cols)),
    randomThresholds: plan.randomThresholds,
  });
  return {
    writer: () => new TreeWriter(columns, plan.trees),
    grow: (weights: Float64Array, words: Words, into: TreeWriter) => grower.grow(y, weights, words, into),
    importances: () => shares(grower.gains),
    close: grower.close,
  };
}

/** A stream for each tree: growing them in parallel draws the same. */
const wordsOf = (rng: Philox, t: number) => Words.from(rng.split(`tree ${t}`));

function fitBagged(
  plan: AveragedPlan,
  data: TrainingData,
  weights: Float64Array,
  rng: Philox,
): AveragedTrees {
  const n = data.y.length;
  const { writer, grow, importances, close } = nursery(plan, data);
  const into = writer();
  const kept = Int32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const drawn = new Int32Array(plan.trees * n);
  const times = new Float64Array(n);
  for (let t = 0; t < plan.trees; t++) {
    const words = wordsOf(rng, t);
    const mine = drawn.subarray(t * n, (t + 1) * n);
    for (let k = 0; k < kept.length; k++) mine[kept[words.below(kept.length)]!]! += 1;
    for (let i = 0; i < n; i++) times[i] = weights[i]! * mine[i]!;
    grow(times, words, into);
  }
  close();
  const trees = into.finish();
  const leafOfRow = leavesOfRows(trees, data.X);
  const unseen = new UnseenMoments(data.y);
  collect(trees, leafOfRow, unseen, (tree, i) => drawn[tree * n + i] === 0);
  return new AveragedTrees({
    kind: plan.kind,
    dimension: data.X.cols,
    trees,
    importances: importances(),
    ...unseen.finish(weights),
    weights,
    leafOfRow,
    ...(plan.jackknife && { drawn }),
  });
}

function fitWhole(plan: AveragedPlan, data: TrainingData, weights: Float64Array, rng: Philox): AveragedTrees {
  const { writer, grow, importances, close } = nursery(plan, data);
  const into = writer();
  for (let t = 0; t < plan.trees; t++) grow(weights, wordsOf(rng, t), into);
  const trees = into.finish();
  const shareOfGain = importances();
  const unseen = new UnseenMoments(data.y);
  foldsOf(weights, plan.folds, rng.split('folds')).forEach((inFold, fold, folds) => {
    if (folds.length < 2) return;
    const others = weights.map((weight, i) => (inFold[i] === 1 ? 0 : weight));
    const without = writer();
    for (let t = 0; t < plan.trees; t++) grow(others, wordsOf(rng.split(`fold ${fold}`), t), without);
    const grown = without.finish();
    collect(grown, leavesOfRows(grown, data.X), unseen, (_tree, i) => inFold[i] === 1);
  });
  close();
  return new AveragedTrees({
    kind: plan.kind,
    dimension: data.X.cols,
    trees,
    importances: shareOfGain,
    ...unseen.finish(weights),
    weights,
    leafOfRow: leavesOfRows(trees, data.X),
  });
}

function collect(
  trees: Trees,
  leafOfRow: Int32Array,
  unseen: UnseenMoments,
  isUnseen: (tree: number, i: number) => boolean,
): void {
  const n = leafOfRow.length / treeCount(trees);
  for (let tree = 0; tree < treeCount(trees); tree++)
    for (let i = 0; i < n; i++) {
      if (!isUnseen(tree, i)) continue;
      const leaf = trees.start[tree]! + leafOfRow[tree * n + i]!;
      unseen.add(i, trees.value[leaf]!, trees.variance[leaf]!);
    }
}

/** Marks the rows of each fold; every row of weight above 0 is in one, those of weight 0 are in the first. */
export function foldsOf(weights: Float64Array, folds: number, rng: Philox): Uint8Array[] {
  const kept = Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const marks = Array.from({ length: min(folds, kept.length) }, () => new Uint8Array(weights.length));
  rng.permutation(kept.length).forEach((at, place) => (marks[place % marks.length]![kept[at]!] = 1));
  weights.forEach((weight, i) => {
    if (weight === 0) marks[0]![i] = 1;
  });
  return marks;
}

/** Divided by their sum; equal where it is 0. */
export function shares(values: Float64Array): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return Array.from(values, (value) => (total > 0 ? value / total : 1 / values.length));
}
