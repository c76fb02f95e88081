import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, log, Philox } from '@ionloop/linalg';
import type { SurrogateJson } from '../../src/contract.js';
import type { ClassifierKernel } from '../../src/gaussian-process-classifier/covariance.js';
import { fromVector, negativeLogPosterior } from '../../src/gaussian-process-classifier/fit.js';
import { gaussianProcessClassifier } from '../../src/gaussian-process-classifier/gaussianProcessClassifier.js';
import { evidenceGradient, laplace } from '../../src/gaussian-process-classifier/laplace.js';
import { likelihoods, type ClassLikelihood } from '../../src/gaussian-process-classifier/likelihood.js';
import { classifierContract } from '../classifierContract.js';
import { expectClose } from '../close.js';
// Modes by Newton's method and the definition of the evidence in NumPy, probabilities by SciPy's quadrature; with the logistic likelihood and a
// mean of 0 the evidence is that of scikit-learn's GaussianProcessClassifier too.
import expected from './expected.json' with { type: 'json' };

classifierContract('a Gaussian process classifier', gaussianProcessClassifier());
classifierContract(
  'a Gaussian process classifier of logistic likelihood',
  gaussianProcessClassifier({ kernel: 'rbf', likelihood: 'logistic' }),
);

const rng = () => Philox.fromSeed(1);
const X = fromRows(expected.X);
const labels = Uint8Array.from(expected.labels);
const signed = { X, signs: Float64Array.from(labels, (label) => 2 * label - 1) };
const cases = expected.cases.map((one) => {
  const hyper = { ...one, lengthscales: Float64Array.from(one.lengthscales) };
  const settings = {
    kernel: one.kernel as ClassifierKernel,
    likelihood: one.likelihood as ClassLikelihood,
  };
  return [`${one.kernel}, ${one.likelihood}, mean ${one.mean}`, one, hyper, settings] as const;
});

describe("Laplace's approximation", () => {
  it.each(cases)('has the mode and evidence of the reference: %s', (_, one, hyper, settings) => {
    const mode = laplace(signed, settings, hyper);
    expectClose([mode.logEvidence], [one.logEvidence], 1e-11);
    expectClose(mode.latent, one.latent, 1e-9);
  });

  it.each(cases)('predicts what the reference does: %s', (_, one, hyper, settings) => {
    const json: SurrogateJson = {
      ...{ kind: 'gaussian-process-classifier', version: 1, ...settings },
      X: { rows: X.rows, cols: X.cols, data: Array.from(X.data) },
      labels: expected.labels,
      hyperparameters: {
        ...{ lengthscales: one.lengthscales, signalVariance: one.signalVariance, mean: one.mean },
      },
      latent: Array.from(laplace(signed, settings, hyper).latent),
    };
    const p = gaussianProcessClassifier().fromJSON(json).probability(fromRows(expected.Xtest));
    expectClose(p, one.probability, 1e-8);
  });

  it.each(cases)('has the slope of its evidence: %s', (_, one, hyper, settings) => {
    const theta = Float64Array.from([...one.lengthscales.map(log), log(one.signalVariance), one.mean]);
    const at = (j: number, step: number) =>
      laplace(signed, settings, fromVector(theta.map((value, k) => (k === j ? value + step : value))))
        .logEvidence;
    const slope = evidenceGradient(signed, settings, laplace(signed, settings, hyper));
    const differences = Array.from(theta, (_value, j) => (at(j, 1e-4) - at(j, -1e-4)) / 2e-4);
    expectClose(slope, differences, 1e-6);
  });

  it('finds the same mode from wherever it starts', () => {
    const [, , hyper, settings] = cases[1]!;
    const cold = laplace(signed, settings, hyper);
    const warm = laplace(signed, settings, hyper, new Float64Array(25).fill(0.4));
    expectClose(warm.latent, cold.latent, 1e-6);
  });
});

