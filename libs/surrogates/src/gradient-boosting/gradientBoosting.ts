/**
 * Gradient boosting (Friedman 2001), with second-order steps and an L2 penalty where they are asked for (Chen and Guestrin 2016). The mean is one booster's on
 * all rows; its spread comes from an ensemble, and left-out errors calibrate it.
 */
import { InvalidArgumentError, matrix, requireCount, type Philox } from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { ownData, standardisation } from '../data.js';
import type { TreeFactory } from '../trees/averagedTrees.js';
import { calibrate } from '../trees/calibration.js';
import { foldsOf, shares, treeCapabilities } from '../trees/fitAveraged.js';
import { monotoneSigns, requireShape, type TreeShape } from '../trees/rules.js';
import { treeCount } from '../trees/trees.js';
import { Words } from '../trees/words.js';
import { boostedTreesFrom, BoostedTrees, kind } from './boostedTrees.js';
import {
  boost,
  boosterData,
  boosterMean,
  type Boosted,
  type BoosterData,
  type BoosterPlan,
} from './booster.js';
import { huber, quantile, squared, type Loss } from './loss.js';
import { floorShares, spreadAt, varianceOver, type Spread } from './spread.js';

export interface GradientBoostingOptions extends TreeShape {
  /** Trees of each booster; 100 where it is left out. */
  readonly rounds?: number;
  /** 0.1 where it is left out. */
  readonly learningRate?: number;
  /** 'squared' where it is left out. With 'quantile' what is predicted is that quantile. */
  readonly loss?: 'squared' | 'huber' | 'quantile';
  /** Of the quantile loss; 0.5 where it is left out. */
  readonly level?: number;
  /** Of the Huber loss: the share of residuals that count squared; 0.9 where it is left out. */
  readonly huberShare?: number;
  /** Leaves take a Newton step. With the Huber loss, that of its smooth form; nothing new with the squared loss, and not for the quantile loss. */
  readonly secondOrder?: boolean;
  /** λ, the L2 penalty on leaves; 0 where it is left out, or 1 with `secondOrder`. */
  readonly lambda?: number;
  /** What a split must lower the penalised sum of squares by; 0 where it is left out. */
  readonly minGain?: number;
  /** The share of rows that each tree draws, without replacement; 1 where it is left out. */
  readonly subsample?: number;
  /** Features that each split may choose from, drawn anew; all where it is left out. */
  readonly featuresPerSplit?: number;
  /** Histogram trees grow the most rewarding leaf first, up to this many; 31 where it is left out. */
  readonly maxLeaves?: number;
  /** Holds back a share of the rows and stops after so many rounds without gain on them. */
  readonly earlyStopping?: { readonly share: number; readonly patience: number };
  /** Where the spread comes from; 'bagged' where it is left out, 'none' for one width everywhere. */
  readonly uncertainty?: 'bagged' | 'virtual' | 'quantile' | 'none';
  /** Boosters of a bagged ensemble, or cuts of a virtual one; 10 where it is left out. */
  readonly members?: number;
  /** Levels of the quantile boosters, ascending; 0.1, 0.5 and 0.9 where they are left out. */
  readonly levels?: readonly number[];
  /** Rows are left out in this many parts, but for the bagged ensemble, whose bootstraps leave rows out; 5 where it is left out.
   * With 0 no row is left out: the mean and spread of all of y stand for what is not known of the error. */
  readonly folds?: number;
}

interface Plan extends BoosterPlan {
  readonly monotone: readonly number[] | undefined;
  readonly uncertainty: 'bagged' | 'virtual' | 'quantile' | 'none';
  readonly members: number;
  readonly levels: readonly number[];
  readonly folds: number;
}

/**
 * Takes inputs of any scale, with gaps and categories. Exact trees are at most 3 deep with leaves of at least 1 where nothing else is said; histogram trees of any
 * depth, with leaves of at least 20.
 */
export function gradientBoosting(options: GradientBoostingOptions = {}): TreeFactory {
  const plan = planOf(options);
  return {
    kind,
    capabilities: treeCapabilities,
    fit: (data, rng) => fitBoosting(plan, data, rng),
    fromJSON: boostedTreesFrom,
  };
}

