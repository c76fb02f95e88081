import { expect, it } from '@jest/globals';
import {
  conditionGaussian,
  fromRows,
  leaveOneOut,
  log,
  normPdf,
  posteriorJoint,
  posteriorMarginals,
  singleKernel,
  withMarginalLikelihood,
} from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import type { KernelName } from '../../src/index.js';

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly Xtest: number[][];
  readonly cases: {
    readonly kernel: KernelName;
    readonly theta: number[];
    readonly logMarginalLikelihood: number;
    readonly gradient: number[];
    readonly posteriorMean: number[];
    readonly posteriorCovarianceNoiseFree: number[][];
    readonly looMean: number[];
    readonly looVariance: number[];
    readonly looLogPredictiveDensity: number;
  }[];
  readonly heteroscedastic: {
    readonly kernel: KernelName;
    readonly lengthscales: number[];
    readonly signalVariance: number;
    readonly noiseVariances: number[];
    readonly mean: number;
    readonly logMarginalLikelihood: number;
    readonly posteriorMean: number[];
    readonly posteriorVarianceNoiseFree: number[];
  };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    expect({ i, close: error <= tolerance * Math.max(Math.abs(expected[i]!), 1e-3 * largest) }).toEqual({
      i,
      close: true,
    });
  }
}

describeGolden('a Gaussian process against the reference numbers', () => {
  const golden = reference<Golden>('gaussian-process.json');
  const data = { X: fromRows(golden.X), y: Float64Array.from(golden.y) };
  const at = fromRows(golden.Xtest);

  it('covers all eight cases', () => expect(golden.cases).toHaveLength(8));

  it.each(golden.cases.map((one, i) => [`${one.kernel}, case ${i}`, one] as const))('%s', (_, one) => {
    const kernel = singleKernel(one.kernel, 3);
    // There θ begins with the lengthscales, here with the signal variance.
    const ours = (values: readonly number[]) =>
      Float64Array.of(values[3]!, ...values.slice(0, 3), ...values.slice(4));
    const theta = ours(one.theta);
    const posterior = conditionGaussian(kernel, theta, data);
    expect(posterior.jitter).toBe(0);
    expectClose([posterior.logMarginalLikelihood], [one.logMarginalLikelihood]);
    const gradient = new Float64Array(6);
    withMarginalLikelihood(kernel, data, (likelihood) => {
      expectClose([likelihood.valueAndGradient(theta, gradient)], [one.logMarginalLikelihood]);
    });
    expectClose(gradient, ours(one.gradient));
    const { mean, covariance } = posteriorJoint(posterior, at);
    expectClose(mean, one.posteriorMean);
    expectClose(covariance.data, one.posteriorCovarianceNoiseFree.flat());
    const marginals = posteriorMarginals(posterior, at);
    expectClose(marginals.mean, one.posteriorMean);
    expectClose(
      marginals.variance,
      one.posteriorCovarianceNoiseFree.map((values, i) => values[i]!),
    );
    const loo = leaveOneOut(posterior);
    expectClose(loo.mean, one.looMean);
    expectClose(loo.variance, one.looVariance);
    const density = golden.y.reduce((sum, y, i) => {
      const sd = Math.sqrt(loo.variance[i]!);
      return sum + Math.log(normPdf((y - loo.mean[i]!) / sd) / sd);
    }, 0);
    expectClose([density], [one.looLogPredictiveDensity]);
  });

  it('with a noise variance of its own for each row', () => {
    const { kernel, lengthscales, signalVariance, noiseVariances, mean, ...expected } =
      golden.heteroscedastic;
    // No common noise: e⁻⁶⁰ is none beside the rows' own.
    const theta = Float64Array.of(log(signalVariance), ...lengthscales.map((value) => log(value)), -60, mean);
    const posterior = conditionGaussian(singleKernel(kernel, 3), theta, {
      ...data,
      noise: Float64Array.from(noiseVariances),
    });
    const prediction = posteriorMarginals(posterior, at);
    expectClose([posterior.logMarginalLikelihood], [expected.logMarginalLikelihood]);
    expectClose(prediction.mean, expected.posteriorMean);
    expectClose(prediction.variance, expected.posteriorVarianceNoiseFree);
  });
});
