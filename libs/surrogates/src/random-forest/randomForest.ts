/**
 * Bagged regression trees. A row's left-out prediction comes from the trees that did not draw it; those calibrate the spread. A forest cannot tell noise from
 * what it has not learned: unless the jackknife is asked for, its variance holds both.
 */
import { InvalidArgumentError, requireCount } from '@ionloop/linalg';
import { averagedTreesFrom, type TreeFactory } from '../trees/averagedTrees.js';
import { fitAveraged, treeCapabilities } from '../trees/fitAveraged.js';
import { requireShape, type TreeShape } from '../trees/rules.js';
import { VersionOneForest } from './versionOne.js';

export interface RandomForestOptions extends TreeShape {
  /** 200 where it is left out. */
  readonly trees?: number;
  /** Of the d features, how many each split may choose from; d/3, at least 2, where it is left out. */
  readonly featuresPerSplit?: number;
  /** 'calibrated' where it is left out: the spread of trees and leaves, scaled to the left-out errors. 'jackknife': the error of
   * the forest's mean alone, by the infinitesimal jackknife; it asks for some trees per row, and for n·trees steps a prediction. */
  readonly variance?: 'calibrated' | 'jackknife';
}

const kind = 'random-forest';
const { max, ceil } = Math;

/** Takes inputs of any scale, with gaps and categories. The least weight of a leaf is 2 where it is left out. Rows' noise is not used. */
export function randomForest(options: RandomForestOptions = {}): TreeFactory {
  const { trees = 200, minSamplesLeaf = 2, featuresPerSplit, variance = 'calibrated' } = options;
  requireCount('options.trees', trees, 1);
  if (featuresPerSplit !== undefined) requireCount('options.featuresPerSplit', featuresPerSplit, 1);
  requireShape(options);
  if (!['calibrated', 'jackknife'].includes(variance))
    throw new InvalidArgumentError(
      'options.variance',
      `must be 'calibrated' or 'jackknife', not '${variance}'`,
    );
  const plan = {
    ...options,
    kind,
    trees,
    minSamplesLeaf,
    featuresPerSplit: (d: number) => featuresPerSplit ?? max(2, ceil(d / 3)),
    bootstrap: true,
    randomThresholds: false,
    folds: 0,
    jackknife: variance === 'jackknife',
  };
  return {
    kind,
    capabilities: treeCapabilities,
    fit: (data, rng) => fitAveraged(plan, data, rng),
    fromJSON: (json) =>
      json.kind === kind && json.version === 1 ? new VersionOneForest(json) : averagedTreesFrom(kind, json),
  };
}