function planOf(options: GradientBoostingOptions): Plan {
  const {
    rounds = 100,
    learningRate = 0.1,
    loss = 'squared',
    level = 0.5,
    huberShare = 0.9,
    secondOrder = false,
    splits = 'exact',
    subsample = 1,
    minGain = 0,
    maxLeaves = 31,
    featuresPerSplit,
    earlyStopping,
    uncertainty = 'bagged',
    members = 10,
    levels = [0.1, 0.5, 0.9],
    folds = 5,
    monotone,
  } = options;
  const lambda = options.lambda ?? (secondOrder ? 1 : 0);
  requireShape(options);
  requireCount('options.rounds', rounds, 1);
  requireCount('options.maxLeaves', maxLeaves, 2);
  requireCount('options.members', members, 2);
  requireCount('options.folds', folds);
  if (featuresPerSplit !== undefined) requireCount('options.featuresPerSplit', featuresPerSplit, 1);
  requireWithin('options.learningRate', learningRate, 0, 1);
  requireWithin('options.subsample', subsample, 0, 1);
  requireWithin('options.level', level, 0, 0.999);
  requireWithin('options.huberShare', huberShare, 0, 1);
  for (const one of levels) requireWithin('options.levels', one, 0, 0.999);
  if (levels.length < 2 || levels.some((one, k) => k > 0 && one <= levels[k - 1]!))
    throw new InvalidArgumentError('options.levels', 'must be at least two, ascending');
  if (!(lambda >= 0 && lambda < Infinity))
    throw new InvalidArgumentError('options.lambda', `must be at least 0, not ${lambda}`);
  if (!(minGain >= 0))
    throw new InvalidArgumentError('options.minGain', `must be at least 0, not ${minGain}`);
  if (earlyStopping !== undefined) {
    requireWithin('options.earlyStopping.share', earlyStopping.share, 0, 0.9);
    requireCount('options.earlyStopping.patience', earlyStopping.patience, 1);
  }
  if (folds === 1) throw new InvalidArgumentError('options.folds', 'must be 0 or at least 2, not 1');
  if (secondOrder && loss === 'quantile')
    throw new InvalidArgumentError(
      'options.secondOrder',
      'must be false for the quantile loss, which has no curvature',
    );
  if (monotone !== undefined && loss !== 'squared' && !secondOrder)
    throw new InvalidArgumentError(
      'options.monotone',
      `must be left out with the ${loss} loss, whose line search ignores it`,
    );
  return {
    rounds,
    learningRate,
    loss: () => lossOf(loss, level, huberShare, secondOrder),
    subsample,
    featuresPerSplit,
    splits,
    maxDepth: options.maxDepth ?? (splits === 'exact' ? 3 : Infinity),
    maxLeaves,
    minSamplesLeaf: options.minSamplesLeaf ?? (splits === 'exact' ? 1 : 20),
    lambda,
    minGain,
    earlyStopping,
    monotone,
    uncertainty,
    members,
    levels,
    folds,
  };
}

function requireWithin(name: string, value: number, above: number, most: number): void {
  if (!(value > above && value <= most))
    throw new InvalidArgumentError(name, `must be above ${above} and at most ${most}, not ${value}`);
}

function lossOf(
  name: 'squared' | 'huber' | 'quantile',
  level: number,
  share: number,
  secondOrder: boolean,
): Loss {
  switch (name) {
    case 'squared':
      return squared;
    case 'huber':
      return huber(share, secondOrder);
    case 'quantile':
      return quantile(level);
  }
}

function fitBoosting(plan: Plan, given: TrainingData, rng: Philox): BoostedTrees {
  const { X, y, weights: own, categorical } = ownData(given, treeCapabilities);
  const weights = own ?? new Float64Array(y.length).fill(1);
  const data = boosterData(plan, X, y, own, categorical, monotoneSigns(plan.monotone, X.cols, categorical));
  const main = boost(plan, data, weights, Words.from(rng.split('main')));
  const { spread, errors } =
    plan.uncertainty === 'bagged'
      ? bag(plan, data, weights, rng)
      : {
          spread: spreadBeside(plan, data, weights, main, rng),
          errors: crossValidate(plan, data, weights, rng),
        };
  const floorShare = floorShares[plan.uncertainty];
  const judged = Array.from(y.keys()).filter((i) => errors.known[i] === 1 && weights[i]! > 0);
  const { centre, spread: size } = standardisation(y);
  const calibration =
    judged.length > 0
      ? calibrate(
          Float64Array.from(judged, (i) => y[i]! - errors.mean[i]!),
          Float64Array.from(judged, (i) => errors.spread[i]!),
          floorShare,
        )
      : { scale: 1, floor: size * size };
  const { scale, floor } = calibration;
  return new BoostedTrees({
    dimension: X.cols,
    main: { base: main.base, trees: main.trees },
    spread,
    calibration,
    importances: shares(main.gains),
    leftOut: {
      mean: Array.from(y, (_, i) => (errors.known[i] === 1 ? errors.mean[i]! : centre)),
      variance: Array.from(y, (_, i) =>
        errors.known[i] === 1 ? scale * (errors.spread[i]! + floor) : size * size,
      ),
      actual: Array.from(y),
    },
  });
}