describe('the likelihood of a class', () => {
  it.each(['probit', 'logistic'] as const)('%s: its derivatives are those of its logarithm', (name) => {
    const { at } = likelihoods[name];
    const step = 1e-4;
    for (const t of [-1, 1])
      for (const f of [-6, -1.3, 0, 0.4, 5]) {
        const [low, here, high] = [at(t, f - step), at(t, f), at(t, f + step)];
        expect(here.slope).toBeCloseTo((high.value - low.value) / (2 * step), 6);
        expect(-here.curvature).toBeCloseTo((high.slope - low.slope) / (2 * step), 6);
        expect(here.third).toBeCloseTo((low.curvature - high.curvature) / (2 * step), 6);
      }
  });

  it.each(['probit', 'logistic'] as const)('%s: is finite however wrong the latent value', (name) => {
    for (const f of [-1e8, -1e4, -40, 40, 1e4])
      for (const value of Object.values(likelihoods[name].at(1, f))) expect(value).not.toBeNaN();
    expect(likelihoods[name].at(1, -1e4).curvature).toBeGreaterThanOrEqual(0);
  });
});

describe('a Gaussian process classifier', () => {
  const bubble = (n: number) => {
    const points = latinHypercube(3, n, rng().split('X'));
    const inside = Uint8Array.from({ length: n }, (_, i) => {
      const [a, b] = [points.data[3 * i]! - 0.5, points.data[3 * i + 1]! - 0.5];
      return a * a + b * b < 0.12 ? 1 : 0;
    });
    return { X: points, labels: inside };
  };

  it('finds hyperparameters where the posterior has no slope left', () => {
    const model = gaussianProcessClassifier().fit({ X, labels }, rng()).toJSON();
    const { lengthscales, signalVariance, mean } = model['hyperparameters'] as {
      lengthscales: number[];
      signalVariance: number;
      mean: number;
    };
    const theta = Float64Array.from([...lengthscales.map(log), log(signalVariance), mean]);
    const gradient = new Float64Array(4);
    negativeLogPosterior(signed, { kernel: 'matern52', likelihood: 'probit' })(theta, gradient);
    for (const value of gradient) expect(Math.abs(value)).toBeLessThan(5e-3);
  });

  it('learns a region, which inputs shape it, and how unsure it is far away', () => {
    const data = bubble(200);
    const model = gaussianProcessClassifier().fit(data, rng());
    const there = bubble(1001);
    const p = model.probability(there.X);
    const right = there.labels.filter((label, i) => p[i]! > 0.5 === (label === 1));
    expect(right.length / 1001).toBeGreaterThan(0.93);
    const { lengthscales } = model.toJSON()['hyperparameters'] as { lengthscales: number[] };
    expect(lengthscales[2]!).toBeGreaterThan(3 * lengthscales[0]!);
    const far = model.probability(fromRows([[30, 30, 0.5]]))[0]!;
    expect(far).toBeGreaterThan(0.1);
    expect(far).toBeLessThan(0.9);
  });

  it('says as often right as it says it is', () => {
    const points = latinHypercube(2, 300, rng().split('X'));
    const coin = rng().split('labels');
    const truth = (i: number) => 0.2 + 0.6 * points.data[2 * i]!;
    const noisy = Uint8Array.from({ length: 300 }, (_, i) => (coin.uniform() < truth(i) ? 1 : 0));
    const p = gaussianProcessClassifier().fit({ X: points, labels: noisy }, rng()).probability(points);
    const off = Array.from(p, (value, i) => Math.abs(value - truth(i)));
    expect(off.reduce((sum, value) => sum + value, 0) / 300).toBeLessThan(0.1);
  });

  it('options that make no sense are refused by name', () => {
    expect(() => gaussianProcessClassifier({ kernel: 'cubic' as 'rbf' })).toThrow('options.kernel');
    expect(() => gaussianProcessClassifier({ likelihood: 'hinge' as 'probit' })).toThrow(
      'options.likelihood must be one of probit, logistic',
    );
  });
});
