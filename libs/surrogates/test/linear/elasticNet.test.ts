import { describe, expect, it } from '@jest/globals';
import { fromRows, identity, latinHypercube, matrix, Philox } from '@ionloop/linalg';
import type { Surrogate } from '../../src/contract.js';
import { elasticNet, lasso } from '../../src/linear/elasticNet.js';
import { ridge } from '../../src/linear/ridge.js';
import { surrogateContract } from '../../src/testing/index.js';
import { expectClose } from '../close.js';
// Made by elasticNet.py.
import expected from './elasticNet.json' with { type: 'json' };

surrogateContract('elastic net', elasticNet());
surrogateContract('lasso on squares and products', lasso({ degree: 2, interactions: true }));

const rng = () => Philox.fromSeed(1);
const data = {
  X: fromRows(expected.X),
  y: Float64Array.from(expected.y),
  groups: Int32Array.from(expected.groups),
};
const at = fromRows(expected.at);

function numbersOf(model: Surrogate) {
  const intercept = model.predict(matrix(1, 8)).mean[0]!;
  const coefficients = model.predict(identity(8)).mean.map((value) => value - intercept);
  return { intercept, coefficients, prediction: model.predict(at).mean };
}

describe('elastic net and lasso', () => {
  it.each(expected.given)('are those of the reference: share $share, penalty $penalty', (given) => {
    const { share, penalty, weighted } = given;
    const factory = elasticNet({ share, penalty, standardise: false });
    const weights = Float64Array.from(expected.weights);
    const found = numbersOf(factory.fit(weighted ? { ...data, weights } : data, rng()));
    expectClose(found.coefficients, given.coefficients, 1e-8);
    expectClose([found.intercept], [given.intercept], 1e-8);
    expectClose(found.prediction, given.prediction, 1e-8);
  });

  it.each([
    ['elastic-net', elasticNet({ standardise: false })],
    ['lasso', lasso({ standardise: false })],
  ] as const)('%s finds the penalty that the reference finds by the same folds', (name, factory) => {
    const golden = expected.chosen[name];
    const model = factory.fit(data, rng());
    const found = numbersOf(model);
    expectClose([model.toJSON()['lambda'] as number], [golden.penalty], 1e-10);
    expectClose(found.coefficients, golden.coefficients, 1e-7);
    expectClose(found.prediction, golden.prediction, 1e-7);
  });

  it('leave out what does not help, and predict better for it than ridge', () => {
    const X = latinHypercube(40, 60, rng().split('X'));
    const noise = rng().split('noise');
    const y = Float64Array.from(
      { length: 60 },
      (_, i) => 4 * X.data[40 * i]! - 3 * X.data[40 * i + 7]! + 0.2 * noise.normal(),
    );
    const { metrics, importances } = lasso().fit({ X, y }, rng()).diagnostics();
    expect(importances!.filter((share) => share === 0).length).toBeGreaterThan(20);
    expect(importances![0]! + importances![7]!).toBeGreaterThan(0.85);
    expect(metrics.rmse).toBeLessThan(0.8 * ridge().fit({ X, y }, rng()).diagnostics().metrics.rmse);
  });

  it('have intervals that hold what they say, on rows not seen', () => {
    let [inside, all] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const stream = Philox.fromSeed(seed);
      const X = latinHypercube(15, 140, stream.split('X'));
      const noise = stream.split('noise');
      const y = Float64Array.from(
        { length: 140 },
        (_, i) => 2 * X.data[15 * i]! + X.data[15 * i + 3]! + 0.3 * noise.normal(),
      );
      const first = { X: matrix(40, 15, X.data.slice(0, 600)), y: y.slice(0, 40) };
      const model = elasticNet().fit(first, stream);
      const { mean, variance } = model.predict(matrix(100, 15, X.data.slice(600)));
      const own = model.diagnostics().noiseVariance!;
      for (let i = 0; i < 100; i++, all++)
        if (Math.abs(y[40 + i]! - mean[i]!) < 1.2816 * Math.sqrt(variance[i]! + own)) inside++;
    }
    expect(inside / all).toBeGreaterThan(0.75);
    expect(inside / all).toBeLessThan(0.87);
  });

  it('refuse options that make no sense, by name', () => {
    expect(() => elasticNet({ share: 0 })).toThrow('options.share must be above 0 and at most 1, not 0');
    expect(() => elasticNet({ share: 1.1 })).toThrow('options.share');
    expect(() => lasso({ penalty: 0 })).toThrow('options.penalty must be above 0, not 0');
    expect(() => lasso({ folds: 1 })).toThrow('options.folds');
    expect(() => lasso({ degree: 0 })).toThrow('options.degree');
  });
});