/** Of each row what boosters say that have not seen it (n); `known` is 0 where there are none. */
interface Unseen {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  readonly known: Uint8Array;
}

function unseenOf(n: number): Unseen {
  return { mean: new Float64Array(n), spread: new Float64Array(n), known: new Uint8Array(n) };
}

/** Boosters on bootstraps; a row is left out by those that did not draw it. */
function bag(
  plan: Plan,
  data: BoosterData,
  weights: Float64Array,
  rng: Philox,
): { spread: Spread; errors: Unseen } {
  const n = data.y.length;
  const kept = Int32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const drawn: Float64Array[] = [];
  const members: Boosted[] = [];
  for (let k = 0; k < plan.members; k++) {
    const words = Words.from(rng.split(`member ${k}`));
    const times = new Float64Array(n);
    for (let i = 0; i < kept.length; i++) times[kept[words.below(kept.length)]!]! += 1;
    drawn.push(times);
    members.push(
      boost(
        plan,
        data,
        weights.map((weight, i) => weight * times[i]!),
        words,
      ),
    );
  }
  const said = members.map((member) => boosterMean(member, data.X));
  const errors = unseenOf(n);
  for (let i = 0; i < n; i++) {
    const values = said.filter((_, k) => drawn[k]![i] === 0).map((mean) => mean[i]!);
    if (values.length === 0) continue;
    errors.known[i] = 1;
    errors.mean[i] = values.reduce((sum, value) => sum + value, 0) / values.length;
    errors.spread[i] = varianceOver(matrix(values.length, 1, Float64Array.from(values)))[0]!;
  }
  return { spread: { kind: 'bagged', members: members.map(({ base, trees }) => ({ base, trees })) }, errors };
}

/** The spread that stands beside a booster on the same rows. */
function spreadBeside(
  plan: Plan,
  data: BoosterData,
  weights: Float64Array,
  main: Boosted,
  rng: Philox,
): Spread {
  switch (plan.uncertainty) {
    case 'none':
    case 'bagged':
      return { kind: 'none' };
    case 'virtual': {
      const count = treeCount(main.trees);
      const cut = (k: number) => Math.ceil((count * (plan.members + k + 1)) / (2 * plan.members));
      return { kind: 'virtual', cuts: Array.from({ length: plan.members }, (_, k) => cut(k)) };
    }
    case 'quantile': {
      const boosters = plan.levels.map((level) => {
        const { base, trees } = boost(
          // Neither penalty nor Newton step go with the quantile loss; nor do monotone bounds with its line search.
          { ...plan, loss: () => quantile(level), lambda: 0, minGain: 0 },
          { ...data, monotone: undefined },
          weights,
          Words.from(rng.split(`level ${level}`)),
        );
        return { base, trees };
      });
      return { kind: 'quantile', levels: plan.levels, boosters };
    }
  }
}

function crossValidate(plan: Plan, data: BoosterData, weights: Float64Array, rng: Philox): Unseen {
  const errors = unseenOf(data.y.length);
  const folds = plan.folds === 0 ? [] : foldsOf(weights, plan.folds, rng.split('folds'));
  if (folds.length < 2) return errors;
  folds.forEach((inFold, fold) => {
    const stream = rng.split(`fold ${fold}`);
    const others = weights.map((weight, i) => (inFold[i] === 1 ? 0 : weight));
    const main = boost(plan, data, others, Words.from(stream.split('main')));
    const mean = boosterMean(main, data.X);
    const spread = spreadAt(spreadBeside(plan, data, others, main, stream), main, data.X);
    inFold.forEach((mark, i) => {
      if (mark === 0) return;
      errors.known[i] = 1;
      errors.mean[i] = mean[i]!;
      errors.spread[i] = spread[i]!;
    });
  });
  return errors;
}
