import { describe, expect, it } from '@jest/globals';
import {
  cholesky,
  choleskySolve,
  conditionGaussian,
  conditionSparse,
  gemm,
  kernelMatrix,
  kernelParameters,
  logdet,
  matrix,
  onCore,
  posteriorJoint,
  posteriorMarginals,
  selectRows,
  sparseJoint,
  sparseLeaveOneOut,
  sparseMarginals,
  withMarginalLikelihood,
  withSparseBound,
  type GaussianData,
  type Kernel,
  type Matrix,
} from '../../src/index.js';
import { covarianceByDefinition, example, kernels, someTheta } from './support.js';

const close = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

const first = (X: Matrix, count: number) => selectRows(X, [...Array(count).keys()]);

/** F by the textbook: ln N(y; c, Q + S) − ½ Σ (k − q)/s. */
function boundByDefinition(kernel: Kernel, theta: Float64Array, { X, y, noise }: GaussianData, Z: Matrix) {
  const n = X.rows;
  const K = covarianceByDefinition(kernel, theta, Z, Z);
  let trace = 0;
  for (let i = 0; i < Z.rows; i++) trace += K.data[i * (Z.rows + 1)]!;
  for (let i = 0; i < Z.rows; i++) K.data[i * (Z.rows + 1)]! += (1e-8 * trace) / Z.rows;
  const across = covarianceByDefinition(kernel, theta, Z, X);
  const S = gemm(across, choleskySolve(cholesky(K).L, across), { transposeA: true });
  let excess = 0;
  for (let i = 0; i < n; i++) {
    const s = Math.exp(theta.at(-2)!) + (noise?.[i] ?? 0);
    const row = first(selectRows(X, [i]), 1);
    excess += (covarianceByDefinition(kernel, theta, row, row).data[0]! - S.data[i * n + i]!) / s;
    S.data[i * n + i] = S.data[i * n + i]! + s;
  }
  const { L } = cholesky(S);
  const residual = y.map((value) => value - theta.at(-1)!);
  const alpha = choleskySolve(L, residual);
  const fit = residual.reduce((sum, value, i) => sum + value * alpha[i]!, 0);
  return -0.5 * (fit + logdet(L) + n * Math.log(2 * Math.PI) + excess);
}

describe.each(kernels)('sparse: %s', (_name, kernel) => {
  const theta = someTheta(kernelParameters(kernel));

  it('the matrix of covariances is that of the definition', () => {
    const [A, B] = [example(7).X, example(301, 'others').X];
    const expected = covarianceByDefinition(kernel, theta, A, B);
    kernelMatrix(kernel, theta, A, B).data.forEach((value, at) => close(value, expected.data[at]!, 1e-13));
  });

  it.each([1, 4, 13])('the bound by %i rows is that of the definition', (count) => {
    const data = example(37);
    const Z = example(count, 'inducing').X;
    withSparseBound(kernel, data, Z, (bound) => {
      const gradient = new Float64Array(bound.parameters);
      const expected = boundByDefinition(kernel, theta, data, Z);
      close(bound.value(theta), expected, 1e-8);
      expect(bound.valueAndGradient(theta, gradient)).toBe(bound.value(theta));
    });
  });

  it('the gradient is that of finite differences', () => {
    const data = example(300);
    withSparseBound(kernel, data, example(9, 'inducing').X, (bound) => {
      const gradient = new Float64Array(bound.parameters);
      bound.valueAndGradient(theta, gradient);
      for (let p = 0; p < theta.length; p++) {
        const at = (step: number) => bound.value(theta.map((value, i) => (i === p ? value + step : value)));
        const h = 1e-3;
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        close(gradient[p]!, slope, 3e-6);
      }
    });
  });

  it('with SIMD and without, every bit is the same', () => {
    const data = example(300);
    const Z = example(11, 'inducing').X;
    const at = example(41, 'elsewhere').X;
    const all = () =>
      withSparseBound(kernel, data, Z, (bound) => {
        const gradient = new Float64Array(bound.parameters);
        const value = bound.valueAndGradient(theta, gradient);
        const conditioned = conditionSparse(kernel, theta, data, Z);
        return {
          value,
          gradient,
          conditioned,
          marginals: sparseMarginals(conditioned, at),
          joint: sparseJoint(conditioned, at),
          leftOut: sparseLeaveOneOut(conditioned, data),
          K: kernelMatrix(kernel, theta, Z, at),
        };
      });
    expect(onCore('portable', all)).toEqual(onCore('simd', all));
  });
});

