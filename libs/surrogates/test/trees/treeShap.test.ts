import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, type Matrix } from '@ionloop/linalg';
import { decisionTree, extraTrees, randomForest } from '../../src/index.js';
import { codeColumns } from '../../src/trees/columns.js';
import { NodeGrower } from '../../src/trees/nodeGrower.js';
import { treeContributions } from '../../src/trees/treeShap.js';
import { codeCategories, goesLeft, TreeWriter, type Trees } from '../../src/trees/trees.js';
import { Words } from '../../src/trees/words.js';

/** Numbers, a column of three categories, and gaps. */
function example(n: number): { X: Matrix; y: Float64Array; categorical: number[] } {
  const rng = Philox.fromSeed('shap');
  const X = latinHypercube(4, n, rng.split('X'));
  for (let i = 0; i < n; i++) X.data[4 * i + 1] = i % 3;
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c] = X.data.slice(4 * i, 4 * i + 3);
    return 3 * a! * c! + [0, 2, -1][b!]! + rng.normal();
  });
  for (let i = 0; i < n; i += 5) X.data[4 * i + 2] = NaN;
  return { X, y, categorical: [1] };
}

function oneTree(maxDepth: number): { trees: Trees; X: Matrix } {
  const { X, y, categorical } = example(40);
  const columns = codeColumns(X, 65534, categorical);
  const rules = { minLeafWeight: 1, lambda: 0, monotone: undefined, minGain: 0, randomThresholds: false };
  const into = new TreeWriter(columns);
  new NodeGrower(columns, { ...rules, maxDepth, featuresPerSplit: 2 }).grow(
    y,
    new Float64Array(40).fill(1),
    Words.from(Philox.fromSeed(1)),
    into,
  );
  return { trees: into.finish(), X };
}

/** What a tree says where only the features of `known` are. */
function expectation(trees: Trees, x: Float64Array, known: ReadonlySet<number>, node = 0): number {
  const j = trees.feature[node]!;
  if (j < 0) return trees.value[node]!;
  const left = trees.left[node]!;
  if (known.has(j)) return expectation(trees, x, known, goesLeft(trees, node, x[j]!) ? left : left + 1);
  const part = (child: number) => trees.weight[child]! * expectation(trees, x, known, child);
  return (part(left) + part(left + 1)) / trees.weight[node]!;
}

/** Shapley's definition: the mean gain of knowing j over all orders in which features become known. */
function shapleyByOrders(trees: Trees, x: Float64Array): number[] {
  const result = [0, 0, 0, 0];
  const orders = permutations([0, 1, 2, 3]);
  for (const order of orders) {
    const known = new Set<number>();
    let before = expectation(trees, x, known);
    for (const j of order) {
      known.add(j);
      const after = expectation(trees, x, known);
      result[j]! += (after - before) / orders.length;
      before = after;
    }
  }
  return result;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((one) => one !== item)).map((rest) => [item, ...rest]),
  );
}

describe('what each input adds to a prediction', () => {
  it('is the Shapley value by its definition, with gaps, categories and features met twice on the way', () => {
    for (const depth of [1, 3, 8]) {
      const { trees, X } = oneTree(depth);
      const { contributions } = treeContributions(trees, X, 1);
      const coded = codeCategories(trees, X);
      for (let i = 0; i < X.rows; i += 3) {
        const expected = shapleyByOrders(trees, coded.data.slice(4 * i, 4 * i + 4));
        expected.forEach((value, j) =>
          expect(Math.abs(contributions.data[4 * i + j]! - value)).toBeLessThan(1e-12),
        );
      }
    }
  });

  it('sums to the prediction', () => {
    const { X, y, categorical } = example(60);
    for (const factory of [randomForest({ trees: 30 }), extraTrees({ trees: 10 }), decisionTree()]) {
      const model = factory.fit({ X, y, categorical }, Philox.fromSeed(1));
      const { base, contributions } = model.explain(X);
      model.predict(X).mean.forEach((mean, i) => {
        const sum = contributions.data.slice(4 * i, 4 * i + 4).reduce((all, value) => all + value, base);
        expect(Math.abs(sum - mean)).toBeLessThan(1e-10);
      });
    }
  });

  it('is nothing for an input that no tree asks for', () => {
    const y = Float64Array.of(0, 0, 1, 1);
    const X = matrix(4, 2, Float64Array.of(0, 7, 1, 7, 2, 7, 3, 7));
    const { base, contributions } = decisionTree().fit({ X, y }, Philox.fromSeed(1)).explain(X);
    expect(base).toBe(0.5);
    expect([...contributions.data]).toEqual([-0.5, 0, -0.5, 0, 0.5, 0, 0.5, 0]);
  });
});
