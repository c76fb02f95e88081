import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, type Matrix } from '@ionloop/linalg';
import {
  decisionTree,
  extraTrees,
  gradientBoosting,
  randomForest,
  type TreeFactory,
} from '../../src/index.js';
import { openWorkspace, withoutKernels } from '../../src/trees/workspace.js';

type Table = { X: Matrix; y: Float64Array; weights?: Float64Array; categorical?: number[] };

/** Inputs of many, few and two values, so that bins repeat and ties occur. */
function table(n: number): Table {
  const rng = Philox.fromSeed(n);
  const X = latinHypercube(5, n, rng.split('X'));
  for (let i = 0; i < n; i++) {
    X.data[5 * i + 2] = Math.round(8 * X.data[5 * i + 2]!) - 4;
    X.data[5 * i + 3] = X.data[5 * i + 3]! > 0.7 ? 1 : 0;
  }
  const y = Float64Array.from(
    { length: n },
    (_, i) => 4 * X.data[5 * i]! + X.data[5 * i + 2]! + rng.normal(),
  );
  return { X, y };
}

function withGaps({ X, y }: Table): Table {
  return {
    X: matrix(
      X.rows,
      X.cols,
      X.data.map((value, k) => (k % 5 === 0 && k % 35 === 0 ? NaN : value)),
    ),
    y,
  };
}

const plain = table(150);
const tables: Record<string, Table> = {
  gaps: withGaps(plain),
  weights: { ...plain, weights: Float64Array.from({ length: 150 }, (_, i) => (i % 7) / 3) },
};
const models: Record<string, TreeFactory> = {
  forest: randomForest({ trees: 20 }),
  'forest by histogram of leaves of 5': randomForest({ trees: 20, splits: 'histogram', minSamplesLeaf: 5 }),
  'shallow forest of all features': randomForest({ trees: 20, maxDepth: 4, featuresPerSplit: 5 }),
  'extra trees': extraTrees({ trees: 10 }),
  'boosting by gain': gradientBoosting({ rounds: 10, members: 3, minGain: 0.5 }),
  'monotone tree': decisionTree({ monotone: [1, 0, 0, 0, 0] }),
  boosting: gradientBoosting({ rounds: 10, members: 3, featuresPerSplit: 3 }),
  'boosting by histogram': gradientBoosting({
    rounds: 10,
    members: 3,
    splits: 'histogram',
    minSamplesLeaf: 3,
  }),
  'second order': gradientBoosting({
    rounds: 10,
    uncertainty: 'none',
    loss: 'huber',
    secondOrder: true,
    splits: 'histogram',
    minSamplesLeaf: 1,
  }),
};

describe('the kernels', () => {
  it('are in use where they can be', () => {
    const workspace = openWorkspace({});
    expect(workspace.kernels).toBeDefined();
    workspace.close();
    withoutKernels(() => expect(openWorkspace({}).kernels).toBeUndefined());
  });

  describe.each(Object.entries(models))('%s', (_name, factory) => {
    it.each(Object.entries(tables))('grow and predict as their twins do, to the bit: %s', (_table, data) => {
      const at = withGaps(table(130)).X;
      const all = () => {
        const model = factory.fit(data, Philox.fromSeed(2));
        const seen = model.predict(plain.X);
        const holed = model.predict(at);
        return JSON.stringify([model, [...seen.mean, ...seen.variance, ...holed.mean, ...holed.variance]]);
      };
      expect(all() === withoutKernels(all)).toBe(true);
    });
  });

  it('sort and code as their twins do, negative numbers and great spans of size included', () => {
    const rng = Philox.fromSeed(1);
    const X = matrix(
      500,
      2,
      Float64Array.from({ length: 1000 }, (_, k) => (rng.uniform() - 0.5) * 2 ** (k % 600) + 0),
    );
    const y = Float64Array.from({ length: 500 }, (_, i) => i % 11);
    const all = () => JSON.stringify(decisionTree({ splits: 'histogram' }).fit({ X, y }, Philox.fromSeed(1)));
    expect(all() === withoutKernels(all)).toBe(true);
  });
});
