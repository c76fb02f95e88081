import { describe, expect, it } from '@jest/globals';
import { fromRows, identity, latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import type { Surrogate, TrainingData } from '../../src/contract.js';
import { bayesianLinear } from '../../src/linear/bayesianLinear.js';
import { leastSquares } from '../../src/linear/leastSquares.js';
import { ridge } from '../../src/linear/ridge.js';
import { expectClose } from '../close.js';
// scikit-learn's LinearRegression, Ridge and RidgeCV; variances, weights and evidence from their definitions by NumPy; what
// is left out by fitting again without the row.
import expected from './expected.json' with { type: 'json' };

const rng = () => Philox.fromSeed(1);
const data = { X: fromRows(expected.X), y: Float64Array.from(expected.y) };
const weighted: TrainingData = { ...data, weights: Float64Array.from(expected.weights) };
const at = fromRows(expected.Xtest);
const lambdaOf = (model: Surrogate) => model.toJSON()['lambda'] as number;

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly Xtest: number[][];
  readonly linear: {
    readonly coefficients: number[];
    readonly intercept: number;
    readonly prediction: number[];
  };
  readonly ridge: { readonly alpha: number; readonly coefficients: number[]; readonly intercept: number };
}

describeGolden('linear models against the reference numbers', () => {
  const golden = reference<Golden>('regressors.json');
  const all = { X: fromRows(golden.X), y: Float64Array.from(golden.y) };
  const slopes = (model: Surrogate) => {
    const intercept = model.predict(matrix(1, 4)).mean[0]!;
    return { intercept, coefficients: model.predict(identity(4)).mean.map((value) => value - intercept) };
  };

  it('least squares', () => {
    const model = leastSquares().fit(all, rng());
    const { intercept, coefficients } = slopes(model);
    expectClose(coefficients, golden.linear.coefficients);
    expectClose([intercept], [golden.linear.intercept]);
    expectClose(model.predict(fromRows(golden.Xtest)).mean, golden.linear.prediction);
  });

  it('ridge', () => {
    const model = ridge({ lambda: golden.ridge.alpha, standardise: false }).fit(all, rng());
    const { intercept, coefficients } = slopes(model);
    expectClose(coefficients, golden.ridge.coefficients);
    expectClose([intercept], [golden.ridge.intercept]);
  });
});

describe('least squares', () => {
  it('with weights: predictions, their variance, and each row by the others', () => {
    const model = leastSquares().fit(weighted, rng());
    const { mean, variance } = model.predict(at);
    const { leftOut, noiseVariance } = model.diagnostics();
    expectClose(mean, expected.leastSquares.mean);
    expectClose(variance, expected.leastSquares.variance);
    expectClose([noiseVariance!], [expected.leastSquares.noiseVariance]);
    expectClose(leftOut.mean, expected.leastSquares.looMean);
    expectClose(leftOut.variance, expected.leastSquares.looVariance);
  });

  it('of more inputs than rows takes the shortest coefficients, also for what is left out', () => {
    const { X, y, Xtest, mean, looMean } = expected.wide;
    const model = leastSquares().fit({ X: fromRows(X), y: Float64Array.from(y) }, rng());
    expectClose(model.predict(fromRows(Xtest)).mean, mean);
    expectClose(model.diagnostics().leftOut.mean, looMean);
    expectClose(model.predict(fromRows(X)).mean, y);
    expect(Math.min(...model.predict(fromRows(Xtest)).variance)).toBeGreaterThan(0.05);
  });

  it('does not mind a column twice, nor one that does not vary', () => {
    const rows = expected.X.map(([a, b, c]) => [a!, b!, a!, 0.1, c!]);
    const there = expected.Xtest.map(([a, b, c]) => [a!, b!, a!, 0.1, c!]);
    const plain = leastSquares().fit(data, rng()).predict(at);
    const more = leastSquares()
      .fit({ ...data, X: fromRows(rows) }, rng())
      .predict(fromRows(there));
    expectClose(more.mean, plain.mean, 1e-10);
    expectClose(more.variance, plain.variance, 1e-10);
  });

  it('a row of weight 0 is a row that is not there, and only ratios of weights matter', () => {
    const without = expected.weights.flatMap((weight, i) => (weight > 0 ? [i] : []));
    const some = {
      X: fromRows(without.map((i) => expected.X[i]!)),
      y: Float64Array.from(without, (i) => expected.y[i]!),
      weights: Float64Array.from(without, (i) => 3 * expected.weights[i]!),
    };
    for (const factory of [leastSquares(), ridge(), bayesianLinear()]) {
      const all = factory.fit(weighted, rng()).predict(at);
      const few = factory.fit(some, rng()).predict(at);
      expectClose(few.mean, all.mean, 1e-6);
      expectClose(few.variance, all.variance, 1e-5);
    }
  });
});

