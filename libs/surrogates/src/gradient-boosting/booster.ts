/** One booster: a constant and the sum of trees, each grown on what those before it leave, shrunken by the learning rate. */
import { matrix, type Matrix } from '@ionloop/linalg';
import { treeContributions, type Contributions } from '../trees/treeShap.js';
import { codeColumns, type Columns } from '../trees/columns.js';
import { LeafwiseGrower } from '../trees/leafwiseGrower.js';
import { NodeGrower } from '../trees/nodeGrower.js';
import { addValues } from '../trees/predict.js';
import { binsFor, histogramBins } from '../trees/rules.js';
import { codeCategories, leafAt, treeCount, TreeWriter, type Trees } from '../trees/trees.js';
import type { Words } from '../trees/words.js';
import type { Loss } from './loss.js';

const { min, max, round } = Math;

export interface Booster {
  readonly base: number;
  /** Their leaves hold values that the learning rate has shrunken. */
  readonly trees: Trees;
}

export interface BoosterPlan {
  readonly rounds: number;
  readonly learningRate: number;
  /** A fresh one for each booster: losses keep what a round needs. */
  readonly loss: () => Loss;
  /** The share of rows that each tree sees, drawn without replacement. */
  readonly subsample: number;
  readonly featuresPerSplit: number | undefined;
  readonly splits: 'exact' | 'histogram';
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly minSamplesLeaf: number;
  readonly lambda: number;
  readonly minGain: number;
  /** The share of rows held back, and the rounds without gain on them after which growth stops. */
  readonly earlyStopping: { readonly share: number; readonly patience: number } | undefined;
}

/** The rows that boosters of one fit share. */
export interface BoosterData {
  readonly X: Matrix;
  readonly coded: Matrix;
  readonly columns: Columns;
  readonly y: Float64Array;
  readonly monotone: Int8Array | undefined;
}

export function boosterData(
  plan: BoosterPlan,
  X: Matrix,
  y: Float64Array,
  weights: Float64Array | undefined,
  categorical: readonly number[] | undefined,
  monotone: Int8Array | undefined,
): BoosterData {
  const columns = codeColumns(X, binsFor(plan.splits), categorical, weights);
  const coded = codeCategories(new TreeWriter(columns).finish(), X);
  return { X, coded, columns, y, monotone };
}

export interface Boosted extends Booster {
  /** The drop that each feature's splits brought (d). */
  readonly gains: Float64Array;
}

/** Fits the rows of weight above 0. */
export function boost(plan: BoosterPlan, data: BoosterData, weights: Float64Array, words: Words): Boosted {
  const { coded, columns, y } = data;
  const loss = plan.loss();
  const { fitted, heldBack } = holdBack(plan, weights, words);
  const base = loss.start(y, fitted);
  const F = new Float64Array(y.length).fill(base);
  const t = new Float64Array(y.length);
  const h = new Float64Array(y.length);
  const into = new TreeWriter(columns);
  const grower = growerFor(plan, data);
  const everyRow = Int32Array.from(y.keys());
  let best = { cost: Infinity, trees: 0 };
  for (let k = 0; k < plan.rounds; k++) {
    loss.targets(y, F, fitted, t, h);
    if (plan.subsample < 1) dropRows(h, plan.subsample, words);
    const seen = h.slice();
    grower.grow(t, seen, words, into);
    setLeaves(plan, loss, into, grower.leafOfRow, y, F, seen, fitted);
    const trees = into.current();
    for (const i of everyRow) {
      const leaf = seen[i]! > 0 ? grower.leafOfRow[i]! : leafAt(trees, k, coded.data, i * coded.cols);
      F[i] = F[i]! + into.valueOf(leaf);
    }
    if (heldBack === undefined || plan.earlyStopping === undefined) continue;
    const cost = costOf(loss, y, F, heldBack);
    if (cost < best.cost) best = { cost, trees: k + 1 };
    else if (k + 1 - best.trees >= plan.earlyStopping.patience) break;
  }
  grower.close();
  if (heldBack !== undefined) into.keepFirst(best.trees);
  return { base, trees: into.finish(), gains: grower.gains };
}

