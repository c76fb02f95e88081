import { describe, expect, it } from '@jest/globals';
import {
  cholesky,
  choleskySolve,
  conditionGaussian,
  gemm,
  kernelParameters,
  leaveOneOut,
  logdet,
  matrix,
  onCore,
  posteriorJoint,
  posteriorMarginals,
  row,
  selectRows,
  singleKernel,
  triangularSolve,
  withGrowingGaussian,
  withMarginalLikelihood,
  type Conditioned,
  type GaussianData,
  type Kernel,
  type Matrix,
} from '../../src/index.js';
import { covarianceByDefinition, example, kernels, someTheta } from './support.js';

const close = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

/** Everything by the textbook, in plain dense algebra. */
function byDefinition(kernel: Kernel, theta: Float64Array, { X, y, noise }: GaussianData) {
  const n = X.rows;
  const K = covarianceByDefinition(kernel, theta, X, X);
  for (let i = 0; i < n; i++)
    K.data[i * n + i] = K.data[i * n + i]! + Math.exp(theta.at(-2)!) + (noise?.[i] ?? 0);
  const { L } = cholesky(K);
  const residual = y.map((value) => value - theta.at(-1)!);
  const alpha = choleskySolve(L, residual);
  const fit = residual.reduce((sum, value, i) => sum + value * alpha[i]!, 0);
  return { L, alpha, value: -0.5 * (fit + logdet(L) + n * Math.log(2 * Math.PI)) };
}

describe.each(kernels)('%s', (_name, kernel) => {
  const parameters = kernelParameters(kernel);
  const theta = someTheta(parameters);

  it.each([1, 2, 5, 21])('the likelihood of %i rows is that of the definition', (n) => {
    const data = example(n);
    const { value } = byDefinition(kernel, theta, data);
    withMarginalLikelihood(kernel, data, (likelihood) => {
      const gradient = new Float64Array(likelihood.parameters);
      close(likelihood.value(theta), value, 1e-11);
      close(likelihood.valueAndGradient(theta, gradient), value, 1e-11);
    });
  });

  it('the gradient is that of finite differences', () => {
    const data = example(23);
    withMarginalLikelihood(kernel, data, (likelihood) => {
      const gradient = new Float64Array(likelihood.parameters);
      likelihood.valueAndGradient(theta, gradient);
      for (let p = 0; p < theta.length; p++) {
        const at = (step: number) =>
          likelihood.value(theta.map((value, i) => (i === p ? value + step : value)));
        const h = 1e-4;
        // Fourth order, so that rounding is what is left.
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        close(gradient[p]!, slope, 2e-8);
      }
    });
  });

  it('noise of rows may change from call to call, and has slopes of its own', () => {
    const data = example(9);
    const noise = data.noise.map((value) => 2 * value + 0.1);
    const slopes = new Float64Array(9);
    withMarginalLikelihood(kernel, data, (likelihood) => {
      const gradient = new Float64Array(likelihood.parameters);
      const value = likelihood.valueAndGradient(theta, gradient, { noise, slopes });
      close(value, byDefinition(kernel, theta, { ...data, noise }).value, 1e-11);
      close(likelihood.value(theta, noise), value, 1e-12);
      for (const i of [0, 4, 8]) {
        const at = (step: number) =>
          likelihood.value(
            theta,
            noise.map((one, k) => (k === i ? one + step : one)),
          );
        close(slopes[i]!, (at(1e-5) - at(-1e-5)) / 2e-5, 1e-6);
      }
    });
  });

  it('mean and covariance elsewhere are those of the definition', () => {
    const data = example(18);
    const conditioned = conditionGaussian(kernel, theta, data);
    const { L, alpha } = byDefinition(kernel, theta, data);
    const at = example(37, 'elsewhere').X;
    const cross = covarianceByDefinition(kernel, theta, data.X, at);
    const prior = covarianceByDefinition(kernel, theta, at, at);
    const V = triangularSolve(L, cross);
    const explained = gemm(V, V, { transposeA: true });
    const { mean, variance } = posteriorMarginals(conditioned, at);
    const joint = posteriorJoint(conditioned, at);
    for (let j = 0; j < at.rows; j++) {
      let mu = theta.at(-1)!;
      for (let i = 0; i < 18; i++) mu += cross.data[i * at.rows + j]! * alpha[i]!;
      close(mean[j]!, mu, 1e-11);
      close(joint.mean[j]!, mu, 1e-11);
      close(variance[j]!, prior.data[j * at.rows + j]! - explained.data[j * at.rows + j]!, 1e-10);
      for (let k = 0; k < at.rows; k++) {
        const place = j * at.rows + k;
        close(joint.covariance.data[place]!, prior.data[place]! - explained.data[place]!, 1e-10);
      }
    }
  });

  it('with SIMD and without, every bit is the same', () => {
    const data = example(70);
    const at = example(41, 'elsewhere').X;
    const all = () =>
      withMarginalLikelihood(kernel, data, (likelihood) => {
        const gradient = new Float64Array(likelihood.parameters);
        const value = likelihood.valueAndGradient(theta, gradient);
        const conditioned = conditionGaussian(kernel, theta, data);
        const grown = withGrowingGaussian(conditioned, 3, (growing) => {
          for (let i = 0; i < 3; i++) growing.append(row(at, i), 0.3 * i, 0.01);
          return growing.conditioned();
        });
        return {
          value,
          alone: likelihood.value(theta),
          gradient,
          conditioned,
          marginals: posteriorMarginals(conditioned, at),
          joint: posteriorJoint(conditioned, at),
          leftOut: leaveOneOut(conditioned),
          grown,
        };
      });
    expect(onCore('portable', all)).toEqual(onCore('simd', all));
  });

  it('leaving a row out without a refit is what a refit without it says', () => {
    const data = example(14);
    const left = leaveOneOut(conditionGaussian(kernel, theta, data));
    for (const out of [0, 5, 13]) {
      const rows = Array.from({ length: 14 }, (_, i) => i).filter((i) => i !== out);
      const without = conditionGaussian(kernel, theta, {
        X: selectRows(data.X, rows),
        y: Float64Array.from(rows, (i) => data.y[i]!),
        noise: Float64Array.from(rows, (i) => data.noise[i]!),
      });
      const { mean, variance } = posteriorMarginals(without, selectRows(data.X, [out]));
      close(left.mean[out]!, mean[0]!, 1e-9);
      close(left.variance[out]!, variance[0]! + Math.exp(theta.at(-2)!) + data.noise[out]!, 1e-9);
    }
  });

  it('rows appended one by one give what all of them at once do', () => {
    const data = example(30);
    const first = (count: number): GaussianData => ({
      X: selectRows(
        data.X,
        Array.from({ length: count }, (_, i) => i),
      ),
      y: data.y.slice(0, count),
      noise: data.noise.slice(0, count),
    });
    for (const from of [1, 4, 17, 20]) {
      const grown = withGrowingGaussian(
        conditionGaussian(kernel, theta, first(from)),
        30 - from,
        (growing) => {
          for (let i = from; i < 30; i++)
            expect(growing.append(row(data.X, i), data.y[i]!, data.noise[i])).toBe(0);
          expect(growing.rows).toBe(30);
          return growing.conditioned();
        },
      );
      expectAlike(grown, conditionGaussian(kernel, theta, data));
    }
  });
});

