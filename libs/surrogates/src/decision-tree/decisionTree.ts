/** One regression tree (CART). Its spread is that within its leaves, scaled to the errors of trees that were grown without a part of the rows. */
import { requireCount } from '@ionloop/linalg';
import { averagedTreesFrom, type TreeFactory } from '../trees/averagedTrees.js';
import { fitAveraged, treeCapabilities } from '../trees/fitAveraged.js';
import { requireShape, type TreeShape } from '../trees/rules.js';

export interface DecisionTreeOptions extends TreeShape {
  /** Features that each split may choose from, drawn anew; all where it is left out. */
  readonly featuresPerSplit?: number;
  /** Rows are left out in this many parts; 5 where it is left out. */
  readonly folds?: number;
}

const kind = 'decision-tree';

/** Takes inputs of any scale, with gaps and categories. Of equally good splits one is taken at random. The least weight of a leaf is 2 where it is left out. */
export function decisionTree(options: DecisionTreeOptions = {}): TreeFactory {
  const { minSamplesLeaf = 2, featuresPerSplit, folds = 5 } = options;
  requireCount('options.folds', folds, 2);
  if (featuresPerSplit !== undefined) requireCount('options.featuresPerSplit', featuresPerSplit, 1);
  requireShape(options);
  const plan = {
    ...options,
    kind,
    trees: 1,
    minSamplesLeaf,
    featuresPerSplit: (d: number) => featuresPerSplit ?? d,
    bootstrap: false,
    randomThresholds: false,
    folds,
    jackknife: false,
  };
  return {
    kind,
    capabilities: treeCapabilities,
    fit: (data, rng) => fitAveraged(plan, data, rng),
    fromJSON: (json) => averagedTreesFrom(kind, json),
  };
}