describe('a sparse process', () => {
  const kernel: Kernel = { terms: [[{ kind: 'matern52', columns: [0, 1, 3] }]] };
  const theta = Float64Array.of(0.2, -0.3, 0.1, 0.4, -3, 0.3);

  it('by way of all rows is the whole one', () => {
    const data = example(60);
    const at = example(23, 'elsewhere').X;
    const [sparse, whole] = [
      conditionSparse(kernel, theta, data, data.X),
      conditionGaussian(kernel, theta, data),
    ];
    close(sparse.bound, whole.logMarginalLikelihood, 1e-4);
    const [a, b] = [sparseMarginals(sparse, at), posteriorMarginals(whole, at)];
    a.mean.forEach((value, i) => close(value, b.mean[i]!, 1e-5));
    a.variance.forEach((value, i) => close(value, b.variance[i]!, 1e-5));
    const [c, d] = [sparseJoint(sparse, at), posteriorJoint(whole, at)];
    c.covariance.data.forEach((value, i) => close(value, d.covariance.data[i]!, 1e-5));
  });

  it('is bounded by the whole one, the nearer the more rows it goes by', () => {
    const data = example(200);
    const whole = withMarginalLikelihood(kernel, data, (likelihood) => likelihood.value(theta));
    const bounds = [2, 10, 40, 120].map((count) =>
      withSparseBound(kernel, data, first(data.X, count), (bound) => bound.value(theta)),
    );
    bounds.forEach((value, i) => expect(value).toBeLessThan(bounds[i + 1] ?? whole));
  });

  it('leaving a row out in closed form is what conditioning without it gives', () => {
    const data = example(50);
    const Z = example(12, 'inducing').X;
    const left = sparseLeaveOneOut(conditionSparse(kernel, theta, data, Z), data);
    for (const out of [0, 17, 49]) {
      const rows = [...data.y.keys()].filter((i) => i !== out);
      const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
      const without = conditionSparse(
        kernel,
        theta,
        { X: selectRows(data.X, rows), y: pick(data.y), noise: pick(data.noise) },
        Z,
      );
      const { mean, variance } = sparseMarginals(without, selectRows(data.X, [out]));
      close(left.mean[out]!, mean[0]!, 1e-8);
      close(left.variance[out]!, variance[0]! + Math.exp(theta.at(-2)!) + data.noise[out]!, 1e-8);
    }
  });

  it('refuses by name what it cannot use', () => {
    const data = example(9);
    const condition = (Z: Matrix) => conditionSparse(kernel, theta, data, Z);
    expect(() => condition(matrix(0, 4))).toThrow('Z must have at least one row');
    expect(() => condition(matrix(2, 3))).toThrow('Z must have 4 columns, not 3');
    expect(() => conditionSparse(kernel, theta.slice(1), data, data.X)).toThrow('theta must hold 6 numbers');
    expect(() => sparseMarginals(condition(data.X), matrix(1, 3))).toThrow('X must have 4 columns, not 3');
    expect(() => kernelMatrix(kernel, theta, data.X, matrix(1, 3))).toThrow('B must have 4 columns, not 3');
    expect(() => kernelMatrix(kernel, theta.slice(3), data.X, data.X)).toThrow('theta must hold 4 numbers');
  });
});
