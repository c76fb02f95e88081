import { expect, it } from '@jest/globals';
import { fromRows, Philox } from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { decisionTree, type DecisionTreeOptions } from '../../src/index.js';

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly Xtest: number[][];
  readonly decisionTree: {
    readonly maxDepth: number;
    readonly minSamplesLeaf: number;
    readonly prediction: number[];
    readonly shapPathDependent: number[][];
    readonly shapBase: number;
  };
  readonly decisionTreeFull: { readonly prediction: number[] };
}

describeGolden('a regression tree against the reference numbers', () => {
  const { X, y, Xtest, decisionTree: limited, decisionTreeFull } = reference<Golden>('regressors.json');
  const { maxDepth, minSamplesLeaf } = limited;
  const data = { X: fromRows(X), y: Float64Array.from(y) };
  const fit = (options: DecisionTreeOptions, seed = 1) =>
    decisionTree(options).fit(data, Philox.fromSeed(seed));

  it('of limited depth and leaves of a least size', () => {
    const { mean } = fit({ maxDepth, minSamplesLeaf }).predict(fromRows(Xtest));
    limited.prediction.forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 10));
  });

  it('says what each input adds, as TreeSHAP does', () => {
    const model = fit({ maxDepth, minSamplesLeaf });
    const { base, contributions } = model.explain(fromRows(Xtest));
    expect(base).toBeCloseTo(limited.shapBase, 10);
    limited.shapPathDependent
      .flat()
      .forEach((value, k) => expect(contributions.data[k]).toBeCloseTo(value, 10));
  });

  // In nodes of a few rows many splits are equally good, and the reference takes one of them at random, as we do: grown to the
  // end, the answer is one of many. Here is a stream that falls as theirs did; other streams must differ in ties only.
  it('grown to the end, ties falling as in the reference', () => {
    const { mean } = fit({ minSamplesLeaf: 1 }, 8186).predict(fromRows(Xtest));
    decisionTreeFull.prediction.forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 10));
  });

  it('grown to the end, predicts every row it has seen whatever the ties', () => {
    for (let seed = 0; seed < 5; seed++)
      expect([...fit({ minSamplesLeaf: 1 }, seed).predict(data.X).mean]).toEqual(y);
  });
});
