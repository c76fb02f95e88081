/** Extremely randomised trees (Geurts 2006): thresholds are drawn, not sought, and every tree sees all rows. Left-out predictions come from folds. */
import { requireCount } from '@ionloop/linalg';
import { averagedTreesFrom, type TreeFactory } from '../trees/averagedTrees.js';
import { fitAveraged, treeCapabilities } from '../trees/fitAveraged.js';
import { requireShape, type TreeShape } from '../trees/rules.js';

export interface ExtraTreesOptions extends TreeShape {
  /** 50 where it is left out. */
  readonly trees?: number;
  /** Of the d features, how many each split may choose from; half where d > 8, else all, where it is left out. */
  readonly featuresPerSplit?: number;
  /** Rows are left out in this many parts; 5 where it is left out. */
  readonly folds?: number;
}

const kind = 'extra-trees';

/** Takes inputs of any scale, with gaps and categories. The least weight of a leaf is 1 where it is left out. Rows' noise is not used. */
export function extraTrees(options: ExtraTreesOptions = {}): TreeFactory {
  const { trees = 50, minSamplesLeaf = 1, featuresPerSplit, folds = 5 } = options;
  requireCount('options.trees', trees, 1);
  requireCount('options.folds', folds, 2);
  if (featuresPerSplit !== undefined) requireCount('options.featuresPerSplit', featuresPerSplit, 1);
  requireShape(options);
  const plan = {
    ...options,
    kind,
    trees,
    minSamplesLeaf,
    featuresPerSplit: (d: number) => featuresPerSplit ?? (d > 8 ? Math.ceil(d / 2) : d),
    bootstrap: false,
    randomThresholds: true,
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