/** Rows for early stopping are taken out of those that are fitted. */
function holdBack({ earlyStopping }: BoosterPlan, weights: Float64Array, words: Words) {
  const kept = Int32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const count =
    earlyStopping === undefined ? 0 : min(kept.length - 1, round(earlyStopping.share * kept.length));
  if (count === 0) return { fitted: weights, heldBack: undefined };
  words.shuffleFirst(kept, count);
  const heldBack = new Float64Array(weights.length);
  const fitted = weights.slice();
  for (const i of kept.subarray(0, count)) {
    heldBack[i] = weights[i]!;
    fitted[i] = 0;
  }
  return { fitted, heldBack };
}

function growerFor(plan: BoosterPlan, { columns, monotone }: BoosterData) {
  const rules = {
    minLeafWeight: plan.minSamplesLeaf,
    lambda: plan.lambda,
    monotone,
    maxDepth: plan.maxDepth,
    minGain: plan.minGain,
  };
  const featuresPerSplit = min(columns.d, plan.featuresPerSplit ?? columns.d);
  const fewBins = columns.columns.every(({ bins }) => bins <= histogramBins);
  if (plan.splits === 'histogram' && featuresPerSplit === columns.d && fewBins)
    return new LeafwiseGrower(columns, { ...rules, maxLeaves: plan.maxLeaves });
  return new NodeGrower(columns, { ...rules, featuresPerSplit, randomThresholds: false });
}

/** Leaves the given share of rows their weight, at least one. */
function dropRows(h: Float64Array, share: number, words: Words): void {
  const kept = Int32Array.from(h.keys()).filter((i) => h[i]! > 0);
  const count = max(1, round(share * kept.length));
  words.shuffleFirst(kept, count);
  for (const i of kept.subarray(count)) h[i] = 0;
}

/** Line-searches where the loss has one, and shrinks. */
function setLeaves(
  plan: BoosterPlan,
  loss: Loss,
  into: TreeWriter,
  leafOfRow: Int32Array,
  y: Float64Array,
  F: Float64Array,
  seen: Float64Array,
  weights: Float64Array,
): void {
  const { from, to } = into.lastTree;
  const { leaf } = loss;
  if (leaf !== undefined) {
    const members = new Map<number, number[]>();
    for (let i = 0; i < y.length; i++) {
      if (seen[i]! === 0) continue;
      const here = members.get(leafOfRow[i]!);
      if (here === undefined) members.set(leafOfRow[i]!, [i]);
      else here.push(i);
    }
    for (const [node, rows] of members) {
      const residuals = Float64Array.from(rows, (i) => y[i]! - F[i]!);
      into.setValue(
        node,
        leaf(
          residuals,
          Float64Array.from(rows, (i) => weights[i]!),
        ),
      );
    }
  }
  for (let node = from; node < to; node++) into.setValue(node, plan.learningRate * into.valueOf(node));
}

function costOf(loss: Loss, y: Float64Array, F: Float64Array, weights: Float64Array): number {
  let cost = 0;
  for (let i = 0; i < y.length; i++) if (weights[i]! > 0) cost += weights[i]! * loss.cost(y[i]! - F[i]!);
  return cost;
}

/** (m): what the first `count` trees say. */
export function boosterMean({ base, trees }: Booster, X: Matrix, count = treeCount(trees)): Float64Array {
  const sums = new Float64Array(X.rows).fill(base);
  addValues(trees, X, sums, 0, count);
  return sums;
}

export function boosterContributions({ base, trees }: Booster, X: Matrix): Contributions {
  const { base: ofTrees, contributions } = treeContributions(trees, X, 1);
  return { base: base + ofTrees, contributions };
}

/** (K, m): the booster cut short after trees first, first + step, …, all. */
export function truncatedMeans({ base, trees }: Booster, X: Matrix, cuts: readonly number[]): Matrix {
  const result = matrix(cuts.length, X.rows);
  const sums = new Float64Array(X.rows).fill(base);
  cuts.forEach((cut, k) => {
    addValues(trees, X, sums, cuts[k - 1] ?? 0, cut);
    result.data.set(sums, k * X.rows);
  });
  return result;
}