describe('ridge', () => {
  const { lam, mean, variance, noiseVariance, looMean, looVariance } = expected.ridge;

  it('with weights: predictions, their variance, and each row by the others', () => {
    const model = ridge({ lambda: lam, standardise: false }).fit(weighted, rng());
    const prediction = model.predict(at);
    const { leftOut, noiseVariance: noise } = model.diagnostics();
    expectClose(prediction.mean, mean);
    expectClose(prediction.variance, variance);
    expectClose([noise!], [noiseVariance]);
    expectClose(leftOut.mean, looMean);
    expectClose(leftOut.variance, looVariance);
  });

  it('leaves out as the efficient leave-one-out of the reference does', () => {
    const { leftOut } = ridge({ lambda: lam, standardise: false }).fit(data, rng()).diagnostics();
    const squares = leftOut.mean.map((value, i) => (value - leftOut.actual[i]!) ** 2);
    expectClose(squares, expected.ridge.unweightedLooSquares);
  });

  it.each(['leave-one-out', 'generalised'] as const)('finds the λ of least error by %s', (rule) => {
    const model = ridge({ lambda: rule }).fit({ ...data, y: Float64Array.from(expected.noisy) }, rng());
    expect(lambdaOf(model) / expected.ridge[rule].lam).toBeCloseTo(1, 4);
    if (rule === 'leave-one-out') {
      const { mean: left, actual } = model.diagnostics().leftOut;
      const error = left.reduce((sum, value, i) => sum + (value - actual[i]!) ** 2, 0);
      expect(error / expected.ridge[rule].error).toBeCloseTo(1, 8);
    }
  });

  it('is least squares where λ goes to 0', () => {
    const small = ridge({ lambda: 1e-12 }).fit(data, rng());
    const none = leastSquares().fit(data, rng());
    expectClose(small.predict(at).mean, none.predict(at).mean, 1e-9);
    expectClose(small.predict(at).variance, none.predict(at).variance, 1e-9);
    expectClose(small.diagnostics().leftOut.variance, none.diagnostics().leftOut.variance, 1e-9);
  });
});

describe('Bayesian linear regression', () => {
  it('finds the hyperparameters of the largest evidence, and predicts by them', () => {
    const { lam, noiseVariance, logMarginalLikelihood, mean, variance } = expected.bayesian;
    const model = bayesianLinear().fit(data, rng());
    const diagnostics = model.diagnostics();
    expect(lambdaOf(model) / lam).toBeCloseTo(1, 6);
    expect(diagnostics.noiseVariance! / noiseVariance).toBeCloseTo(1, 7);
    expectClose([diagnostics.logMarginalLikelihood!], [logMarginalLikelihood], 1e-8);
    expectClose(model.predict(at).mean, mean, 1e-7);
    expectClose(model.predict(at).variance, variance, 1e-6);
  });

  it('has intervals that hold what they say', () => {
    const X = latinHypercube(4, 400, rng().split('X'));
    const noise = rng().split('noise');
    const y = Float64Array.from(
      { length: 400 },
      (_, i) => X.data[4 * i]! - 2 * X.data[4 * i + 1]! + 0.3 * noise.normal(),
    );
    const { metrics, noiseVariance, importances } = bayesianLinear().fit({ X, y }, rng()).diagnostics();
    expect(Math.sqrt(noiseVariance!)).toBeCloseTo(0.3, 1);
    expect(metrics.coverage50).toBeGreaterThan(0.44);
    expect(metrics.coverage50).toBeLessThan(0.56);
    expect(metrics.coverage95).toBeGreaterThan(0.92);
    expect(metrics.coverage95).toBeLessThan(0.98);
    expect(importances![1]! / importances![0]!).toBeCloseTo(2, 0);
  });

  it('learns squares and products where it is asked to', () => {
    const X = latinHypercube(3, 60, rng().split('X'));
    const y = Float64Array.from({ length: 60 }, (_, i) => {
      const [a, b, c] = [X.data[3 * i]!, X.data[3 * i + 1]!, X.data[3 * i + 2]!];
      return 1 + (a - 0.3) ** 2 + 2 * b * c;
    });
    const { metrics } = bayesianLinear({ degree: 2, interactions: true }).fit({ X, y }, rng()).diagnostics();
    expect(metrics.r2).toBeGreaterThan(0.999);
    expect(bayesianLinear({ degree: 2 }).fit({ X, y }, rng()).diagnostics().metrics.r2).toBeLessThan(0.99);
  });
});

it('options that make no sense are refused by name', () => {
  expect(() => leastSquares({ degree: 0 })).toThrow('options.degree');
  expect(() => bayesianLinear({ degree: 1.5 })).toThrow('options.degree');
  expect(() => ridge({ lambda: 0 })).toThrow('options.lambda must be above 0, not 0');
  expect(() => ridge({ lambda: 'guess' as 'generalised' })).toThrow('options.lambda must be one of');
  expect(() => leastSquares().fit({ ...data, censored: new Uint8Array(24).fill(1) }, rng())).toThrow(
    'data.censored is nothing that this model can use',
  );
});