function expectAlike(a: Conditioned, b: Conditioned): void {
  expect(a.X).toEqual(b.X);
  expect(a.y).toEqual(b.y);
  expect(a.noise).toEqual(b.noise);
  expect(a.packed).toHaveLength(b.packed.length);
  a.packed.forEach((value, i) => close(value, b.packed[i]!, 1e-9));
  a.alpha.forEach((value, i) => close(value, b.alpha[i]!, 1e-8));
  close(a.logMarginalLikelihood, b.logMarginalLikelihood, 1e-10);
}

describe('a Gaussian process', () => {
  const kernel = singleKernel('matern52', 4);
  const theta = someTheta(kernelParameters(kernel));

  it('answers the same for a candidate whoever stands beside it', () => {
    const conditioned = conditionGaussian(kernel, theta, example(33));
    const at = example(2100, 'elsewhere').X;
    const all = posteriorMarginals(conditioned, at);
    for (const from of [0, 1, 3, 32, 1023, 1024, 2099]) {
      const alone = posteriorMarginals(conditioned, selectRows(at, [from]));
      expect(alone.mean[0]).toBe(all.mean[from]);
      expect(alone.variance[0]).toBe(all.variance[from]);
    }
  });

  it('has an answer for no candidates', () => {
    const conditioned = conditionGaussian(kernel, theta, example(5));
    expect(posteriorMarginals(conditioned, matrix(0, 4))).toEqual({
      mean: new Float64Array(0),
      variance: new Float64Array(0),
    });
    expect(posteriorJoint(conditioned, matrix(0, 4)).covariance).toEqual(matrix(0, 0));
  });

  it('bears rows that repeat each other, and says what jitter it took', () => {
    const { X, y } = example(6);
    const twice: GaussianData = {
      X: matrix(12, 4, Float64Array.from([...X.data, ...X.data])),
      y: Float64Array.from([...y, ...y]),
    };
    const noiseless = theta.map((value, i) => (i === theta.length - 2 ? -60 : value));
    const conditioned = conditionGaussian(kernel, noiseless, twice);
    expect(conditioned.jitter).toBeGreaterThan(0);
    const { mean } = posteriorMarginals(conditioned, X);
    y.forEach((value, i) => close(mean[i]!, value, 1e-4));
    withGrowingGaussian(conditionGaussian(kernel, noiseless, { X, y }), 1, (growing) => {
      const jitter = growing.append(row(X, 3), y[3]!);
      expect(jitter).toBeGreaterThan(0);
      expect(growing.conditioned().jitter).toBe(jitter);
    });
  });

  it('refuses by name what it cannot use', () => {
    const data = example(5);
    const spoilt = (values: Float64Array) => values.map((value, i) => (i === 2 ? NaN : value));
    const fit = (changes: Partial<GaussianData>) => conditionGaussian(kernel, theta, { ...data, ...changes });
    expect(() => fit({ X: matrix(0, 4) })).toThrow('data.X must have at least one row');
    expect(() => fit({ X: matrix(5, 4, spoilt(data.X.data)) })).toThrow(
      'data.X must be finite; element 2 is NaN',
    );
    expect(() => fit({ y: data.y.slice(1) })).toThrow('data.y must hold 5 numbers, not 4');
    expect(() => fit({ noise: new Float64Array(5).fill(-1) })).toThrow('data.noise must not be negative');
    expect(() => fit({ X: matrix(5, 3) })).toThrow('kernel.terms[0][0].columns must lie in 0 … 2; found 3');
    expect(() => conditionGaussian(kernel, theta.slice(1), data)).toThrow('theta must hold 7 numbers, not 6');
    expect(() => conditionGaussian(kernel, spoilt(theta), data)).toThrow(
      'theta must be finite; element 2 is NaN',
    );
    expect(() => conditionGaussian({ terms: [] }, theta, data)).toThrow(
      'kernel.terms must have at least one term',
    );
    expect(() => conditionGaussian({ terms: [[]] }, theta, data)).toThrow(
      'kernel.terms[0] must have at least one part',
    );
    expect(() =>
      conditionGaussian({ terms: [[{ kind: 'rbf', columns: [0, 1], lengthscaleOf: [0, 2] }]] }, theta, data),
    ).toThrow('kernel.terms[0][0].lengthscaleOf must number the lengthscales from 0 without gaps');
    const coregion = (changes: object) => {
      const part = { kind: 'coregion' as const, columns: [2], coregion: { sources: 3, rank: 1 }, ...changes };
      return () => conditionGaussian({ terms: [[part]] }, new Float64Array(9), data);
    };
    expect(coregion({ columns: [0] })).toThrow(
      /^data.X must hold source numbers 0 … 2 in column 0; row 0 is/,
    );
    expect(coregion({ coregion: { sources: 2, rank: 1 } })).toThrow('data.X must hold source numbers 0 … 1');
    expect(coregion({ columns: [2, 3] })).toThrow('kernel.terms[0][0].columns must be the one column');
    expect(coregion({ coregion: undefined })).toThrow(
      'kernel.terms[0][0].coregion must say how many sources',
    );
    expect(coregion({ coregion: { sources: 0, rank: 1 } })).toThrow(
      'coregion.sources must be a whole number',
    );
    expect(coregion({ kind: 'rbf' })).toThrow('coregion is nothing that a part rbf can use');
    const conditioned = fit({});
    expect(() => posteriorMarginals(conditioned, matrix(2, 3))).toThrow('X must have 4 columns, not 3');
    expect(() => posteriorMarginals(conditioned, { rows: 2, cols: 4, data: new Float64Array(7) })).toThrow(
      'X.data must hold 2 × 4 = 8 numbers, not 7',
    );
    withMarginalLikelihood(kernel, data, (likelihood) => {
      expect(() => likelihood.valueAndGradient(theta, new Float64Array(3))).toThrow(
        'gradient must hold 7 numbers, not 3',
      );
    });
    withGrowingGaussian(conditioned, 1, (growing) => {
      const x = row(data.X, 0);
      expect(() => growing.append(x.slice(1), 0)).toThrow('x must hold 4 numbers, not 3');
      expect(() => growing.append(x, NaN)).toThrow('y must be finite, not NaN');
      expect(() => growing.append(x, 0, -1)).toThrow('noise must be at least 0, not -1');
      growing.append(x, 0);
      expect(() => growing.append(x, 0)).toThrow('more was 1, and all are appended');
    });
  });

  it('does not change the data it was given', () => {
    const data = example(9);
    const before = structuredClone(data);
    const conditioned = conditionGaussian(kernel, theta, data);
    posteriorMarginals(conditioned, example(3).X);
    expect(data).toEqual(before);
    const grown: Matrix = withGrowingGaussian(conditioned, 1, (growing) => {
      growing.append(row(data.X, 0), 1);
      return growing.conditioned().X;
    });
    expect(grown.rows).toBe(10);
    expect(conditioned.X).toEqual(before.X);
  });
});
